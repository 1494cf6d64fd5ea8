#!/usr/bin/env python3
"""The admin API: health, reset, clocks, exports, forced states, and who may use it.

Source: interface, section 4.
"""

import json

from harness import (API, DEMO, LooseCase, NOBODY, NOW, Reader, TYPES, Tenant, instant, main,
                     raw_request)


class AdminCase(LooseCase):
    def setUp(self):
        self.server = self.start()
        self.tenant = Tenant(self.server)

    def admin(self, *arguments, **more):
        return self.server.admin(*arguments, **more)

    def assert_refused(self, answer, status, word=None):
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(answer.fields["content-type"].split(";")[0], "application/json")
        self.assertTrue(answer.json["Message"])
        self.assertEqual(answer.json["RequestId"], answer.fields["request-id"])
        if word:
            self.assertIn(word, answer.json["Details"])


class HealthTest(AdminCase):
    def test_health(self):
        answer = self.admin("GET", "/health")
        self.assertEqual(answer.status, 200)
        self.assertEqual(list(answer.json), ["status", "version", "uptimeInSeconds"])
        self.assertEqual(answer.json["status"], "healthy")
        self.assertEqual(answer.json["version"], self.server.version)
        self.assertGreaterEqual(answer.json["uptimeInSeconds"], 0)
        head = self.admin("HEAD", "/health")
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertIn("request-id", answer.fields)

    def test_paths_and_methods(self):
        for path in ("/nowhere", "/health/", "/Health", "/clock/advance/", "/exports//state",
                     "/exports/x/y", "x"):
            self.assert_refused(self.admin("GET", path), 404)
        for method, path, allowed in (("POST", "/health", "GET"), ("GET", "/reset", "POST"),
                                      ("DELETE", "/clock", "PUT"), ("GET", "/clock/advance", "POST"),
                                      ("GET", "/exports/%s/state" % NOBODY, "PUT")):
            answer = self.admin(method, path)
            self.assert_refused(answer, 405)
            self.assertIn(allowed, answer.fields["allow"])


class ClockTest(AdminCase):
    def test_get(self):
        clock = self.admin("GET", "/clock").json
        self.assertEqual(list(clock), ["now", "speed"])
        self.assertEqual((clock["now"], clock["speed"]), ("2026-08-07T10:00:00Z", 0))

    def test_put(self):
        for change, now, speed in (({"now": "2027-01-01T00:00:00Z"}, "2027-01-01T00:00:00Z", 0),
                                   ({"now": "2020-01-01T02:00:00.5+02:00"},
                                    "2020-01-01T00:00:00.500Z", 0),
                                   ({"now": NOW, "speed": 0}, "2026-08-07T10:00:00Z", 0)):
            answer = self.admin("PUT", "/clock", change)
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual(answer.json, {"now": now, "speed": speed})
            self.assertEqual(self.admin("GET", "/clock").json, answer.json)

    def test_speed(self):
        """A clock that runs is never seen to go back; frozen, it stands still."""
        self.assertEqual(self.admin("PUT", "/clock", {"speed": 86400}).json["speed"], 86400)
        seen = [instant(self.server.now()) for _ in range(100)]
        while instant(self.server.now()) <= instant(NOW):
            pass
        self.assertEqual(seen, sorted(seen))
        frozen = self.admin("PUT", "/clock", {"speed": 0}).json
        self.assertGreaterEqual(instant(frozen["now"]), seen[-1])
        self.assertEqual(self.admin("GET", "/clock").json, frozen)

    def test_a_running_clock_moves_exports(self):
        export = self.tenant.add()
        self.admin("PUT", "/clock", {"speed": 1000000})
        while self.tenant.status(export) != "Expired":
            pass
        self.assertEqual(self.tenant.get(export)["ExpiresUtc"], "2026-08-14T10:00:07Z")

    def test_set_back(self):
        """State is a function of plan and clock, so it goes back as well."""
        export = self.tenant.add()
        self.server.advance(by="7s")
        self.assertEqual(self.tenant.status(export), "Success")
        self.admin("PUT", "/clock", {"now": "2026-08-07T10:00:01.999Z"})
        self.assertEqual(self.tenant.status(export), "Pending")

    def test_bad_bodies(self):
        for method, path in (("PUT", "/clock"), ("POST", "/clock/advance")):
            for body in (b"", b"{", b"[]", b"1", b"null", b"{}", b'{"x":1}', b'{"now":1}',
                         b'{"now":"x"}', b'{"speed":"1"}', b'{"speed":-1}', b'{"speed":1e400}',
                         b'{"by":1}', b'{"by":"x"}', b'{"by":"-1s"}', b'{"to":"x"}', b'{"to":5}',
                         b'{"until":"x"}', b'{"until":1}', b'{"by":"1s","to":"2027-01-01T00:00:00Z"}',
                         b'{"by":"1s","until":"next-event"}', b'{"by":"1s"}x', b"\xff",
                         b"[" * 100000):
                with self.subTest(path, body=body[:50]):
                    if path == "/clock/advance" and body in (b'{"by":1}',):
                        continue
                    answer = self.server.request(method, "/__admin" + path, body)
                    self.assert_refused(answer, 400)
        self.assertEqual(self.server.now(), "2026-08-07T10:00:00Z")

    def test_advance(self):
        answer = self.server.advance(by="10m")
        self.assertEqual(list(answer)[:3], ["from", "to", "transitions"])
        self.assertEqual((answer["from"], answer["to"], answer["transitions"]),
                         ("2026-08-07T10:00:00Z", "2026-08-07T10:10:00Z", []))
        answer = self.server.advance(to="2026-08-07T10:10:00.001Z")
        self.assertEqual(answer["to"], "2026-08-07T10:10:00.001Z")
        self.assertEqual(self.server.advance(by="0s")["to"], "2026-08-07T10:10:00.001Z")
        self.assertEqual(self.server.advance(by="PT1H")["to"], "2026-08-07T11:10:00.001Z")
        self.assertEqual(self.server.now(), "2026-08-07T11:10:00.001Z")

    def test_advance_back_is_refused(self):
        answer = self.admin("POST", "/clock/advance", {"to": "2026-08-07T09:59:59.999Z"})
        self.assert_refused(answer, 400, "to")
        self.assertEqual(self.server.now(), "2026-08-07T10:00:00Z")

    def test_advance_to_the_end_of_time(self):
        for by in ("100000d", "3000000d", "99999999d"):
            answer = self.admin("POST", "/clock/advance", {"by": by})
            self.assertIn(answer.status, (200, 400))
        self.assertIn(self.tenant.try_add().status, (200, 400, 503))
        self.admin("POST", "/reset")
        self.assertEqual(self.server.now(), "2026-08-07T10:00:00Z")

    def transitions(self, answer):
        return [(one["exportId"], one["entityType"], one["previousStatus"], one["status"], one["at"])
                for one in answer["transitions"]]

    def test_transitions_crossed(self):
        bill = self.tenant.add("Bill")["Id"]
        self.server.advance(by="1s")
        payment = self.tenant.add("Payment")["Id"]
        self.assertEqual(self.transitions(self.server.advance(by="999ms")), [])
        self.assertEqual(self.transitions(self.server.advance(by="1ms")), [
            (bill, "Bill", "Pending", "Processing", "2026-08-07T10:00:02Z")])
        self.assertEqual(self.transitions(self.server.advance(by="6s")), [
            (payment, "Payment", "Pending", "Processing", "2026-08-07T10:00:03Z"),
            (bill, "Bill", "Processing", "Success", "2026-08-07T10:00:07Z"),
            (payment, "Payment", "Processing", "Success", "2026-08-07T10:00:08Z")])
        self.assertEqual(self.transitions(self.server.advance(by="30d")), [
            (bill, "Bill", "Success", "Expired", "2026-08-14T10:00:07Z"),
            (payment, "Payment", "Success", "Expired", "2026-08-14T10:00:08Z")])
        self.assertEqual(self.transitions(self.server.advance(by="30d")), [])

    def test_until_the_next_event(self):
        bill = self.tenant.add("Bill")["Id"]
        self.server.advance(by="1s")
        payment = self.tenant.add("Payment")["Id"]
        for to, who, status in (("2026-08-07T10:00:02Z", bill, "Processing"),
                                ("2026-08-07T10:00:03Z", payment, "Processing"),
                                ("2026-08-07T10:00:07Z", bill, "Success"),
                                ("2026-08-07T10:00:08Z", payment, "Success"),
                                ("2026-08-14T10:00:07Z", bill, "Expired"),
                                ("2026-08-14T10:00:08Z", payment, "Expired")):
            answer = self.server.advance(until="next-event")
            self.assertEqual(answer["to"], to)
            self.assertEqual([(one["exportId"], one["status"]) for one in answer["transitions"]],
                             [(who, status)])
            self.assertEqual(self.tenant.status(who), status)
        answer = self.server.advance(until="next-event")
        self.assertEqual((answer["from"], answer["transitions"]), (answer["to"], []))

    def test_clocks_of_tenants(self):
        other = Tenant(self.server)
        exports = [self.tenant.add(), other.add()]
        answer = self.tenant.advance(by="2s")
        self.assertEqual([one["exportId"] for one in answer["transitions"]], [exports[0]["Id"]])
        self.assertEqual(self.server.now(), "2026-08-07T10:00:00Z")
        self.assertEqual(self.server.now(self.tenant.access_token), "2026-08-07T10:00:02Z")
        self.assertEqual(self.server.now(other.access_token), "2026-08-07T10:00:00Z")
        self.assertEqual([tenant.status(export) for tenant, export in
                          zip((self.tenant, other), exports)], ["Processing", "Pending"])
        answer = self.server.advance(until="next-event")
        self.assertEqual([one["exportId"] for one in answer["transitions"]], [exports[1]["Id"]])
        answer = self.tenant.advance(until="next-event")
        self.assertEqual(answer["to"], "2026-08-07T10:00:07Z")
        self.admin("PUT", "/clock", {"now": "2030-01-01T00:00:00Z"})
        self.assertEqual(self.server.now(self.tenant.access_token), "2026-08-07T10:00:07Z")
        self.assertEqual(self.server.now(other.access_token), "2030-01-01T00:00:00Z")

    def test_a_clock_may_be_set_before_the_first_request(self):
        tenant = Tenant(self.server, "odd client", "odd & token/%+\u00e9")
        target = "/__admin/clock?accessToken=odd%20%26%20token%2F%25%2B%C3%A9"
        body = b'{"now":"2027-01-01T00:00:00Z"}'
        self.assertEqual(self.server.request("PUT", target, body).status, 200)
        tenant.add()
        self.assertEqual(self.server.request("GET", target).json["now"], "2027-01-01T00:00:00Z")
        answer = self.server.request("POST", target.replace("clock", "clock/advance"),
                                     b'{"until":"next-event"}')
        self.assertEqual(answer.json["to"], "2027-01-01T00:00:02Z")
        self.assertEqual(self.server.now(), "2026-08-07T10:00:00Z")

    def test_polls_are_no_events(self):
        server = self.start("--pending", "2 polls", "--processing", "2 polls")
        tenant = Tenant(server)
        export = tenant.add()
        self.assertEqual(server.advance(until="next-event")["transitions"], [])
        for status in ("Pending", "Pending", "Processing", "Processing", "Success"):
            self.assertEqual(tenant.status(export), status)
        self.assertEqual(server.advance(until="next-event")["transitions"][0]["status"], "Expired")


class ResetTest(AdminCase):
    def test_everything_is_as_at_the_start(self):
        export = self.tenant.add()
        other = Tenant(self.server)
        other.add()
        other.advance(by="1h")
        self.server.advance(by="1d")
        self.assertEqual(self.admin("POST", "/reset").status // 100, 2)
        self.assertEqual(self.server.now(), "2026-08-07T10:00:00Z")
        self.assertEqual(self.server.now(other.access_token), "2026-08-07T10:00:00Z")
        self.assertEqual(self.tenant.get_all(export["Id"]), [])
        self.assertEqual(self.admin("GET", "/exports").json["Exports"], [])
        self.assertEqual(self.admin("GET", "/exports/" + export["Id"]).status, 404)
        self.assertEqual(self.tenant.add()["Status"], "Pending")

    def test_the_speed_too(self):
        self.admin("PUT", "/clock", {"speed": 60})
        self.admin("POST", "/reset")
        self.assertEqual(self.admin("GET", "/clock").json,
                         {"now": "2026-08-07T10:00:00Z", "speed": 0})

    def test_one_tenant(self):
        other = Tenant(self.server)
        exports = [self.tenant.add(), other.add()]
        self.tenant.advance(by="1h")
        other.advance(by="1s")
        answer = self.admin("POST", "/reset", access_token=self.tenant.access_token)
        self.assertEqual(answer.status // 100, 2)
        self.assertEqual(self.tenant.get_all(exports[0]["Id"]), [])
        self.assertEqual(other.status(exports[1]), "Pending")
        self.assertEqual(self.server.now(self.tenant.access_token), "2026-08-07T10:00:00Z")
        self.assertEqual(self.server.now(other.access_token), "2026-08-07T10:00:01Z")
        self.assertEqual(self.tenant.add()["Status"], "Pending")

    def test_a_tenant_nobody_knows(self):
        export = self.tenant.add()
        self.server.advance(by="1s")
        answer = self.admin("POST", "/reset", access_token="never seen")
        self.assertEqual(answer.status // 100, 2)
        self.assertEqual(self.tenant.status(export), "Pending")
        self.assertEqual(self.server.now(), "2026-08-07T10:00:01Z")

    def test_the_same_run_again(self):
        """Same start, same requests: the same ids and links."""
        def run():
            tenants = [Tenant(self.server, "client", "access"), Tenant(self.server, *DEMO[1][:2])]
            exports = [tenant.add("Bill") for tenant in tenants]
            self.server.advance(by="7s")
            return [tenant.get(export) for tenant, export in zip(tenants, exports)]

        first = run()
        self.admin("POST", "/reset")
        self.assertEqual(run(), first)


class ExportsTest(AdminCase):
    def report(self, export):
        answer = self.admin("GET", "/exports/" + export["Id"])
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def test_one(self):
        export = self.tenant.add("Bill")
        report = self.report(export)
        self.assertEqual({name: report[name] for name in export}, export)
        self.assertEqual(report["CreatedUtc"], "2026-08-07T10:00:00Z")
        self.assertEqual(report["Transitions"], [
            {"Status": "Pending", "AtUtc": "2026-08-07T10:00:00Z"},
            {"Status": "Processing", "AtUtc": "2026-08-07T10:00:02Z"},
            {"Status": "Success", "AtUtc": "2026-08-07T10:00:07Z"},
            {"Status": "Expired", "AtUtc": "2026-08-14T10:00:07Z"}])
        self.assertEqual((report["Plan"]["Pending"], report["Plan"]["Processing"],
                          report["Plan"]["Outcome"]), ("2s", "5s", "Success"))
        self.assertNotIn(self.tenant.access_token, json.dumps(report))
        self.assertNotIn(self.tenant.client_token, json.dumps(report))

    def test_looking_is_no_poll(self):
        server = self.start("--pending", "1 polls")
        tenant = Tenant(server)
        export = tenant.add()
        for _ in range(3):
            answer = server.admin("GET", "/exports/" + export["Id"])
            self.assertEqual(answer.json["Status"], "Pending")
            server.admin("GET", "/exports")
        self.assertEqual(tenant.status(export), "Pending")
        self.assertEqual(tenant.status(export), "Processing")

    def test_list(self):
        other = Tenant(self.server)
        mine = [self.tenant.add(entity_type)["Id"] for entity_type in TYPES]
        theirs = [other.add("Bill")["Id"]]
        listed = self.admin("GET", "/exports").json["Exports"]
        self.assertEqual([export["Id"] for export in listed], mine + theirs)
        for tenant, ids in ((self.tenant, mine), (other, theirs), (Tenant(self.server), [])):
            listed = self.admin("GET", "/exports", access_token=tenant.access_token).json["Exports"]
            self.assertEqual([export["Id"] for export in listed], ids)
        self.assertEqual(self.report({"Id": mine[0]}), self.admin("GET", "/exports").json["Exports"][0])

    def test_unknown(self):
        for one in (NOBODY, "x", "%00", NOBODY[:-1], "'"):
            self.assert_refused(self.admin("GET", "/exports/" + one), 404)
            self.assert_refused(self.admin("PUT", "/exports/%s/state" % one, {"Status": "Failed"}),
                                404)

    def test_of_another_tenant(self):
        export = self.tenant.add()
        for access_token in (Tenant(self.server).access_token, "never seen"):
            path = "/exports/" + export["Id"]
            self.assert_refused(self.admin("GET", path, None, access_token), 404)
            self.assert_refused(self.admin("PUT", path + "/state", {"Status": "Failed"},
                                           access_token), 404)
        answer = self.admin("GET", path, None, self.tenant.access_token)
        self.assertEqual(answer.json["Status"], "Pending")

    def downloads(self, export):
        return [file["Downloads"] for file in self.report(export)["Files"]]

    def test_downloads_are_counted(self):
        export = self.tenant.finished("Bill")
        self.server.advance(by="1s")
        file = export["Files"][0]
        none = {"RequestCount": 0, "CompletedCount": 0, "SentBytes": 0, "Ranges": []}
        self.assertEqual(self.downloads(export)[0], none)
        self.server.get(file["Url"])
        self.server.get(file["Url"], Range="bytes=0-9")
        self.server.head(file["Url"])
        self.server.get(file["Url"][:-3])
        size = file["SizeInBytes"]
        expected = {"RequestCount": 2, "CompletedCount": 2, "SentBytes": size + 10,
                    "Ranges": [[0, size]]}
        self.assertEqual(self.downloads(export)[0], expected)
        for others in self.downloads(export)[1:]:
            self.assertEqual(others, none)

    def test_a_broken_download_is_not_complete(self):
        server = self.start("--rows", "OrderItem=30000", "--max-file-size", "100000000")
        tenant = Tenant(server)
        export = tenant.finished("OrderItem")
        with server.connect(receive_buffer=4096) as sock:
            sock.sendall(raw_request(server.target(export["Files"][0]["Url"])))
            Reader(sock).file.read(1000)
        downloads = {"RequestCount": 0}
        while downloads["RequestCount"] == 0:
            answer = server.admin("GET", "/exports/" + export["Id"])
            downloads = answer.json["Files"][0]["Downloads"]
        self.assertEqual((downloads["RequestCount"], downloads["CompletedCount"]), (1, 0))
        self.assertLess(downloads["SentBytes"], export["Files"][0]["SizeInBytes"])

    def test_force(self):
        for status in ("Pending", "Processing", "Success", "Failed", "Expired"):
            tenant = Tenant(self.server)
            export = tenant.add()
            answer = self.admin("PUT", "/exports/%s/state" % export["Id"], {"Status": status})
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual(answer.json["Status"], status)
            self.assertEqual(tenant.status(export), status)
            self.assertEqual(self.report(export)["Status"], status)

    def test_force_never_puts_two_in_flight(self):
        first = self.tenant.add()
        self.tenant.force(first, "Failed")
        second = self.tenant.add()
        answer = self.admin("PUT", "/exports/%s/state" % first["Id"], {"Status": "Processing"})
        self.assert_refused(answer, 409)
        self.assertEqual(self.tenant.status(first), "Failed")
        self.tenant.force(second, "Success")
        self.tenant.force(first, "Processing")
        self.assertEqual(self.tenant.try_add().status, 400)

    def test_bad_states(self):
        export = self.tenant.add()
        for body in (b"", b"{}", b"[]", b'"Failed"', b'{"Status":1}', b'{"Status":null}',
                     b'{"Status":"failed"}', b'{"Status":"x"}', b'{"status":"Failed"}',
                     b'{"Status":"Failed","x":1}', b'{"Status":"Failed"'):
            with self.subTest(body=body):
                answer = self.server.request("PUT", "/__admin/exports/%s/state" % export["Id"], body)
                self.assert_refused(answer, 400)
        self.assertEqual(self.tenant.status(export), "Pending")


class GuardTest(AdminCase):
    ENDPOINTS = (("GET", "/clock", None), ("POST", "/reset", None), ("GET", "/exports", None),
                 ("PUT", "/clock", {"speed": 0}), ("POST", "/clock/advance", {"by": "1s"}),
                 ("GET", "/exports/" + NOBODY, None), ("GET", "/nowhere", None))

    def test_token(self):
        server = self.start("--admin-token", "s3cret")
        for method, path, value in self.ENDPOINTS:
            for fields in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Bearer"},
                           {"Authorization": "Bearer s3cre"}, {"Authorization": "Bearer s3crett"},
                           {"Authorization": "Basic s3cret"}, {"Authorization": "s3cret"},
                           {"Authorization": "Bearer S3CRET"}, {"Authorization": ""}):
                with self.subTest(path, fields=fields):
                    answer = server.admin(method, path, value, **fields)
                    self.assert_refused(answer, 401)
                    self.assertIn("bearer", answer.fields["www-authenticate"].lower())
                    self.assertNotIn(b"s3cret", answer.body)
        self.assertEqual(server.admin("GET", "/health").status, 200)
        for method, path, value in self.ENDPOINTS:
            for scheme in ("Bearer", "bearer"):
                answer = server.admin(method, path, value, Authorization=scheme + " s3cret")
                self.assertIn(answer.status, (200, 204, 404), answer)

    def test_the_token_is_not_for_the_api(self):
        server = self.start("--admin-token", "s3cret")
        self.assertEqual(Tenant(server).add()["Status"], "Pending")

    def test_foreign_sites(self):
        port = self.server.port
        for host in ("example.org", "example.org:%d" % port, "127.0.0.1.example.org",
                     "localhost.example.org:80", "10.0.0.1", "[::2]:80", "x", "127.0.0.1@evil"):
            for method, path, value in self.ENDPOINTS:
                answer = self.admin(method, path, value, Host=host)
                self.assert_refused(answer, 403)
        for origin in ("http://example.org", "https://example.org:%d" % port, "null", "http://",
                       "http://localhost.example.org", "file://", "x"):
            for method, path, value in self.ENDPOINTS:
                answer = self.admin(method, path, value, Origin=origin)
                self.assert_refused(answer, 403)
        self.assertEqual(self.server.now(), "2026-08-07T10:00:00Z")

    def test_own_sites(self):
        port = self.server.port
        for host in ("localhost", "localhost:%d" % port, "127.0.0.1", "127.0.0.1:%d" % port,
                     "[::1]:%d" % port, "LOCALHOST:1"):
            self.assertEqual(self.admin("GET", "/clock", Host=host).status, 200)
        for origin in ("http://localhost:%d" % port, "http://127.0.0.1:3000", "http://[::1]"):
            self.assertEqual(self.admin("GET", "/clock", Origin=origin).status, 200)

    def test_trusted_network(self):
        server = self.start("--admin-token", "none")
        self.assertEqual(server.admin("GET", "/clock", Host="mock:8080").status, 200)

    def test_a_foreign_host_may_use_the_api(self):
        body = json.dumps(self.tenant.body(ExportIds=[NOBODY])).encode()
        answer = self.server.request("POST", API + "getAll", body, {"Host": "mock:8080"})
        self.assertEqual(answer.status, 200)


class ThrottleTest(LooseCase):
    def test_never(self):
        server = self.start(limit="1/1h")
        tenant = Tenant(server)
        tenant.add()
        self.assertEqual(tenant.try_add("Bill").status, 429)
        for _ in range(300):
            self.assertEqual(server.admin("GET", "/clock", None, tenant.access_token).status, 200)
            self.assertEqual(server.admin("GET", "/exports").status, 200)


if __name__ == "__main__":
    main()
