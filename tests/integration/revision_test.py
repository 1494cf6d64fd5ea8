#!/usr/bin/env python3
"""What --api-date changes: the shape of exports and errors, links, entity types, filters.

Source: contract/exports.json, revisions; contract/protocol.json, error_object and rate_limits.
"""

import json

from harness import API, NOBODY, POSTING, TYPES, LooseCase, Tenant, main

OLD_KEYS = ["Id", "Status", "EntityType", "Files", "ExpiresUtc"]
NEW_KEYS = ["Id", "Status", "EntityType", "Scope", "Files", "ExpiresUtc", "Filters"]
INTERVAL = {"UpdatedUtc": {"StartUtc": "2026-08-01T00:00:00Z", "EndUtc": "2026-08-02T00:00:00Z"}}


class RevisionTest(LooseCase):
    def tenant_at(self, date, *options, **settings):
        return Tenant(self.start("--api-date", date, *options, **settings))

    def test_properties_of_an_export(self):
        for date, keys in (("2024-08-21", OLD_KEYS), ("2025-07-23", OLD_KEYS),
                           ("2025-08-05", OLD_KEYS), ("2025-08-21", OLD_KEYS),
                           ("2025-08-22", NEW_KEYS), ("2026-04-16", NEW_KEYS),
                           ("2026-08-07", NEW_KEYS)):
            with self.subTest(date):
                tenant = self.tenant_at(date)
                export = tenant.add()
                self.assertEqual(list(export), keys)
                for by in ("2s", "5s", "7d"):
                    tenant.advance(by=by)
                    self.assertEqual(list(tenant.get(export)), keys)

    def test_entity_types_since_the_first_publication(self):
        known = ("OrderItem", "Payment", "Reservation", "Customer", "Company", "Bill",
                 "AvailabilityBlock", "LedgerEntry")
        for date, count in (("2023-10-26", 1), ("2023-12-07", 1), ("2023-12-08", 3),
                            ("2023-12-18", 3), ("2023-12-19", 5), ("2024-08-08", 5),
                            ("2024-08-09", 6), ("2024-08-20", 6), ("2024-08-21", 7)):
            with self.subTest(date):
                tenant = self.tenant_at(date)
                statuses = [tenant.try_add(name).status for name in known]
                self.assertEqual(statuses, [200] * count + [400] * (len(known) - count))
                tenant.advance(by="7s")
                export = tenant.finished(known[count - 1])
                self.assertEqual(list(export), OLD_KEYS)
                rows = tenant.server.get(export["Files"][0]["Url"]).body.splitlines()
                self.assertIn("Id", json.loads(rows[0]))

    def test_default_is_the_newest(self):
        self.assertEqual(list(Tenant(self.start()).add()), NEW_KEYS)

    def test_error_body(self):
        for date, keys in (("2024-08-21", ["Message", "Details"]),
                           ("2025-07-09", ["Message", "Details"]),
                           ("2025-07-10", ["Message", "RequestId", "Details"]),
                           ("2026-08-07", ["Message", "RequestId", "Details"])):
            with self.subTest(date):
                tenant = self.tenant_at(date)
                for answer in (tenant.call("getAll"), tenant.server.post("/x", {}),
                               tenant.server.post(API + "add", b"{")):
                    self.assertEqual(list(answer.json), keys)
                    self.assertTrue(answer.fields["request-id"])

    def test_entity_types(self):
        for date, status in (("2024-08-21", 400), ("2025-07-22", 400), ("2025-07-23", 200),
                             ("2025-08-22", 200)):
            with self.subTest(date):
                tenant = self.tenant_at(date)
                for entity_type in TYPES[:-1]:
                    tenant.add(entity_type)
                answer = tenant.call("add", EntityType="LedgerEntry")
                self.assertEqual(answer.status, status)
                if status == 400:
                    self.assertEqual(answer.json["Message"], "Invalid JSON.")

    def test_ledger_filters(self):
        for date in ("2025-08-22", "2026-04-15"):
            tenant = self.tenant_at(date)
            export = tenant.add("LedgerEntry", Filters=None)
            self.assertIsNone(export["Filters"])
            export = tenant.add("Bill", Filters={**INTERVAL, **POSTING})
            self.assertEqual(export["Filters"], INTERVAL)
        tenant = self.tenant_at("2026-04-16")
        self.assertEqual(tenant.try_add("LedgerEntry", Filters=None).status, 400)
        tenant.add("LedgerEntry")

    def test_scope_and_filters_before_they_existed(self):
        tenant = self.tenant_at("2025-08-21")
        export = tenant.add(Scope={"EnterpriseIds": [NOBODY]}, Filters={"UpdatedUtc": "x"})
        self.assertEqual(list(export), OLD_KEYS)
        strict = self.tenant_at("2025-08-21", "--strict")
        self.assertEqual(strict.try_add(Scope=None).status, 400)
        self.assertEqual(strict.try_add(Filters=None).status, 400)
        strict.add()
        strict = self.tenant_at("2025-08-22", "--strict")
        strict.add(Scope=None, Filters=INTERVAL)
        self.assertEqual(strict.try_add("Bill", Filters=POSTING).status, 400)

    def test_links_before_2025_08_05_are_stable_until_expiry(self):
        for date in ("2024-08-21", "2025-08-04"):
            with self.subTest(date):
                tenant = self.tenant_at(date)
                first = tenant.finished()
                for by in ("1s", "11m", "1d", "518399999ms"):
                    tenant.advance(by=by)
                    if by != "518399999ms":
                        self.assertEqual(tenant.get(first)["Files"], first["Files"])
                    self.assertEqual(tenant.status(first) == "Success", by != "518399999ms")
                server = tenant.server
                self.assertEqual(server.get(first["Files"][0]["Url"]).status, 403)

    def test_links_before_2025_08_05_work_to_the_last_millisecond(self):
        tenant = self.tenant_at("2025-08-04")
        url = tenant.finished()["Files"][0]["Url"]
        tenant.advance(by="604799999ms")
        self.assertEqual(tenant.server.get(url).status, 200)
        tenant.advance(by="1ms")
        self.assertEqual(tenant.server.get(url).status, 403)

    def test_links_since_2025_08_05_last_ten_minutes_and_are_new_each_time(self):
        tenant = self.tenant_at("2025-08-05")
        first = tenant.finished()
        urls = {tenant.get(first)["Files"][0]["Url"] for _ in range(3)}
        self.assertEqual(len(urls), 3, "the clock stands still, and links are new all the same")
        tenant.advance(by="1s")
        second = tenant.get(first)
        self.assertNotIn(second["Files"][0]["Url"], urls | {first["Files"][0]["Url"]})
        tenant.advance(by="598999ms")
        for url in urls:
            self.assertEqual(tenant.server.get(url).status, 200)
        tenant.advance(by="1ms")
        for url in urls | {first["Files"][0]["Url"]}:
            self.assertEqual(tenant.server.get(url).status, 403)
        self.assertEqual(tenant.server.get(second["Files"][0]["Url"]).status, 200)


if __name__ == "__main__":
    main()
