"""Changes to the sample's rows, each with the rule that must catch it."""

from decimal import Decimal

from sample_base import outside, platform_id, taxed, untaxed

# (rule, docs date or None for the newest, name of the change, function that changes a Sample)
MUTATIONS = []


def mutation(rule, api_date=None):
    """Names the rule that must catch the change which the function makes."""

    def add(function):
        MUTATIONS.append((rule, api_date, function.__name__, function))
        return function

    return add


def set_in(name, rule, path, value, api_date=None):
    """A change of one property: a dotted path in the row of that short name."""

    def change(sample):
        holder = sample[name]
        *parents, last = path.split(".")
        for parent in parents:
            holder = holder[int(parent)] if parent.isdigit() else holder[parent]
        holder[int(last) if last.isdigit() else last] = value(sample) if callable(value) else value

    MUTATIONS.append((rule, api_date, "%s.%s" % (name, path), change))


# Form of a row
set_in("c1", "schema", "LastName", None)
set_in("c1", "schema", "HasOtaEmail", "yes")
set_in("c1", "schema", "Title", "Doctor")
set_in("c1", "schema", "CarRegistrationNumber", "x" * 256)
set_in("c1", "schema", "NationalityCode", "gb")
set_in("c1", "schema", "Shoe", 42)
set_in("c1", "schema", "BirthDate", "1980-5-6")
set_in("c1", "schema", "CreatedUtc", "2024-02-01T08:00:00.000Z")
set_in("co1", "schema", "Number", "1")
set_in("co1", "schema", "InvoiceDueInterval", "14 days")
set_in("b1", "schema", "State", "Released")
set_in("i1", "schema", "UnitCount", Decimal("1.5"))
set_in("i1", "schema", "Id", lambda s: s["i1"]["Id"].upper())
set_in("a1", "schema", "PaxCounts", [{"PersonCount": n, "UnitCount": 1} for n in range(6)])
set_in("p1", "schema", "Data.Invoice", {"InvoiceId": None, "Type": "Receivable"})
set_in("p1", "schema", "Data.CreditCard", None)
set_in("bill1", "schema", "OwnerData.Discriminator", "BillCompanyData")


@mutation("schema")
def property_left_out(sample):
    del sample["i1"]["Notes"]


@mutation("order")
def properties_in_another_order(sample):
    row = sample["c1"]
    row["Id"] = row.pop("Id")


@mutation("order")
def nested_properties_in_another_order(sample):
    address = sample["co1"]["Address"]
    address["Id"] = address.pop("Id")


@mutation("id-unique")
def id_used_twice(sample):
    sample["r2"]["Id"] = sample["i1"]["Id"]


set_in("c1", "id-form", "Id", outside(500))
set_in("a2", "id-form", "Id", lambda s: platform_id(9, "2026-09-01T00:00:00Z"))
set_in("a2", "id-form", "Id", "00000000-0000-4000-8000-b4ceffffffff")
set_in("i1", "created-first", "ClosedUtc", "2026-06-01T00:00:00Z")
set_in("r1", "updated-last", "UpdatedUtc", "2026-08-02T00:00:00Z")
set_in("r1", "as-of", "UpdatedUtc", "2026-08-07T12:00:01Z")
set_in("p3", "as-of", "ConsumedUtc", "2026-08-08T12:00:00Z")

# Amounts
set_in("i1", "amount-sum", "Amount.GrossValue", Decimal("120.01"))
set_in("i1", "amount-breakdown", "Amount.Breakdown.Items.0.TaxValue", Decimal("19.99"))
set_in("i1", "amount-breakdown", "Amount.Breakdown.Items.0.NetValue", Decimal("99"))
set_in("i1", "amount-breakdown", "Amount.Breakdown.Items.0.TaxRateCode", "UK-Z")
set_in("i1", "amount-breakdown", "Amount.Breakdown.Items", [])
set_in("p2", "amount-breakdown", "Amount.Breakdown.Items.0.TaxValue", Decimal("1"))
set_in("p2", "amount-decimals", "Amount.NetValue", Decimal("-3.001"))
set_in("i1", "amount-sign", "Amount", taxed("100", "-20"))
set_in("i1", "tax-rate", "Amount", taxed("100", "21"))
set_in("i2", "unit-amount", "UnitCount", 3)
set_in("i2", "unit-count", "UnitCount", 0)
set_in("i2", "unit-amount", "UnitAmount.Currency", "EUR")
set_in("i1", "original-amount", "OriginalAmount", taxed("100.5", "20.1"))
set_in("p2", "original-amount", "OriginalAmount", untaxed("3", "EUR"))

# References
set_in("i1", "reference", "AccountId", outside(501))
set_in("i1", "reference", "AccountType", "Company")
set_in("i1", "reference", "BillId", outside(501))
set_in("i1", "reference", "ServiceOrderId", outside(501))
set_in("i3", "reference", "Data.Rebate.RebatedItemId", outside(501))
set_in("p1", "reference", "ReservationId", outside(501))
set_in("p2", "reference", "Data.Invoice.InvoiceId", outside(501))
set_in("p5", "reference", "Data.Ghost.OriginalPaymentId", outside(501))
set_in("r1", "reference", "AccountId", outside(501))
set_in("r1", "reference", "BookerId", outside(501))
set_in("r1", "reference", "TravelAgencyId", lambda s: s["c1"]["Id"])
set_in("r2", "reference", "AvailabilityBlockId", outside(501))
set_in("bill1", "reference", "AccountId", outside(501))
set_in("bill2", "reference", "AssociatedAccountIds", [outside(501)])
set_in("bill4", "reference", "CorrectedBillId", outside(501))
set_in("a1", "reference", "AvailabilityBlockId", outside(501))
set_in("c1", "reference", "CompanyId", outside(501))
set_in("co2", "reference", "MotherCompanyId", outside(501))
set_in("l1", "reference", "AccountingItemId", outside(501))
set_in("l1", "reference", "AccountId", outside(501))
set_in("c1", "chain", "ChainId", outside(502))
set_in("co1", "chain", "ChainId", outside(502))
set_in("bill1", "enterprise", "EnterpriseId", outside(503))
set_in("p4", "enterprise", "EnterpriseId", outside(503))
set_in("i1", "service-enterprise", "EnterpriseId", outside(503))
set_in("rb1", "resource-enterprise", "EnterpriseId", outside(503))
set_in("bill4", "counter-enterprise", "EnterpriseId", outside(503))
set_in("r1", "id-kind", "RateId", outside(10))
set_in("r1", "id-kind", "GroupId", lambda s: s["i1"]["Id"])


@mutation("category-service")
def category_of_two_services(sample):
    sample["r1"]["ServiceId"] = outside(12)


# Profiles
set_in("c2", "merge", "IsActive", True)
set_in("c2", "merge", "MergeTargetId", lambda s: s["c2"]["Id"])
set_in("co1", "address", "AddressId", None)
set_in("co1", "address", "Address", None)
set_in("co1", "subdivision", "Address.CountrySubdivisionCode", "GB-LND")
set_in("c1", "subdivision", "BirthCountrySubdivisionCode", "GB-LND")
set_in("c1", "activity", "ActivityState", "Deleted")
set_in("c1", "customer", "Options", ["Invoiceable", "Invoiceable"])
set_in("c1", "customer", "BirthDate", "2027-01-01")
set_in("c2", "customer", "HasOtaEmail", True)
set_in("c1", "document", "Passport.CustomerId", lambda s: s["c2"]["Id"])
set_in("c1", "document", "Passport.Type", "Visa")
set_in("c1", "document", "Passport.Expiration", "2019-01-01")
set_in("co1", "mother-company", "MotherCompanyId", lambda s: s["co2"]["Id"])
set_in("c2", "number", "Number", "1")
set_in("c2", "number", "Number", "x1")
set_in("co2", "number", "Number", 1)
set_in("r2", "number", "Number", lambda s: s["r1"]["Number"])
set_in("b2", "number", "AvailabilityBlockNumber", "1")
set_in("bill4", "number", "Number", "bill1")

# Stays
set_in("r2", "reservation-state", "ActualStartUtc", "2026-08-01T00:00:00Z")
set_in("r5", "reservation-state", "ActualStartUtc", None)
set_in("r5", "reservation-state", "AssignedResourceId", None)
set_in("r5", "reservation-state", "Options.OwnerCheckedIn", False)
set_in("r2", "reservation-state", "Options.OwnerCheckedIn", True)
set_in("r5", "reservation-state", "Options.AnyCompanionCheckedIn", False)
set_in("r1", "reservation-state", "ActualEndUtc", None)
set_in("r3", "reservation-state", "CancelledUtc", None)
set_in("r3", "reservation-state", "CancellationReason", None)
set_in("r2", "reservation-state", "CancellationReason", "NoShow")
set_in("r4", "reservation-state", "ReleasedUtc", None)
set_in("r4", "reservation-state", "AssignedResourceLocked", True)
set_in("r2", "reservation-now", "ScheduledEndUtc", "2026-08-07T12:00:00Z")
set_in("r4", "reservation-now", "ReleasedUtc", "2026-08-07T11:59:59Z")
set_in("r4", "reservation-times", "ReleasedUtc", "2026-09-01T00:00:00Z")
set_in("r2", "reservation-times", "ScheduledEndUtc", "2026-08-10T13:00:00Z")
set_in("r1", "reservation-times", "StartUtc", "2026-08-01T13:00:00Z")
set_in("r1", "reservation-times", "EndUtc", "2026-08-04T09:00:00Z")
set_in("r1", "reservation-times", "ActualEndUtc", "2026-08-01T13:20:00Z")
set_in("r5", "reservation-times", "ScheduledStartUtc", "2026-07-01T13:00:00Z")
set_in("r1", "origin", "CommanderOrigin", "Phone")
set_in("r1", "origin", "ChannelNumber", "TW48ZP")
set_in("r1", "person-counts", "PersonCounts", [])
set_in("r1", "person-counts", "PersonCounts.0.Count", 0)
set_in("r1", "person-counts", "PersonCounts.0.AgeCategoryId", outside(51))
set_in("r1", "qr-code", "QrCodeData", "{}")
set_in("r1", "qr-code", "QrCodeData", "{")
set_in("r2", "reservation-block", "RateId", outside(22))
set_in("r2", "reservation-block", "ServiceId", outside(11))
set_in("r2", "reservation-block", "ScheduledEndUtc", "2026-08-20T09:00:00Z")
set_in("r2", "room-overlap", "ScheduledEndUtc", "2026-08-21T09:00:00Z")


@mutation("room-overlap")
def two_stays_in_a_room(sample):
    sample["r5"].update(AssignedResourceId=outside(40), ScheduledEndUtc="2026-08-10T13:00:01Z")


@mutation("room-overlap")
def two_repairs_in_a_room(sample):
    sample["rb2"].update(IsActive=True, DeletedUtc=None)


set_in("b1", "block-times", "LastTimeUnitStartUtc", "2026-08-08T22:00:00Z")
set_in("b1", "block-release", "ReleasedUtc", None)
set_in("b1", "block-release", "RollingReleaseOffset", "P1D")
set_in("b2", "block-release", "RollingReleaseOffset", None)
set_in("b2", "block-state", "CanceledUtc", None)
set_in("b2", "block-state", "CancellationReason", None)
set_in("b1", "block-state", "CancellationReason", "Other")
set_in("b1", "block-state", "CancellationReasonDetail", "text")
set_in("b2", "block-rate", "RateId", outside(20))
set_in("b1", "local-midnight", "FirstTimeUnitStartUtc", "2026-08-09T21:59:00Z")
set_in("i1", "local-midnight", "StartUtc", "2026-08-01T23:00:00Z")
set_in("a1", "adjustment-times", "LastTimeUnitStartUtc", "2026-08-08T22:00:00Z")
set_in("a1", "adjustment-times", "StartUtc", "2026-08-08T22:00:00Z")
set_in("a1", "adjustment-times", "EndUtc", "2026-08-12T22:00:00Z")
set_in("a1", "adjustment-block", "LastTimeUnitStartUtc", "2026-08-14T22:00:00Z")
set_in("a2", "adjustment-block", "FirstTimeUnitReleaseUtc", "2026-08-01T22:00:00Z")
set_in("a1", "activity", "IsActive", False)
set_in("a1", "pax-counts", "UnitCount", -4)
set_in("a1", "pax-counts", "PaxCounts.1.PersonCount", 1)
set_in("rb1", "resource-block", "EndUtc", "2026-08-20T22:00:00Z")
set_in("rb1", "resource-block", "DeletedUtc", "2026-07-01T08:00:00Z")
set_in("rb2", "resource-block", "DeletedUtc", None)

# Order items
set_in("i1", "item-kind", "RevenueType", "Product")
set_in("i2", "item-kind", "Data", None)
set_in("i4", "item-kind", "Data", lambda s: s["i2"]["Data"])
set_in("i3", "rebate", "Amount", taxed("10", "2"))
set_in("i3", "rebate", "Amount", taxed("-200", "-40"))
set_in("i3", "rebate", "Data.Rebate.RebatedItemId", lambda s: s["i3"]["Id"])
set_in("i3", "rebate", "Data.Rebate.RebatedItemId", lambda s: s["i4"]["Id"])
set_in(
    "ad", "allowance", "Data.AllowanceDiscount.AllowanceProductOrderItemId", lambda s: s["i2"]["Id"]
)
set_in("ab", "allowance", "Data.AllowanceProfits.AllowanceProfitType", "AllowanceContraLoss")
set_in("ab", "allowance", "Amount", untaxed("11"))
set_in("ad", "item-sign", "Amount", untaxed("20"))
set_in("i1", "item-sign", "Amount", taxed("-100", "-20"))
set_in("i1", "account-type", "AccountId", None)
set_in("i1", "item-state", "ClosedUtc", None)
set_in("i6", "item-state", "ClosedUtc", "2026-08-06T14:00:00Z")
set_in("i5", "item-state", "CanceledUtc", None)
set_in("i6", "item-state", "Amount", untaxed("0"))
set_in("i6", "item-state", "AccountingState", "Inactive")
set_in("i6", "item-state", "Options.CanceledWithReservation", True)
set_in("i5", "item-state", "AccountingState", "Open")
set_in("i1", "on-bill", "AccountingState", "Open")
set_in("i6", "on-bill", "BillId", lambda s: s["bill1"]["Id"])
set_in("i1", "on-bill", "BillId", None)
set_in("i1", "on-bill", "ClosedUtc", "2026-08-02T00:00:00Z")
set_in("i1", "item-order", "ServiceId", outside(11))
set_in("r1", "item-order", "CreatedUtc", "2026-07-01T09:00:01Z")
set_in("i1", "item-night", "StartUtc", None)
set_in("i1", "item-night", "StartUtc", "2026-08-03T22:00:00Z")
set_in("i1", "item-night", "ConsumedUtc", "2026-08-01T21:00:00Z")
set_in("i1", "tax-exemption", "TaxExemptionReason", "IT_N4")
set_in("i4", "tax-exemption", "TaxExemptionLegalReference", "text")

# Payments
set_in("p3", "payment-kind", "Type", "Payment")
set_in("p3", "payment-kind", "Type", "ExternalPayment")
set_in("p3", "payment-kind", "Kind", "Payment")
set_in("p1", "payment-kind", "Kind", None)
set_in("p1", "payment-identifier", "Identifier", "ch_1")
set_in("p2", "payment-identifier", "Identifier", "ch_" + outside(1))
set_in("p1", "payment-state", "ChargedUtc", None)
set_in("p3", "payment-state", "ChargedUtc", "2026-08-06T14:00:00Z")
set_in("p3", "payment-state", "AccountingState", "Open")
set_in("p1", "payment-state", "ClosedUtc", None)
set_in("p1", "on-bill", "BillId", lambda s: s["bill3"]["Id"])
set_in("p2", "untaxed", "Amount", taxed("-2.50", "-0.50"))
set_in("p1", "payment-sign", "Kind", "Refund")
set_in("p3", "payment-sign", "Amount", untaxed("0"))
set_in("p2", "payment-data", "Data.Invoice.InvoiceId", lambda s: s["bill1"]["Id"])
set_in("p4", "payment-data", "Data.External.Type", "CreditCard")
set_in("p5", "payment-data", "Data.Ghost.OriginalPaymentId", lambda s: s["p5"]["Id"])
set_in("p1", "payment-data", "Data.CreditCard.Transaction.ChargedAmount.GrossValue", Decimal(1))
set_in("p1", "payment-data", "Data.CreditCard.Transaction.PaymentId", lambda s: s["p2"]["Id"])
set_in("p1", "settlement", "SettlementId", "S2")
set_in("p1", "settlement", "SettlementUtc", None)
set_in("p1", "settlement", "Data.CreditCard.Transaction.SettledAmount", None)

# Bills
set_in("bill3", "bill-state", "Number", "29")
set_in("bill3", "bill-state", "IssuedUtc", "2026-08-06T14:00:00Z")
set_in("bill3", "bill-state", "OwnerData", lambda s: s["bill1"]["OwnerData"])
set_in("bill3", "bill-state", "EnterpriseData", lambda s: s["bill1"]["EnterpriseData"])
set_in("bill3", "bill-state", "AssociatedAccountData", [])
set_in("bill3", "bill-state", "Type", "Invoice")
set_in("bill1", "bill-state", "Number", None)
set_in("bill1", "bill-state", "OwnerData", None)
set_in("bill1", "bill-state", "EnterpriseData", None)
set_in("bill1", "bill-deprecated", "Revenue", None)
set_in("bill1", "bill-deprecated", "AssigneeData", lambda s: s["bill1"]["OwnerData"])
set_in("bill1", "bill-accounts", "AssociatedAccountIds", lambda s: [s["c1"]["Id"]])
set_in("bill1", "bill-accounts", "CompanyId", lambda s: s["co1"]["Id"])
set_in("bill2", "bill-accounts", "AssociatedAccountData", [])
set_in("bill1", "bill-snapshot", "OwnerData.Value.Id", lambda s: s["c2"]["Id"])
set_in("bill1", "bill-snapshot", "OwnerData.Value.LastName", "Other")
set_in(
    "bill1",
    "bill-snapshot",
    "OwnerData",
    lambda s: {
        "Discriminator": "BillCompanyData",
        "Value": dict(s["bill2"]["OwnerData"]["Value"], Id=s["c1"]["Id"]),
    },
)
set_in("bill1", "bill-paid", "PaidUtc", None)
set_in("bill2", "bill-paid", "PaidUtc", "2026-08-02T07:59:59Z")
set_in("bill2", "bill-due", "DueUtc", None)
set_in("bill2", "bill-due", "DueUtc", "2026-08-17T08:00:00Z")
set_in("bill2", "bill-due", "Options.TrackReceivable", False)
set_in("bill2", "bill-due", "LastReminderDateUtc", "2026-08-02T08:00:00Z")
set_in("bill1", "bill-due", "DueUtc", "2026-08-02T07:59:59Z")
set_in("bill4", "bill-correction", "CorrectionType", None)
set_in("bill1", "bill-correction", "CorrectionType", "Edit")
set_in("bill1", "bill-correction", "Options.Rebated", False)
set_in("bill4", "bill-correction", "CorrectedBillId", lambda s: s["bill3"]["Id"])
set_in("bill4", "bill-correction", "IssuedUtc", "2026-08-03T07:00:00Z")
set_in("bill2", "bill-correction", "Options.Rebated", True)
set_in("p1", "bill-balance", "Amount", untaxed("-1"))
set_in("i1", "bill-balance", "AccountingState", "Open")
set_in("p2", "bill-balance", "Amount", untaxed("-3", "EUR"))

# Ledger
set_in("l1", "ledger-balance", "Value", Decimal("120.01"))
set_in("l1", "ledger-balance", "LedgerEntryType", "Credit")
set_in("l1", "ledger-balance", "EnterpriseId", outside(503))
set_in("l1", "ledger-value", "Value", Decimal("-120"))
set_in("l1", "ledger-value", "Value", Decimal("0.001"))
set_in("l3", "ledger-tax", "NetBaseValue", None)
set_in("l3", "ledger-tax", "TaxRateCode", None)
set_in("l1", "ledger-tax", "NetBaseValue", Decimal(1))
set_in("l2", "ledger-revenue", "AccountingCategoryId", None)
set_in("l1", "ledger-posting", "PostingDate", "2026-08-03")
set_in("l1", "ledger-posting", "PostingDate", "2026-07-20")
set_in("l3", "ledger-item", "TaxRateCode", "UK-Z")
set_in("l1", "ledger-item", "AccountingItemType", "DepositItem")
