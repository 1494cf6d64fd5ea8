#!/usr/bin/env python3
"""Which scenario holds for whom, and what it leaves alone: options, tokens, the admin API.

Source: interface, sections 1, 3, 4 and 5; docs/scenarios.md, docs/admin.md.
"""

import json
import os
import subprocess

from harness import (DEMO, DEMO_ENTERPRISE, NOBODY, WAIT_S, LooseCase, Server, ServerCase, Tenant,
                     clean_environment, main)
from files_test import write_fixtures
from wire import Player

IN_PROGRESS = "An export of this entity type is already in progress."
UNAUTHORIZED = "Cannot perform operation or session has expired."
ENTERPRISES = ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222")


def last_state(tenant, entity_type="Bill"):
    """How an export ends: Success, Failed, or the state that it has for ever."""
    export = tenant.add(entity_type)
    while tenant.status(export) in ("Pending", "Processing"):
        if not tenant.advance(until="next-event")["transitions"]:
            break
    return tenant.status(export)


class Case(LooseCase):
    def file(self, text, name="mine.jsonc"):
        return os.path.join(write_fixtures(self, {name: text.encode()}), name)

    def refused(self, *options):
        """What a server says that does not start."""
        done = subprocess.run([Server.program, "--port", "0", *options], timeout=WAIT_S,
                              env=clean_environment(), capture_output=True, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(done.stdout, b"")
        message = done.stderr.decode()
        self.assertEqual(message.count("\n"), 1, message)
        return message


class OptionTest(Case):
    def test_name(self):
        server = self.start("--scenario", "fails")
        self.assertEqual(server.admin("GET", "/scenario").json["name"], "fails")
        self.assertEqual([last_state(Tenant(server)) for _ in range(2)], ["Failed"] * 2)

    def test_environment(self):
        server = self.start(environment={"EXPORTS_MOCK_SCENARIO": "stuck-pending"})
        self.assertEqual(last_state(Tenant(server)), "Pending")

    def test_file(self):
        path = self.file("""// mine
            {"name": "second-fails", /* of
            any type */ "exports": [{"match": {"nth": 2}, "lifecycle": {"outcome": "Failed"}}]}""")
        server = self.start("--scenario", path)
        shown = server.admin("GET", "/scenario").json
        self.assertEqual((shown["name"], len(shown["exports"])), ("second-fails", 1))
        for _ in range(2):
            tenant = Tenant(server)
            self.assertEqual([last_state(tenant, kind) for kind in ("Bill", "Payment", "Bill")],
                             ["Success", "Failed", "Success"])

    def test_what_cannot_be_meant_stops_the_start(self):
        path = self.file('{"faults": [{"on": "add", "delay": "1s"}, {"on": "ad", "delay": "1s"}]}')
        self.assertIn("mine.jsonc: faults[1].on", self.refused("--scenario", path))
        self.assertIn("gone.jsonc", self.refused("--scenario", path + "/gone.jsonc"))
        self.assertIn('did you mean "download-stalls"', self.refused("--scenario", "download-stall"))
        self.assertIn("longer than 1 MiB", self.refused("--scenario", self.file(" " * (1 << 20) + "{}")))


class AdminTest(Case):
    def setUp(self):
        self.server = self.start()

    def put(self, scenario, tenant=None):
        answer = self.server.admin("PUT", "/scenario", scenario,
                                   tenant and tenant.access_token)
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.json, self.shown(tenant))
        return answer.json

    def shown(self, tenant=None):
        return self.server.admin("GET", "/scenario", None, tenant and tenant.access_token).json

    def delete(self, tenant=None):
        answer = self.server.admin("DELETE", "/scenario", None, tenant and tenant.access_token)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def test_none(self):
        self.assertEqual(self.shown(), {})
        self.assertEqual(self.delete(), {})

    def test_of_a_tenant_beside_that_of_the_server(self):
        early, late, other = [Tenant(self.server) for _ in range(3)]
        early.add("Payment")
        self.put("fails")
        self.put({"name": "mine", "lifecycle": {"pending": "never"}}, late)
        self.assertEqual(self.shown(early)["name"], "fails")
        self.assertEqual(self.shown(late)["name"], "mine")
        self.assertEqual([last_state(one) for one in (early, late, other)],
                         ["Failed", "Pending", "Failed"])
        # An export keeps the life that it was added for.
        self.put("happy")
        self.assertEqual([last_state(one, "Reservation") for one in (early, late, other)],
                         ["Success", "Pending", "Success"])
        self.assertEqual(self.delete(late)["name"], "happy")
        self.assertEqual(last_state(late, "Customer"), "Success")
        self.assertEqual(self.delete(), {})
        self.assertEqual(self.shown(late), {})

    def test_a_tenant_that_has_not_come_yet(self):
        tenant = Tenant(self.server)
        self.put("fails", tenant)
        self.assertEqual(self.shown(), {})
        self.assertEqual(last_state(tenant), "Failed")
        self.assertEqual(self.delete(Tenant(self.server)), {})

    def test_in_the_place_of_a_suffix(self):
        player = Player(self.server, "fails")
        self.assertEqual(last_state(player), "Failed")
        self.put("happy", player)
        self.assertEqual(last_state(player), "Success")
        self.server.admin("POST", "/reset", None, player.access_token)
        self.assertEqual(last_state(player), "Failed")

    def test_what_it_counts_begins_anew(self):
        tenant = Tenant(self.server)
        scenario = {"faults": [{"on": "add", "nth": 1, "respond": {"status": 418, "body": "{}"}}]}
        for _ in range(2):
            self.put(scenario, tenant)
            self.assertEqual(tenant.try_add("Bill").status, 418)
            self.assertIn(tenant.try_add("Bill").status, (200, 400))
        self.assertEqual(self.server.admin("POST", "/reset", None, tenant.access_token).status, 200)
        self.assertEqual(self.shown(tenant), {})

    def test_what_is_shown_means_the_same(self):
        names = [one["name"] for one in self.server.admin("GET", "/scenarios").json["scenarios"]]
        tenant = Tenant(self.server)
        for name in names:
            shown = self.put(name, tenant)
            self.assertEqual(self.put(shown, tenant), shown)

    def test_reset_restores(self):
        server = self.start("--scenario", "fails")
        mine = Player(server, "stuck-pending")
        tenant = Tenant(server)
        for one in (None, mine.access_token, tenant.access_token):
            self.assertEqual(server.admin("PUT", "/scenario", "happy", one).status, 200)
        self.assertEqual([last_state(one) for one in (mine, tenant)], ["Success", "Success"])
        server.admin("POST", "/reset")
        self.assertEqual(server.admin("GET", "/scenario").json["name"], "fails")
        self.assertEqual([last_state(one) for one in (mine, tenant)], ["Pending", "Failed"])
        self.assertEqual(server.admin("DELETE", "/scenario").json, {})
        self.assertEqual(last_state(Tenant(server)), "Success")
        server.admin("POST", "/reset")
        self.assertEqual(last_state(Tenant(server)), "Failed")

    def refused(self, body, word):
        answer = self.server.request("PUT", "/__admin/scenario", body)
        self.assertEqual(answer.status, 400, answer)
        self.assertIn(word, answer.json["Details"])
        self.assertEqual(self.shown(), {})

    def test_hostile_bodies(self):
        fault = b'{"on":"add","delay":"1s"}'
        many = b'{"faults":[%s]}' % b",".join([fault] * 64)
        self.assertEqual(self.server.request("PUT", "/__admin/scenario", many).status, 200)
        self.delete()
        for body, word in (
                (b'{"faults":[%s]}' % b",".join([fault] * 65), "faults"),
                (b'{"planted":[%s]}' % b",".join([b'{"status":"Failed"}'] * 65), "planted"),
                (b'{"exports":[%s]}' % b",".join(
                    [b'{"match":{"nth":%d},"data":{"size":"tiny"}}' % i for i in range(1, 66)]),
                 "exports"),
                (b'{"name":"a","name":"b"}', "name"),
                (b'{"lifecycle":{"pending":"1s","pending":"2s"}}', "lifecycle.pending"),
                (b'{"nmae":"x"}', "did you mean"),
                (b'{"name":"%s"}' % (b"x" * 65), "name"),
                (b'{"faults":[{"on":"add","respond":{"status":500,"body":"%s"}}]}' % (b"x" * 65537),
                 "faults[0].respond.body"),
                (b'{"faults":[{"on":"add","respond":{"status":199}}]}', "faults[0].respond.status"),
                (b'{"faults":[{"on":"add","delay":1e999}]}', "faults[0].delay"),
                (b'{"faults":[{"on":"download","match":{"file":-1},"delay":"1s"}]}', "file"),
                (b"[" * 100000, ""), (b'{"data":' * 100000, ""), (b"[]", ""), (b"7", ""),
                (b"null", ""), (b"", ""), (b"{", ""), (b'{"name":"\xff"}', ""), (b"fail", "fails"),
                (b'"fail"', "fails"), (b'"fails"x', ""), (b'{"name":"\\ud800"}', "")):
            with self.subTest(body[:60]):
                self.refused(body, word)

    def test_bodies_that_are_too_long(self):
        for length in (1 << 20, 4 << 20):
            body = b"{" + b" " * length + b"}"
            answer = self.server.raw(b"PUT /__admin/scenario HTTP/1.1\r\nHost: localhost\r\n"
                                     b"Content-Length: %d\r\n\r\n" % len(body) + body)
            self.assertEqual(answer.status, 413)
            self.assertEqual(self.shown(), {})
        self.assertEqual(Tenant(self.server).add("Bill")["Status"], "Pending")


class SuffixTest(Case):
    def assert_unauthorized(self, tenant, *words):
        answer = tenant.try_add("Bill")
        self.assert_error(answer, 401, UNAUTHORIZED)
        for word in words:
            self.assertIn(word, answer.json["Details"])

    def test_behind_any_token(self):
        server = self.start("--scenario", "fails")
        base = Tenant(server)
        plus = Tenant(server, base.client_token, base.access_token + "+stuck-processing")
        happy = Tenant(server, base.client_token, base.access_token + "+more+happy")
        self.assertEqual([last_state(one) for one in (base, plus, happy)],
                         ["Failed", "Processing", "Success"])

    def test_a_world_of_its_own(self):
        server = self.start()
        base = Tenant(server, *DEMO[1][:2])
        plus = Tenant(server, base.client_token, base.access_token + "+fails")
        mine = base.add("Bill")
        theirs = plus.add("Bill")
        self.assertEqual(theirs["Scope"], mine["Scope"])
        self.assertEqual((base.get_all(theirs["Id"]), plus.get_all(mine["Id"])), ([], []))
        for tenant in (base, plus):
            tenant.advance(by="7s")
        self.assertEqual((base.status(mine), plus.status(theirs)), ("Success", "Failed"))

    def test_behind_demo_tokens(self):
        server = self.start()
        for client_token, access_token in [pair[:2] for pair in DEMO]:
            plus = Tenant(server, client_token, access_token + "+fails")
            self.assertEqual(last_state(plus), "Failed")
            self.assert_unauthorized(Tenant(server, "another", access_token + "+fails"),
                                     "ClientToken")
        answer = Tenant(server, DEMO[0][0], DEMO[0][1] + "+happy").try_add(
            "Bill", Scope={"EnterpriseIds": [DEMO_ENTERPRISE]})
        self.assertEqual(answer.status, 200, answer)

    def test_names_that_are_not_there(self):
        server = self.start()
        for name, nearest in (("download-truncate", "download-truncated"), ("hapy", "happy"),
                              ("rate-limit", "rate-limited"), ("sluw", "slow")):
            self.assert_unauthorized(Tenant(server, "c", "a+" + name), '"%s"' % nearest)
        self.assert_unauthorized(Tenant(server, "c", "a+nothing-like-it"), "exports-mock scenarios")
        for other in ("a+", "+happy", "a+Happy", "a+1", "a+b c", "a+/w=="):
            self.assertEqual(last_state(Tenant(server, "c", other)), "Success")
        # By the admin API, too.
        answer = server.admin("PUT", "/clock", {"speed": 0}, "a+hapy")
        self.assertEqual(answer.status, 400, answer)
        self.assertIn('"happy"', answer.json["Details"])

    def tokens(self, *entries):
        return self.file(json.dumps(entries), "tokens.json")

    def test_listed_tokens(self):
        listed = {"ClientToken": "c", "AccessToken": "a", "Enterprises": [ENTERPRISES[0]],
                  "Scenario": "fails"}
        plain = {"ClientToken": "c", "AccessToken": "b", "Enterprises": [ENTERPRISES[1]]}
        server = self.start("--tokens", self.tokens(listed, plain))
        mine, base = Tenant(server, "c", "a"), Tenant(server, "c", "b")
        self.assertEqual([last_state(one) for one in (mine, base)], ["Failed", "Success"])
        self.assertEqual(server.admin("GET", "/scenario", None, "a").json["name"], "fails")
        for access_token, enterprise in (("a+stuck-pending", ENTERPRISES[0]),
                                         ("b+stuck-pending", ENTERPRISES[1])):
            plus = Tenant(server, "c", access_token)
            self.assertEqual(last_state(plus), "Pending")
            export = plus.add("Payment")
            report = server.admin("GET", "/exports/" + export["Id"]).json
            self.assertEqual(report["Scope"]["EnterpriseIds"], [enterprise])
        self.assert_unauthorized(Tenant(server, "c", "d+fails"), "--tokens")
        self.assert_unauthorized(Tenant(server, "d", "a+fails"), "ClientToken")
        self.assert_unauthorized(Tenant(server, "c", "a+fail"), '"fails"')
        # Its own again after a reset, and after another one was in its place.
        self.assertEqual(server.admin("PUT", "/scenario", "happy", "a").status, 200)
        self.assertEqual(last_state(mine), "Success")
        server.admin("POST", "/reset")
        self.assertEqual(last_state(mine), "Failed")

    def test_a_scenario_that_is_not_there_stops_the_start(self):
        path = self.tokens({"ClientToken": "c", "AccessToken": "a", "Scenario": "fail"})
        message = self.refused("--tokens", path)
        self.assertIn("[0].Scenario", message)
        self.assertIn('did you mean "fails"', message)


class EverythingBreaksTest(Case):
    """A world in which every request is hit."""

    def test_the_admin_api_is_left_alone(self):
        everything = ["add", "getAll", "download"]
        server = self.start("--scenario", self.file(json.dumps({"faults": [
            {"on": everything, "probability": 1, "cut": {"how": "reset"}},
            {"on": everything, "probability": 1, "delay": "1ms"}]})))
        player = Player(server)
        for operation in ("add", "getAll"):
            with player.send(operation, EntityType="Bill", ExportIds=[NOBODY]) as wire:
                self.assertEqual((wire.ended(), wire.data), ("reset", b""))
            self.assertEqual(player.journal()[-1]["faults"], [0, 1])
        server.advance(by="7s")
        export = server.admin("GET", "/exports").json["Exports"][0]
        self.assertEqual(export["Status"], "Success")
        with player.fetch(export["Files"][0]) as wire:
            self.assertEqual((wire.ended(), wire.data), ("reset", b""))
        # Not the file host either, where it does not serve a file.
        self.assertEqual(server.head(export["Files"][0]["Url"]).status, 200)
        self.assertEqual(server.get(export["Files"][0]["Url"][:-3]).status, 403)
        for path in ("/health", "/clock", "/exports", "/exports/" + export["Id"], "/requests",
                     "/requests/count", "/scenario", "/scenarios", "/conduct"):
            for access_token in (None, player.access_token):
                if access_token and path in ("/health", "/scenarios"):
                    continue
                self.assertEqual(server.admin("GET", path, None, access_token).status, 200, path)
        self.assertEqual(len(player.rows(export, 1)), export["Files"][0]["SizeInBytes"])
        planted = server.admin("POST", "/exports", {"EntityType": "Payment", "Status": "Failed"},
                               player.access_token)
        self.assertEqual(planted.status, 201, planted)
        state = "/exports/%s/state" % planted.json["Id"]
        self.assertEqual(server.admin("PUT", state, {"Status": "Success"}).status, 200)
        self.assertEqual(server.admin("DELETE", "/requests").status, 200)
        self.assertEqual(server.admin("DELETE", "/scenario", None, player.access_token).status, 200)
        self.assertEqual(server.admin("POST", "/reset").status, 200)

    def test_every_storage_has_its_own_words(self):
        for storage, texts in (
                ("azure", {500: b"<Code>InternalError</Code>", 503: b"<Code>ServerBusy</Code>",
                           403: b"<Code>AuthenticationFailed</Code>",
                           404: b"<Code>BlobNotFound</Code>"}),
                ("s3", {500: b"<Code>InternalError</Code>", 503: b"<Code>SlowDown</Code>",
                        403: b"<Code>SignatureDoesNotMatch</Code>",
                        404: b"<Code>NoSuchKey</Code>"}),
                ("gcs", {500: b"<Code>InternalError</Code>",
                         503: b"<Code>ServiceUnavailable</Code>",
                         403: b"<Code>SignatureDoesNotMatch</Code>",
                         404: b"<Code>NoSuchKey</Code>"}),
                ("plain", {500: b"The server has failed", 503: b"The server is busy",
                           403: b"signature is wrong", 404: b"There is no such file"})):
            server = self.start("--storage", storage)
            player = Player(server)
            file = player.finished("Bill")["Files"][0]
            for status, text in texts.items():
                with self.subTest(storage, status=status):
                    player.put_scenario({"faults": [{"on": "download", "respond": {
                        "status": status, "retryAfter": "1500ms"}}]})
                    answer = player.download(file)
                    self.assertEqual(answer.status, status)
                    self.assertIn(text, answer.body)
                    self.assertEqual(answer.fields["retry-after"], "2")
                    self.assertNotIn("etag", answer.fields)
                    self.assertIn("plain" if storage == "plain" else "xml",
                                  answer.fields["content-type"])
                    self.assertIn("answers %d" % status, "".join(player.journal()[-1]["why"]))
            player.put_scenario({"faults": [{"on": "download", "respond": {
                "status": 502, "body": "Bad gateway\n"}}]})
            answer = player.download(file)
            self.assertEqual((answer.status, answer.body), (502, b"Bad gateway\n"))


class PlantTest(ServerCase):
    def plant(self, status_code=201, tenant=None, **body):
        tenant = tenant or self.tenant
        answer = self.server.admin("POST", "/exports", {"EntityType": "Bill", **body},
                                   tenant.access_token)
        self.assertEqual(answer.status, status_code, answer)
        return answer.json

    def setUp(self):
        super().setUp()
        self.tenant.add("Customer")
        self.tenant.advance(by="10s")

    def test_a_stranger_in_the_way(self):
        planted = self.plant(Status="Processing", Stranger=True, Duration="20s")
        self.assertEqual((planted["Status"], planted["Planted"]), ("Processing", True))
        self.assertNotEqual(planted["ClientToken"], self.tenant.client_token[:4] + "…")
        self.assert_error(self.tenant.try_add("Bill"), 400, IN_PROGRESS)
        self.assertEqual(self.tenant.add("Payment")["Status"], "Pending")
        self.tenant.advance(by="19999ms")
        self.assert_error(self.tenant.try_add("Bill"), 400, IN_PROGRESS)
        crossed = self.tenant.advance(until="next-event")
        self.assertEqual([(one["exportId"], one["previousStatus"], one["status"])
                          for one in crossed["transitions"]],
                         [(planted["Id"], "Processing", "Success")])
        self.assertEqual(crossed["to"], "2026-08-07T10:00:30Z")
        self.tenant.add("Bill")

    def test_without_a_duration_it_goes_on_as_the_options_say(self):
        planted = self.plant(Status="Processing", Stranger=True)
        self.plant(409, Status="Pending", Stranger=True)
        self.plant(409, Status="Pending")
        crossed = self.tenant.advance(until="next-event")
        self.assertEqual((crossed["to"], crossed["transitions"][0]["exportId"]),
                         ("2026-08-07T10:00:15Z", planted["Id"]))
        self.tenant.add("Bill")

    def test_every_state(self):
        for status, files in (("Success", True), ("Failed", False), ("Expired", False)):
            planted = self.plant(Status=status)
            shown = self.tenant.get(planted)
            self.assertEqual((shown["Status"], bool(shown["Files"])), (status, files))
            self.assertEqual(self.server.admin("GET", "/exports/" + planted["Id"]).json["Planted"],
                             True)
        for file in self.tenant.get(self.plant(Status="Success"))["Files"]:
            self.assertEqual(len(self.server.get(file["Url"]).body), file["SizeInBytes"])

    def test_events_of_ones_own(self):
        planted = self.plant(Status="Pending", Duration="3s")
        for to, status in (("2026-08-07T10:00:13Z", "Processing"), ("2026-08-07T10:00:18Z", "Success"),
                           ("2026-08-14T10:00:07Z", None), ("2026-08-14T10:00:18Z", "Expired")):
            crossed = self.tenant.advance(until="next-event")
            self.assertEqual(crossed["to"], to)
            if status:
                self.assertEqual(crossed["transitions"][0]["exportId"], planted["Id"])
                self.assertEqual(self.tenant.status(planted), status)

    def test_before_the_tenant_has_come(self):
        tenant = Tenant(self.server)
        refused = self.plant(400, tenant, Status="Failed")
        self.assertIn("ClientToken", refused["Details"])
        planted = self.plant(tenant=tenant, Status="Success", ClientToken=tenant.client_token)
        self.assertEqual(tenant.status(planted), "Success")
        answer = self.server.admin("POST", "/exports", {"EntityType": "Bill", "Status": "Failed"})
        self.assertEqual(answer.status, 400)
        self.assertIn("accessToken", answer.json["Details"])

    def test_bad_ones(self):
        for body in ({}, {"EntityType": "Bil"}, {"Status": "Done"}, {"Stranger": 1},
                     {"Status": "Processing", "Duration": "x"}, {"Status": "Failed", "X": 1},
                     {"Status": "Success", "Scope": {"EnterpriseIds": [NOBODY]}}):
            with self.subTest(body):
                answer = self.server.admin("POST", "/exports",
                                           {"EntityType": "Bill", **body} if body else {},
                                           self.tenant.access_token)
                self.assertEqual(answer.status, 400, answer)
                self.assertTrue(answer.json["Details"])


if __name__ == "__main__":
    main()
