"""Ledger entries: sides balance, taxes stand on tax entries, amounts are those of the item."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from rule_form import exact, has_cents, tax_by_code
from rule_stay import HOUR, local_time, require, utc_time


def check_ledger(dataset, zones):
    transactions = defaultdict(list)
    for row in dataset.valid_rows("LedgerEntry"):
        _check_entry(dataset, row)
        _check_posting(dataset, row, zones.get(row["EnterpriseId"]))
        if row["TransactionId"]:
            transactions[row["TransactionId"]].append(row)
    for entries in transactions.values():
        _check_transaction(dataset, entries)
    if dataset.has("OrderItem"):
        _check_items(dataset)


def _check_entry(dataset, row):
    for name in ("Value", "NetBaseValue"):
        if row[name] is not None and not has_cents(row[name]):
            dataset.fail(row, name, "ledger-value", "%s has more than two decimals" % row[name])
    if row["Value"] <= 0:
        dataset.fail(row, "Value", "ledger-value", "%s is not positive" % row["Value"])
    for name in ("NetBaseValue", "TaxRateCode"):
        require(dataset, row, name, row["LedgerType"] == "Tax", "ledger-tax")
    if row["LedgerType"] == "Revenue":
        require(dataset, row, "AccountingCategoryId", True, "ledger-revenue")
    item = dataset.find("OrderItem", row["AccountingItemId"])
    if (
        row["AccountingItemType"] == "DepositItem"
        and item is not None
        and item["Type"] != "Deposit"
    ):
        dataset.fail(row, "AccountingItemId", "ledger-item", "DepositItem is a %s" % item["Type"])


def _check_posting(dataset, row, zone):
    """An entry is written on the local day that it is posted to, or within the week after."""
    created = row.at("CreatedUtc")
    if zone:
        today = week = local_time(zone, created).date()
    else:  # somewhere on earth
        today, week = utc_time(created + 14 * HOUR).date(), utc_time(created - 12 * HOUR).date()
    if not (week - timedelta(days=7)).isoformat() <= row["PostingDate"] <= today.isoformat():
        dataset.fail(
            row,
            "PostingDate",
            "ledger-posting",
            "%s, created %s" % (row["PostingDate"], row["CreatedUtc"]),
        )


def _side(row):
    return 1 if row["LedgerEntryType"] == "Credit" else -1


def _check_transaction(dataset, entries):
    first = entries[0]
    balance = sum(exact(row["Value"]) * _side(row) for row in entries)
    if not dataset.partial and balance:
        message = "transaction %s: credits - debits = %s" % (first["TransactionId"], balance)
        dataset.fail(first, "Value", "ledger-balance", message)
    if len({row["EnterpriseId"] for row in entries}) > 1:
        dataset.fail(first, "TransactionId", "ledger-balance", "entries of several enterprises")


def _check_items(dataset):
    """What was booked of an item: its net value and its taxes, or nothing when taken back."""
    booked = defaultdict(lambda: defaultdict(Decimal))
    for row in dataset.valid_rows("LedgerEntry"):
        if row["AccountingItemType"] in ("OrderItem", "DepositItem"):
            kind = row["LedgerType"]
            if kind in ("Revenue", "Deposit", "NonRevenue"):
                booked[row["AccountingItemId"]][None] += exact(row["Value"]) * _side(row)
            elif kind == "Tax":
                booked[row["AccountingItemId"]][row["TaxRateCode"]] += exact(row["Value"]) * _side(
                    row
                )
    for row in dataset.valid_rows("OrderItem"):
        if row["Id"] not in booked:
            continue
        wanted = {code: value for code, value in tax_by_code(row["Amount"]).items() if value}
        if row["Amount"]["NetValue"]:
            wanted[None] = exact(row["Amount"]["NetValue"])
        held = {code: value for code, value in booked[row["Id"]].items() if value}
        if held and held != wanted:
            shown = [{str(k): str(v) for k, v in d.items()} for d in (held, wanted)]
            dataset.fail(row, "Amount", "ledger-item", "booked %s of %s" % tuple(shown))
