"""The tables of src/contract/ say what contract/*.json says: compare.py PRINT_TABLES CONTRACT_FOLDER."""

import json
import pathlib
import re
import subprocess
import sys
import unittest

MINUTE_MS = 60_000
DAY_MS = 86_400_000

# Own messages of the server, for which contract/messages.json has no case.
OWN_STATUSES = {408, 503}


def load(name):
    return json.loads((CONTRACT / name).read_text(encoding="utf-8"))


def duration_ms(text):
    """The milliseconds of the one ISO 8601 duration in text, such as PT10M or P180D."""
    found = re.search(r"\bP(?:(\d+)D|T(\d+)M|T(\d+)S)", text)
    days, minutes, seconds = (int(part or 0) for part in found.groups())
    return days * DAY_MS + minutes * MINUTE_MS + seconds * 1000


def first_date(text):
    return re.match(r"\d{4}-\d{2}-\d{2}", text).group()


class Revisions(unittest.TestCase):
    def setUp(self):
        exports = load("exports.json")
        self.documented = exports["revisions"]
        self.rows = TABLES["revisions"]

    def row_at(self, date):
        return [row for row in self.rows if row["date"] <= date][-1]

    def test_begins_with_the_first_publication(self):
        first = self.documented[0]["date"]
        self.assertEqual(TABLES["first_day"], first)
        self.assertEqual(self.rows[0]["date"], first)
        dates = [row["date"] for row in self.rows]
        self.assertEqual(dates, sorted(set(dates)))

    def test_has_a_row_for_each_documented_revision(self):
        titles = {row["date"]: row["title"] for row in self.rows}
        for revision in self.documented:
            self.assertEqual(titles.get(revision["date"]), revision["title"])

    def test_follows_the_documented_revisions(self):
        for row in self.rows:
            with self.subTest(date=row["date"]):
                revision = [r for r in self.documented if r["date"] <= row["date"]][-1]
                names = {p["name"] for p in revision["request"]["exports/add"]}
                self.assertEqual(row["has_scope_and_filters"], {"Scope", "Filters"} <= names)
                filters = revision["objects"].get("ExportDataFilters", [])
                self.assertEqual(
                    row["has_ledger_filters"], "LedgerEntryFilters" in {p["name"] for p in filters}
                )
                self.assertEqual(row["has_ledger_filters"], "ledger_filter_required" in revision["rules"])
                self.assertEqual(row["file_links_renewed"], "file_url_regenerated" in revision["rules"])
                self.assertEqual(row["file_links_renewed"], "file_url_until_expiry" not in revision["rules"])
                self.assertEqual(row["entity_types"], revision["enums"]["ExportedEntityType"])

    def test_has_request_ids_since_the_documented_date(self):
        properties = load("protocol.json")["error_object"]["properties"]
        since = next(p["since"] for p in properties if p["name"] == "RequestId")
        self.assertIn(since, [row["date"] for row in self.rows])
        for row in self.rows:
            self.assertEqual(row["has_request_id"], row["date"] >= since, row["date"])


class Rates(unittest.TestCase):
    KEYS = {
        "ClientToken": "client_rate",
        "AccessToken": "access_rate",
        "AccessToken and endpoint": "operation_rate",
    }

    def expected(self, date):
        limits = {limit["id"]: limit for limit in load("protocol.json")["rate_limits"]}
        current, seed = limits["current"], limits["seed_era_demo"]
        no_client = re.search(r"ClientToken limit was dropped from the docs on (\S+)", seed["note"]).group(1)
        no_operation = re.search(r"per-endpoint limit dropped (\S+)", seed["note"]).group(1)
        since = first_date(current["since"])
        rules = [current["value"]] if date >= since else seed["value"]
        rates = dict.fromkeys(self.KEYS.values())
        for rule in rules:
            rates[self.KEYS[rule["per"]]] = {
                "requests": rule["requests"],
                "window_ms": duration_ms(rule["window"]),
            }
        if date >= no_client:
            rates["client_rate"] = None
        if date >= no_operation:
            rates["operation_rate"] = None
        return rates

    def test_follow_the_docs(self):
        for row in TABLES["revisions"]:
            with self.subTest(date=row["date"]):
                self.assertEqual({key: row[key] for key in self.KEYS.values()}, self.expected(row["date"]))


class Demo(unittest.TestCase):
    def setUp(self):
        self.demo = load("protocol.json")["demo_environment"]

    def test_has_the_printed_credentials(self):
        expected = []
        for one in self.demo["credentials"]:
            expected.append((one["client_token"], one["access_token_gross"], "gross"))
            expected.append((one["client_token"], one["access_token_net"], "net"))
        for one in self.demo["credentials"]:
            if "access_token_net_seed_era" in one:
                expected.append((one["client_token"], one["access_token_net_seed_era"], "net"))
        found = [(p["client_token"], p["access_token"], p["pricing"]) for p in TABLES["demo"]]
        self.assertEqual(found, expected)

    def test_has_one_enterprise_of_each_kind(self):
        gross = self.demo["gross_enterprise"]
        ids = {p["pricing"]: set() for p in TABLES["demo"]}
        for pair in TABLES["demo"]:
            ids[pair["pricing"]].add((pair["enterprise"], pair["chain"]))
        self.assertEqual(ids["gross"], {(gross["Id"], gross["ChainId"])})
        self.assertEqual(len(ids["net"]), 1)
        self.assertFalse(set().union(*ids["net"]) & set().union(*ids["gross"]))


class Messages(unittest.TestCase):
    def setUp(self):
        self.table = {(m["status"], m["message"]) for m in TABLES["messages"]}
        self.cases = set()
        for case in load("messages.json")["for_exports"]:
            for message in case["message"].split(" / "):
                self.cases.add((case["status"], message))

    def test_has_a_text_for_each_case(self):
        pattern = re.compile(re.escape(TABLES["pattern"]).replace(r"\{Parameter\}", r"[A-Z][A-Za-z]+"))
        for status, message in self.cases - self.table:
            self.assertEqual(status, 400)
            self.assertRegex(message, pattern)

    def test_says_nothing_else(self):
        self.assertEqual({status for status, _ in self.table - self.cases}, OWN_STATUSES)

    def test_has_the_pattern(self):
        patterns = {p["pattern"] for p in load("messages.json")["patterns"]}
        self.assertIn(TABLES["pattern"], patterns)


class Limits(unittest.TestCase):
    def test_follow_the_rules(self):
        rules = load("exports.json")["rules"]
        self.assertTrue(TABLES["limits"])
        for name, value in TABLES["limits"].items():
            rule = rules[name]["value"]
            self.assertEqual(value, rule["max"] if isinstance(rule, dict) else duration_ms(rule), name)

    def test_scope_kinds(self):
        rule = load("exports.json")["rules"]["scope_kind_by_entity"]["value"]
        self.assertEqual(TABLES["chain_scoped"], rule["derived"]["ChainIds"])


if __name__ == "__main__":
    CONTRACT = pathlib.Path(sys.argv.pop())
    TABLES = json.loads(subprocess.run([sys.argv.pop()], check=True, capture_output=True).stdout)
    unittest.main()
