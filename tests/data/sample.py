"""A small hotel written by hand: rows of all types that break no rule, for tests of the checks."""

import json
from datetime import date
from decimal import Decimal

from contract import Contract
from dataset import seconds

AS_OF = "2026-08-07T12:00:00Z"
ENTERPRISE = "11111111-0000-4000-8000-000000000001"
CHAIN = "11111111-0000-4000-8000-000000000002"

DEFAULTS = {
    "uuid": "99999999-0000-4000-8000-000000000000",
    "date": "2026-08-01",
    "date-time": "2026-08-01T10:00:00Z",
    "currency": "GBP",
}
PLAIN = {"string": "text", "integer": 1, "number": Decimal(1), "boolean": False, "array": [], "object": {}}


def outside(number):
    """The id of something that no export holds."""
    return "22222222-0000-4000-8000-%012d" % number


def platform_id(number, created):
    at = seconds(created)
    days = at // 86400 + (date(1970, 1, 1) - date(1900, 1, 1)).days
    return "%08x-1234-4abc-8abc-%04x%08x" % (number, days, at % 86400 * 300 + 7)


def blank(contract, properties):
    """Null where the contract allows null, else a plain value."""
    result = {}
    for entry in properties:
        if entry.get("nullable"):
            value = None
        elif "enum" in entry:
            value = contract.enum_values(entry["enum"])[0]
        elif entry["type"] == "object" and "type_name" in entry:
            value = blank(contract, contract.type_properties(entry["type_name"]))
        else:
            value = DEFAULTS.get(entry.get("format"), PLAIN[entry["type"]])
        result[entry["name"]] = json.loads(json.dumps(value, default=str)) if isinstance(value, (list, dict)) else value
    return result


def untaxed(value, currency="GBP"):
    value = Decimal(value)
    item = {"TaxRateCode": None, "NetValue": value, "TaxValue": Decimal(0)}
    return {"Currency": currency, "NetValue": value, "GrossValue": value, "TaxValues": [], "Breakdown": {"Items": [item]}}


def taxed(net, tax, code="UK-S"):
    net, tax = Decimal(net), Decimal(tax)
    item = {"TaxRateCode": code, "NetValue": net, "TaxValue": tax}
    return {
        "Currency": "GBP",
        "NetValue": net,
        "GrossValue": net + tax,
        "TaxValues": [{"Code": code, "Value": tax}],
        "Breakdown": {"Items": [item]},
    }


class Sample:
    """rows: type -> list of dicts; by short name: self["r1"]."""

    def __init__(self, api_date=None):
        self.contract = Contract.load(api_date=api_date)
        self.rows = {name: [] for name in self.contract.entity_names()}
        self.named = {}
        self._accounts()
        self._blocks()
        self._reservations()
        self._bills()
        self._items()
        self._payments()
        self._ledger()

    def __getitem__(self, name):
        return self.named[name]

    def type(self, entity, name):
        """A nested object with every property that the docs date has, nullable ones null."""
        contract = self.contract.at(entity)
        return blank(contract, contract.type_properties(name))

    def nested(self, entity, name, **values):
        result = self.type(entity, name)
        result.update({k: v for k, v in values.items() if k in result})
        return result

    def make(self, name, entity, created, **values):
        contract = self.contract.at(entity)
        row = blank(contract, contract.entity_properties(entity))
        if "Id" in row:
            row["Id"] = platform_id(len(self.named) + 1, created)
        row.update({k: v for k, v in {"EnterpriseId": ENTERPRISE, "CreatedUtc": created, "UpdatedUtc": created}.items() if k in row})
        row.update({k: v for k, v in values.items() if k in row})
        self.rows[entity].append(row)
        self.named[name] = row
        return row

    def _accounts(self):
        address = self.nested("Company", "Address", Id=outside(1), CountryCode="US", CountrySubdivisionCode="US-DC")
        mother = self.make("co1", "Company", "2024-01-01T08:00:00Z", ChainId=CHAIN, Number=1, Name="Mother", InvoiceDueInterval="P14D", Address=address, AddressId=outside(1), IsActive=True)
        self.make("co2", "Company", "2024-01-02T08:00:00Z", ChainId=CHAIN, Number=2, Name="Daughter", MotherCompanyId=mother["Id"], IsActive=True)
        guest = self.make("c1", "Customer", "2024-02-01T08:00:00Z", ChainId=CHAIN, Number="1", LastName="Novák", CompanyId=mother["Id"], IsActive=True, ActivityState="Active", BirthDate="1980-05-06", Email="guest@example.com", Options=["Invoiceable"])
        if "Passport" in guest:
            guest["Passport"] = self.nested("Customer", "IdentityDocument", CustomerId=guest["Id"], Type="Passport", Issuance="2020-01-01", Expiration="2030-01-01")
        self.make("c2", "Customer", "2024-02-02T08:00:00Z", ChainId=CHAIN, Number="2", LastName="Novak", MergeTargetId=guest["Id"], IsActive=False, ActivityState="Deleted")

    def _blocks(self):
        days = {"FirstTimeUnitStartUtc": "2026-08-09T22:00:00Z", "LastTimeUnitStartUtc": "2026-08-13T22:00:00Z"}
        stay = {"ServiceId": outside(10), "BookerId": self["c1"]["Id"], "CompanyId": self["co1"]["Id"]}
        block = self.make("b1", "AvailabilityBlock", "2026-06-01T08:00:00Z", RateId=outside(20), State="Confirmed", ReleaseStrategy="FixedRelease", ReleasedUtc="2026-08-01T22:00:00Z", AvailabilityBlockNumber="1", IsActive=True, **days, **stay)
        self.make("b2", "AvailabilityBlock", "2026-06-02T08:00:00Z", UpdatedUtc="2026-07-01T08:00:00Z", RateId=outside(21), State="Canceled", CanceledUtc="2026-07-01T08:00:00Z", CancellationReason="Other", CancellationReasonDetail="text", ReleaseStrategy="RollingRelease", RollingReleaseOffset="P7D", AvailabilityBlockNumber="2", **days, **stay)
        pax = [{"PersonCount": 1, "UnitCount": 2}, {"PersonCount": 2, "UnitCount": 3}]
        self.make("a1", "AvailabilityAdjustment", "2026-06-01T08:00:00Z", UpdatedUtc="2026-06-01T08:00:01Z", AvailabilityBlockId=block["Id"], ResourceCategoryId=outside(30), UnitCount=-5, PaxCounts=pax, IsActive=True, ActivityState="Active", FirstTimeUnitReleaseUtc="2026-08-01T22:00:00Z", **days)
        self.make("a2", "AvailabilityAdjustment", "2026-06-03T08:00:00Z", UpdatedUtc="2026-06-04T08:00:00Z", ResourceCategoryId=outside(30), UnitCount=1, IsActive=False, ActivityState="Deleted", **days)
        self.make("rb1", "ResourceBlock", "2026-07-01T08:00:00Z", AssignedResourceId=outside(40), IsActive=True, StartUtc="2026-08-20T22:00:00Z", EndUtc="2026-08-22T22:00:00Z")
        self.make("rb2", "ResourceBlock", "2026-07-02T08:00:00Z", UpdatedUtc="2026-07-03T08:00:00Z", AssignedResourceId=outside(40), IsActive=False, DeletedUtc="2026-07-03T08:00:00Z", StartUtc="2026-08-21T22:00:00Z", EndUtc="2026-08-22T22:00:00Z")

    def _stay(self, name, created, start, end, state, **values):
        persons = [{"AgeCategoryId": outside(50), "Count": 2}, {"AgeCategoryId": outside(51), "Count": 1}]
        common = {"ServiceId": outside(10), "AccountId": self["c1"]["Id"], "AccountType": "Customer", "Number": str(len(self.named)), "State": state, "Origin": "Connector", "RateId": outside(22), "GroupId": outside(60), "RequestedResourceCategoryId": outside(30), "ScheduledStartUtc": start, "ScheduledEndUtc": end, "StartUtc": start, "EndUtc": end, "PersonCounts": persons}
        common.update(values)
        return self.make(name, "Reservation", created, **common)

    def _reservations(self):
        flags = self.nested("Reservation", "ServiceOrderOptions", OwnerCheckedIn=True, AnyCompanionCheckedIn=True, AllCompanionsCheckedIn=True)
        stay = self._stay("r1", "2026-07-01T09:00:00Z", "2026-08-01T13:00:00Z", "2026-08-03T09:00:00Z", "Processed", UpdatedUtc="2026-08-03T08:30:00Z", AssignedResourceId=outside(40), ActualStartUtc="2026-08-01T13:20:00Z", StartUtc="2026-08-01T13:20:00Z", ActualEndUtc="2026-08-03T08:30:00Z", Options=flags, AssignedResourceLocked=True)
        held = {"Id": stay["Id"], "GroupId": stay["GroupId"], "CustomerId": stay["AccountId"]}
        stay["QrCodeData"] = json.dumps({"Reservations": [held]})
        self._stay("r2", "2026-07-02T09:00:00Z", "2026-08-10T13:00:00Z", "2026-08-12T09:00:00Z", "Confirmed", AvailabilityBlockId=self["b1"]["Id"], RateId=outside(20), Origin="Commander", CommanderOrigin="Phone", AssignedResourceId=outside(40))
        self._stay("r3", "2026-07-03T09:00:00Z", "2026-08-10T13:00:00Z", "2026-08-12T09:00:00Z", "Canceled", UpdatedUtc="2026-07-20T09:00:00Z", CancelledUtc="2026-07-20T09:00:00Z", CancellationReason="NoShow", AssignedResourceId=outside(40), Origin="ChannelManager", ChannelNumber="TW48ZP", OriginDetails="agency")
        self._stay("r4", "2026-07-04T09:00:00Z", "2026-08-16T13:00:00Z", "2026-08-18T09:00:00Z", "Optional", ReleasedUtc="2026-08-10T09:00:00Z")
        self._stay("r5", "2026-07-05T09:00:00Z", "2026-08-06T13:00:00Z", "2026-08-08T09:00:00Z", "Started", UpdatedUtc="2026-08-06T14:00:00Z", ActualStartUtc="2026-08-06T14:00:00Z", StartUtc="2026-08-06T14:00:00Z", AssignedResourceId=outside(41), Options=dict(flags))

    def _snapshot(self, account, entity):
        name = {"Customer": "BillCustomerData", "Company": "BillCompanyData"}[entity]
        label = {"Customer": "LastName", "Company": "Name"}[entity]
        return name, self.nested("Bill", name, Id=account["Id"], **{label: account[label]})

    def _bill(self, name, issued, account="c1", entity="Customer", **values):
        held, snapshot = self._snapshot(self[account], entity)
        closed = {"State": "Closed", "Number": name, "IssuedUtc": issued, "UpdatedUtc": issued, "PaidUtc": issued, "OwnerData": {"Discriminator": held, "Value": snapshot}, "EnterpriseData": self.type("Bill", "BillEnterpriseData"), "Options": self.type("Bill", "BillOptions"), "CounterId": outside(70)}
        self.make_bill(name, "2026-08-01T14:00:00Z", account, entity, **dict(closed, **values))

    def make_bill(self, name, created, account, entity, **values):
        common = {key: [] for key in ("Revenue", "Payments", "OrderItems", "PaymentItems")}
        common.update(AccountId=self[account]["Id"], AccountType=entity, CorrectionState="Bill", Type="Receipt")
        self.make(name, "Bill", created, **dict(common, **values))

    def _bills(self):
        associated, snapshot = self._snapshot(self["c1"], "Customer")
        data = self.nested("Bill", "AssociatedAccountBillData", Discriminator=associated, BillCustomerData=snapshot)
        tracked = self.nested("Bill", "BillOptions", TrackReceivable=True)
        rebated = self.nested("Bill", "BillOptions", Rebated=True)
        self._bill("bill1", "2026-08-03T08:00:00Z", Options=rebated, CustomerId=self["c1"]["Id"])
        self._bill("bill2", "2026-08-02T08:00:00Z", "co1", "Company", Type="Invoice", PaidUtc=None, DueUtc="2026-08-16T08:00:00Z", Options=tracked, AssociatedAccountIds=[self["c1"]["Id"]], AssociatedAccountData=[data])
        self.make_bill("bill3", "2026-08-06T14:00:00Z", "c1", "Customer", State="Open")
        self._bill("bill4", "2026-08-04T08:00:00Z", CorrectionState="CorrectiveBill", CorrectionType="CreditNote", CorrectedBillId=self["bill1"]["Id"])

    def _item(self, name, created, bill, kind, revenue, amount, order="r1", count=1, data=None, **values):
        unit = amount if count == 1 else values.pop("unit")
        common = {"AccountId": self["c1"]["Id"], "AccountType": "Customer", "ServiceId": outside(10), "ServiceOrderId": self[order]["Id"] if order in self.named else order, "UnitCount": count, "UnitAmount": unit, "Amount": amount, "OriginalAmount": amount, "RevenueType": revenue, "ConsumedUtc": "2026-08-02T00:00:00Z", "AccountingState": "Open", "Type": kind, "Data": data, "AccountingCategoryId": outside(80)}
        if bill:
            row = self[bill]
            common.update(BillId=row["Id"], AccountingState=row["State"], ClosedUtc=row["IssuedUtc"], UpdatedUtc=row["IssuedUtc"] or created)
        common.update(values)
        self.make(name, "OrderItem", created, **common)

    def _data(self, discriminator, type_name, **values):
        return self.nested("OrderItem", "OrderItemData", Discriminator=discriminator, **{discriminator: self.nested("OrderItem", type_name, **values)})

    def _items(self):
        night = {"StartUtc": "2026-08-01T22:00:00Z"}
        self._item("i1", "2026-07-01T09:00:00Z", "bill1", "SpaceOrder", "Service", taxed("100", "20"), **night)
        drink = self._data("Product", "ProductData", ProductId=outside(90), ProductType="Product")
        self._item("i2", "2026-08-02T10:00:00Z", "bill1", "ProductOrder", "Product", taxed("38.76", "7.76"), outside(100), 2, drink, ServiceId=outside(11), unit=taxed("19.38", "3.88"))
        rebate = self._data("Rebate", "RebateData", ProductId=outside(90), RebatedItemId=self["i1"]["Id"])
        self._item("i3", "2026-08-02T11:00:00Z", "bill1", "NightRebate", "Service", taxed("-10", "-2"), data=rebate)
        self._item("i4", "2026-08-02T07:00:00Z", "bill2", "CityTax", "Additional", untaxed("3"))
        canceled = {"CanceledUtc": "2026-07-20T09:00:00Z", "UpdatedUtc": "2026-07-20T09:00:00Z", "AccountingState": "Canceled"}
        self._item("i5", "2026-07-03T09:00:00Z", None, "SpaceOrder", "Service", taxed("100", "20"), "r3", StartUtc="2026-08-10T22:00:00Z", ConsumedUtc="2026-08-11T00:00:00Z", Options={"CanceledWithReservation": True}, **canceled)
        self._item("i6", "2026-08-06T14:00:00Z", "bill3", "SpaceOrder", "Service", taxed("100", "20"), "r5", StartUtc="2026-08-06T22:00:00Z", ConsumedUtc="2026-08-07T00:00:00Z")
        self._item("i7", "2026-07-04T09:00:00Z", None, "SpaceOrder", "Service", taxed("100", "20"), "r4", AccountingState="Inactive", StartUtc="2026-08-16T22:00:00Z", ConsumedUtc="2026-08-17T00:00:00Z")
        self._item("i8", "2026-08-04T07:00:00Z", "bill4", "CustomItem", "Additional", untaxed("5"))
        if "ProductType" in self.type("OrderItem", "ProductData"):
            self._allowances()

    def _allowances(self):
        allowance = self._data("Product", "ProductData", ProductId=outside(91), ProductType="Allowance")
        self._item("al", "2026-08-02T10:00:00Z", "bill4", "ProductOrder", "Product", untaxed("30"), outside(100), data=allowance, ServiceId=outside(11))
        spent = {"AllowanceProductOrderItemId": self["al"]["Id"]}
        discount = self._data("AllowanceDiscount", "AllowanceDiscountData", DiscountedOrderItemId=self["i2"]["Id"], **spent)
        self._item("ad", "2026-08-02T12:00:00Z", "bill4", "AllowanceDiscount", "Product", untaxed("-20"), outside(100), data=discount, ServiceId=outside(11))
        for name, kind, value in (("ab", "AllowanceBreakage", "10"), ("ac", "AllowanceContraBreakage", "-10")):
            profits = self._data("AllowanceProfits", "AllowanceProfitsData", AllowanceProfitType=kind, **spent)
            self._item(name, "2026-08-02T13:00:00Z", "bill4", kind, "Product", untaxed(value), outside(100), data=profits, ServiceId=outside(11))

    def _payment(self, name, created, bill, kind, value, data=None, **values):
        common = {"AccountId": self["c1"]["Id"], "AccountType": "Customer", "Amount": untaxed(value), "OriginalAmount": untaxed(value), "State": "Charged", "ChargedUtc": created, "AccountingState": "Open", "Type": kind, "Data": data}
        if bill:
            row = self[bill]
            common.update(BillId=row["Id"], AccountingState=row["State"], ClosedUtc=row["IssuedUtc"], UpdatedUtc=row["IssuedUtc"] or created)
        if self.contract.is_seed:
            common["Kind"] = "Payment"
        common.update(values)
        self.make(name, "Payment", created, **common)

    def _payment_data(self, discriminator, type_name, **values):
        return self.nested("Payment", "PaymentData", Discriminator=discriminator, **{discriminator: self.nested("Payment", type_name, **values)})

    def _payments(self):
        due = sum(r["Amount"]["GrossValue"] for r in self.rows["OrderItem"] if r["BillId"] == self["bill1"]["Id"])
        self._payment("p1", "2026-08-03T07:59:00Z", "bill1", "CreditCardPayment", -due, Kind="Payment", ReservationId=self["r1"]["Id"], Identifier="ch_" + outside(1))
        settled = {"SettlementId": "S1", "SettledUtc": "2026-08-04T05:00:00Z", "SettledAmount": untaxed(due), "ChargedAmount": untaxed(due), "PaymentId": self["p1"]["Id"]}
        transaction = self.nested("Payment", "CreditCardTransaction", **settled)
        if not self.contract.is_seed:
            legacy = {"Value": None, "Net": None, "Tax": None, "TaxRate": None}
            for name in ("ChargedAmount", "SettledAmount"):
                transaction[name] = dict(transaction[name], **legacy)
        card = self._payment_data("CreditCard", "CreditCardPaymentData", Transaction=transaction)
        self["p1"].update(Data=card, SettlementId="S1", SettlementUtc="2026-08-04T05:00:00Z", UpdatedUtc="2026-08-04T05:00:00Z")
        invoice = self._payment_data("Invoice", "InvoicePaymentData", InvoiceId=self["bill2"]["Id"], Type="Receivable")
        self._payment("p2", "2026-08-02T08:00:00Z", "bill2", "InvoicePayment", "-3", invoice)
        self._payment("p3", "2026-08-06T14:00:00Z", None, "CashPayment", "-50", State="Pending", ChargedUtc=None, AccountingState="Inactive")
        external = self._payment_data("External", "ExternalPaymentData", Type="Cheque")
        due = sum(r["Amount"]["GrossValue"] for r in self.rows["OrderItem"] if r["BillId"] == self["bill4"]["Id"])
        self._payment("p4", "2026-08-04T07:30:00Z", "bill4", "ExternalPayment", -due, external)
        if "GhostPayment" in self.contract.enum_values("PaymentType"):
            ghost = self._payment_data("Ghost", "GhostPaymentData", OriginalPaymentId=self["p4"]["Id"])
            self._payment("p5", "2026-08-06T15:00:00Z", None, "GhostPayment", "-1", ghost)

    def _ledger(self):
        common = {"TransactionId": outside(110), "AccountId": self["c1"]["Id"], "BillId": self["bill1"]["Id"], "AccountingItemId": self["i1"]["Id"], "AccountingItemType": "OrderItem", "PostingDate": "2026-08-02"}
        created = "2026-08-02T00:30:00Z"
        self.make("l1", "LedgerEntry", created, LedgerType="Guest", LedgerEntryType="Debit", Value=Decimal(120), **common)
        self.make("l2", "LedgerEntry", created, LedgerType="Revenue", LedgerEntryType="Credit", Value=Decimal(100), AccountingCategoryId=outside(80), **common)
        self.make("l3", "LedgerEntry", created, LedgerType="Tax", LedgerEntryType="Credit", Value=Decimal(20), NetBaseValue=Decimal(100), TaxRateCode="UK-S", **common)
        payment = dict(common, TransactionId=None, BillId=outside(120), AccountingItemId=self["p1"]["Id"], AccountingItemType="Payment")
        self.make("l4", "LedgerEntry", created, LedgerType="Payment", LedgerEntryType="Debit", Value=Decimal(5), **payment)

    def bytes_of(self, entity):
        lines = [json.dumps(row, ensure_ascii=False, cls=Exact) for row in self.rows[entity]]
        return "".join(line + "\n" for line in lines).encode("utf-8")


class Exact(json.JSONEncoder):
    """Writes a Decimal as the number it is; cents fit a double's digits."""

    def default(self, o):
        return float(o) if isinstance(o, Decimal) else super().default(o)
