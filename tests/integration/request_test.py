#!/usr/bin/env python3
"""Requests of both operations: credentials, ids, routes, error answers.

Sources: contract/README.md (table of choices), messages.json for_exports, protocol.json.
"""

import json

from harness import (API, DEMO, DEMO_CHAIN, DEMO_ENTERPRISE, LEFT_OUT, NOBODY, TYPES, UUID,
                     LooseCase, ServerCase, Tenant, main)

DENIED = "Cannot perform operation or session has expired."


def some_id(number):
    return "%08x-0000-4000-8000-000000000000" % number


class IdsTest(ServerCase):
    def setUp(self):
        super().setUp()
        self.ids = [self.tenant.add(entity_type)["Id"] for entity_type in TYPES]

    def shown(self, *ids):
        return [export["Id"] for export in self.tenant.get_all(*ids)]

    def test_order_of_first_mention(self):
        mixed = self.ids[5:] + self.ids[:5]
        self.assertEqual(self.shown(*mixed), mixed)
        self.assertEqual(self.shown(*reversed(mixed)), mixed[::-1])

    def test_doubled_ids_are_shown_once(self):
        a, b, c = self.ids[:3]
        self.assertEqual(self.shown(b, a, b, b, c, a), [b, a, c])
        self.assertEqual(self.shown(*[a] * 1000), [a])
        self.assertEqual(self.shown(a, a.upper()), [a])

    def test_unknown_ids_are_left_out(self):
        a, b = self.ids[:2]
        self.assertEqual(self.shown(NOBODY), [])
        self.assertEqual(self.shown(NOBODY, b, some_id(1), a, some_id(2)), [b, a])

    def test_upper_case_ids_are_answered_in_lower_case(self):
        self.assertEqual(self.shown(*[one.upper() for one in self.ids]), self.ids)

    def test_one_to_a_thousand_ids(self):
        strangers = [some_id(number) for number in range(1000)]
        self.assertEqual(self.shown(self.ids[0]), self.ids[:1])
        self.assertEqual(self.shown(*strangers[:-1], self.ids[3]), [self.ids[3]])
        for ids in ([], strangers + [self.ids[3]], [self.ids[0]] * 1001, strangers * 20):
            answer = self.tenant.call("getAll", ExportIds=ids)
            self.assert_error(answer, 400, "Invalid ExportIds.", "ExportIds")

    def test_missing_ids(self):
        for ids in (LEFT_OUT, None):
            answer = self.tenant.call("getAll", ExportIds=ids)
            self.assert_error(answer, 400, "Invalid ExportIds.", "ExportIds")

    def test_ids_that_cannot_be_read(self):
        good = self.ids[0]
        for bad in ("", "x", good[:-1], good + "0", good.replace("-", "_"), good[:-1] + "g",
                    " " + good, good + "\n", 1, None, True, [], {}, [good], 1.5):
            with self.subTest(bad=bad):
                answer = self.tenant.call("getAll", ExportIds=[good, bad])
                self.assert_error(answer, 400, "Invalid JSON.", "ExportIds")
        for bad in ("", good, 0, True, {}, {"0": good}):
            with self.subTest(bad=bad):
                answer = self.tenant.call("getAll", ExportIds=bad)
                self.assert_error(answer, 400, "Invalid JSON.", "ExportIds")

    def test_strangers_exports_are_left_out(self):
        stranger = Tenant(self.server)
        self.assertEqual(stranger.get_all(*self.ids), [])


class CredentialsTest(ServerCase):
    OPERATIONS = (("add", {"EntityType": "Bill"}), ("getAll", {"ExportIds": [NOBODY]}))

    def test_tokens_missing_or_empty(self):
        for operation, properties in self.OPERATIONS:
            for name in ("ClientToken", "AccessToken"):
                for value in (LEFT_OUT, None, ""):
                    with self.subTest(operation, name=name, value=value):
                        answer = self.tenant.call(operation, **{**properties, name: value})
                        self.assert_error(answer, 401, DENIED, name)

    def test_values_of_a_wrong_type(self):
        for operation, properties in self.OPERATIONS:
            for name in ("ClientToken", "AccessToken", "Client"):
                for value in (0, 1.5, True, False, [], {}, ["x"], {"x": 1}):
                    with self.subTest(operation, name=name, value=value):
                        answer = self.tenant.call(operation, **{**properties, name: value})
                        self.assert_error(answer, 400, "Invalid JSON.", name)

    def test_client_missing_or_empty(self):
        for operation, properties in self.OPERATIONS:
            for value in (LEFT_OUT, None, ""):
                with self.subTest(operation, value=value):
                    answer = self.tenant.call(operation, Client=value, **properties)
                    self.assert_error(answer, 400, "Invalid Client.", "Client")

    def test_language_is_taken_and_ignored(self):
        for pair in (("en-US", "en-US"), ("cs-CZ", None), (None, "de-DE"), (None, None), ("", ""),
                     ("xx", LEFT_OUT)):
            answer = self.tenant.call("getAll", ExportIds=[NOBODY], LanguageCode=pair[0],
                                      CultureCode=pair[1])
            self.assertEqual(answer.status, 200, answer)

    def test_any_other_pair_has_a_tenant_of_its_own(self):
        first, second = Tenant(self.server), Tenant(self.server)
        export = first.add("Bill")
        second.add("Bill")
        self.assertEqual(second.get_all(export["Id"]), [])
        same_client = Tenant(self.server, first.client_token)
        self.assertEqual(same_client.get_all(export["Id"]), [])
        same_client.add("Bill")
        odd = Tenant(self.server, "ü \u4e2d\"\\\n", "{}\u00e9+")
        self.assertEqual(odd.status(odd.add("Bill")), "Pending")

    def test_very_long_tokens_are_refused_or_taken_soundly(self):
        for length in (500, 5000, 50000):
            tenant = Tenant(self.server, "c" * length, "a" * length)
            self.assertIn(tenant.try_add("Bill").status, (200, 400, 401))

    def test_order_of_properties_does_not_matter(self):
        body = json.dumps(dict(reversed(self.tenant.body(EntityType="Bill").items())))
        self.assertEqual(self.server.post(API + "add", body.encode()).status, 200)


class DemoTest(ServerCase):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.server.admin("POST", "/reset").status // 100, 2)

    def test_pairs_work_with_their_enterprises(self):
        scopes = {}
        for kind in (1, 2):
            for pair in DEMO:
                scope = Tenant(self.server, pair[0], pair[kind]).add(TYPES[DEMO.index(pair)])
                scopes.setdefault(kind, []).append(scope["Scope"]["EnterpriseIds"])
        # The first three types belong to enterprises, the fourth to chains.
        self.assertEqual(scopes[1], [[DEMO_ENTERPRISE]] * 3 + [None])
        self.assertNotEqual(scopes[2][0], [DEMO_ENTERPRISE])
        self.assertEqual(scopes[2], [scopes[2][0]] * 3 + [None])
        customer = Tenant(self.server, DEMO[0][0], DEMO[0][1]).add("Company")
        self.assertEqual(customer["Scope"], {"EnterpriseIds": None, "ChainIds": [DEMO_CHAIN]})

    def test_pairs_mixed_up_are_denied(self):
        for mine in DEMO:
            for other in DEMO:
                for kind in (1, 2):
                    status = 200 if mine is other else 401
                    tenant = Tenant(self.server, mine[0], other[kind])
                    answer = tenant.call("getAll", ExportIds=[NOBODY])
                    if status == 401:
                        self.assert_error(answer, 401, DENIED)
                    else:
                        self.assertEqual(answer.status, 200, answer)
        tenant = Tenant(self.server, "somebody", DEMO[0][1])
        self.assert_error(tenant.call("getAll", ExportIds=[NOBODY]), 401, DENIED)

    def test_an_export_is_in_flight_for_every_integration_of_the_enterprise(self):
        gross = [Tenant(self.server, pair[0], pair[1]) for pair in DEMO]
        net = [Tenant(self.server, pair[0], pair[2]) for pair in DEMO]
        busy = "An export of this entity type is already in progress."
        for types in (("Bill",), ("Customer",)):
            first = gross[0].add(types[0])
            for tenant in gross:
                self.assert_error(tenant.try_add(types[0]), 400, busy)
            net[1].add(types[0])
            for tenant in net:
                self.assert_error(tenant.try_add(types[0]), 400, busy)
            for tenant in gross:
                self.assertEqual(tenant.get(first)["Id"], first["Id"])
            for tenant in net:
                self.assertEqual(tenant.get_all(first["Id"]), [])

    def test_free_again_for_all_after_success(self):
        gross = [Tenant(self.server, pair[0], pair[1]) for pair in DEMO]
        for tenant in gross:
            export = tenant.add("Payment")
            self.server.advance(by="6999ms")
            for other in gross:
                self.assertEqual(other.try_add("Payment").status, 400)
            self.server.advance(by="1ms")
            self.assertEqual(tenant.status(export), "Success")


class InFlightTest(ServerCase):
    BUSY = "An export of this entity type is already in progress."

    def test_one_for_each_type(self):
        for entity_type in TYPES:
            self.tenant.add(entity_type)
        for entity_type in TYPES:
            answer = self.tenant.try_add(entity_type)
            self.assert_error(answer, 400, self.BUSY, entity_type)

    def test_until_the_millisecond_it_succeeds(self):
        export = self.tenant.add()
        for by, status in (("1999ms", 400), ("1ms", 400), ("4999ms", 400), ("1ms", 200)):
            self.tenant.advance(by=by)
            self.assertEqual(self.tenant.try_add().status, status)
        self.assertEqual(self.tenant.status(export), "Success")

    def test_free_after_failure(self):
        for _ in range(3):
            export = self.tenant.add()
            self.assertEqual(self.tenant.try_add().status, 400)
            self.tenant.force(export, "Failed")

    def test_a_refused_add_creates_nothing(self):
        export = self.tenant.add()
        for _ in range(5):
            self.assertEqual(self.tenant.try_add().status, 400)
        listed = self.server.admin("GET", "/exports", None, self.tenant.access_token)
        self.assertEqual(listed.body.count(b'"' + export["Id"].encode() + b'"'), 1)
        self.assertNotIn(b'"Reservation"', listed.body.replace(b'"Reservation"', b"", 1))

    def test_filters_make_no_difference(self):
        self.tenant.add()
        filters = {"UpdatedUtc": {"StartUtc": "2026-08-01T00:00:00Z",
                                  "EndUtc": "2026-08-02T00:00:00Z"}}
        self.assert_error(self.tenant.try_add(Filters=filters), 400, self.BUSY)


class EntityTypeTest(ServerCase):
    def test_unknown_values(self):
        for value in ("", "X", "bill", "BILL", "Bill ", "Bills", "Bill\n", "OrderItem,Bill",
                      0, 5, 1.5, True, [], ["Bill"], {}, {"Value": "Bill"}):
            with self.subTest(value=value):
                answer = self.tenant.call("add", EntityType=value)
                self.assert_error(answer, 400, "Invalid JSON.", "EntityType")

    def test_missing(self):
        for value in (LEFT_OUT, None):
            answer = self.tenant.call("add", EntityType=value)
            self.assert_error(answer, 400, "Invalid EntityType.", "EntityType")


class RoutesTest(ServerCase):
    def bodies(self):
        return (("add", self.tenant.body(EntityType="Bill")),
                ("getAll", self.tenant.body(ExportIds=[NOBODY])))

    def test_short_routes(self):
        export = self.server.post("/exports/add", self.tenant.body(EntityType="Bill"))
        self.assertEqual(export.status, 200)
        ids = [export.json["Export"]["Id"]]
        answer = self.server.post("/exports/getAll", self.tenant.body(ExportIds=ids))
        self.assertEqual(answer.json["Exports"], self.tenant.get_all(*ids))

    def test_a_query_does_not_matter(self):
        self.assertEqual(self.server.post(API + "getAll?x=1", self.bodies()[1][1]).status, 200)

    def test_paths_match_exactly(self):
        for operation, body in self.bodies():
            for path in (API + operation + "/", API + operation + "//", API + operation.upper(),
                         API.upper() + operation, API.replace("v1", "V1") + operation,
                         "/" + API + operation, API + operation + "x", API + operation[:-1],
                         API + operation + ".json", API + "%61dd", API + operation + "%20",
                         API + "/" + operation, API + "x/../" + operation, "/exports/" + operation + "/",
                         "/Exports/" + operation, "/api/connector/v2/exports/" + operation,
                         "/connector/v1/exports/" + operation, "/api/connector/v1/Exports/" + operation,
                         API + operation + "%00", API[:-1] + "%2F" + operation,
                         "/api/connector/v1/exports", API, "/api", "/x", "/exports/", "/__Admin/health",
                         API + "getall", API + operation + ";x=1"):
                with self.subTest(path=path):
                    self.assert_error(self.server.post(path, body), 404, "Not found.")

    def test_other_methods(self):
        for _, path in (("", API + "add"), ("", API + "getAll"), ("", "/exports/add")):
            for method in ("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW", "post", "Post"):
                with self.subTest(method, path=path):
                    answer = self.server.request(method, path, b"")
                    self.assert_error(answer, 404, "Not found.")
            answer = self.server.request("HEAD", path)
            self.assertEqual((answer.status, answer.body), (404, b""))
            self.assertRegex(answer.fields["request-id"], UUID)

    def test_root(self):
        self.assert_error(self.server.request("GET", "/", None, {"Accept": "application/json"}),
                          404, "Not found.")
        self.assert_error(self.server.post("/", {}), 404, "Not found.")

    def test_the_content_type_of_a_request_does_not_matter(self):
        body = json.dumps(self.bodies()[1][1]).encode()
        for fields in ({}, {"Content-Type": "text/plain"},
                       {"Content-Type": "application/json; charset=utf-8"}):
            self.assertEqual(self.server.request("POST", API + "getAll", body, fields).status, 200)

    def test_answers_have_type_and_request_id(self):
        seen = set()
        for operation, body in self.bodies():
            answer = self.server.post(API + operation, body)
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.fields["content-type"].split(";")[0], "application/json")
            self.assertRegex(answer.fields["request-id"], UUID)
            seen.add(answer.fields["request-id"])
        self.assertEqual(len(seen), 2)

    def test_prefer_minimal_does_not_apply(self):
        body = json.dumps(self.bodies()[1][1]).encode()
        answer = self.server.request("POST", API + "getAll", body, {"Prefer": "return=minimal"})
        self.assertEqual((answer.status, answer.json), (200, {"Exports": []}))

    def test_too_large(self):
        body = json.dumps(self.tenant.body(EntityType="Bill", X="x" * (16 << 20))).encode()
        for operation in ("add", "getAll"):
            self.assert_error(self.server.post(API + operation, body), 413, "Content too large.")
        self.assertEqual(self.tenant.add("Bill")["Status"], "Pending")


class UnknownPropertiesTest(ServerCase):
    def test_are_ignored(self):
        answer = self.tenant.call("add", EntityType="Bill", Unknown=1, scope=[], entitytype="x",
                                  Limitation={"Count": 1}, ExportIds=5)
        self.assertEqual(answer.status, 200, answer)
        answer = self.tenant.call("getAll", ExportIds=[answer.json["Export"]["Id"]], Unknown=None,
                                  EntityType=4)
        self.assertEqual(len(answer.json["Exports"]), 1)

    def test_names_match_exactly(self):
        body = self.tenant.body(EntityType="Bill")
        for name in body:
            for other in (name.lower(), name.upper(), name + " "):
                changed = {other if key == name else key: value for key, value in body.items()}
                answer = self.server.post(API + "add", changed)
                self.assertIn(answer.status, (400, 401), answer)
        self.assertEqual(self.server.post(API + "add", body).status, 200)


class StrictTest(ServerCase):
    options = ("--strict",)

    def assert_error(self, answer, status, message=None):
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(list(answer.json), ["Message", "RequestId", "Details"])
        self.assertIsNone(answer.json["Details"])
        self.assertTrue(answer.json["Message"])
        self.assertEqual(answer.json["RequestId"], answer.fields["request-id"])
        if message:
            self.assertEqual(answer.json["Message"], message)

    def test_details_are_null(self):
        self.tenant.add("Bill")
        for answer, status in ((self.tenant.try_add("Bill"), 400),
                               (self.tenant.call("getAll", ExportIds=[]), 400),
                               (self.tenant.try_add("x"), 400),
                               (self.tenant.try_add("Bill", AccessToken=""), 401),
                               (self.server.post(API + "add", b"{"), 400),
                               (self.server.post(API + "x", {}), 404)):
            self.assert_error(answer, status)

    def test_unknown_properties_are_refused(self):
        for name in ("Unknown", "entityType", "ExportIds", "Limitation"):
            self.assert_error(self.tenant.try_add("Bill", **{name: None}), 400)
            self.assert_error(self.tenant.try_add("Bill", **{name: [NOBODY]}), 400)
        for name in ("Unknown", "exportIds", "EntityType", "Scope"):
            self.assert_error(self.tenant.call("getAll", ExportIds=[NOBODY], **{name: None}), 400)
        for scope in ({"X": 1}, {"enterpriseIds": None}):
            self.assert_error(self.tenant.try_add("Bill", Scope=scope), 400)
        interval = {"StartUtc": "2026-08-01T00:00:00Z", "EndUtc": "2026-08-02T00:00:00Z"}
        for filters in ({"CreatedUtc": None}, {"UpdatedUtc": {**interval, "X": 1}}):
            self.assert_error(self.tenant.try_add("Bill", Filters=filters), 400)
        posting = {"Start": "2026-08-01", "End": "2026-08-02"}
        for filters in ({"Posting": posting, "X": 1}, {"Posting": {**posting, "X": 1}}):
            self.assert_error(self.tenant.try_add("LedgerEntry",
                                                  Filters={"LedgerEntryFilters": filters}), 400)
        self.tenant.add("Bill", Filters={"UpdatedUtc": interval})

    def test_language_is_known(self):
        self.tenant.add("Bill", LanguageCode="en-US", CultureCode=None)
        answer = self.tenant.call("getAll", ExportIds=[NOBODY], LanguageCode=None, CultureCode="en")
        self.assertEqual(answer.status, 200)

    def test_short_routes_are_off(self):
        self.assert_error(self.server.post("/exports/add", self.tenant.body(EntityType="Bill")),
                          404, "Not found.")
        self.assert_error(self.server.post("/exports/getAll", self.tenant.body(ExportIds=[NOBODY])),
                          404, "Not found.")


class MaxExportsTest(LooseCase):
    def test_running_exports_are_never_dropped(self):
        server = self.start("--max-exports", 3)
        tenant = Tenant(server)
        kept = [tenant.add(entity_type)["Id"] for entity_type in TYPES[:3]]
        answer = tenant.try_add("Customer")
        self.assertGreaterEqual(answer.status, 400)
        self.assertTrue(answer.json["Message"])
        self.assertIn("max-exports", answer.json["Details"])
        self.assertEqual([export["Id"] for export in tenant.get_all(*kept)], kept)

    def test_what_is_over_makes_room(self):
        server = self.start("--max-exports", 3)
        tenant = Tenant(server)
        kept = [tenant.add(entity_type)["Id"] for entity_type in TYPES[:3]]
        tenant.advance(by="8d")
        latest = tenant.add("Customer")
        shown = [export["Id"] for export in tenant.get_all(*kept, latest["Id"])]
        self.assertLessEqual(len(shown), 3)
        self.assertEqual(shown[-1], latest["Id"])
        for entity_type in TYPES[:2]:
            tenant.add(entity_type)
        self.assertGreaterEqual(tenant.try_add("Bill").status, 400)
        self.assertEqual(tenant.status(latest), "Pending")

    def test_reset_makes_room(self):
        server = self.start("--max-exports", 1)
        tenant = Tenant(server)
        for _ in range(3):
            tenant.add("Bill")
            self.assertGreaterEqual(Tenant(server).try_add("Bill").status, 400)
            server.admin("POST", "/reset")


if __name__ == "__main__":
    main()
