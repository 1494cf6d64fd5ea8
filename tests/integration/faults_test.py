#!/usr/bin/env python3
"""Faults: which requests they hit and count, how they go together, and damaged files byte by byte.

Source: interface, section 5; docs/scenarios.md, "Faults". Frozen clocks tell virtual waits.
"""

import json

from harness import NOBODY, ServerCase, Tenant, main, raw_request
from wire import Player, Wire

TEAPOT = {"status": 418, "body": "{}"}


class Case(ServerCase):
    options = ("--size", "tiny", "--max-file-size", "64KB")

    def setUp(self):
        self.tenant = self.player = Player(self.server)

    def faults(self, *faults, **more):
        answer = self.player.put_scenario({"faults": faults, **more})
        self.assertEqual(answer.status, 200, answer)

    def fired(self):
        """For each request so far, which faults hit it."""
        return [entry["faults"] for entry in self.player.journal()]


class CountingTest(Case):
    def adds(self, *kinds):
        return [self.player.call("add", EntityType=kind).status for kind in kinds]

    def test_nth_and_every_count_what_matches(self):
        self.faults({"on": "add", "match": {"entityType": ["Bill", "Payment"]}, "nth": "2-3",
                     "respond": TEAPOT},
                    {"on": "add", "every": 3, "respond": {"status": 500}},
                    {"on": "add", "nth": "2-", "every": 4, "respond": {"status": 502}})
        kinds = ("Customer", "Bill", "Company", "Payment", "Bill", "Reservation", "OrderItem",
                 "ResourceBlock")
        self.assertEqual(self.adds(*kinds), [200, 200, 500, 418, 418, 500, 200, 502])
        self.assertEqual(self.fired(), [[], [], [1], [0, 2], [0], [1], [], [2]])

    def test_what_is_wrong_meets_faults_before_it_is_looked_at(self):
        self.faults({"on": "add", "nth": "2-3", "respond": TEAPOT},
                    {"on": "add", "match": {"entityType": "Bill"}, "respond": {"status": 500}})
        self.assertEqual(self.adds("Nothing", "Nothing", "Bill", "Nothing", "Bill"),
                         [400, 418, 418, 400, 500])

    def test_who_is_refused_before_counts_nothing(self):
        self.faults({"on": "getAll", "nth": 2, "respond": TEAPOT},
                    rateLimit={"requests": 1, "per": "30s"})
        self.assertEqual(self.player.call("getAll", ExportIds=[NOBODY]).status, 200)
        self.assertEqual(self.player.call("getAll", ExportIds=[NOBODY]).status, 429)
        self.assertEqual(self.player.call("getAll", ClientToken="").status, 401)
        self.player.advance(by="30s")
        self.assertEqual(self.player.call("getAll", ExportIds=[NOBODY]).status, 418)

    def test_getAll_is_about_all_that_it_asks_for(self):
        bill, customer = self.player.add("Bill")["Id"], self.player.add("Customer")["Id"]
        self.faults({"on": "getAll", "match": {"entityType": "Bill"}, "respond": TEAPOT})
        for ids, status in (([customer], 200), ([NOBODY], 200), ([NOBODY, customer, bill], 418)):
            self.assertEqual(self.player.call("getAll", ExportIds=ids).status, status)

    def test_attempts_are_of_a_file_and_only_where_the_link_is_in_order(self):
        self.faults({"on": "download", "match": {"file": 2, "attempt": "2-3"}, "respond": TEAPOT})
        exports = [self.player.finished(kind) for kind in ("Reservation", "OrderItem")]
        self.server.get(exports[0]["Files"][1]["Url"][:-4])
        self.server.get(exports[0]["Files"][1]["Url"], Authorization="Bearer x")
        self.server.head(exports[0]["Files"][1]["Url"])
        for export in exports:
            for status in (200, 418, 418, 200):
                self.assertEqual(self.player.download(export["Files"][0]).status, 200)
                self.assertEqual(self.player.download(export["Files"][1]).status, status)
        attempts = [entry["attempt"] for entry in self.player.journal() if entry["file"] == 2]
        self.assertEqual(attempts, [None] * 3 + [1, 2, 3, 4] * 2)

    def test_tenants_are_counted_apart(self):
        self.addCleanup(self.server.admin, "DELETE", "/scenario")
        self.assertEqual(self.server.admin("PUT", "/scenario", {"faults": [
            {"on": "add", "nth": 1, "respond": TEAPOT}]}).status, 200)
        tenants = [Tenant(self.server) for _ in range(2)]
        self.assertEqual([tenant.try_add(kind).status for kind in ("Bill", "Payment")
                          for tenant in tenants], [418, 418, 200, 200])

    def test_chance_is_of_the_tenant(self):
        """Half of the requests, which half is another matter for each."""
        players = [Player(self.server) for _ in range(4)]
        for player in players:
            self.player = player
            self.faults({"on": "getAll", "probability": 0.5, "respond": TEAPOT})
            for _ in range(100):
                player.call("getAll", ExportIds=[NOBODY])
        hits = [[entry["status"] == 418 for entry in player.journal()] for player in players]
        self.assertEqual(len(set(map(tuple, hits))), 4)
        # Twenty-five of a hundred would be five standard deviations away.
        self.assertTrue(all(25 < sum(hit) < 75 for hit in hits), hits)


class TogetherTest(Case):
    def test_the_first_answer_and_the_first_cut_hold(self):
        self.faults({"on": "add", "delay": "1ms"}, {"on": "add", "respond": TEAPOT},
                    {"on": "add", "respond": {"status": 500}},
                    {"on": "add", "cut": {"afterBytes": 1, "how": "close"}},
                    {"on": "add", "cut": {"afterBytes": 0, "how": "reset"}})
        with self.player.send("add", EntityType="Bill") as wire:
            self.assertEqual((wire.ended(), wire.head().status, wire.body), ("close", 418, b"{"))
        self.assertEqual(self.fired(), [[0, 1, 2, 3, 4]])
        self.assertEqual(self.player.journal()[0]["why"], [
            "faults[%d] of scenario without a name, %s" % line for line in enumerate((
                "waits 1 ms", "answers 418", "answers 500", "cuts after 1 bytes (close)",
                "cuts after 0 bytes (reset)"))])

    def test_a_cut_behind_the_end_cuts_nothing(self):
        self.faults({"on": "add", "cut": {"afterBytes": 1000000, "how": "reset"}})
        with self.player.send("add", EntityType="Bill") as wire:
            self.assertEqual(wire.answer().status, 200)
        self.assertEqual(self.player.entry_over()["end"], "completed")

    def test_an_answer_that_is_cut_was_carried_out(self):
        self.faults({"on": "add", "nth": 1, "cut": {"afterBytes": 10, "how": "close"}},
                    {"on": "add", "nth": 3, "respond": {"status": 500}})
        with self.player.send("add", EntityType="Bill") as wire:
            self.assertEqual((wire.ended(), len(wire.body)), ("close", 10))
        self.assertEqual(self.player.try_add("Bill").status, 400)
        self.assertEqual(self.player.try_add("Payment").status, 500)
        self.assertEqual(self.player.try_add("Payment").status, 200)

    def test_retry_after_is_virtual_time_in_real_seconds(self):
        self.faults({"on": "getAll", "respond": {"status": 429, "retryAfter": "3m"}})
        for speed, wait in ((0, "180"), (1, "180"), (60, "3"), (61, "3"), (59, "4"), (1000, "1")):
            self.server.admin("PUT", "/clock", {"speed": speed}, self.player.access_token)
            answer = self.player.call("getAll", ExportIds=[NOBODY])
            self.assertEqual((answer.status, answer.fields["retry-after"]), (429, wait))

    def test_bodies(self):
        for body, kind in (("{}", "application/json"), ("[1]", "application/json"),
                           ("<html>", "text/html"), ('<?xml version="1.0"?><a/>', "application/xml"),
                           ("Too bad", "text/plain"), ("", None)):
            self.faults({"on": "getAll", "respond": {"status": 200, "body": body}})
            answer = self.player.call("getAll", ExportIds=[NOBODY])
            self.assertEqual((answer.status, answer.body), (200, body.encode()))
            if kind:
                self.assertEqual(answer.fields["content-type"].split(";")[0], kind)

    def test_a_cut_of_a_compressed_download(self):
        export = self.player.finished()
        target = self.server.target(export["Files"][0]["Url"])
        gzip = raw_request(target, version="HTTP/1.0", fields="Accept-Encoding: gzip\r\n")
        with Wire(self.server, gzip) as wire:
            self.assertEqual(wire.ended(), "close")
            whole = wire.body
        self.assertGreater(len(whole), 500)
        self.faults({"on": "download", "cut": {"afterBytes": 500, "how": "reset"}})
        with Wire(self.server, gzip) as wire:
            self.assertEqual(wire.ended(), "reset")
            self.assertEqual(wire.head().fields["content-encoding"], "gzip")
            self.assertEqual(wire.body, whole[:500])


class DamageTest(Case):
    def damaged(self, entity_type="Customer", **corrupt):
        """The lines of the first file, right and as they are now."""
        self.faults({"on": "download", "match": {"file": 1}, "corrupt": corrupt},
                    data={"hazards": ["unicode"]})
        export = self.player.finished(entity_type)
        right = self.player.rows(export, 1)
        answer = self.player.download(export["Files"][0])
        self.assertEqual(answer.status, 200)
        self.assertEqual(self.player.journal()[-1]["faults"], [0])
        self.assertNotEqual(answer.body, right)
        for start in (0, len(right) // 3, len(right) * 2 // 3):
            part = self.player.download(export["Files"][0], Range="bytes=%d-" % start)
            self.assertEqual(part.body, answer.body[start:])
        return right, answer.body

    def assert_others_right(self, right, wrong, row):
        """No row but the one, counted from 1, differs; gives what stands in its place."""
        self.assertEqual(len(right), len(wrong))
        start = len(b"".join(line + b"\n" for line in right.split(b"\n")[:row - 1]))
        end = right.index(b"\n", start) + 1
        self.assertEqual((wrong[:start], wrong[end:]), (right[:start], right[end:]))
        self.assertNotEqual(wrong[start:end], right[start:end])
        return wrong[start:end]

    def test_cut_in_utf8(self):
        line = self.assert_others_right(*self.damaged(how="cut-in-utf8", row=3), 3)
        first, second, end = line.split(b"\n")
        with self.assertRaises(UnicodeDecodeError) as caught:
            first.decode()
        self.assertEqual(caught.exception.reason, "unexpected end of data")
        self.assertRaises(ValueError, json.loads, second)
        self.assertEqual(end, b"")

    def test_cut_row(self):
        line = self.assert_others_right(*self.damaged(how="cut-row", row=1), 1)
        self.assertTrue(line.endswith(b" \n"))
        self.assertRaises(json.JSONDecodeError, json.loads, line.decode())

    def test_no_line_end(self):
        right, wrong = self.damaged(how="no-line-end", row=2)
        line = self.assert_others_right(right, wrong, 2)
        self.assertEqual(line, right.split(b"\n")[1] + b" ")
        with self.assertRaisesRegex(json.JSONDecodeError, "Extra data"):
            json.loads(wrong.split(b"\n")[1])
        self.assertEqual(wrong.count(b"\n"), right.count(b"\n") - 1)

    def test_not_json(self):
        line = self.assert_others_right(*self.damaged(how="not-json", row=2), 2)
        self.assertTrue(line.startswith(b"<html>"))

    def test_flip_bit(self):
        line = self.assert_others_right(
            *self.damaged("ResourceBlock", how="flip-bit", row=2), 2)
        self.assertRaises(UnicodeDecodeError, line.decode)
        right, wrong = self.damaged("AvailabilityBlock", how="flip-bit", byte=0)
        self.assertEqual((wrong[0], wrong[1:]), (right[0] ^ 0x80, right[1:]))

    def test_nul(self):
        line = self.assert_others_right(*self.damaged(how="nul", row=4), 4)
        self.assertEqual(line.count(b"\0"), 1)
        right, wrong = self.damaged("Bill", how="nul", byte=77)
        self.assertEqual(wrong, right[:77] + b"\0" + right[78:])

    def test_no_last_newline(self):
        right, wrong = self.damaged(how="no-last-newline")
        self.assertEqual(wrong + b"\n", right)

    def test_behind_the_end(self):
        for corrupt in ({"how": "cut-row", "row": 10 ** 9}, {"how": "nul", "byte": 10 ** 12}):
            self.faults({"on": "download", "corrupt": corrupt})
            export = self.player.finished("Bill")
            self.assertEqual(self.player.download(export["Files"][0]).body,
                             self.player.rows(export, 1))


if __name__ == "__main__":
    main()
