"""Bills: fields by state, snapshots, due dates, corrections, and the balance."""

import calendar
import re
import time
from collections import Counter
from decimal import Decimal

from rule_item import gross
from rule_stay import require

CLOSED_ONLY = ("Number", "IssuedUtc", "OwnerData", "EnterpriseData")
NEVER_OPEN = (
    "AssociatedAccountData",
    "PaidUtc",
    "TaxedUtc",
    "DueUtc",
    "LastReminderDateUtc",
    "CorrectedBillId",
)
DEPRECATED_LISTS = ("Revenue", "Payments", "OrderItems", "PaymentItems")
DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
)


def add_duration(at, duration):
    """The second that lies an ISO 8601 duration after another, by the calendar."""
    years, months, weeks, days, hours, minutes, secs = (
        int(n or 0) for n in DURATION.fullmatch(duration).groups()
    )
    start = time.gmtime(at)
    month = start.tm_mon - 1 + months + 12 * years
    year, month = start.tm_year + month // 12, month % 12 + 1
    day = min(start.tm_mday, calendar.monthrange(year, month)[1])
    moved = calendar.timegm((year, month, day, start.tm_hour, start.tm_min, start.tm_sec))
    return moved + (7 * weeks + days) * 86400 + hours * 3600 + minutes * 60 + secs


def check_bills(dataset):
    corrected = set()
    for row in dataset.valid_rows("Bill"):
        _check_state(dataset, row)
        _check_deprecated(dataset, row)
        _check_associated(dataset, row)
        _check_correction(dataset, row)
        if row["State"] == "Closed":
            _check_closed(dataset, row)
        if row["CorrectedBillId"]:
            corrected.add(row["CorrectedBillId"])
    if not dataset.partial:
        check_rebated(dataset, corrected)
    if dataset.has("OrderItem", "Payment"):
        check_balance(dataset)


def _check_state(dataset, row):
    closed = row["State"] == "Closed"
    for name in CLOSED_ONLY:
        require(dataset, row, name, closed, "bill-state")
    if closed:
        return
    for name in NEVER_OPEN:
        require(dataset, row, name, False, "bill-state")
    if row["Type"] != "Receipt" or row["CorrectionState"] != "Bill":
        dataset.fail(
            row,
            "Type",
            "bill-state",
            "an open bill is %s, %s" % (row["Type"], row["CorrectionState"]),
        )


def _check_deprecated(dataset, row):
    for name in DEPRECATED_LISTS:
        if row[name] != []:
            dataset.fail(row, name, "bill-deprecated", "is not []")
    if not dataset.contract.is_seed:
        for name in ("AssigneeData", "CompanyDetails"):
            require(dataset, row, name, False, "bill-deprecated")


def _account_type(dataset, row, identifier):
    if identifier == row["AccountId"] and row.get("AccountType"):
        return row["AccountType"]
    for entity in ("Customer", "Company"):
        if identifier in dataset.by_id[entity]:
            return entity
    return None


def _check_associated(dataset, row):
    associated = row["AssociatedAccountIds"] or []
    if len(associated) > 1 or row["AccountId"] in associated:
        dataset.fail(row, "AssociatedAccountIds", "bill-accounts", "%s" % associated)
    accounts = [row["AccountId"]] + associated
    for name, entity in (("CustomerId", "Customer"), ("CompanyId", "Company")):
        if row[name] is None:
            continue
        if row[name] not in accounts or _account_type(dataset, row, row[name]) not in (
            None,
            entity,
        ):
            dataset.fail(
                row, name, "bill-accounts", "%s is no %s of the bill" % (row[name], entity)
            )


def _check_closed(dataset, row):
    issued = row.at("IssuedUtc")
    owner = row["OwnerData"]
    if owner:
        _check_snapshot(
            dataset, row, "OwnerData", owner["Discriminator"], owner["Value"], row["AccountId"]
        )
    _check_associated_data(dataset, row)
    paid = row.at("PaidUtc")
    if issued is None:
        return
    if row["Type"] == "Receipt" and paid != issued:
        dataset.fail(
            row,
            "PaidUtc",
            "bill-paid",
            "%s, receipt issued %s" % (row["PaidUtc"], row["IssuedUtc"]),
        )
    if paid is not None and paid < issued:
        dataset.fail(row, "PaidUtc", "bill-paid", "%s before it was issued" % row["PaidUtc"])
    due = row.at("DueUtc")
    if due is not None and due < issued:
        dataset.fail(row, "DueUtc", "bill-due", "%s before it was issued" % row["DueUtc"])
    reminded = row.at("LastReminderDateUtc")
    if reminded is not None and (due is None or reminded <= due):
        dataset.fail(row, "LastReminderDateUtc", "bill-due", "reminded before due")
    if row["Type"] == "Invoice":
        _check_invoice(dataset, row, issued, due)


def _check_invoice(dataset, row, issued, due):
    require(dataset, row, "DueUtc", True, "bill-due")
    if row["Options"] is None or not row["Options"]["TrackReceivable"]:
        dataset.fail(row, "Options", "bill-due", "an invoice without TrackReceivable")
    company = dataset.find("Company", row["AccountId"])
    if company and company["InvoiceDueInterval"] and due is not None:
        wanted = add_duration(issued, company["InvoiceDueInterval"])
        if due != wanted:
            dataset.fail(
                row,
                "DueUtc",
                "bill-due",
                "%s is not %s after %s"
                % (row["DueUtc"], company["InvoiceDueInterval"], row["IssuedUtc"]),
            )


def _check_associated_data(dataset, row):
    associated = row["AssociatedAccountIds"] or []
    held = row["AssociatedAccountData"] or []
    if len(held) != len(associated):
        dataset.fail(
            row,
            "AssociatedAccountData",
            "bill-accounts",
            "%d for %d accounts" % (len(held), len(associated)),
        )
    for account, data in zip(associated, held):
        kind = data["Discriminator"]
        _check_snapshot(dataset, row, "AssociatedAccountData", kind, data[kind], account)


def _check_snapshot(dataset, row, name, discriminator, value, account):
    """The data of an account as it was when the bill was closed."""
    if value["Id"] != account:
        dataset.fail(row, name, "bill-snapshot", "holds %s, not %s" % (value["Id"], account))
    entity = {"BillCustomerData": "Customer", "BillCompanyData": "Company"}[discriminator]
    if _account_type(dataset, row, account) not in (None, entity):
        dataset.fail(row, name, "bill-snapshot", "%s for another type of account" % discriminator)
    profile = dataset.find(entity, account)
    label = "LastName" if entity == "Customer" else "Name"
    if (
        profile is None
        or row["IssuedUtc"] is None
        or (profile.at("UpdatedUtc") or 0) > row.at("IssuedUtc")
    ):
        return
    if profile[label] != value[label]:
        dataset.fail(
            row, name, "bill-snapshot", "%r, profile has %r" % (value[label], profile[label])
        )


def _check_correction(dataset, row):
    corrective = row["CorrectionState"] == "CorrectiveBill"
    require(dataset, row, "CorrectionType", corrective, "bill-correction")
    if not corrective:
        require(dataset, row, "CorrectedBillId", False, "bill-correction")
    original = dataset.find("Bill", row["CorrectedBillId"])
    if original is None or not corrective:
        return
    if original is row or original["State"] != "Closed":
        dataset.fail(row, "CorrectedBillId", "bill-correction", "%s is not closed" % original["Id"])
    elif (
        row["IssuedUtc"]
        and original["IssuedUtc"]
        and original.at("IssuedUtc") > row.at("IssuedUtc")
    ):
        dataset.fail(row, "CorrectedBillId", "bill-correction", "corrects a later bill")
    elif original["Options"] and not original["Options"]["Rebated"]:
        dataset.fail(
            original, "Options", "bill-correction", "corrected by %s, not Rebated" % row["Id"]
        )


def check_rebated(dataset, corrected):
    for row in dataset.valid_rows("Bill"):
        if row["Options"] and row["Options"]["Rebated"] and row["Id"] not in corrected:
            dataset.fail(row, "Options", "bill-correction", "Rebated, but no bill corrects it")


def check_balance(dataset):
    """The closed items and payments of a closed bill add up to zero, in one currency."""
    items, payments = dataset.grouped("OrderItem", "BillId"), dataset.grouped("Payment", "BillId")
    for row in dataset.valid_rows("Bill"):
        if row["State"] != "Closed":
            continue
        entries = [
            e
            for e in items.get(row["Id"], []) + payments.get(row["Id"], [])
            if e["AccountingState"] == "Closed"
        ]
        currencies = Counter(e["Amount"]["Currency"] for e in entries)
        balance = sum((gross(e) for e in entries), Decimal(0))
        if len(currencies) > 1:
            dataset.fail(row, "", "bill-balance", "several currencies: %s" % dict(currencies))
        elif balance or not entries:
            dataset.fail(
                row, "", "bill-balance", "%d entries add up to %s" % (len(entries), balance)
            )
