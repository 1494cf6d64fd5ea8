#!/usr/bin/env python3
"""The states of exports, to the millisecond on both sides of every boundary.

Sources: contract/exports.json, rules.status_lifecycle, files_by_status, expires_utc,
add_answer_is_pending; interface, section 2.
"""

from harness import LEFT_OUT, NOBODY, TYPES, UUID, LooseCase, ServerCase, Tenant, main


class DefaultsTest(ServerCase):
    def test_add_answers_pending_without_files_and_expiry(self):
        for entity_type in TYPES:
            with self.subTest(entity_type):
                export = self.tenant.add(entity_type)
                self.assertEqual(list(export), ["Id", "Status", "EntityType", "Scope", "Files",
                                                "ExpiresUtc", "Filters"])
                self.assertRegex(export["Id"], UUID)
                self.assertEqual(export["Status"], "Pending")
                self.assertEqual(export["EntityType"], entity_type)
                self.assertEqual(export["Files"], [])
                self.assertIsNone(export["ExpiresUtc"])
                self.assertEqual(self.tenant.get(export), export)

    def test_every_type_changes_state_to_the_millisecond(self):
        added = [self.tenant.add(entity_type) for entity_type in TYPES]
        ids = [export["Id"] for export in added]
        for by, status, expires in (
                ("1999ms", "Pending", None), ("1ms", "Processing", None),
                ("4999ms", "Processing", None), ("1ms", "Success", "2026-08-14T10:00:07Z"),
                ("604799999ms", "Success", "2026-08-14T10:00:07Z"),
                ("1ms", "Expired", "2026-08-14T10:00:07Z"),
                ("365d", "Expired", "2026-08-14T10:00:07Z")):
            self.tenant.advance(by=by)
            shown = self.tenant.get_all(*ids)
            self.assertEqual([export["Id"] for export in shown], ids)
            for before, export in zip(added, shown):
                with self.subTest(export["EntityType"], by=by, status=status):
                    self.assertEqual(export["Status"], status)
                    self.assertEqual(export["ExpiresUtc"], expires)
                    if status != "Success":
                        self.assertEqual(export["Files"], [])
                    for name in ("Id", "EntityType", "Scope", "Filters"):
                        self.assertEqual(export[name], before[name])

    def test_success_has_files(self):
        for entity_type in TYPES:
            with self.subTest(entity_type):
                export = self.tenant.finished(entity_type)
                self.assertGreaterEqual(len(export["Files"]), 1)
                for file in export["Files"]:
                    self.assertEqual(list(file), ["Url", "SizeInBytes"])
                    self.assertIs(type(file["SizeInBytes"]), int)
                    self.assertGreater(file["SizeInBytes"], 0)

    def test_a_jump_over_states_is_as_good_as_steps(self):
        export = self.tenant.add()
        self.tenant.advance(to="2026-08-14T10:00:06.999Z")
        self.assertEqual(self.tenant.status(export), "Success")
        self.tenant.advance(to="2026-08-14T10:00:07Z")
        self.assertEqual(self.tenant.status(export), "Expired")

    def test_looking_changes_nothing(self):
        export = self.tenant.add()
        self.tenant.advance(by="1s")
        first = self.tenant.get(export)
        for _ in range(20):
            self.assertEqual(self.tenant.get(export), first)
        self.tenant.advance(by="1s")
        self.assertEqual(self.tenant.status(export), "Processing")

    def test_fractions_of_a_second_are_never_written(self):
        self.tenant.advance(by="123ms")
        export = self.tenant.add()
        self.tenant.advance(by="6999ms")
        self.assertEqual(self.tenant.status(export), "Processing")
        self.tenant.advance(by="1ms")
        export = self.tenant.get(export)
        self.assertEqual(export["Status"], "Success")
        self.assertRegex(export["ExpiresUtc"], r"^2026-08-14T10:00:0[78]Z$")
        self.tenant.advance(by="604799999ms")
        self.assertEqual(self.tenant.status(export), "Success")
        self.tenant.advance(by="1ms")
        self.assertEqual(self.tenant.status(export), "Expired")

    def test_exports_of_one_tenant_run_side_by_side(self):
        first = self.tenant.add("Bill")
        self.tenant.advance(by="1s")
        second = self.tenant.add("Payment")
        self.tenant.advance(by="1s")
        self.assertEqual([self.tenant.status(first), self.tenant.status(second)],
                         ["Processing", "Pending"])
        self.tenant.advance(by="5s")
        self.assertEqual([self.tenant.status(first), self.tenant.status(second)],
                         ["Success", "Processing"])

    def test_the_servers_clock_moves_tenants_without_one_of_their_own(self):
        server = self.start()
        first, second = Tenant(server), Tenant(server)
        own = first.add()
        followed = second.add()
        first.advance(by="2s")
        self.assertEqual((first.status(own), second.status(followed)), ("Processing", "Pending"))
        server.advance(by="7s")
        self.assertEqual((first.status(own), second.status(followed)), ("Processing", "Success"))

    def test_forced_failure(self):
        for before in ("0s", "2s", "7s"):
            with self.subTest(after=before):
                tenant = Tenant(self.server)
                export = tenant.add()
                tenant.advance(by=before)
                tenant.force(export, "Failed")
                for by in ("0s", "1h", "30d"):
                    tenant.advance(by=by)
                    shown = tenant.get(export)
                    self.assertEqual(shown["Status"], "Failed")
                    self.assertEqual(shown["Files"], [])
                    self.assertIsNone(shown["ExpiresUtc"])
                    self.assertEqual(shown["Scope"], export["Scope"])
                    self.assertEqual(shown["Filters"], export["Filters"])

    def test_every_forced_state_goes_on_from_there(self):
        for status, next_by, next_status in (
                ("Pending", "2s", "Processing"), ("Processing", "5s", "Success"),
                ("Success", "7d", "Expired"), ("Expired", "7d", "Expired"),
                ("Failed", "7d", "Failed")):
            with self.subTest(status):
                tenant = Tenant(self.server)
                export = tenant.add()
                tenant.advance(by="1s")
                tenant.force(export, status)
                shown = tenant.get(export)
                self.assertEqual(shown["Status"], status)
                self.assertEqual(bool(shown["Files"]), status == "Success")
                self.assertEqual(shown["ExpiresUtc"] is not None, status in ("Success", "Expired"))
                tenant.advance(by=next_by)
                self.assertEqual(tenant.status(export), next_status)

    def test_ids_are_new_every_time(self):
        ids = {Tenant(self.server).add()["Id"] for _ in range(50)}
        ids |= {self.tenant.finished()["Id"] for _ in range(10)}
        self.assertEqual(len(ids), 60)
        self.assertNotIn(NOBODY, ids)


class DurationsTest(LooseCase):
    def check(self, options, steps):
        """steps: (advance by, status)."""
        server = self.start(*options)
        tenant = Tenant(server)
        export = tenant.add()
        self.assertEqual((export["Status"], export["Files"], export["ExpiresUtc"]),
                         ("Pending", [], None))
        for number, (by, status) in enumerate(steps):
            if by:
                tenant.advance(by=by)
            with self.subTest(options=options, step=number):
                self.assertEqual(tenant.status(export), status)

    def test_other_durations(self):
        self.check(("--pending", "250ms", "--processing", "10m", "--expires", "1h"), (
            ("249ms", "Pending"), ("1ms", "Processing"), ("599999ms", "Processing"),
            ("1ms", "Success"), ("3599999ms", "Success"), ("1ms", "Expired")))

    def test_iso_8601_durations(self):
        self.check(("--pending", "PT1M30S", "--processing", "PT2H", "--expires", "P1D"), (
            ("89999ms", "Pending"), ("1ms", "Processing"), ("PT1H59M59.999S", "Processing"),
            ("1ms", "Success"), ("PT23H59M59S", "Success"), ("1s", "Expired")))

    def test_no_time_at_all(self):
        self.check(("--pending", "0s", "--processing", "5s"), (
            (None, "Processing"), ("4999ms", "Processing"), ("1ms", "Success")))
        self.check(("--pending", "2s", "--processing", "0s"), (
            ("1999ms", "Pending"), ("1ms", "Success")))
        self.check(("--pending", "0s", "--processing", "0s"), ((None, "Success"),))
        self.check(("--pending", "1s", "--processing", "1s", "--expires", "0s"), (
            ("1999ms", "Processing"), ("1ms", "Expired")))

    def test_polls(self):
        self.check(("--pending", "2 polls", "--processing", "3 polls"), (
            (None, "Pending"), ("1d", "Pending"), (None, "Processing"), ("1d", "Processing"),
            (None, "Processing"), (None, "Success"), (None, "Success"), ("6d", "Success")))

    def test_polls_then_time(self):
        self.check(("--pending", "2 polls"), (
            ("1h", "Pending"), ("1h", "Pending"), ("4999ms", "Processing"), ("1ms", "Success")))

    def test_time_then_polls(self):
        self.check(("--processing", "2 polls"), (
            (None, "Pending"), ("1999ms", "Pending"), ("1ms", "Processing"), ("1h", "Processing"),
            (None, "Success")))

    def test_expiry_counts_from_the_poll_that_finished_it(self):
        self.check(("--pending", "1 polls", "--processing", "1 polls", "--expires", "1h"), (
            (None, "Pending"), ("30m", "Processing"), ("3599999ms", "Success"), ("1ms", "Expired")))

    def test_only_polls_that_show_it_count(self):
        server = self.start("--pending", "2 polls", "--processing", "0s")
        tenant, other = Tenant(server), Tenant(server)
        export = tenant.add()
        for _ in range(5):
            self.assertEqual(other.get_all(export["Id"]), [])
            answer = tenant.call("getAll", ExportIds=[export["Id"]], Client=LEFT_OUT)
            self.assertEqual(answer.status, 400)
            answer = server.admin("GET", "/exports/" + export["Id"])
            self.assertEqual(answer.status, 200)
        # A doubled id is shown once.
        self.assertEqual(len(tenant.get_all(export["Id"], export["Id"])), 1)
        self.assertEqual(tenant.status(export), "Pending")
        self.assertEqual(tenant.status(export), "Success")


if __name__ == "__main__":
    main()
