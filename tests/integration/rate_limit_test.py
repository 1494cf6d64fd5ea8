#!/usr/bin/env python3
"""How many requests a token may make.

Source: contract/protocol.json, rate_limits; interface, sections 2 and 3.
"""

from harness import API, NOBODY, LooseCase, Tenant, main

TOO_MANY = "Too many requests."


class RateLimitTest(LooseCase):
    def tenant_with(self, limit, *options):
        return Tenant(self.start(*options, limit=limit))

    def ask(self, tenant, operation="getAll"):
        properties = {"ExportIds": [NOBODY]} if operation == "getAll" else {"EntityType": "Bill"}
        answer = tenant.call(operation, **properties)
        return "ok" if answer.status != 429 else answer

    def assert_passes(self, tenant, count, operation="getAll"):
        for _ in range(count):
            self.assertEqual(self.ask(tenant, operation), "ok")

    def assert_refused(self, tenant, retry_after, operation="getAll"):
        answer = self.ask(tenant, operation)
        self.assertNotEqual(answer, "ok")
        self.assert_error(answer, 429, TOO_MANY)
        self.assertEqual(answer.fields["retry-after"], str(retry_after))

    def test_default_is_200_in_30_seconds(self):
        for options in ((), ("--api-date", "2025-11-13")):
            tenant = self.tenant_with(None, *options)
            self.assert_passes(tenant, 200)
            self.assert_refused(tenant, 30)
            self.assert_refused(tenant, 30, "add")
            tenant.server.advance(by="29999ms")
            self.assert_refused(tenant, 1)
            tenant.server.advance(by="1ms")
            self.assert_passes(tenant, 200)
            self.assert_refused(tenant, 30)

    def test_the_window_begins_with_the_first_request_of_a_burst(self):
        tenant = self.tenant_with("3/10s")
        tenant.server.advance(by="3700ms")
        self.assert_passes(tenant, 1)
        tenant.server.advance(by="4s")
        self.assert_passes(tenant, 1)
        tenant.server.advance(by="5999ms")
        self.assert_passes(tenant, 1)
        self.assert_refused(tenant, 1)
        tenant.server.advance(by="1ms")
        self.assert_passes(tenant, 3)
        self.assert_refused(tenant, 10)
        tenant.server.advance(by="10s")
        tenant.server.advance(by="1h")
        self.assert_passes(tenant, 3)
        self.assert_refused(tenant, 10)

    def test_retry_after_is_the_rest_of_the_window_rounded_up(self):
        tenant = self.tenant_with("1/10s")
        self.assert_passes(tenant, 1)
        for by, seconds in (("1ms", 10), ("998ms", 10), ("1ms", 9), ("1s", 8), ("7s", 1),
                            ("999ms", 1)):
            tenant.server.advance(by=by)
            self.assert_refused(tenant, seconds)
        tenant.server.advance(by="1ms")
        self.assert_passes(tenant, 1)

    def test_each_access_token_has_its_own(self):
        tenant = self.tenant_with("2/10s")
        self.assert_passes(tenant, 2)
        self.assert_refused(tenant, 10)
        other = Tenant(tenant.server, tenant.client_token)
        self.assert_passes(other, 2)
        self.assert_refused(other, 10)

    def test_all_operations_count_together(self):
        tenant = self.tenant_with("4/10s")
        self.assert_passes(tenant, 2, "add")
        self.assert_passes(tenant, 2)
        self.assert_refused(tenant, 10, "add")
        self.assert_refused(tenant, 10)

    def test_refused_requests_change_nothing(self):
        tenant = self.tenant_with("1/10s")
        self.assert_passes(tenant, 1)
        for _ in range(50):
            self.assert_refused(tenant, 10, "add")
        tenant.server.advance(by="10s")
        self.assertEqual(tenant.add("Bill")["Status"], "Pending")

    def test_off(self):
        tenant = self.tenant_with("off")
        self.assert_passes(tenant, 700)

    def test_downloads_and_admin_do_not_count(self):
        tenant = self.tenant_with("2/10s")
        export = tenant.add()
        tenant.server.advance(by="7s")
        url = tenant.get(export)["Files"][0]["Url"]
        self.assert_refused(tenant, 3)
        for _ in range(300):
            self.assertEqual(tenant.server.head(url).status, 200)
        for _ in range(300):
            self.assertEqual(tenant.server.admin("GET", "/clock").status, 200)
        self.assert_refused(tenant, 3)

    def test_requests_that_are_never_signed_in_do_not_count(self):
        tenant = self.tenant_with("1/10s")
        for _ in range(10):
            self.assertEqual(tenant.server.post(API + "getAll", b"{").status, 400)
            self.assertEqual(tenant.server.post(API + "x", tenant.body()).status, 404)
        self.assert_passes(tenant, 1)
        self.assert_refused(tenant, 10)

    def test_follows_the_tenants_clock(self):
        tenant = self.tenant_with("1/10s")
        other = Tenant(tenant.server)
        self.assert_passes(tenant, 1)
        self.assert_passes(other, 1)
        tenant.advance(by="10s")
        self.assert_passes(tenant, 1)
        self.assert_refused(other, 10)

    def test_reset_forgets_requests(self):
        tenant = self.tenant_with("1/10s")
        self.assert_passes(tenant, 1)
        self.assert_refused(tenant, 10)
        tenant.server.admin("POST", "/reset")
        self.assert_passes(tenant, 1)

    def test_seed_era(self):
        tenant = self.tenant_with(None, "--api-date", "2024-08-21")
        tenants = [tenant] + [Tenant(tenant.server, tenant.client_token) for _ in range(4)]

        def assert_refused(tenant, operation):
            answer = self.ask(tenant, operation)
            self.assertNotEqual(answer, "ok")
            self.assertEqual(answer.fields["retry-after"], "900")
            self.assertEqual(answer.json["Message"], TOO_MANY)

        for one in tenants[:4]:
            self.assert_passes(one, 250)
            assert_refused(one, "getAll")
            self.assert_passes(one, 250, "add")
            assert_refused(one, "add")
            assert_refused(one, "getAll")
        # 2000 for the ClientToken.
        assert_refused(tenants[4], "getAll")
        other = Tenant(tenant.server, None, tenants[4].access_token)
        self.assert_passes(other, 1)
        tenant.server.advance(by="15m")
        self.assert_passes(tenants[4], 1)

    def test_between_the_eras(self):
        """Without the limit of the ClientToken (dropped 2024-09-04); 500 and 250 until 2025-11-13."""
        for date in ("2024-09-04", "2025-11-12"):
            tenant = self.tenant_with(None, "--api-date", date)
            tenants = [tenant] + [Tenant(tenant.server, tenant.client_token) for _ in range(4)]
            for one in tenants:
                self.assert_passes(one, 250)
                self.assertNotEqual(self.ask(one), "ok")
                self.assert_passes(one, 250, "add")
                self.assertNotEqual(self.ask(one, "add"), "ok")


if __name__ == "__main__":
    main()
