"""A small hotel written by hand: rows of all types that break no rule, for tests of the checks."""

from decimal import Decimal

from sample_base import outside, taxed, untaxed
from sample_stays import SampleStays

AS_OF = "2026-08-07T12:00:00Z"


class Sample(SampleStays):
    """All of it; what stands on bills comes after the stays."""

    def __init__(self, api_date=None):
        super().__init__(api_date)
        self._bills()
        self._items()
        self._payments()
        self._ledger()

    def _snapshot(self, account, entity):
        name = {"Customer": "BillCustomerData", "Company": "BillCompanyData"}[entity]
        label = {"Customer": "LastName", "Company": "Name"}[entity]
        return name, self.nested("Bill", name, Id=account["Id"], **{label: account[label]})

    def _bill(self, name, issued, account="c1", entity="Customer", **values):
        held, snapshot = self._snapshot(self[account], entity)
        closed = {
            "State": "Closed",
            "Number": name,
            "IssuedUtc": issued,
            "UpdatedUtc": issued,
            "PaidUtc": issued,
            "OwnerData": {"Discriminator": held, "Value": snapshot},
            "EnterpriseData": self.type("Bill", "BillEnterpriseData"),
            "Options": self.type("Bill", "BillOptions"),
            "CounterId": outside(70),
        }
        self.make_bill(name, "2026-08-01T14:00:00Z", account, entity, **dict(closed, **values))

    def make_bill(self, name, created, account, entity, **values):
        common = {key: [] for key in ("Revenue", "Payments", "OrderItems", "PaymentItems")}
        common.update(
            AccountId=self[account]["Id"],
            AccountType=entity,
            CorrectionState="Bill",
            Type="Receipt",
        )
        self.make(name, "Bill", created, **dict(common, **values))

    def _bills(self):
        associated, snapshot = self._snapshot(self["c1"], "Customer")
        data = self.nested(
            "Bill", "AssociatedAccountBillData", Discriminator=associated, BillCustomerData=snapshot
        )
        tracked = self.nested("Bill", "BillOptions", TrackReceivable=True)
        rebated = self.nested("Bill", "BillOptions", Rebated=True)
        self._bill("bill1", "2026-08-03T08:00:00Z", Options=rebated, CustomerId=self["c1"]["Id"])
        self._bill(
            "bill2",
            "2026-08-02T08:00:00Z",
            "co1",
            "Company",
            Type="Invoice",
            PaidUtc=None,
            DueUtc="2026-08-16T08:00:00Z",
            Options=tracked,
            AssociatedAccountIds=[self["c1"]["Id"]],
            AssociatedAccountData=[data],
        )
        self.make_bill("bill3", "2026-08-06T14:00:00Z", "c1", "Customer", State="Open")
        self._bill(
            "bill4",
            "2026-08-04T08:00:00Z",
            CorrectionState="CorrectiveBill",
            CorrectionType="CreditNote",
            CorrectedBillId=self["bill1"]["Id"],
        )

    def _item(
        self, name, created, bill, kind, revenue, amount, order="r1", count=1, data=None, **values
    ):
        unit = amount if count == 1 else values.pop("unit")
        common = {
            "AccountId": self["c1"]["Id"],
            "AccountType": "Customer",
            "ServiceId": outside(10),
            "ServiceOrderId": self[order]["Id"] if order in self.named else order,
            "UnitCount": count,
            "UnitAmount": unit,
            "Amount": amount,
            "OriginalAmount": amount,
            "RevenueType": revenue,
            "ConsumedUtc": "2026-08-02T00:00:00Z",
            "AccountingState": "Open",
            "Type": kind,
            "Data": data,
            "AccountingCategoryId": outside(80),
        }
        if bill:
            row = self[bill]
            common.update(
                BillId=row["Id"],
                AccountingState=row["State"],
                ClosedUtc=row["IssuedUtc"],
                UpdatedUtc=row["IssuedUtc"] or created,
            )
        common.update(values)
        self.make(name, "OrderItem", created, **common)

    def _data(self, discriminator, type_name, **values):
        return self.nested(
            "OrderItem",
            "OrderItemData",
            Discriminator=discriminator,
            **{discriminator: self.nested("OrderItem", type_name, **values)}
        )

    def _items(self):
        night = {"StartUtc": "2026-08-01T22:00:00Z"}
        self._item(
            "i1",
            "2026-07-01T09:00:00Z",
            "bill1",
            "SpaceOrder",
            "Service",
            taxed("100", "20"),
            **night
        )
        drink = self._data("Product", "ProductData", ProductId=outside(90), ProductType="Product")
        self._item(
            "i2",
            "2026-08-02T10:00:00Z",
            "bill1",
            "ProductOrder",
            "Product",
            taxed("38.76", "7.76"),
            outside(100),
            2,
            drink,
            ServiceId=outside(11),
            unit=taxed("19.38", "3.88"),
        )
        rebate = self._data(
            "Rebate", "RebateData", ProductId=outside(90), RebatedItemId=self["i1"]["Id"]
        )
        self._item(
            "i3",
            "2026-08-02T11:00:00Z",
            "bill1",
            "NightRebate",
            "Service",
            taxed("-10", "-2"),
            data=rebate,
        )
        self._item("i4", "2026-08-02T07:00:00Z", "bill2", "CityTax", "Additional", untaxed("3"))
        canceled = {
            "CanceledUtc": "2026-07-20T09:00:00Z",
            "UpdatedUtc": "2026-07-20T09:00:00Z",
            "AccountingState": "Canceled",
        }
        self._item(
            "i5",
            "2026-07-03T09:00:00Z",
            None,
            "SpaceOrder",
            "Service",
            taxed("100", "20"),
            "r3",
            StartUtc="2026-08-10T22:00:00Z",
            ConsumedUtc="2026-08-11T00:00:00Z",
            Options={"CanceledWithReservation": True},
            **canceled
        )
        self._item(
            "i6",
            "2026-08-06T14:00:00Z",
            "bill3",
            "SpaceOrder",
            "Service",
            taxed("100", "20"),
            "r5",
            StartUtc="2026-08-06T22:00:00Z",
            ConsumedUtc="2026-08-07T00:00:00Z",
        )
        self._item(
            "i7",
            "2026-07-04T09:00:00Z",
            None,
            "SpaceOrder",
            "Service",
            taxed("100", "20"),
            "r4",
            AccountingState="Inactive",
            StartUtc="2026-08-16T22:00:00Z",
            ConsumedUtc="2026-08-17T00:00:00Z",
        )
        self._item("i8", "2026-08-04T07:00:00Z", "bill4", "CustomItem", "Additional", untaxed("5"))
        if "ProductType" in self.type("OrderItem", "ProductData"):
            self._allowances()

    def _allowances(self):
        allowance = self._data(
            "Product", "ProductData", ProductId=outside(91), ProductType="Allowance"
        )
        self._item(
            "al",
            "2026-08-02T10:00:00Z",
            "bill4",
            "ProductOrder",
            "Product",
            untaxed("30"),
            outside(100),
            data=allowance,
            ServiceId=outside(11),
        )
        spent = {"AllowanceProductOrderItemId": self["al"]["Id"]}
        discount = self._data(
            "AllowanceDiscount",
            "AllowanceDiscountData",
            DiscountedOrderItemId=self["i2"]["Id"],
            **spent
        )
        self._item(
            "ad",
            "2026-08-02T12:00:00Z",
            "bill4",
            "AllowanceDiscount",
            "Product",
            untaxed("-20"),
            outside(100),
            data=discount,
            ServiceId=outside(11),
        )
        for name, kind, value in (
            ("ab", "AllowanceBreakage", "10"),
            ("ac", "AllowanceContraBreakage", "-10"),
        ):
            profits = self._data(
                "AllowanceProfits", "AllowanceProfitsData", AllowanceProfitType=kind, **spent
            )
            self._item(
                name,
                "2026-08-02T13:00:00Z",
                "bill4",
                kind,
                "Product",
                untaxed(value),
                outside(100),
                data=profits,
                ServiceId=outside(11),
            )

    def _payment(self, name, created, bill, kind, value, data=None, **values):
        common = {
            "AccountId": self["c1"]["Id"],
            "AccountType": "Customer",
            "Amount": untaxed(value),
            "OriginalAmount": untaxed(value),
            "State": "Charged",
            "ChargedUtc": created,
            "AccountingState": "Open",
            "Type": kind,
            "Data": data,
        }
        if bill:
            row = self[bill]
            common.update(
                BillId=row["Id"],
                AccountingState=row["State"],
                ClosedUtc=row["IssuedUtc"],
                UpdatedUtc=row["IssuedUtc"] or created,
            )
        if self.contract.is_seed:
            common["Kind"] = "Payment"
        common.update(values)
        self.make(name, "Payment", created, **common)

    def _payment_data(self, discriminator, type_name, **values):
        return self.nested(
            "Payment",
            "PaymentData",
            Discriminator=discriminator,
            **{discriminator: self.nested("Payment", type_name, **values)}
        )

    def _payments(self):
        due = sum(
            r["Amount"]["GrossValue"]
            for r in self.rows["OrderItem"]
            if r["BillId"] == self["bill1"]["Id"]
        )
        self._payment(
            "p1",
            "2026-08-03T07:59:00Z",
            "bill1",
            "CreditCardPayment",
            -due,
            Kind="Payment",
            ReservationId=self["r1"]["Id"],
            Identifier="ch_" + outside(1),
        )
        settled = {
            "SettlementId": "S1",
            "SettledUtc": "2026-08-04T05:00:00Z",
            "SettledAmount": untaxed(due),
            "ChargedAmount": untaxed(due),
            "PaymentId": self["p1"]["Id"],
        }
        transaction = self.nested("Payment", "CreditCardTransaction", **settled)
        if not self.contract.is_seed:
            legacy = {"Value": None, "Net": None, "Tax": None, "TaxRate": None}
            for name in ("ChargedAmount", "SettledAmount"):
                transaction[name] = dict(transaction[name], **legacy)
        card = self._payment_data("CreditCard", "CreditCardPaymentData", Transaction=transaction)
        self["p1"].update(
            Data=card,
            SettlementId="S1",
            SettlementUtc="2026-08-04T05:00:00Z",
            UpdatedUtc="2026-08-04T05:00:00Z",
        )
        invoice = self._payment_data(
            "Invoice", "InvoicePaymentData", InvoiceId=self["bill2"]["Id"], Type="Receivable"
        )
        self._payment("p2", "2026-08-02T08:00:00Z", "bill2", "InvoicePayment", "-3", invoice)
        self._payment(
            "p3",
            "2026-08-06T14:00:00Z",
            None,
            "CashPayment",
            "-50",
            State="Pending",
            ChargedUtc=None,
            AccountingState="Inactive",
        )
        external = self._payment_data("External", "ExternalPaymentData", Type="Cheque")
        due = sum(
            r["Amount"]["GrossValue"]
            for r in self.rows["OrderItem"]
            if r["BillId"] == self["bill4"]["Id"]
        )
        self._payment("p4", "2026-08-04T07:30:00Z", "bill4", "ExternalPayment", -due, external)
        if "GhostPayment" in self.contract.enum_values("PaymentType"):
            ghost = self._payment_data(
                "Ghost", "GhostPaymentData", OriginalPaymentId=self["p4"]["Id"]
            )
            self._payment("p5", "2026-08-06T15:00:00Z", None, "GhostPayment", "-1", ghost)

    def _ledger(self):
        common = {
            "TransactionId": outside(110),
            "AccountId": self["c1"]["Id"],
            "BillId": self["bill1"]["Id"],
            "AccountingItemId": self["i1"]["Id"],
            "AccountingItemType": "OrderItem",
            "PostingDate": "2026-08-02",
        }
        created = "2026-08-02T00:30:00Z"
        self.make(
            "l1",
            "LedgerEntry",
            created,
            LedgerType="Guest",
            LedgerEntryType="Debit",
            Value=Decimal(120),
            **common
        )
        self.make(
            "l2",
            "LedgerEntry",
            created,
            LedgerType="Revenue",
            LedgerEntryType="Credit",
            Value=Decimal(100),
            AccountingCategoryId=outside(80),
            **common
        )
        self.make(
            "l3",
            "LedgerEntry",
            created,
            LedgerType="Tax",
            LedgerEntryType="Credit",
            Value=Decimal(20),
            NetBaseValue=Decimal(100),
            TaxRateCode="UK-S",
            **common
        )
        payment = dict(
            common,
            TransactionId=None,
            BillId=outside(120),
            AccountingItemId=self["p1"]["Id"],
            AccountingItemType="Payment",
        )
        self.make(
            "l4",
            "LedgerEntry",
            created,
            LedgerType="Payment",
            LedgerEntryType="Debit",
            Value=Decimal(5),
            **payment
        )
