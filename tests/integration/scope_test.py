#!/usr/bin/env python3
"""Scope and Filters of exports/add, and who may see what.

Sources: contract/exports.json, rules scope_*, filter_*, ledger_*; contract/README.md, table of
choices; messages.json for_exports.
"""

import json
import os
import tempfile

from harness import (CHAIN_TYPES, LEFT_OUT, NOBODY, POSTING, TYPES, LooseCase, ServerCase, Tenant,
                     main)

E = ["%08x-1111-4111-8111-111111111111" % number for number in range(1, 5)]
C = ["%08x-2222-4222-8222-222222222222" % number for number in range(1, 3)]
BUSY = "An export of this entity type is already in progress."


def enterprise(number, chain):
    return {"Id": E[number], "ChainId": C[chain], "Pricing": "Net" if number % 2 else "Gross"}


TOKENS = [
    {"ClientToken": "portfolio", "AccessToken": "all",
     "Enterprises": [enterprise(0, 0), enterprise(1, 0), enterprise(2, 1)]},
    {"ClientToken": "other", "AccessToken": "first", "Enterprises": [enterprise(0, 0)]},
    {"ClientToken": "other", "AccessToken": "second", "Enterprises": [enterprise(1, 0)]},
    {"ClientToken": "other", "AccessToken": "third", "Enterprises": [enterprise(2, 1)]},
    {"ClientToken": "other", "AccessToken": "two",
     "Enterprises": [enterprise(1, 0), enterprise(2, 1)]},
    {"ClientToken": "fourth", "AccessToken": "fourth", "Enterprises": [E[3]], "Chains": [C[1]],
     "Pricing": "Net"},
    {"ClientToken": "alone", "AccessToken": "alone"},
]


def write_tokens(case, tokens):
    """A file of tokens, for as long as the case (a class or a test) lasts."""
    file = tempfile.NamedTemporaryFile("w", suffix=".json", delete=False)
    with file:
        json.dump(tokens, file)
    add = case.addClassCleanup if isinstance(case, type) else case.addCleanup
    add(os.unlink, file.name)
    return file.name


class PortfolioCase(ServerCase):
    @classmethod
    def setUpClass(cls):
        cls.options = ("--tokens", write_tokens(cls, TOKENS))
        super().setUpClass()

    def setUp(self):
        super().setUp()
        self.assertEqual(self.server.admin("POST", "/reset").status // 100, 2)
        self.all = Tenant(self.server, "portfolio", "all")

    def rows_of(self, export):
        text = b"".join(self.server.get(file["Url"]).body for file in export["Files"])
        return [json.loads(line) for line in text.splitlines()]

    def of(self, access_token):
        for pair in TOKENS:
            if pair["AccessToken"] == access_token:
                return Tenant(self.server, pair["ClientToken"], access_token)
        raise KeyError(access_token)

    def assert_scope(self, export, enterprises=None, chains=None):
        scope = export["Scope"]
        self.assertEqual(list(scope), ["EnterpriseIds", "ChainIds"])
        for found, expected in ((scope["EnterpriseIds"], enterprises),
                                (scope["ChainIds"], chains)):
            self.assertEqual(found if found is None else sorted(found),
                             expected if expected is None else sorted(expected))


class ScopeTest(PortfolioCase):
    def test_left_out_is_everything(self):
        for scope in (LEFT_OUT, None, {}, {"EnterpriseIds": None, "ChainIds": None}):
            for entity_type in TYPES:
                with self.subTest(entity_type, scope=scope):
                    export = self.all.add(entity_type, Scope=scope)
                    if entity_type in CHAIN_TYPES:
                        self.assert_scope(export, chains=C)
                    else:
                        self.assert_scope(export, enterprises=E[:3])
            self.server.admin("POST", "/reset")

    def test_parts(self):
        for entity_type in TYPES:
            key, ids = ("ChainIds", C) if entity_type in CHAIN_TYPES else ("EnterpriseIds", E[:3])
            for part in (ids[:1], ids[1:], ids[::-1]):
                with self.subTest(entity_type, part=part):
                    export = self.all.add(entity_type, Scope={key: part})
                    for by in ("0s", "7s", "7d"):
                        self.server.advance(by=by)
                        shown = self.all.get(export)
                        self.assertEqual(shown["Scope"], export["Scope"])
                        self.assert_scope(shown, **{"chains" if key == "ChainIds" else
                                                    "enterprises": part})

    def test_upper_case_and_doubled_ids(self):
        export = self.all.add("Bill", Scope={"EnterpriseIds": [E[1].upper(), E[0], E[1]]})
        self.assert_scope(export, enterprises=E[:2])

    def test_outside_the_token(self):
        for entity_type, key, ids in (("Bill", "EnterpriseIds", [E[3]]),
                                      ("Bill", "EnterpriseIds", [NOBODY]),
                                      ("Bill", "EnterpriseIds", E),
                                      ("Bill", "EnterpriseIds", [C[0]]),
                                      ("Company", "ChainIds", [NOBODY]),
                                      ("Company", "ChainIds", C + [NOBODY]),
                                      ("Customer", "ChainIds", [E[0]])):
            with self.subTest(entity_type, ids=ids):
                answer = self.all.try_add(entity_type, Scope={key: ids})
                self.assert_error(answer, 400, "Invalid %s." % key, key)
        answer = self.of("first").try_add("Customer", Scope={"ChainIds": [C[1]]})
        self.assert_error(answer, 400, "Invalid ChainIds.", "ChainIds")

    def test_sizes(self):
        for entity_type, key, known in (("Bill", "EnterpriseIds", E[0]), ("Company", "ChainIds", C[0])):
            for ids in ([], [known] * 1001, [NOBODY] * 5000):
                answer = self.all.try_add(entity_type, Scope={key: ids})
                self.assert_error(answer, 400, "Invalid %s." % key, key)
            self.all.add(entity_type, Scope={key: [known] * 1000})

    def test_the_list_that_does_not_fit_is_ignored(self):
        for ids in ([NOBODY], [C[1]], [], [NOBODY] * 1001):
            export = self.all.add("Bill", Scope={"EnterpriseIds": [E[2]], "ChainIds": ids})
            self.assert_scope(export, enterprises=[E[2]])
            self.all.force(export, "Failed")
            export = self.all.add("Customer", Scope={"EnterpriseIds": ids, "ChainIds": [C[0]]})
            self.assert_scope(export, chains=[C[0]])
            self.all.force(export, "Failed")
            export = self.all.add("Payment", Scope={"ChainIds": ids})
            self.assert_scope(export, enterprises=E[:3])
            self.all.force(export, "Failed")

    def test_what_cannot_be_read(self):
        for scope in ("", "x", 1, True, [], [E[0]]):
            answer = self.all.try_add("Bill", Scope=scope)
            self.assert_error(answer, 400, "Invalid JSON.", "Scope")
        for entity_type, key, good in (("Bill", "EnterpriseIds", E[0]), ("Company", "ChainIds", C[0])):
            for ids in ("", good, 1, False, {}, [1], [None], ["x"], [good, "x"], [[good]],
                        [good[:-1]], [good, None]):
                with self.subTest(key, ids=ids):
                    answer = self.all.try_add(entity_type, Scope={key: ids})
                    self.assert_error(answer, 400, "Invalid JSON.", key)

    def test_rows_are_of_the_scope(self):
        rows = self.rows_of
        whole = rows(self.all.finished("Bill"))
        part = rows(self.all.finished("Bill", Scope={"EnterpriseIds": [E[1]]}))
        self.assertEqual({row["EnterpriseId"] for row in whole}, set(E[:3]))
        self.assertEqual({row["EnterpriseId"] for row in part}, {E[1]})
        self.assertLess(len(part), len(whole))
        whole = rows(self.all.finished("Customer"))
        part = rows(self.all.finished("Customer", Scope={"ChainIds": [C[1]]}))
        self.assertEqual({row["ChainId"] for row in whole}, set(C))
        self.assertEqual({row["ChainId"] for row in part}, {C[1]})

    def test_a_chain_is_whole_whoever_asks(self):
        """Profiles are shared by a chain: a token of one of its enterprises exports them all."""
        rows = self.rows_of
        for entity_type in ("Customer", "Company"):
            whole = rows(self.all.finished(entity_type, Scope={"ChainIds": [C[0]]}))
            self.assertEqual(rows(self.of("first").finished(entity_type)), whole)
            self.assertEqual(rows(self.of("second").finished(entity_type)), whole)
            self.assertNotEqual(rows(self.of("third").finished(entity_type)), whole)


class OverlapTest(PortfolioCase):
    def test_enterprises_in_common_block(self):
        self.all.add("Bill", Scope={"EnterpriseIds": [E[0], E[2]]})
        for access_token, status in (("first", 400), ("second", 200), ("third", 400), ("two", 400),
                                     ("fourth", 200), ("alone", 200), ("all", 400)):
            with self.subTest(access_token):
                self.assertEqual(self.of(access_token).try_add("Bill").status, status)

    def test_disjoint_parts_run_side_by_side(self):
        for ids in ([E[0]], [E[1]], [E[2]]):
            self.all.add("Bill", Scope={"EnterpriseIds": ids})
        for ids in ([E[0]], [E[2], E[1]], E[:3]):
            answer = self.all.try_add("Bill", Scope={"EnterpriseIds": ids})
            self.assert_error(answer, 400, BUSY)
        self.assert_error(self.all.try_add("Bill"), 400, BUSY)
        self.all.add("Payment")

    def test_chains_in_common_block_chain_types(self):
        self.of("first").add("Customer")
        self.assert_error(self.of("second").try_add("Customer"), 400, BUSY)
        self.assert_error(self.all.try_add("Customer"), 400, BUSY)
        self.all.add("Customer", Scope={"ChainIds": [C[1]]})
        self.assert_error(self.of("third").try_add("Customer"), 400, BUSY)
        self.assert_error(self.of("fourth").try_add("Customer"), 400, BUSY)
        self.of("second").add("Bill")

    def test_free_again_once_it_is_over(self):
        export = self.all.add("Bill")
        self.assertEqual(self.of("second").try_add("Bill").status, 400)
        self.all.force(export, "Failed")
        self.of("second").add("Bill")
        self.assert_error(self.all.try_add("Bill"), 400, BUSY)
        self.server.advance(by="7s")
        self.all.add("Bill")


class VisibilityTest(PortfolioCase):
    def seen_by(self, export):
        return [pair["AccessToken"] for pair in TOKENS
                if self.of(pair["AccessToken"]).get_all(export["Id"])]

    def test_seen_where_the_scope_covers_it(self):
        for scope, seen in (({"EnterpriseIds": [E[0]]}, ["all", "first"]),
                            ({"EnterpriseIds": [E[1]]}, ["all", "second", "two"]),
                            ({"EnterpriseIds": [E[1], E[2]]}, ["all", "two"]),
                            ({"EnterpriseIds": E[:3]}, ["all"]), (None, ["all"])):
            with self.subTest(scope=scope):
                export = self.all.add("Bill", Scope=scope)
                self.assertEqual(self.seen_by(export), seen)
                self.all.force(export, "Failed")

    def test_chain_types(self):
        export = self.of("first").add("Company")
        self.assertEqual(self.seen_by(export), ["all", "first", "second", "two"])
        export = self.all.add("Customer")
        self.assertEqual(self.seen_by(export), ["all", "two"])

    def test_others_get_links_too(self):
        export = self.of("first").add("Bill")
        self.server.advance(by="7s")
        for access_token in ("first", "all"):
            shown = self.of(access_token).get(export)
            self.assertEqual(shown["Status"], "Success")
            for file in shown["Files"]:
                self.assertEqual(len(self.server.get(file["Url"]).body), file["SizeInBytes"])


class TokensTest(PortfolioCase):
    DENIED = "Cannot perform operation or session has expired."

    def test_only_listed_pairs_work(self):
        for client, access in (("x", "y"), ("portfolio", "first"), ("other", "all"),
                               ("portfolio", "x"), ("Portfolio", "all"), ("all", "portfolio"),
                               ("portfolio", "all ")):
            with self.subTest(client=client, access=access):
                tenant = Tenant(self.server, client, access)
                self.assert_error(tenant.try_add("Bill"), 401, self.DENIED)
                self.assert_error(tenant.call("getAll", ExportIds=[NOBODY]), 401, self.DENIED)

    def test_demo_pairs_are_not_known(self):
        from harness import DEMO
        for pair in DEMO:
            tenant = Tenant(self.server, pair[0], pair[1])
            self.assert_error(tenant.try_add("Bill"), 401, self.DENIED)

    def test_simple_form(self):
        self.assert_scope(self.of("fourth").add("Bill"), enterprises=[E[3]])
        self.assert_scope(self.of("fourth").add("Company"), chains=[C[1]])
        export = self.of("alone").add("Bill")
        self.assertEqual(len(export["Scope"]["EnterpriseIds"]), 1)


class FiltersTest(ServerCase):
    def try_interval(self, start, end, entity_type="Reservation"):
        interval = {"StartUtc": start, "EndUtc": end}
        interval = {name: value for name, value in interval.items() if value is not LEFT_OUT}
        return Tenant(self.server).try_add(entity_type, Filters={"UpdatedUtc": interval})

    def accepted(self, start, end, shown_start=None, shown_end=None):
        answer = self.try_interval(start, end)
        self.assertEqual(answer.status, 200, answer)
        filters = answer.json["Export"]["Filters"]
        self.assertEqual(list(filters), ["UpdatedUtc", "LedgerEntryFilters"])
        self.assertIsNone(filters["LedgerEntryFilters"])
        self.assertEqual(filters["UpdatedUtc"], {"StartUtc": shown_start or start,
                                                 "EndUtc": shown_end or end})
        self.assertEqual(list(filters["UpdatedUtc"]), ["StartUtc", "EndUtc"])

    def refused(self, start, end, message="Invalid UpdatedUtc.", field="UpdatedUtc"):
        self.assert_error(self.try_interval(start, end), 400, message, field)

    def test_none_is_null(self):
        for filters in (LEFT_OUT, None):
            self.assertIsNone(Tenant(self.server).add(Filters=filters)["Filters"])
        for filters in ({}, {"UpdatedUtc": None}, {"UpdatedUtc": None, "LedgerEntryFilters": None}):
            shown = Tenant(self.server).add(Filters=filters)["Filters"]
            self.assertIn(shown, (None, {"UpdatedUtc": None, "LedgerEntryFilters": None}))

    def test_echo_in_every_state(self):
        interval = {"StartUtc": "2026-08-01T00:00:00Z", "EndUtc": "2026-08-02T00:00:00Z"}
        export = self.tenant.add(Filters={"UpdatedUtc": interval})
        for by in ("0s", "2s", "5s", "7d"):
            self.tenant.advance(by=by)
            shown = self.tenant.get(export)
            self.assertEqual(shown["Filters"], {"UpdatedUtc": interval, "LedgerEntryFilters": None})

    def test_at_most_180_days(self):
        self.accepted("2026-02-08T09:55:00Z", "2026-08-07T09:55:00Z")
        self.accepted("2026-02-01T00:00:00Z", "2026-07-31T00:00:00Z")
        for start, end in (("2026-02-08T09:54:59.999Z", "2026-08-07T09:55:00Z"),
                           ("2026-02-08T09:54:59Z", "2026-08-07T09:55:00Z"),
                           ("2026-02-01T00:00:00Z", "2026-07-31T00:00:00.001Z"),
                           ("2020-01-01T00:00:00Z", "2026-01-01T00:00:00Z")):
            self.refused(start, end, "The interval must not exceed 180D.", "UpdatedUtc")

    def test_end_at_most_five_minutes_ago(self):
        self.accepted("2026-08-07T09:00:00Z", "2026-08-07T09:55:00Z")
        for end in ("2026-08-07T09:55:00.001Z", "2026-08-07T09:55:01Z", "2026-08-07T10:00:00Z",
                    "2026-09-01T00:00:00Z"):
            self.refused("2026-08-07T09:00:00Z", end)

    def test_five_minutes_are_of_the_tenants_clock(self):
        self.tenant.advance(by="1ms")
        interval = {"StartUtc": "2026-08-07T09:00:00Z", "EndUtc": "2026-08-07T09:55:00.001Z"}
        self.assertEqual(self.tenant.try_add(Filters={"UpdatedUtc": interval}).status, 200)

    def test_start_and_end(self):
        self.accepted("2026-08-01T00:00:00Z", "2026-08-01T00:00:00Z")
        self.refused("2026-08-01T00:00:00.001Z", "2026-08-01T00:00:00Z")
        self.refused("2026-08-02T00:00:00Z", "2026-08-01T00:00:00Z")
        for missing in (LEFT_OUT, None):
            self.refused("2026-08-01T00:00:00Z", missing)
            self.refused(missing, "2026-08-01T00:00:00Z")
            self.refused(missing, missing)

    def test_fractions_and_offsets(self):
        self.accepted("2026-08-01T00:00:00.5Z", "2026-08-02T00:00:00.1234567Z",
                      "2026-08-01T00:00:00Z", "2026-08-02T00:00:00Z")
        self.accepted("2026-08-01T02:00:00+02:00", "2026-08-01T18:30:00-05:30",
                      "2026-08-01T00:00:00Z", "2026-08-02T00:00:00Z")
        self.accepted("2026-08-01T00:00:00+00:00", "2026-08-02T00:00:00.000Z",
                      "2026-08-01T00:00:00Z", "2026-08-02T00:00:00Z")
        self.accepted("2026-08-07T11:00:00+02:00", "2026-08-07T11:55:00+02:00",
                      "2026-08-07T09:00:00Z", "2026-08-07T09:55:00Z")
        self.refused("2026-08-07T09:00:00Z", "2026-08-07T11:55:00.001+02:00")

    def test_instants_that_cannot_be_read(self):
        good = "2026-08-01T00:00:00Z"
        for bad in ("", "x", "yesterday", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z",
                    "2026-08-01T25:00:00Z", "2026-08-01T00:60:00Z", "2026-08-01T00:00:00Zx",
                    "01/08/2026", "99999999999", 0, 1754560800, True, [], {}, [good]):
            with self.subTest(bad=bad):
                self.refused(bad, good, "Invalid JSON.", "StartUtc")
                self.refused(good, bad, "Invalid JSON.", "EndUtc")

    def test_values_of_a_wrong_type(self):
        for bad in ("", "x", 1, True, [], ["x"]):
            answer = self.tenant.try_add("Bill", Filters=bad)
            self.assert_error(answer, 400, "Invalid JSON.", "Filters")
            answer = self.tenant.try_add("Bill", Filters={"UpdatedUtc": bad})
            self.assert_error(answer, 400, "Invalid JSON.", "UpdatedUtc")

    def test_every_other_type_takes_updated(self):
        interval = {"StartUtc": "2026-08-01T00:00:00Z", "EndUtc": "2026-08-02T00:00:00Z"}
        for entity_type in TYPES[:-1]:
            self.tenant.add(entity_type, Filters={"UpdatedUtc": interval})

    def test_rows_are_of_the_interval(self):
        start, end = "2026-07-01T00:00:00Z", "2026-07-31T00:00:00Z"
        export = self.tenant.finished(Filters={"UpdatedUtc": {"StartUtc": start, "EndUtc": end}})
        rows = [json.loads(line) for file in export["Files"]
                for line in self.server.get(file["Url"]).body.splitlines()]
        self.assertTrue(rows)
        self.assertTrue(all(start <= row["UpdatedUtc"] < end for row in rows))

    def test_no_rows_no_files(self):
        instant = "2026-08-01T00:00:00.001Z"
        export = self.tenant.finished(Filters={"UpdatedUtc": {"StartUtc": instant,
                                                              "EndUtc": instant}})
        self.assertEqual(export["Files"], [])
        self.assertIsNotNone(export["ExpiresUtc"])


class LedgerTest(ServerCase):
    def add(self, filters):
        return Tenant(self.server).call("add", EntityType="LedgerEntry", Filters=filters)

    def posting(self, start, end):
        posting = {"Start": start, "End": end}
        posting = {name: value for name, value in posting.items() if value is not LEFT_OUT}
        return self.add({"LedgerEntryFilters": {"Posting": posting}})

    def test_filters_are_needed(self):
        for filters in (LEFT_OUT, None, {}, {"LedgerEntryFilters": None}):
            self.assert_error(self.add(filters), 400, "Invalid LedgerEntryFilters.",
                              "LedgerEntryFilters")

    def test_posting_is_needed(self):
        for value in ({}, {"Posting": None}):
            self.assert_error(self.add({"LedgerEntryFilters": value}), 400, "Invalid Posting.",
                              "Posting")
        for missing in (LEFT_OUT, None):
            for pair in ((missing, "2026-08-01"), ("2026-08-01", missing), (missing, missing)):
                self.assert_error(self.posting(*pair), 400, "Invalid Posting.", "Posting")

    def test_dates(self):
        for start, end in (("2026-08-01", "2026-08-01"), ("2020-02-29", "2026-08-07"),
                           ("2026-08-01", "2030-01-01")):
            answer = self.posting(start, end)
            self.assertEqual(answer.status, 200, answer)
            filters = answer.json["Export"]["Filters"]
            self.assertEqual(filters, {"UpdatedUtc": None, "LedgerEntryFilters":
                                       {"Posting": {"Start": start, "End": end}}})
            self.assertEqual(list(filters), ["UpdatedUtc", "LedgerEntryFilters"])
        self.assert_error(self.posting("2026-08-02", "2026-08-01"), 400, "Invalid Posting.",
                          "Posting")
        for bad in ("", "x", "2026-02-29", "2026-8-1", "20260801", "2026-08-32", 0, True, [], {}):
            with self.subTest(bad=bad):
                self.assert_error(self.posting(bad, "2026-08-01"), 400, "Invalid JSON.", "Start")
                self.assert_error(self.posting("2026-08-01", bad), 400, "Invalid JSON.", "End")

    def test_values_of_a_wrong_type(self):
        for bad in ("", 1, True, [], ["x"]):
            self.assert_error(self.add({"LedgerEntryFilters": bad}), 400, "Invalid JSON.",
                              "LedgerEntryFilters")
            self.assert_error(self.add({"LedgerEntryFilters": {"Posting": bad}}), 400,
                              "Invalid JSON.", "Posting")

    def test_updated_is_refused(self):
        interval = {"StartUtc": "2026-08-01T00:00:00Z", "EndUtc": "2026-08-02T00:00:00Z"}
        self.assert_error(self.add({"UpdatedUtc": interval}), 400, "Invalid UpdatedUtc.",
                          "UpdatedUtc")
        self.assert_error(self.add({"UpdatedUtc": interval, **POSTING}), 400, "Invalid UpdatedUtc.",
                          "UpdatedUtc")

    def test_other_types_refuse_it(self):
        for entity_type in TYPES[:-1]:
            self.assert_error(self.tenant.try_add(entity_type, Filters=POSTING), 400,
                              "Invalid LedgerEntryFilters.", "LedgerEntryFilters")

    def test_rows_are_of_the_dates(self):
        export = self.tenant.finished("LedgerEntry")
        rows = [json.loads(line) for file in export["Files"]
                for line in self.server.get(file["Url"]).body.splitlines()]
        self.assertTrue(rows)
        days = {row["PostingDate"] for row in rows}
        self.assertTrue(all("2026-07-01" <= day <= "2026-07-31" for day in days), days)


class TokenFilesTest(LooseCase):
    def test_a_bad_file_stops_the_start(self):
        import subprocess
        from harness import Server, WAIT_S, clean_environment
        pair = {"ClientToken": "a", "AccessToken": "b"}
        for tokens in ({}, [1], [{}], [{"ClientToken": "a"}], [{**pair, "AccessToken": ""}],
                       [{**pair, "Enterprises": ["x"]}], [{**pair, "Enterprises": 1}],
                       [{**pair, "Chains": ["x"]}], [{**pair, "Pricing": "x"}],
                       [{**pair, "Unknown": 1}], [pair, {**pair, "ClientToken": "c"}]):
            with self.subTest(tokens=tokens):
                path = write_tokens(self, tokens)
                run = subprocess.run([Server.program, "--port", "0", "--tokens", path],
                                     capture_output=True, timeout=WAIT_S, env=clean_environment())
                self.assertIn(run.returncode, (1, 2))
                self.assertEqual(run.stdout, b"")
                self.assertEqual(len(run.stderr.splitlines()), 1, run.stderr)
                self.assertIn(path.encode(), run.stderr)


if __name__ == "__main__":
    main()
