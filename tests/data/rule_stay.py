"""Stays, blocks and rooms: reservations, availability blocks and adjustments, resource blocks."""

import functools
import json
from collections import defaultdict
from datetime import datetime, timezone

from dataset import DAY, instant

try:
    import zoneinfo
except ImportError:  # no time zones: local midnights go unchecked
    zoneinfo = None

HOUR = 3600


def check_stays(dataset):
    for row in dataset.valid_rows("Reservation"):
        _check_state(dataset, row)
        _check_times(dataset, row)
        _check_origin(dataset, row)
        _check_persons(dataset, row)
        _check_qr_code(dataset, row)
        _check_block_of(dataset, row)
    for row in dataset.valid_rows("AvailabilityBlock"):
        _check_block(dataset, row)
    for row in dataset.valid_rows("AvailabilityAdjustment"):
        _check_adjustment(dataset, row)
    for row in dataset.valid_rows("ResourceBlock"):
        _check_resource_block(dataset, row)
    check_rooms(dataset)
    check_numbers(dataset)


# Which instants a state has: True = set, False = null; what is not named may be either.
STATE_INSTANTS = {
    "Inquired": {"ActualStartUtc": False, "ActualEndUtc": False, "CancelledUtc": False},
    "Requested": {"ActualStartUtc": False, "ActualEndUtc": False, "CancelledUtc": False},
    "Optional": {
        "ActualStartUtc": False,
        "ActualEndUtc": False,
        "CancelledUtc": False,
        "ReleasedUtc": True,
    },
    "Confirmed": {"ActualStartUtc": False, "ActualEndUtc": False, "CancelledUtc": False},
    "Started": {
        "ActualStartUtc": True,
        "ActualEndUtc": False,
        "CancelledUtc": False,
        "AssignedResourceId": True,
    },
    "Processed": {
        "ActualStartUtc": True,
        "ActualEndUtc": True,
        "CancelledUtc": False,
        "AssignedResourceId": True,
    },
    "Canceled": {"ActualStartUtc": False, "ActualEndUtc": False, "CancelledUtc": True},
}


def require(dataset, row, name, is_set, rule):
    """The property is set, or null, as is_set says; silent when the docs lack it."""
    if name in row and (row[name] is not None) != is_set:
        dataset.fail(
            row, name, rule, "is %s, should be %s" % (row[name], "set" if is_set else "null")
        )


def _check_state(dataset, row):
    state = row["State"]
    for name, is_set in STATE_INSTANTS[state].items():
        require(dataset, row, name, is_set, "reservation-state")
    require(dataset, row, "CancellationReason", state == "Canceled", "reservation-state")
    flags = row["Options"]
    if state == "Started" and not flags["OwnerCheckedIn"]:
        dataset.fail(row, "Options", "reservation-state", "Started without OwnerCheckedIn")
    if state not in ("Started", "Processed") and any(flags.values()):
        dataset.fail(row, "Options", "reservation-state", "checked in while %s" % state)
    if flags["AllCompanionsCheckedIn"] and not flags["AnyCompanionCheckedIn"]:
        dataset.fail(row, "Options", "reservation-state", "all companions but not any")
    if row["AssignedResourceLocked"] and row["AssignedResourceId"] is None:
        dataset.fail(
            row, "AssignedResourceLocked", "reservation-state", "locked without a resource"
        )
    _check_state_now(dataset, row)


def _check_state_now(dataset, row):
    """A coming stay lies ahead: its end, or the end of its option, has not passed."""
    if dataset.as_of is None:
        return
    if row["State"] == "Confirmed" and row.at("ScheduledEndUtc") <= dataset.as_of:
        dataset.fail(
            row, "State", "reservation-now", "Confirmed after its end %s" % row["ScheduledEndUtc"]
        )
    if row["State"] == "Optional" and row["ReleasedUtc"] and row.at("ReleasedUtc") < dataset.as_of:
        dataset.fail(
            row, "State", "reservation-now", "Optional after its release %s" % row["ReleasedUtc"]
        )


def _check_times(dataset, row):
    start, end = row.at("ScheduledStartUtc"), row.at("ScheduledEndUtc")
    if start >= end:
        dataset.fail(row, "ScheduledEndUtc", "reservation-times", "not after ScheduledStartUtc")
    if row.at("CreatedUtc") > start:
        dataset.fail(
            row,
            "CreatedUtc",
            "reservation-times",
            "booked after ScheduledStartUtc %s" % row["ScheduledStartUtc"],
        )
    if (
        row["ActualStartUtc"]
        and row["ActualEndUtc"]
        and row.at("ActualStartUtc") >= row.at("ActualEndUtc")
    ):
        dataset.fail(row, "ActualEndUtc", "reservation-times", "not after ActualStartUtc")
    if row["State"] == "Optional" and row["ReleasedUtc"] and row.at("ReleasedUtc") > end:
        dataset.fail(row, "ReleasedUtc", "reservation-times", "released after the stay")
    if row["StartUtc"] != (row["ActualStartUtc"] or row["ScheduledStartUtc"]):
        dataset.fail(row, "StartUtc", "reservation-times", "neither actual nor scheduled start")
    if row["EndUtc"] not in (row["ScheduledEndUtc"], row["ActualEndUtc"]):
        dataset.fail(row, "EndUtc", "reservation-times", "not the end")


def _check_origin(dataset, row):
    origin = row["Origin"]
    if row["CommanderOrigin"] is not None and origin != "Commander":
        dataset.fail(row, "CommanderOrigin", "origin", "set with Origin %s" % origin)
    if origin not in ("ChannelManager", "Distributor"):
        for name in ("OriginDetails", "ChannelNumber", "ChannelManagerNumber"):
            if row[name]:
                dataset.fail(row, name, "origin", "%r with Origin %s" % (row[name], origin))


def _check_persons(dataset, row):
    counts = row["PersonCounts"]
    categories = [count["AgeCategoryId"] for count in counts]
    if (
        not counts
        or any(count["Count"] <= 0 for count in counts)
        or len(set(categories)) != len(categories)
    ):
        dataset.fail(
            row, "PersonCounts", "person-counts", "%s" % [count["Count"] for count in counts]
        )


def _check_qr_code(dataset, row):
    if row["QrCodeData"] is None:
        return
    wanted = {
        "Reservations": [
            {"Id": row["Id"], "GroupId": row["GroupId"], "CustomerId": row["AccountId"]}
        ]
    }
    try:
        held = json.loads(row["QrCodeData"])
    except ValueError:
        held = None
    if held != wanted:
        dataset.fail(
            row, "QrCodeData", "qr-code", "%r does not name the reservation" % row["QrCodeData"]
        )


def _check_block_of(dataset, row):
    block = dataset.find("AvailabilityBlock", row["AvailabilityBlockId"])
    if block is None:
        return
    if block["ServiceId"] != row["ServiceId"]:
        dataset.fail(row, "AvailabilityBlockId", "reservation-block", "block of another service")
    if block["RateId"] != row["RateId"]:
        dataset.fail(
            row, "RateId", "reservation-block", "not the block's rate %s" % block["RateId"]
        )
    starts = row.at("ScheduledStartUtc") >= block.at("FirstTimeUnitStartUtc")
    # The last night begins at LastTimeUnitStartUtc; its guest leaves the next day before evening.
    ends = row.at("ScheduledEndUtc") <= block.at("LastTimeUnitStartUtc") + DAY + 18 * HOUR
    if not (starts and ends):
        dataset.fail(
            row, "AvailabilityBlockId", "reservation-block", "stay lies outside the block's days"
        )


def _check_block(dataset, row):
    if row.at("FirstTimeUnitStartUtc") > row.at("LastTimeUnitStartUtc"):
        dataset.fail(row, "LastTimeUnitStartUtc", "block-times", "before FirstTimeUnitStartUtc")
    if "ReleaseStrategy" in row:
        require(
            dataset, row, "ReleasedUtc", row["ReleaseStrategy"] == "FixedRelease", "block-release"
        )
        require(
            dataset,
            row,
            "RollingReleaseOffset",
            row["ReleaseStrategy"] == "RollingRelease",
            "block-release",
        )
    elif row.get("ReleasedUtc") and row.get("RollingReleaseOffset"):
        dataset.fail(row, "RollingReleaseOffset", "block-release", "both kinds of release")
    canceled = row["State"] == "Canceled"
    require(dataset, row, "CanceledUtc", canceled, "block-state")
    require(dataset, row, "CancellationReason", canceled, "block-state")
    if row.get("CancellationReasonDetail") is not None and not canceled:
        dataset.fail(row, "CancellationReasonDetail", "block-state", "set while %s" % row["State"])
    dataset.bind("block-rate", row["RateId"], row["Id"], row, "RateId")


def _check_adjustment(dataset, row):
    first, last = row.at("FirstTimeUnitStartUtc"), row.at("LastTimeUnitStartUtc")
    if first > last:
        dataset.fail(
            row, "LastTimeUnitStartUtc", "adjustment-times", "before FirstTimeUnitStartUtc"
        )
    if row.get("StartUtc") and row["StartUtc"] != row["FirstTimeUnitStartUtc"]:
        dataset.fail(row, "StartUtc", "adjustment-times", "not FirstTimeUnitStartUtc")
    if row.get("EndUtc") and row.at("EndUtc") < last:
        dataset.fail(row, "EndUtc", "adjustment-times", "before LastTimeUnitStartUtc")
    if row["IsActive"] != (row["ActivityState"] == "Active"):
        dataset.fail(
            row, "IsActive", "activity", "%s while %s" % (row["IsActive"], row["ActivityState"])
        )
    if row["AvailabilityBlockId"] is None and row.get("FirstTimeUnitReleaseUtc") is not None:
        dataset.fail(row, "FirstTimeUnitReleaseUtc", "adjustment-block", "set without a block")
    block = dataset.find("AvailabilityBlock", row["AvailabilityBlockId"])
    if block and not block.at("FirstTimeUnitStartUtc") <= first <= last <= block.at(
        "LastTimeUnitStartUtc"
    ):
        dataset.fail(row, "FirstTimeUnitStartUtc", "adjustment-block", "days outside the block's")
    _check_pax(dataset, row)


def _check_pax(dataset, row):
    counts = row["PaxCounts"]
    if counts is None:
        return
    persons = [count["PersonCount"] for count in counts]
    units = sum(count["UnitCount"] for count in counts)
    if units != abs(row["UnitCount"]) or len(set(persons)) != len(persons):
        dataset.fail(
            row, "PaxCounts", "pax-counts", "%d units for UnitCount %d" % (units, row["UnitCount"])
        )


def _check_resource_block(dataset, row):
    if row.at("StartUtc") >= row.at("EndUtc"):
        dataset.fail(row, "EndUtc", "resource-block", "not after StartUtc")
    require(dataset, row, "DeletedUtc", not row["IsActive"], "resource-block")


def check_rooms(dataset):
    """No two guests, and no guest and no repair, in one room at a time."""
    uses = defaultdict(list)
    for row in dataset.valid_rows("Reservation"):
        if row["AssignedResourceId"] and row["State"] in (
            "Confirmed",
            "Optional",
            "Started",
            "Processed",
        ):
            start = row.at("ActualStartUtc") or row.at("ScheduledStartUtc")
            end = row.at("ActualEndUtc") or row.at("ScheduledEndUtc")
            uses[row["AssignedResourceId"]].append((start, end, row))
    for row in dataset.valid_rows("ResourceBlock"):
        if row["IsActive"]:
            uses[row["AssignedResourceId"]].append((row.at("StartUtc"), row.at("EndUtc"), row))
    for taken in uses.values():
        taken.sort(key=lambda use: use[:2])
        latest_end, holder = 0, None
        for start, end, row in taken:
            if start < latest_end:
                message = "room taken until %s by %s %s" % (
                    instant(latest_end),
                    holder.entity,
                    holder["Id"],
                )
                dataset.fail(row, "AssignedResourceId", "room-overlap", message)
            if end > latest_end:
                latest_end, holder = end, row


NUMBERS = (
    ("Reservation", "Number", lambda d, r: d.enterprise_of(r)),
    ("AvailabilityBlock", "AvailabilityBlockNumber", lambda d, r: d.enterprise_of(r)),
    ("Customer", "Number", lambda d, r: r["ChainId"]),
    ("Company", "Number", lambda d, r: r["ChainId"]),
    ("Bill", "Number", lambda d, r: (r["EnterpriseId"], r["CounterId"])),
)


def check_numbers(dataset):
    """Running numbers name one row each; all but bills' are plain digits."""
    for entity, name, space in NUMBERS:
        seen = {}
        for row in dataset.valid_rows(entity):
            number = row.get(name)
            if number is None:
                continue
            if entity != "Bill" and not str(number).isdigit():
                dataset.fail(row, name, "number", "%r is not made of digits" % number)
            key = (space(dataset, row), number)
            if key in seen:
                dataset.fail(
                    row, name, "number", "%r is also the number of %s" % (number, seen[key]["Id"])
                )
            seen.setdefault(key, row)


def check_midnights(dataset):
    """Days of an enterprise are midnights of one time zone. Gives enterprise -> that zone."""
    if not _zone_names():
        return {}
    names = ("FirstTimeUnitStartUtc", "LastTimeUnitStartUtc", "StartUtc")
    zones, checked = {}, set()
    for entity in ("AvailabilityBlock", "AvailabilityAdjustment", "OrderItem"):
        for row in dataset.valid_rows(entity):
            enterprise = dataset.enterprise_of(row)
            if enterprise is None or (entity == "OrderItem" and row["Type"] != "SpaceOrder"):
                continue
            for name in names:
                at = row.at(name)
                if at is None or (enterprise, at) in checked:
                    continue
                checked.add((enterprise, at))
                known = zones.get(enterprise)
                left = _zones_with_midnight(known, at)
                if not left:
                    message = "%s is no midnight in %s" % (
                        row[name],
                        sorted(known or ["any zone"])[0],
                    )
                    dataset.fail(row, name, "local-midnight", message)
                else:
                    zones[enterprise] = left
    # Those left agree on every day that occurs: any of them will do.
    return {enterprise: min(left) for enterprise, left in zones.items()}


@functools.lru_cache(maxsize=None)
def _zone_names():
    return zoneinfo.available_timezones() - {"Factory", "localtime"} if zoneinfo else frozenset()


def knows_time_zones():
    """False where there is no tz database: local-midnight then has nothing to say."""
    return bool(_zone_names())


def _zones_with_midnight(known, at):
    if known is None:
        known = _zone_names()
    return {zone for zone in known if local_time(zone, at).time().isoformat() == "00:00:00"}


@functools.lru_cache(maxsize=None)
def _zone(name):
    return zoneinfo.ZoneInfo(name)


def local_time(zone, at):
    return datetime.fromtimestamp(at, timezone.utc).astimezone(_zone(zone))


def utc_time(at):
    return datetime.fromtimestamp(at, timezone.utc)
