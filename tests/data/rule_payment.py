"""Payments: states, kinds and their data, signs."""

import re

from rule_form import exact
from rule_item import check_on_bill, check_original, gross
from rule_stay import require

# Type -> discriminator (None = Data is null). "Payment" is a value of filters only.
KINDS = {
    "CreditCardPayment": "CreditCard",
    "AlternativePayment": "Alternative",
    "InvoicePayment": "Invoice",
    "ExternalPayment": "External",
    "GhostPayment": "Ghost",
    "CashPayment": None,
    "TaxDeductedPayment": None,
}
PLATFORM = ("CreditCardPayment", "AlternativePayment")
# The accounting states that fit the state of a payment.
ACCOUNTING = {
    "Charged": ("Open", "Closed"),
    "Canceled": ("Canceled", "Inactive"),
    "Pending": ("Inactive",),
    "Failed": ("Inactive",),
    "Verifying": ("Inactive", "Open"),
}
SIGNS = {"Payment": -1, "ChargebackReversal": -1, "Refund": 1, "Chargeback": 1}
CARD_IDENTIFIER = re.compile(r"ch_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def check_payments(dataset):
    deprecated = set(dataset.contract.document["enums"]["ExternalPaymentType"]["deprecated"])
    for row in dataset.valid_rows("Payment"):
        _check_kind(dataset, row)
        _check_state(dataset, row)
        _check_amount(dataset, row)
        _check_data(dataset, row, deprecated)


def _check_kind(dataset, row):
    kind = row["Type"]
    discriminator = row["Data"]["Discriminator"] if row["Data"] else None
    known = dataset.contract.enum_values("PaymentDataDiscriminator")
    wanted = KINDS.get(kind)
    if kind not in KINDS:
        dataset.fail(row, "Type", "payment-kind", "%s is for filters only" % kind)
    elif discriminator != (wanted if wanted in known else None):
        dataset.fail(row, "Data", "payment-kind", "%s on %s" % (discriminator, kind))
    if not dataset.contract.is_seed:
        require(dataset, row, "Kind", kind in PLATFORM, "payment-kind")
    identifier = row["Identifier"]
    if kind == "CreditCardPayment" and identifier and not CARD_IDENTIFIER.fullmatch(identifier):
        dataset.fail(row, "Identifier", "payment-identifier", "%r" % identifier)
    if kind not in PLATFORM and identifier:
        dataset.fail(row, "Identifier", "payment-identifier", "%r on %s" % (identifier, kind))


def _check_state(dataset, row):
    state, accounting = row["State"], row["AccountingState"]
    require(dataset, row, "ChargedUtc", state == "Charged", "payment-state")
    require(dataset, row, "ClosedUtc", accounting == "Closed", "payment-state")
    if accounting not in ACCOUNTING[state]:
        dataset.fail(row, "AccountingState", "payment-state", "%s while %s" % (accounting, state))
    if dataset.as_of is not None and row["ConsumedUtc"] and row.at("ConsumedUtc") > dataset.as_of:
        dataset.fail(row, "ConsumedUtc", "as-of", "%s lies ahead" % row["ConsumedUtc"])
    check_on_bill(dataset, row)


def _check_amount(dataset, row):
    for name in ("Amount", "OriginalAmount"):
        amount = row[name]
        codes = [item["TaxRateCode"] for item in amount["Breakdown"]["Items"]]
        if amount["TaxValues"] or codes != [None] or amount["NetValue"] != amount["GrossValue"]:
            dataset.fail(row, name, "untaxed", "a payment has no taxes and one breakdown item")
    check_original(dataset, row)
    if gross(row) == 0:
        dataset.fail(row, "Amount", "payment-sign", "is 0")
    sign = SIGNS.get(row["Kind"])
    if sign and gross(row) * sign < 0:
        dataset.fail(row, "Amount", "payment-sign", "%s of %s" % (row["Kind"], gross(row)))


def _check_data(dataset, row, deprecated):
    data = row["Data"] or {}
    card, invoice = data.get("CreditCard"), data.get("Invoice")
    if card and card["Transaction"]:
        _check_transaction(dataset, row, card["Transaction"])
    if invoice:
        bill = dataset.find("Bill", invoice["InvoiceId"])
        if bill is not None and (bill["Type"], bill["State"]) != ("Invoice", "Closed"):
            dataset.fail(row, "Data", "payment-data", "%s is no issued invoice" % bill["Id"])
    if data.get("External") and data["External"]["Type"] in deprecated:
        dataset.fail(row, "Data", "payment-data", "deprecated type %s" % data["External"]["Type"])
    if data.get("Ghost") and data["Ghost"]["OriginalPaymentId"] == row["Id"]:
        dataset.fail(row, "Data", "payment-data", "is its own original")


def _check_transaction(dataset, row, transaction):
    if transaction["SettlementId"] != row["SettlementId"]:
        dataset.fail(
            row,
            "SettlementId",
            "settlement",
            "%s, transaction %s" % (row["SettlementId"], transaction["SettlementId"]),
        )
    settled = [
        transaction[name] is not None for name in ("SettlementId", "SettledUtc", "SettledAmount")
    ]
    if any(settled) != all(settled):
        dataset.fail(
            row, "Data", "settlement", "settled by half: id, instant, amount = %s" % settled
        )
    if transaction["SettledUtc"] != row["SettlementUtc"]:
        dataset.fail(
            row,
            "SettlementUtc",
            "settlement",
            "%s, transaction %s" % (row["SettlementUtc"], transaction["SettledUtc"]),
        )
    charged = transaction["ChargedAmount"]
    if charged["Currency"] == row["Amount"]["Currency"] and abs(
        exact(charged["GrossValue"])
    ) != abs(gross(row)):
        dataset.fail(row, "Data", "payment-data", "charged %s" % charged["GrossValue"])
    if transaction["PaymentId"] != row["Id"]:
        dataset.fail(row, "Data", "payment-data", "transaction of another payment")
