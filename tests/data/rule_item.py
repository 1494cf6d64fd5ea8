"""Order items: states, kinds and their data, prices, rebates and allowances."""

from decimal import Decimal

from dataset import DAY
from rule_form import exact, tax_by_code
from rule_stay import require

FEES = (
    "CancellationFee",
    "Deposit",
    "ExchangeRateDifference",
    "CustomItem",
    "ServiceCharge",
    "CityTax",
    "CityTaxDiscount",
    "Surcharge",
    "TaxCorrection",
    "ResourceUpgradeFee",
    "InvoiceFee",
    "MulticurrencyFee",
)
# Type -> (revenue types, data discriminators; None = Data is null).
KINDS = {fee: ({"Additional"}, {None}) for fee in FEES}
KINDS.update(
    {
        "SpaceOrder": ({"Service"}, {"Product", None}),
        "ProductOrder": ({"Product"}, {"Product"}),
        "NightRebate": ({"Service"}, {"Rebate"}),
        "ProductOrderRebate": ({"Product"}, {"Rebate"}),
        "AdditionalExpenseRebate": ({"Additional"}, {"Rebate"}),
        "AllowanceDiscount": ({"Service", "Product", "Additional"}, {"AllowanceDiscount"}),
        "AllowanceBreakage": ({"Service", "Product", "Additional"}, {"AllowanceProfits"}),
        "AllowanceContraBreakage": ({"Service", "Product", "Additional"}, {"AllowanceProfits"}),
    }
)
REBATES = ("NightRebate", "ProductOrderRebate", "AdditionalExpenseRebate")
ALLOWANCES = ("AllowanceDiscount", "AllowanceBreakage", "AllowanceContraBreakage")
EITHER_SIGN = REBATES + (
    "ExchangeRateDifference",
    "TaxCorrection",
    "AllowanceBreakage",
    "AllowanceContraBreakage",
)
NEGATIVE = ("CityTaxDiscount", "AllowanceDiscount")
PROFITS = {
    "AllowanceBreakage": ("AllowanceBreakage", "AllowanceLoss"),
    "AllowanceContraBreakage": ("AllowanceContraBreakage", "AllowanceContraLoss"),
}


def gross(row):
    return exact(row["Amount"]["GrossValue"])


def check_items(dataset):
    for row in dataset.valid_rows("OrderItem"):
        _check_kind(dataset, row)
        _check_state(dataset, row)
        _check_price(dataset, row)
        _check_order(dataset, row)
        _check_exemption(dataset, row)
        require(dataset, row, "AccountType", row["AccountId"] is not None, "account-type")
    check_allowance_pairs(dataset)


def _check_kind(dataset, row):
    revenue_types, discriminators = KINDS[row["Type"]]
    if row["RevenueType"] not in revenue_types:
        dataset.fail(
            row, "RevenueType", "item-kind", "%s on %s" % (row["RevenueType"], row["Type"])
        )
    data = row["Data"]
    discriminator = data["Discriminator"] if data else None
    known = dataset.contract.enum_values("OrderItemDataDiscriminator")
    if discriminator not in {d if d in known else None for d in discriminators}:
        dataset.fail(row, "Data", "item-kind", "%s on %s" % (discriminator, row["Type"]))
    elif discriminator == "Rebate":
        _check_rebate(dataset, row, data["Rebate"])
    elif discriminator == "AllowanceDiscount":
        _check_allowance(dataset, row, data["AllowanceDiscount"])
    elif discriminator == "AllowanceProfits":
        _check_allowance(dataset, row, data["AllowanceProfits"])
        if data["AllowanceProfits"]["AllowanceProfitType"] not in PROFITS[row["Type"]]:
            dataset.fail(row, "Data", "allowance", "profit type of another item type")


def _check_rebate(dataset, row, rebate):
    original = dataset.find("OrderItem", rebate["RebatedItemId"])
    if original is None:
        return
    if original is row or original.at("CreatedUtc") > row.at("CreatedUtc"):
        dataset.fail(row, "Data", "rebate", "rebated item is not earlier")
    if original["RevenueType"] != row["RevenueType"]:
        dataset.fail(
            row, "Data", "rebate", "rebated item is of RevenueType %s" % original["RevenueType"]
        )
    if gross(row) * gross(original) > 0 or abs(gross(row)) > abs(gross(original)):
        dataset.fail(row, "Amount", "rebate", "%s on an item of %s" % (gross(row), gross(original)))


def _check_allowance(dataset, row, data):
    product = dataset.find("OrderItem", data["AllowanceProductOrderItemId"])
    if (
        product is not None
        and ((product["Data"] or {}).get("Product") or {}).get("ProductType") != "Allowance"
    ):
        dataset.fail(row, "Data", "allowance", "%s is no allowance" % product["Id"])


def check_allowance_pairs(dataset):
    """Breakage and contra breakage of one allowance cancel out."""
    sums = {}
    for row in dataset.valid_rows("OrderItem"):
        profits = (row["Data"] or {}).get("AllowanceProfits")
        if profits and not dataset.partial:
            key = profits["AllowanceProductOrderItemId"]
            total, _ = sums.get(key, (Decimal(0), None))
            sums[key] = (total + gross(row), row)
    for key, (total, row) in sums.items():
        if total:
            dataset.fail(row, "Amount", "allowance", "profits of %s add up to %s" % (key, total))


def _check_state(dataset, row):
    state = row["AccountingState"]
    require(dataset, row, "ClosedUtc", state == "Closed", "item-state")
    require(dataset, row, "CanceledUtc", state == "Canceled", "item-state")
    if state == "Open" and gross(row) == 0:
        dataset.fail(row, "AccountingState", "item-state", "Open without a value")
    order = dataset.find("Reservation", row["ServiceOrderId"])
    order_state = order["State"] if order else None
    if state == "Inactive" and gross(row) != 0 and dataset.has("Reservation"):
        if order_state not in ("Optional", "Inquired", "Requested"):
            dataset.fail(
                row,
                "AccountingState",
                "item-state",
                "Inactive with a value, order %s" % order_state,
            )
    if row["Options"]["CanceledWithReservation"]:
        if state != "Canceled" or (order is not None and order_state != "Canceled"):
            dataset.fail(
                row,
                "Options",
                "item-state",
                "CanceledWithReservation: item %s, stay %s" % (state, order_state),
            )
    if order_state == "Canceled" and row["Type"] == "SpaceOrder" and state != "Canceled":
        dataset.fail(row, "AccountingState", "item-state", "%s night of a canceled stay" % state)
    check_on_bill(dataset, row)


def check_on_bill(dataset, row):
    """An item or payment is closed together with its bill."""
    state = row["AccountingState"]
    if state == "Closed" and row["BillId"] is None:
        dataset.fail(row, "BillId", "on-bill", "Closed on no bill")
    bill = dataset.find("Bill", row["BillId"])
    if bill is None:
        return
    if state in ("Open", "Closed") and bill["State"] != state:
        dataset.fail(
            row, "AccountingState", "on-bill", "%s on a bill that is %s" % (state, bill["State"])
        )
    elif state == "Closed" and row.at("ClosedUtc") != bill.at("IssuedUtc"):
        dataset.fail(
            row,
            "ClosedUtc",
            "on-bill",
            "%s, bill issued %s" % (row["ClosedUtc"], bill["IssuedUtc"]),
        )


def _check_price(dataset, row):
    unit, amount, count = row["UnitAmount"], row["Amount"], row["UnitCount"]
    if count == 0:
        dataset.fail(row, "UnitCount", "unit-count", "is 0")
    for name in ("NetValue", "GrossValue"):
        if exact(unit[name]) * count != exact(amount[name]):
            dataset.fail(
                row,
                "Amount." + name,
                "unit-amount",
                "%s x %d is not %s" % (unit[name], count, amount[name]),
            )
    taxes = {code: value * count for code, value in tax_by_code(unit).items()}
    if taxes != tax_by_code(amount) or unit["Currency"] != amount["Currency"]:
        dataset.fail(row, "Amount", "unit-amount", "taxes or currency are not those of the unit")
    check_original(dataset, row)
    _check_sign(dataset, row)


def check_original(dataset, row):
    amount, original = row["Amount"], row["OriginalAmount"]
    if amount["Currency"] == original["Currency"]:
        if amount != original:
            dataset.fail(row, "OriginalAmount", "original-amount", "same currency, other amount")
    elif (
        exact(amount["GrossValue"]) * exact(original["GrossValue"]) <= 0
        and amount["GrossValue"] != original["GrossValue"]
    ):
        dataset.fail(row, "OriginalAmount", "original-amount", "other sign than Amount")


def _check_sign(dataset, row):
    kind, value = row["Type"], gross(row)
    if kind in EITHER_SIGN:
        return
    if value < 0 and kind not in NEGATIVE or value > 0 and kind in NEGATIVE:
        dataset.fail(row, "Amount", "item-sign", "%s of %s" % (kind, value))


def _check_order(dataset, row):
    order = dataset.find("Reservation", row["ServiceOrderId"])
    if order is None:
        return
    if order["ServiceId"] != row["ServiceId"]:
        dataset.fail(row, "ServiceId", "item-order", "reservation of another service")
    if row.at("CreatedUtc") < order.at("CreatedUtc"):
        dataset.fail(row, "CreatedUtc", "item-order", "before its reservation")
    if row["Type"] == "SpaceOrder":
        _check_night(dataset, row, order)


def _check_night(dataset, row, order):
    start = row.at("StartUtc")
    if start is None:
        dataset.fail(row, "StartUtc", "item-night", "a night without a start")
        return
    if not order.at("ScheduledStartUtc") - DAY < start < order.at("ScheduledEndUtc"):
        dataset.fail(row, "StartUtc", "item-night", "%s is outside the stay" % row["StartUtc"])
    if not start <= row.at("ConsumedUtc") < start + DAY + 3600:
        dataset.fail(
            row,
            "ConsumedUtc",
            "item-night",
            "%s is not in the night of %s" % (row["ConsumedUtc"], row["StartUtc"]),
        )


def _check_exemption(dataset, row):
    exempt = row.get("TaxExemptionReason") is not None
    if exempt and any(tax_by_code(row["Amount"]).values()):
        dataset.fail(row, "TaxExemptionReason", "tax-exemption", "exempt, yet taxed")
    if row.get("TaxExemptionLegalReference") is not None and not exempt:
        dataset.fail(row, "TaxExemptionLegalReference", "tax-exemption", "without a reason")
