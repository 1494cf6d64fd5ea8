"""The rows of one data set with their places in files, and the list of what is wrong with them."""

import calendar
import functools
import time
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

from contract import Contract

DAY = 86400


@functools.lru_cache(maxsize=1 << 18)
def seconds(instant):
    """Seconds since 1970 of an instant as rows write it."""
    return calendar.timegm(time.strptime(instant, "%Y-%m-%dT%H:%M:%SZ"))


def instant(at):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


def id_ticks(identifier):
    """(days since 1900-01-01, 1/300 s of that day) in the last six bytes of a platform id."""
    tail = identifier[-12:]
    return int(tail[:4], 16), int(tail[4:], 16)


def id_created(identifier):
    """The whole second that a platform id encodes, or None when it encodes none."""
    days, ticks = id_ticks(identifier)
    if ticks >= DAY * 300:
        return None
    since_epoch = (date(1900, 1, 1) + timedelta(days=days) - date(1970, 1, 1)).days
    return since_epoch * DAY + ticks // 300


class Row(dict):
    """A row's properties, and where it stands."""

    __slots__ = ("entity", "file", "line", "valid")

    def __init__(self, values, entity, file="", line=0):
        super().__init__(values)
        self.entity = entity
        self.file = file
        self.line = line
        self.valid = True

    def at(self, name):
        """Seconds of an instant property; None when null or not in the row's docs date."""
        value = self.get(name)
        return None if value is None else seconds(value)


class Report:
    """Violations: every one counted, the first few of each rule kept."""

    def __init__(self, cap_per_rule=5):
        self.cap_per_rule = cap_per_rule
        self.counts = Counter()
        self.lines = defaultdict(list)

    def add(self, row, name, rule, message):
        where = "%s:%d" % (row.file or row.entity, row.line)
        self.add_at(where, row.entity + ("." + name if name else ""), rule, message)

    def add_at(self, where, name, rule, message):
        self.counts[rule] += 1
        if len(self.lines[rule]) < self.cap_per_rule:
            self.lines[rule].append("%s: %s: [%s] %s" % (where, name, rule, message))

    @property
    def total(self):
        return sum(self.counts.values())

    def text(self):
        result = []
        for rule in sorted(self.counts):
            result += self.lines[rule]
            more = self.counts[rule] - len(self.lines[rule])
            if more:
                result.append("... and %d more of [%s]" % (more, rule))
        return "\n".join(result)


class Dataset:
    """Rows by type and id. types_present says which types the checks may look things up in."""

    def __init__(self, api_date=None, as_of=None, partial=False, report=None):
        self.contract = Contract.load(api_date=api_date)
        self.api_date = self.contract.api_date
        self.exported = frozenset(self.contract.entity_names())
        self.as_of = seconds(as_of) if as_of else None
        self.partial = partial  # a window or filtered export: references may leave it
        self.report = report or Report()
        self.rows = defaultdict(list)
        self.by_id = defaultdict(dict)
        self.bound = defaultdict(dict)
        self.groups = {}

    def add_type(self, entity):
        """Says that the type's rows are all there, even when there are none."""
        self.rows[entity]

    def add(self, row):
        self.rows[row.entity].append(row)
        if isinstance(row.get("Id"), str):
            self.by_id[row.entity].setdefault(row["Id"], row)

    def has(self, *entities):
        """True when references to all of these types can be followed."""
        return not self.partial and all(entity in self.rows for entity in entities)

    def valid_rows(self, entity):
        return [row for row in self.rows.get(entity, ()) if row.valid]

    def find(self, entity, identifier):
        row = self.by_id[entity].get(identifier)
        return row if row is not None and row.valid else None

    def fail(self, row, name, rule, message):
        self.report.add(row, name, rule, message)

    def bind(self, kind, key, value, row, name):
        """Learns that key belongs to value; a second, different value is a violation of kind."""
        known = self.bound[kind].setdefault(key, value)
        if known != value:
            self.fail(
                row, name, kind, "%s belongs to %s elsewhere, here to %s" % (key, known, value)
            )

    def grouped(self, entity, name):
        """The type's rows by the value of a property, made once."""
        key = (entity, name)
        if key not in self.groups:
            groups = defaultdict(list)
            for row in self.valid_rows(entity):
                if row.get(name) is not None:
                    groups[row[name]].append(row)
            self.groups[key] = groups
        return self.groups[key]

    def enterprise_of(self, row):
        """The enterprise of an enterprise-scoped row, followed as the contract says."""
        if row.get("EnterpriseId"):
            return row["EnterpriseId"]
        if row.get("ServiceId"):
            return self.bound["service-enterprise"].get(row["ServiceId"])
        if row.entity == "ResourceBlock":
            return self.bound["resource-enterprise"].get(row["AssignedResourceId"])
        if row.entity == "AvailabilityAdjustment":
            service = self.bound["category-service"].get(row["ResourceCategoryId"])
            return self.bound["service-enterprise"].get(service)
        return None


def entity_of_file(path):
    """EntityType.jsonl and EntityType-1.jsonl name their type."""
    return Path(path).name.split(".")[0].split("-")[0]


def file_order(path):
    stem = Path(path).name.split(".")[0]
    number = stem.partition("-")[2]
    return stem.split("-")[0], int(number) if number.isdigit() else 0
