#!/usr/bin/env python3
"""Proves that the checker can fail: each rule gets good rows, then a change that it must catch."""

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
from mutations import MUTATIONS
from rule_bill import add_duration
from rule_refs import ENTERPRISE_OWNED
from rule_stay import knows_time_zones
from sample import AS_OF, Sample
from schema import Validator
from variety import Variety

try:
    import jsonschema
except ImportError:
    jsonschema = None

API_DATES = ("2024-08-21", "2024-12-06", "2025-08-22", "2026-04-16", "2026-08-07")


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
                if rule == "local-midnight" and not knows_time_zones():
                    self.skipTest("the tz database (tzdata) is not installed")
                sample = Sample(api_date)
                change(sample)
                self.assertIn(rule, check(sample, api_date).counts)

    def test_each_rule_has_a_change(self):
        self.assertEqual(
            rules_in_sources() - {rule for rule, *_ in MUTATIONS} - TESTED_ELSEWHERE, set()
        )


# Lines are text, not rows; these owners follow the rule of counter-enterprise.
TESTED_ELSEWHERE = {"line"} | (set(ENTERPRISE_OWNED.values()) - {"counter-enterprise"})


def rules_in_sources():
    """The names of all rules: literals in calls of fail, bind, add_at and require."""
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
        self.assertEqual(
            instant(id_created("00000000-0000-0000-0000-b4ce00e202d1")), "2026-09-23T13:42:52Z"
        )

    def test_durations_follow_the_calendar(self):
        start = seconds("2026-01-31T10:00:00Z")
        self.assertEqual(instant(add_duration(start, "P1M")), "2026-02-28T10:00:00Z")
        self.assertEqual(instant(add_duration(start, "P0M7DT0H0M0S")), "2026-02-07T10:00:00Z")


class Schemas(unittest.TestCase):
    def test_committed_files_are_what_the_contract_gives(self):
        self.assertEqual(make_schemas.main(["--check"]), 0)

    def test_check_notices_differences(self):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(
            io.StringIO()
        ) as errors:
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
            return make_schema(Contract.load(api_date=api_date), "AvailabilityBlock")["properties"][
                "State"
            ]["enum"]

        self.assertIn("Released", states("2024-08-21"))
        self.assertNotIn("Released", states("2026-08-07"))

    def test_unknown_keyword_is_refused(self):
        with self.assertRaises(NotImplementedError):
            Validator({"multipleOf": 2}).errors(4)

    @unittest.skipIf(
        jsonschema is None, "python3-jsonschema is not installed: schemas checked by schema.py only"
    )
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
                    self.assertEqual(
                        other.is_valid(changed), not own.errors(changed), (entity, name, value)
                    )


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
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(
            io.StringIO()
        ) as output:
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
        print(
            "test_checker: python3-jsonschema is not installed, its opinion is left out",
            file=sys.stderr,
        )
    unittest.main()
