"""--state: what a server holds is there again after a restart, however the one before ended."""

import json
import os
import random
import re
import resource
import signal
import stat
import subprocess
import tempfile

from harness import (API, NOW, TYPES, WAIT_S, LooseCase, Server, Tenant, clean_environment, main,
                     wait_for)

BASE = "http://mock.test"
SCENARIO = {
    "name": "all-kinds",
    "lifecycle": {"processing": "3 polls"},
    "exports": [{"match": {"entityType": "Bill", "nth": 2},
                 "lifecycle": {"outcome": "Failed", "linkValidity": "1m"},
                 "data": {"rows": {"Bill": 7}}}],
    "faults": [{"on": "add", "match": {"entityType": "Payment"}, "nth": 3,
                "respond": {"status": 500}},
               {"on": "download", "match": {"file": 1, "attempt": 2}, "respond": {"status": 503}}],
}


def without(value, *names):
    """A JSON value without members of these names, at any depth."""
    if isinstance(value, dict):
        return {name: without(one, *names) for name, one in value.items() if name not in names}
    return [without(one, *names) for one in value] if isinstance(value, list) else value


def get_all(tenant, ids):
    """The bytes of an answer of getAll, without the links, which are new each time."""
    return re.sub(rb'"Url":"[^"]*"', b"", tenant.call("getAll", ExportIds=ids).body)


def all_of(server):
    """What a server holds, as far as it is kept; each answer has links of its own."""
    paths = ("/exports", "/tenants", "/clock", "/scenario", "/limits")
    return {path: without(server.admin("GET", path).json, "Ranges", "Url", "requests",
                          "Requests")
            for path in paths}


class StateCase(LooseCase):
    """Servers one after the other on one file."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(folder.name, "state.db")

    def begin(self, *options, **settings):
        return self.start("--state", self.path, "--public-url", BASE, *options, **settings)

    def again(self, server, with_signal=signal.SIGTERM, *options, **settings):
        """Ends a server and starts the next one, which is told nothing but the file."""
        code, errors = server.stop(with_signal)
        self.assertEqual(errors, b"")
        self.assertEqual(code, 0 if with_signal == signal.SIGTERM else -with_signal)
        return self.begin(*options, **settings)

    def refused(self, *options):
        """The one line with which a start is refused."""
        command = [Server.program, "--port", "0", "--state", self.path, *options]
        done = subprocess.run(command, capture_output=True, timeout=WAIT_S, text=True,
                              env=clean_environment())
        self.assertEqual(done.returncode, 1, done)
        self.assertEqual(done.stdout, "")
        self.assertRegex(done.stderr, r"\Aexports-mock: --state: [^\n]+\n\Z")
        return done.stderr

    def content(self):
        with open(self.path, "rb") as file:
            return file.read()

    def fetch(self, server, url, **fields):
        self.assertTrue(url.startswith(BASE))
        return server.request("GET", url[len(BASE):], None,
                              {name.replace("_", "-"): value for name, value in fields.items()})


class RoundTrip(StateCase):
    def fill(self, server):
        """One of everything; gives the tenants and a link."""
        plain, own, happy = Tenant(server), Tenant(server), Tenant(server, "c", "mine+happy")
        done = plain.finished("Reservation", Filters={"UpdatedUtc": {
            "StartUtc": "2026-07-01T00:00:00Z", "EndUtc": "2026-08-01T00:00:00Z"}})
        link = done["Files"][0]["Url"]
        self.assertEqual(self.fetch(server, link).status, 200)
        self.assertEqual(self.fetch(server, link, Range="bytes=0-9").status, 206)
        plain.add("LedgerEntry")
        own.advance(by="30m")
        own.add("Customer")
        happy.add()
        server.admin("PUT", "/scenario", SCENARIO)
        for entity_type in ("Bill", "Payment", "OrderItem"):
            own.add(entity_type)
        export = own.add("Company")
        own.advance(by="3s")
        self.assertEqual(own.status(export), "Processing")
        own.force(own.add("ResourceBlock"), "Failed")
        own.force(plain.add("Bill"), "Expired")
        for stranger, state in ((True, "Processing"), (False, "Success")):
            answer = server.admin("POST", "/exports", {
                "EntityType": "AvailabilityBlock" if stranger else "OrderItem", "Status": state,
                "Stranger": stranger, "Duration": "2h"}, plain.access_token)
            self.assertEqual(answer.status, 201, answer)
        return (plain, own, happy), link, export

    def check(self, with_signal):
        server = self.begin("--seed", 9, "--size", "tiny", "--max-file-size", "64KB")
        tenants, link, polled = self.fill(server)
        body = self.fetch(server, link).body
        ids = [one["Id"] for one in server.admin("GET", "/exports").json["Exports"]]
        before = all_of(server)
        shown = {tenant: get_all(tenant, ids) for tenant in tenants}
        server = self.again(server, with_signal)
        for tenant in tenants:
            tenant.server = server
        after = all_of(server)
        # getAll counted a poll of the export that is processed by polls.
        for held in before, after:
            for export in held["/exports"]["Exports"]:
                export.pop("Plan", None)
        self.assertEqual(after, before)
        self.assertEqual({tenant: get_all(tenant, ids) for tenant in tenants}, shown)
        self.assertEqual(self.fetch(server, link).status, 200)
        self.assertEqual(self.fetch(server, link).body, body)
        own = tenants[1]
        self.assertEqual(own.status(polled), "Success")
        return server, tenants

    def test_after_sigterm(self):
        self.check(signal.SIGTERM)

    def test_after_sigkill(self):
        self.check(signal.SIGKILL)

    def test_counts_of_a_story_go_on(self):
        server = self.begin()
        server.admin("PUT", "/scenario", SCENARIO)
        tenant = Tenant(server)
        tenant.force(tenant.add("Payment"), "Failed")
        tenant.force(tenant.add("Bill"), "Failed")
        tenant.force(tenant.add("Payment"), "Failed")
        tenant.server = server = self.again(server, signal.SIGKILL)
        self.assertEqual(tenant.try_add("Payment").status, 500)
        self.assertEqual(tenant.try_add("Payment").status, 200)
        bill = tenant.add("Bill")
        tenant.advance(by="10s")
        for _ in range(3):
            self.assertEqual(tenant.status(bill), "Processing")
        self.assertEqual(tenant.status(bill), "Failed")

    def test_what_is_in_flight_still_blocks_and_new_ids_are_new(self):
        server = self.begin()
        tenant = Tenant(server)
        first = tenant.add("Bill")
        tenant.server = server = self.again(server, signal.SIGKILL)
        answer = tenant.try_add("Bill")
        self.assertEqual(answer.status, 400)
        self.assertIn(first["Id"], answer.json["Details"])
        tenant.advance(by="1h")
        second = tenant.add("Bill")
        self.assertNotEqual(first["Id"], second["Id"])
        tenant.server = self.again(server)
        self.assertEqual([tenant.status(first), tenant.status(second)], ["Success", "Pending"])

    def test_an_attempt_is_counted_once(self):
        server = self.begin("--scenario", "download-unavailable-once")
        tenant = Tenant(server)
        link = tenant.finished()["Files"][0]["Url"]
        self.assertNotEqual(self.fetch(server, link).status, 200)
        server = self.again(server, signal.SIGKILL)
        self.assertEqual(self.fetch(server, link).status, 200)
        self.assertEqual(server.admin("GET", "/scenario").json["name"],
                         "download-unavailable-once")

    def test_reset_resets_the_file(self):
        server = self.begin()
        tenant, other = Tenant(server), Tenant(server)
        tenant.add()
        kept = other.add()
        server.admin("POST", "/reset", None, tenant.access_token)
        tenant.server = other.server = server = self.again(server, signal.SIGKILL)
        self.assertEqual([one["Id"] for one in server.admin("GET", "/exports").json["Exports"]],
                         [kept["Id"]])
        server.advance(by="1h")
        server.admin("PUT", "/scenario", "fails")
        server.admin("POST", "/reset")
        server = self.again(server, signal.SIGKILL)
        self.assertEqual(server.admin("GET", "/exports").json["Exports"], [])
        self.assertEqual(server.now(), NOW)
        self.assertEqual(server.admin("GET", "/scenario").json, {})

    def test_limits_are_kept_over_a_sound_end(self):
        server = self.begin(limit="2/1h")
        tenant = Tenant(server)
        bill = tenant.add("Bill")
        tenant.get(bill)
        tenant.server = self.again(server, limit="2/1h")
        self.assertEqual(tenant.call("getAll", ExportIds=[bill["Id"]]).status, 429)


class Clocks(StateCase):
    def run_again(self, server):
        code, errors = server.stop()
        self.assertEqual((code, errors), (0, b""))
        return self.start("--state", self.path, "--speed", "1", now=None)

    def test_a_clock_that_was_set_stands_still_meanwhile(self):
        server = self.start("--state", self.path, "--speed", "1", now=None)
        server.admin("PUT", "/clock", {"now": "2030-01-01T00:00:00Z", "speed": 0})
        server = self.run_again(server)
        self.assertEqual(server.admin("GET", "/clock").json,
                         {"now": "2030-01-01T00:00:00Z", "speed": 0})

    def test_a_running_clock_never_goes_back(self):
        server = self.start("--state", self.path, "--speed", "1", now=None)
        server.admin("PUT", "/clock", {"now": "2030-01-01T00:00:00Z", "speed": 1000})
        shown = server.now()
        server.stop(signal.SIGKILL)
        server = self.start("--state", self.path, "--speed", "1", now=None)
        self.assertGreaterEqual(server.now(), shown)
        self.assertLess(server.now(), "2030-01-02")

    def test_an_untouched_clock_shows_the_real_time(self):
        server = self.start("--state", self.path, "--speed", "1", now=None)
        before = server.now()
        server = self.run_again(server)
        self.assertGreaterEqual(server.now(), before)


class Crashes(StateCase):
    def act(self, server, tenants, chance):
        """One change, which was answered."""
        tenant = chance.choice(tenants)
        what = chance.randrange(7)
        if what < 3:
            tenant.try_add(chance.choice(TYPES))
        elif what == 3:
            tenant.advance(by=chance.choice(("1s", "3s", "10m")))
        elif what == 4:
            server.admin("POST", "/exports", {"EntityType": chance.choice(TYPES),
                                              "Status": chance.choice(("Success", "Failed")),
                                              "ClientToken": tenant.client_token},
                         tenant.access_token)
        elif what == 5:
            server.admin("PUT", "/scenario", chance.choice((SCENARIO, "fails", "slow")),
                         chance.choice((None, tenant.access_token)))
        else:
            exports = server.admin("GET", "/exports", None, tenant.access_token).json["Exports"]
            if exports:
                tenant.call("getAll", ExportIds=[export["Id"] for export in exports])

    def test_killed_between_answers(self):
        chance = random.Random(20260807)
        server = self.begin("--size", "tiny")
        tenants = [Tenant(server) for _ in range(3)]
        for _ in range(15):
            for _ in range(chance.randrange(1, 12)):
                self.act(server, tenants, chance)
            before = all_of(server)
            server = self.again(server, signal.SIGKILL)
            for tenant in tenants:
                tenant.server = server
            self.assertEqual(all_of(server), before)

    def test_killed_while_a_request_is_on_its_way(self):
        server = self.begin("--size", "tiny")
        for number in range(12):
            tenant = Tenant(server)
            before = all_of(server)["/exports"]["Exports"]
            body = json.dumps(tenant.body(EntityType="Bill")).encode()
            with server.connect() as sock:
                sock.sendall(b"POST %sadd HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
                             % (API.encode(), len(body), body))
                if number % 3 == 0:
                    sock.recv(1)
                server = self.again(server, signal.SIGKILL)
            after = all_of(server)["/exports"]["Exports"]
            self.assertEqual(after[:len(before)], before)
            if number % 3 == 0:
                self.assertEqual(len(after), len(before) + 1)

    def test_a_beginning_of_a_record_is_cut_off(self):
        server = self.begin("--size", "tiny")
        tenant = Tenant(server)
        tenant.add("Bill")
        kept = all_of(server)["/exports"]
        whole = len(self.content())
        tenant.add("Payment")
        more = all_of(server)["/exports"]
        server.stop(signal.SIGKILL)
        content = self.content()
        for length in [*range(whole, len(content), 41), len(content) - 1, len(content)]:
            with open(self.path, "wb") as file:
                file.write(content[:length])
            server = self.begin("--size", "tiny")
            self.assertEqual(all_of(server)["/exports"], more if length == len(content) else kept)
            self.assertEqual(server.stop(), (0, b""))

    def test_a_cut_is_told(self):
        self.begin().stop(signal.SIGKILL)
        with open(self.path, "ab") as file:
            file.write(b"12345678 {\"Alive\"")
        _, errors = Server("--state", self.path, log=None).stop()
        self.assertIn(b"cut off the last 17 bytes", errors)


class Files(StateCase):
    def fill(self):
        server = self.begin("--size", "tiny", "--seed", 3)
        Tenant(server).add("Bill")
        Tenant(server).add("Bill")
        return server

    def test_damage_is_refused_and_left_alone(self):
        self.fill().stop(signal.SIGKILL)
        content = self.content()
        chance = random.Random(1)
        for at in chance.sample(range(len(content) - 1), 25):
            damaged = bytearray(content)
            damaged[at] ^= 1 << chance.randrange(8)
            with open(self.path, "wb") as file:
                file.write(damaged)
            line = content.count(b"\n", 0, at) + 1
            message = self.refused()
            self.assertIn(self.path, message)
            if at > 40:
                self.assertRegex(message, r"line %d \(byte \d+\)|no state file" % line)
            self.assertEqual(self.content(), bytes(damaged))

    def test_other_files_are_left_alone(self):
        for content in (b"SQLite format 3\0", b"{}\n", b"x", os.urandom(1000)):
            with open(self.path, "wb") as file:
                file.write(content)
            self.assertIn("is no state file", self.refused())
            self.assertEqual(self.content(), content)
        self.path = self.folder
        self.refused()
        self.path = "/dev/full"
        self.refused()

    def test_an_empty_file_is_begun(self):
        with open(self.path, "wb"):
            pass
        self.fill().stop()
        self.assertGreater(len(self.content()), 100)

    def test_a_file_is_private(self):
        self.fill().stop()
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o600)
        self.assertEqual(os.listdir(self.folder), ["state.db"])

    def test_a_read_only_file_is_refused(self):
        self.fill().stop()
        os.chmod(self.path, 0o400)
        self.refused()

    def test_two_servers_cannot_share_it(self):
        server = self.fill()
        self.assertIn("is in use by another exports-mock", self.refused())
        Tenant(server).add()

    def test_options_that_contradict_it(self):
        server = self.fill()
        Tenant(server).add()
        server.stop()
        content = self.content()
        fixtures = os.path.join(self.folder, "fixtures")
        os.mkdir(fixtures)
        with open(os.path.join(fixtures, "Bill.jsonl"), "wb"):
            pass
        for options in (("--seed", "4"), ("--size", "small"), ("--rows", "Bill=9"),
                        ("--max-file-size", "9999"), ("--hazards", "crlf"),
                        ("--fixtures", fixtures), ("--api-date", "2025-01-01"),
                        ("--storage", "s3"), ("--now", "2020-01-01T00:00:00Z"), ("--speed", "7")):
            self.assertIn("with %s " % options[0], self.refused(*options))
        self.assertIn("another --scenario", self.refused("--scenario", "fails"))
        self.assertEqual(self.content(), content)

    def test_options_of_the_file_are_in_force(self):
        server = self.start("--state", self.path, "--seed", "77", "--storage", "s3", "--rows",
                            "Bill=5", "--scenario", "fails")
        tenant = Tenant(server)
        tenant.force(tenant.add("Bill"), "Success")
        server.stop()
        server = self.start("--state", self.path)
        self.assertEqual(server.admin("GET", "/scenario").json["name"], "fails")
        export = server.admin("GET", "/exports").json["Exports"][0]
        self.assertIn("X-Amz-Signature", export["Files"][0]["Url"])
        server.admin("PUT", "/scenario", "happy")
        server.admin("POST", "/reset")
        self.assertEqual(server.admin("GET", "/scenario").json["name"], "fails")

    def test_tokens_that_are_listed_no_longer(self):
        tokens = os.path.join(self.folder, "tokens.json")
        pairs = [{"ClientToken": "c", "AccessToken": "a"}, {"ClientToken": "d", "AccessToken": "b"}]
        for listed, works in ((pairs, True), (pairs[:1], False), (pairs + [
                {"ClientToken": "e", "AccessToken": "e"}], True)):
            with open(tokens, "w", encoding="utf-8") as file:
                json.dump(listed, file)
            if not works:
                self.assertIn("AccessToken", self.refused("--tokens", tokens))
                continue
            server = self.begin("--tokens", tokens)
            Tenant(server, "d", "b").try_add("Bill")
            self.assertEqual(server.admin("GET", "/exports").json["Total"], 1)
            server.stop()

    def test_only_serve_takes_it(self):
        for command in ("run", "certify", "generate"):
            done = subprocess.run([Server.program, command, "--state", self.path, "--", "true"],
                                  capture_output=True, timeout=WAIT_S, text=True,
                                  env=clean_environment())
            self.assertEqual(done.returncode, 2)
            self.assertIn('--state is an option of "exports-mock serve"', done.stderr)


class Growth(StateCase):
    def test_it_is_written_anew_when_it_is_long(self):
        server = self.begin("--pending", "0s", "--processing", "0s")
        tenant = Tenant(server)
        tenant.add("Bill")
        longest = 0
        for _ in range(9000):
            if server.admin("PUT", "/clock", {"now": NOW}, tenant.access_token).status != 200:
                self.fail("the clock was not set")
            longest = max(longest, os.stat(self.path).st_size)
        self.assertGreater(longest, 1 << 19)
        self.assertLess(os.stat(self.path).st_size, longest)
        before = all_of(server)
        server = self.again(server, signal.SIGKILL)
        self.assertEqual(all_of(server), before)

    def test_a_full_disk_refuses_changes_and_nothing_else(self):
        server = self.begin()
        tenant = Tenant(server)
        done = tenant.finished("Bill")
        pid = server.process.pid
        unlimited = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        size = os.stat(self.path).st_size
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, unlimited[1]))
        before = all_of(server)["/exports"]
        for _ in range(3):
            answer = tenant.try_add("Payment")
            self.assert_error(answer, 503, answer.json["Message"])
            self.assertIn("file of --state", answer.json["Details"])
            self.assertEqual(all_of(server)["/exports"], before)
            self.assertEqual(tenant.get(done)["Status"], "Success")
            self.assertEqual(Tenant(server).try_add("Bill").status, 503)
        self.assertEqual(self.fetch(server, done["Files"][0]["Url"]).status, 200)
        for method, path, body in (("PUT", "/clock", {"speed": 0}), ("POST", "/reset", None),
                                   ("PUT", "/scenario", "fails"),
                                   ("POST", "/clock/advance", {"by": "1s"})):
            self.assertEqual(server.admin(method, path, body).status, 503)
        self.assertEqual(os.stat(self.path).st_size, size)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, unlimited)
        wait_for(lambda: tenant.try_add("Payment").status == 200)
        kept = all_of(server)["/exports"]
        server = self.again(server, signal.SIGKILL)
        self.assertEqual(all_of(server)["/exports"], kept)


if __name__ == "__main__":
    main()
