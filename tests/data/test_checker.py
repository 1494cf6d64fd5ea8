#!/usr/bin/env python3
"""Proves that the checker can fail: each rule gets good rows, then one change that it must catch."""

import ast
import contextlib
import io
import itertools
import json
import sys
import tempfile
import unittest
from decimal import Decimal
from pathlib import Path

sys.dont_write_bytecode = True

import check_rows
from contract import Contract, make_schema, make_schemas
from dataset import id_created, instant, seconds
from jsonl import BadLine, parse_row, read_rows
from rule_bill import add_duration
from rule_refs import ENTERPRISE_OWNED
from sample import AS_OF, CHAIN, ENTERPRISE, Sample, outside, platform_id, taxed, untaxed
from schema import Validator
from variety import Variety

try:
    import jsonschema
except ImportError:
    jsonschema = None

API_DATES = ("2024-08-21", "2024-12-06", "2025-08-22", "2026-04-16", "2026-08-07")

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
set_in("ad", "allowance", "Data.AllowanceDiscount.AllowanceProductOrderItemId", lambda s: s["i2"]["Id"])
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
set_in("bill1", "bill-snapshot", "OwnerData", lambda s: {"Discriminator": "BillCompanyData", "Value": dict(s["bill2"]["OwnerData"]["Value"], Id=s["c1"]["Id"])})
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


def check(sample, api_date=None):
    return check_rows.check_row_dicts(sample.rows, api_date, AS_OF).report


class GoodRows(unittest.TestCase):
    def test_break_no_rule_at_any_docs_date(self):
        for api_date in API_DATES:
            with self.subTest(api_date):
                report = check(Sample(api_date), api_date)
                self.assertEqual(report.total, 0, report.text())

    def test_every_type_has_rows(self):
        self.assertTrue(all(Sample().rows.values()))


class BadRows(unittest.TestCase):
    def test_each_change_is_caught_by_its_rule(self):
        for rule, api_date, name, change in MUTATIONS:
            with self.subTest(rule=rule, change=name):
                sample = Sample(api_date)
                change(sample)
                self.assertIn(rule, check(sample, api_date).counts)

    def test_each_rule_has_a_change(self):
        self.assertEqual(rules_in_sources() - {rule for rule, *_ in MUTATIONS} - TESTED_ELSEWHERE, set())


# Lines are text, not rows; these owners follow the rule of counter-enterprise.
TESTED_ELSEWHERE = {"line"} | (set(ENTERPRISE_OWNED.values()) - {"counter-enterprise"})


def rules_in_sources():
    """The names of all rules: literals at their place in calls of fail, bind, add_at and require."""
    places = {"fail": 2, "add_at": 2, "bind": 0, "require": 4}
    rules = set(ENTERPRISE_OWNED.values())
    for path in Path(__file__).parent.glob("rule_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                place = places.get(getattr(node.func, "attr", getattr(node.func, "id", None)))
                if place is not None and isinstance(node.args[place], ast.Constant):
                    rules.add(node.args[place].value)
    return rules


def read(data):
    dataset = check_rows.check_files([("Customer-1.jsonl", data)], as_of=AS_OF, partial=True)
    return dataset.report


class Lines(unittest.TestCase):
    def setUp(self):
        self.good = Sample().bytes_of("Customer")

    def test_good_lines_pass(self):
        self.assertEqual(read(self.good).total, 0, read(self.good).text())
        self.assertEqual(read(b"").total, 0)

    def test_bad_lines_are_caught(self):
        row = self.good.split(b"\n")[0]
        bad = {
            "CR LF": self.good.replace(b"\n", b"\r\n"),
            "no last line end": self.good[:-1],
            "empty line": self.good + b"\n",
            "byte order mark": b"\xef\xbb\xbf" + self.good,
            "not UTF-8": self.good.replace("á".encode(), b"\xe1"),
            "cut": row[:-1] + b"\n",
            "two objects": row + row + b"\n",
            "array": b"[" + row + b"]\n",
            "duplicate key": row.replace(b'{"Id"', b'{"Id": "", "Id"', 1) + b"\n",
            "NaN": row.replace(b"null", b"NaN", 1) + b"\n",
            "control character": row.replace(b"Nov", b"N\tv", 1) + b"\n",
            "half surrogate": row.replace(b"Nov", b"N\\ud83d", 1) + b"\n",
        }
        for name, data in bad.items():
            with self.subTest(name):
                self.assertIn("line", read(data).counts)

    def test_decimals_stay_exact(self):
        self.assertEqual(parse_row(b'{"a": 0.1}')["a"] * 3, Decimal("0.3"))
        with self.assertRaises(BadLine):
            parse_row(b"")
        self.assertEqual([n for n, _, _ in read_rows(b"{}\n{}\n")], [1, 2])


class Helpers(unittest.TestCase):
    def test_recorded_id_encodes_its_instant(self):
        self.assertEqual(instant(id_created("00000000-0000-0000-0000-b4ce00e202d1")), "2026-09-23T13:42:52Z")

    def test_durations_follow_the_calendar(self):
        start = seconds("2026-01-31T10:00:00Z")
        self.assertEqual(instant(add_duration(start, "P1M")), "2026-02-28T10:00:00Z")
        self.assertEqual(instant(add_duration(start, "P0M7DT0H0M0S")), "2026-02-07T10:00:00Z")


class Schemas(unittest.TestCase):
    def test_committed_files_are_what_the_contract_gives(self):
        self.assertEqual(make_schemas.main(["--check"]), 0)

    def test_check_notices_differences(self):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()) as errors:
            make_schemas.main(["--out", folder])
            path = Path(folder) / "Bill.schema.json"
            path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
            self.assertEqual(make_schemas.main(["--check", "--out", folder]), 1)
            self.assertIn("Bill.schema.json", errors.getvalue())
            path.unlink()
            self.assertEqual(make_schemas.main(["--check", "--out", folder]), 1)

    def test_docs_dates_differ(self):
        def names(entity, api_date):
            return list(make_schema(Contract.load(api_date=api_date), entity)["properties"])

        self.assertNotIn("AccountType", names("Bill", "2025-07-22"))
        self.assertIn("AccountType", names("Bill", "2025-07-23"))
        self.assertEqual(names("LedgerEntry", "2025-08-22"), names("LedgerEntry", "2026-08-07"))

    def test_enum_values_come_and_go(self):
        def states(api_date):
            return make_schema(Contract.load(api_date=api_date), "AvailabilityBlock")["properties"]["State"]["enum"]

        self.assertIn("Released", states("2024-08-21"))
        self.assertNotIn("Released", states("2026-08-07"))

    def test_unknown_keyword_is_refused(self):
        with self.assertRaises(NotImplementedError):
            Validator({"multipleOf": 2}).errors(4)

    @unittest.skipIf(jsonschema is None, "python3-jsonschema is not installed: schemas checked by schema.py only")
    def test_independent_validator_agrees(self):
        for api_date in API_DATES:
            sample = Sample(api_date)
            for entity, rows in sample.rows.items():
                schema = make_schema(Contract.load(api_date=api_date), entity)
                jsonschema.Draft202012Validator.check_schema(schema)
                other, own = jsonschema.Draft202012Validator(schema), Validator(schema)
                held = [json.loads(line) for line in sample.bytes_of(entity).splitlines()]
                for row in held:
                    self.assertEqual([e.message for e in other.iter_errors(row)], [])
                for name, value in itertools.product(held[0], (None, "x", -(2**70), [{}])):
                    changed = dict(held[0], **{name: value})
                    self.assertEqual(other.is_valid(changed), not own.errors(changed), (entity, name, value))


class VarietyReport(unittest.TestCase):
    def test_names_what_never_occurred(self):
        variety = Variety(check_rows.check_row_dicts(Sample().rows, as_of=AS_OF))
        missing = variety.missing_values()
        self.assertIn(("ServiceOrderState", "Inquired"), missing)
        self.assertNotIn(("ServiceOrderState", "Processed"), missing)
        self.assertNotIn(("PaymentType", "Payment"), missing)
        self.assertIn(("Customer.Notes", "always null"), variety.one_sided())
        self.assertIn("Customer.CompanyId: null 1, set 1", variety.text())


class CommandLine(unittest.TestCase):
    def run_on(self, sample, *options):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as output:
            for entity in sample.rows:
                (Path(folder) / (entity + "-1.jsonl")).write_bytes(sample.bytes_of(entity))
            return check_rows.main([folder, "--as-of", AS_OF, *options]), output.getvalue()

    def test_exit_codes(self):
        self.assertEqual(self.run_on(Sample())[0], 0)
        self.assertEqual(self.run_on(Sample(), "--require-variety")[0], 1)
        self.assertEqual(self.run_on(Sample(), "--require-nulls")[0], 1)
        sample = Sample()
        sample["i1"]["Type"] = "Nothing"
        code, output = self.run_on(sample)
        self.assertEqual(code, 1)
        self.assertIn("OrderItem-1.jsonl:1: OrderItem.Type: [schema]", output)

    def test_violations_are_capped_and_counted(self):
        sample = Sample()
        for row in sample.rows["OrderItem"]:
            row["Notes"] = 5
        self.assertIn("more of [schema]", self.run_on(sample, "--cap", "2")[1])

    def test_no_files_is_an_error(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaises(SystemExit):
            check_rows.main([folder])


if __name__ == "__main__":
    if jsonschema is None:
        print("test_checker: python3-jsonschema is not installed, its opinion is left out", file=sys.stderr)
    unittest.main()
