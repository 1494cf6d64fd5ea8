#!/usr/bin/env python3
"""Every built-in scenario, as a client meets it: an AccessToken that ends in +NAME, and a socket.

Source: interface, section 5; docs/scenarios.md. Whatever a test sees, the journal must give as the
reason: which fault, or which state by which plan.
"""

import json
import os
import sys
import unicodedata

from harness import NOBODY, TYPES, LooseCase, ServerCase, main
from wire import Player

FAULT = "Something went wrong on our end. Our team has been notified and is working to fix the issue."
IN_PROGRESS = "An export of this entity type is already in progress."
TOO_MANY = "Too many requests."
CONTRACT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../contract/entities.json")


class BuiltInCase(ServerCase):
    options = ("--size", "tiny", "--max-file-size", "64KB")

    def under(self, name):
        """A new tenant under a built-in scenario, on a clock of its own that stands still."""
        player = Player(self.server, name)
        player.advance(by="0s")
        self.assertEqual(player.scenario()["name"], name)
        return player

    def assert_why(self, player, *texts):
        """The reason of the last request says all this."""
        why = "\n".join(player.journal()[-1]["why"])
        for text in texts:
            self.assertIn(text, why)

    def assert_fault(self, player, number, *texts):
        """The last request met this fault of the scenario, and the journal tells."""
        entry = player.journal()[-1]
        self.assertEqual(entry["faults"], [number], entry)
        line = "faults[%d] of scenario %s, " % (number, player.scenario()["name"])
        told = [why for why in entry["why"] if why.startswith(line)]
        self.assertEqual(len(told), 1, entry)
        for text in texts:
            self.assertIn(text, told[0])

    def assert_no_fault(self, player):
        self.assertEqual(player.journal()[-1]["faults"], [])

    def assert_whole(self, player, export, number, answer):
        """A download that went well."""
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.body, player.rows(export, number))
        self.assertEqual(len(answer.body), export["Files"][number - 1]["SizeInBytes"])

    def collect(self, player, export):
        """Downloads all files in order, as they should be."""
        for number, file in enumerate(export["Files"], 1):
            self.assert_whole(player, export, number, player.download(file))

    def several(self, player, entity_type="Reservation"):
        """An export that is done and has some files, of which each is long enough to be cut."""
        export = player.finished(entity_type)
        self.assertGreater(len(export["Files"]), 1)
        for file in export["Files"]:
            self.assertGreater(file["SizeInBytes"], 6000)
        return export


class ListTest(LooseCase):
    def test_every_scenario_has_a_test(self):
        cases = [case for case in vars(sys.modules[__name__]).values()
                 if isinstance(case, type) and issubclass(case, BuiltInCase)]
        listed = self.start().admin("GET", "/scenarios").json["scenarios"]
        self.assertGreater(len(listed), 30)
        for scenario in listed:
            test = "test_" + scenario["name"].replace("-", "_")
            self.assertTrue([case for case in cases if hasattr(case, test)],
                            "there is no %s here" % test)


class LivesTest(BuiltInCase):
    """States: which, from which instant to which."""

    def test_happy(self):
        player = self.under("happy")
        for entity_type in TYPES:
            export = player.finished(entity_type)
            self.assert_why(player, export["Id"] + ": Success since ", ", kept until ")
            self.collect(player, export)
        self.assertEqual({fault for entry in player.journal() for fault in entry["faults"]}, set())
        self.assertEqual({entry["status"] for entry in player.journal()}, {200})

    def test_instant(self):
        player = self.under("instant")
        export = player.add()
        self.assertEqual(export["Status"], "Pending")
        shown = player.get(export)
        self.assertEqual(shown["Status"], "Success")
        self.assert_why(player, export["Id"] + ": Success since 2026-08-07T10:00:00Z")
        self.collect(player, shown)

    def test_slow(self):
        player = self.under("slow")
        export = player.add()
        for to, status, until in (("2026-08-07T10:04:59.999Z", "Pending", "10:05:00"),
                                  ("2026-08-07T10:05:00Z", "Processing", "10:45:00"),
                                  ("2026-08-07T10:44:59.999Z", "Processing", "10:45:00")):
            player.advance(to=to)
            self.assertEqual(player.status(export), status)
            self.assert_why(player, ": %s since " % status,
                            ", by its plan until 2026-08-07T%sZ" % until)
        player.advance(by="1ms")
        self.collect(player, player.get(export))
        self.assertEqual(player.status(export), "Success")
        self.assert_why(player, ": Success since 2026-08-07T10:45:00Z")

    def test_by_polls(self):
        player = self.under("by-polls")
        export = player.add()
        player.advance(by="1d")
        for status, left in (("Pending", 2), ("Pending", 1), ("Processing", 3), ("Processing", 2),
                             ("Processing", 1)):
            self.assertEqual(player.status(export), status)
            self.assert_why(player, ", by its plan until getAll has shown it %d more time" % left)
            player.advance(by="1h")
        shown = player.get(export)
        self.assertEqual(shown["Status"], "Success")
        self.assert_why(player, ": Success since ")
        self.collect(player, shown)

    def assert_stuck(self, player, export, status):
        player.advance(by="1000d")
        for _ in range(3):
            shown = player.get(export)
            self.assertEqual((shown["Status"], shown["Files"]), (status, []))
            self.assert_why(player, ": %s since " % status, ", by its plan without an end")
            self.assertEqual(player.advance(until="next-event")["transitions"], [])
            player.advance(by="1000d")
        self.assert_error(player.try_add(), 400, IN_PROGRESS)
        self.assert_why(player, "is %s" % status)

    def test_stuck_pending(self):
        player = self.under("stuck-pending")
        self.assert_stuck(player, player.add(), "Pending")

    def test_stuck_processing(self):
        player = self.under("stuck-processing")
        export = player.add()
        player.advance(by="1999ms")
        self.assertEqual(player.status(export), "Pending")
        player.advance(by="1ms")
        self.assertEqual(player.status(export), "Processing")
        self.assert_stuck(player, export, "Processing")

    def ends_failed(self, player, entity_type):
        """An export that fails, at the instant at which others succeed."""
        export = player.add(entity_type)
        start = player.server.now(player.access_token)
        player.advance(by="6999ms")
        self.assertEqual(player.status(export), "Processing")
        player.advance(by="1ms")
        shown = player.get(export)
        self.assertEqual((shown["Status"], shown["Files"], shown["ExpiresUtc"]),
                         ("Failed", [], None))
        self.assertLess(start, player.server.now(player.access_token))
        self.assert_why(player, ": Failed since %s, for good"
                        % player.server.now(player.access_token))
        player.advance(by="365d")
        self.assertEqual(player.status(export), "Failed")

    def test_fails(self):
        player = self.under("fails")
        for entity_type in ("Bill", "Reservation", "Bill", "Bill"):
            self.ends_failed(player, entity_type)

    def test_fails_once(self):
        player = self.under("fails-once")
        for entity_type in TYPES:
            self.ends_failed(player, entity_type)
            for _ in range(2):
                self.collect(player, player.finished(entity_type))
        self.ends_failed(self.under("fails-once"), "Bill")

    def test_expires_early(self):
        player = self.under("expires-early")
        for entity_type in TYPES:
            export = player.add(entity_type)
            player.advance(by="6999ms")
            self.assertEqual(player.status(export), "Processing")
            crossed = player.advance(by="1ms")
            self.assertEqual([one["status"] for one in crossed["transitions"]], ["Expired"])
            shown = player.get(export)
            self.assertEqual((shown["Status"], shown["Files"]), ("Expired", []))
            self.assert_why(player, ": Expired since %s, for good" % crossed["to"])
            again = player.finished(entity_type)
            self.assert_why(player, ": Success since ")
            self.assertTrue(again["Files"])
            self.collect(player, again)

    def test_already_running(self):
        player = self.under("already-running")
        for entity_type in TYPES:
            self.assert_error(player.try_add(entity_type), 400, IN_PROGRESS, "EntityType")
            self.assert_why(player, "the %s export " % entity_type, " is Processing")
        strangers = player.server.admin("GET", "/exports", None, player.access_token).json["Exports"]
        self.assertEqual(sorted(one["EntityType"] for one in strangers), sorted(TYPES))
        self.assertEqual({one["ClientToken"] for one in strangers}, {"anot…"})
        player.advance(by="19999ms")
        self.assertEqual(player.try_add("Bill").status, 400)
        player.advance(by="1ms")
        for entity_type in TYPES:
            player.add(entity_type)
        player.advance(by="7s")
        self.collect(player, player.get(player.journal()[-1]["exportIds"][0]))


class CallsTest(BuiltInCase):
    """Faults of add and getAll."""

    def test_rate_limited(self):
        player = self.under("rate-limited")

        def assert_throttled(answer, wait_s):
            self.assert_error(answer, 429, TOO_MANY)
            self.assertEqual(answer.fields["retry-after"], str(wait_s))
            self.assertEqual(player.journal()[-1]["retryAfterSeconds"], wait_s)

        assert_throttled(player.try_add(), 5)
        self.assert_fault(player, 0, "answers 429")
        player.advance(by="5s")
        export = player.add()
        self.assertEqual(player.status(export), "Pending")
        for _ in range(2):
            assert_throttled(player.call("getAll", ExportIds=[export["Id"]]), 5)
            self.assert_fault(player, 1, "answers 429")
        # That was the fifth in 30 s; the first one was 5 s ago.
        assert_throttled(player.call("getAll", ExportIds=[export["Id"]]), 25)
        self.assert_no_fault(player)
        self.assert_why(player, "over its rate limit")
        player.advance(by="24999ms")
        assert_throttled(player.call("getAll", ExportIds=[export["Id"]]), 1)
        player.advance(by="1ms")
        self.collect(player, player.get(export))

    def test_server_errors(self):
        player = self.under("server-errors")
        for _ in range(2):
            self.assert_error(player.try_add(), 500, FAULT)
            self.assert_fault(player, 0, "answers 500")
        export = player.add()
        player.advance(by="7s")
        for number in range(1, 7):
            answer = player.call("getAll", ExportIds=[export["Id"]])
            if number % 2 == 1:
                self.assertEqual(answer.json["Exports"][0]["Status"], "Success")
                continue
            self.assert_error(answer, 503, FAULT)
            self.assert_fault(player, 1, "answers 503")
        shown = player.get(export)
        self.assertGreater(len(shown["Files"]), 2)
        for number, file in enumerate(shown["Files"], 1):
            if number % 2 == 0:
                self.assertEqual(player.download(file).status, 500)
                self.assert_fault(player, 2, "answers 500")
            self.assert_whole(player, shown, number, player.download(file))

    def test_proxy_page(self):
        player = self.under("proxy-page")
        export = player.add()
        answer = player.call("getAll", ExportIds=[export["Id"]])
        self.assertEqual(answer.status, 200)
        self.assertTrue(answer.body.startswith(b"<!DOCTYPE html>"))
        self.assertEqual(answer.fields["content-type"].split(";")[0], "text/html")
        self.assertRaises(ValueError, lambda: answer.json)
        self.assert_fault(player, 0, "answers 200")
        player.advance(by="7s")
        self.collect(player, player.get(export))

    def test_lost_answer(self):
        player = self.under("lost-answer")
        with player.send("add", EntityType="Bill") as wire:
            self.assertEqual((wire.ended(), wire.data), ("close", b""))
        self.assert_fault(player, 0, "cuts before the answer (close)")
        lost = player.server.admin("GET", "/exports", None, player.access_token).json["Exports"]
        self.assertEqual([one["EntityType"] for one in lost], ["Bill"])
        self.assertEqual(player.journal()[-1]["exportIds"], [lost[0]["Id"]])
        self.assert_error(player.try_add("Bill"), 400, IN_PROGRESS)
        self.assert_why(player, "the Bill export %s is Pending" % lost[0]["Id"])
        self.assertEqual(player.add("Payment")["Status"], "Pending")
        player.advance(by="7s")
        again = player.finished("Bill")
        self.assertNotEqual(again["Id"], lost[0]["Id"])
        self.collect(player, again)

    def test_dropped_connections(self):
        player = self.under("dropped-connections")
        export = player.add()
        player.advance(by="7s")
        for number in range(1, 10):
            with player.send("getAll", ExportIds=[export["Id"]]) as wire:
                if number == 1:
                    self.assertEqual((wire.ended(), wire.data), ("close", b""))
                    self.assert_fault(player, 0, "cuts before the answer (close)")
                elif number % 4 == 0:
                    self.assertEqual((wire.ended(), wire.data), ("reset", b""))
                    self.assert_fault(player, 1, "cuts before the answer (reset)")
                else:
                    self.assertEqual(wire.answer().json["Exports"][0]["Status"], "Success")
                    self.assert_no_fault(player)
        shown = player.get(export)
        self.assertGreater(len(shown["Files"]), 2)
        for number, file in enumerate(shown["Files"], 1):
            if number % 2 == 0:
                with player.fetch(file) as wire:
                    self.assertEqual((wire.ended(), wire.data), ("reset", b""))
                self.assert_fault(player, 2, "cuts before the answer (reset)")
            self.assert_whole(player, shown, number, player.download(file))

    def assert_unanswered(self, player, wire, again):
        """Nothing comes while others are served; at last the client goes."""
        count = len(player.journal())
        answer = again()
        self.assertEqual(answer.status, 200)
        self.assertEqual(len(player.journal()), count + 1)
        self.assertTrue(wire.is_silent())
        self.assertEqual(wire.data, b"")

    def test_timeouts(self):
        player = self.under("timeouts")
        export = player.add()
        player.advance(by="7s")
        poll = {"ExportIds": [export["Id"]]}
        with player.send("getAll", **poll) as wire:
            player.arrived(2)
            self.assert_fault(player, 0, "cuts before the answer (stall)")
            self.assert_unanswered(player, wire, lambda: player.call("getAll", **poll))
        shown = player.get(export)
        count = len(player.journal())
        with player.fetch(shown["Files"][0]) as wire:
            player.arrived(count + 1)
            self.assert_fault(player, 1, "cuts before the answer (stall)")
            self.assert_unanswered(player, wire, lambda: player.download(shown["Files"][0]))
        self.collect(player, shown)

    def test_slow_answers(self):
        """All three kinds of requests wait at the same time."""
        player = self.under("slow-answers")
        planted = self.server.admin("POST", "/exports", {
            "EntityType": "Bill", "Status": "Success", "ClientToken": player.client_token},
            player.access_token).json
        with player.send("add", EntityType="Bill") as add, \
                player.send("getAll", ExportIds=[planted["Id"]]) as poll, \
                player.fetch(planted["Files"][0]) as file:
            player.arrived(3)
            for entry in player.journal():
                wait = "1000 ms" if entry["operation"] == "download" else "1500 ms"
                self.assertTrue([why for why in entry["why"] if why.endswith(
                    "of scenario slow-answers, waits " + wait)], entry)
            self.assertEqual(add.answer().json["Export"]["Status"], "Pending")
            self.assertEqual(len(poll.answer().json["Exports"]), 1)
            self.assert_whole(player, planted, 1, file.answer())

    def test_slow_answers_come_after_those_of_later_requests(self):
        """The same scenario with delays that no client waits for."""
        scenario = self.under("slow-answers").scenario()
        for fault in scenario["faults"]:
            fault["delay"] = "1h"
        player, other = Player(self.server), Player(self.server)
        self.assertEqual(player.put_scenario(scenario).status, 200)
        with player.send("add", EntityType="Bill") as add, \
                player.send("getAll", ExportIds=[NOBODY]) as poll:
            player.arrived(2)
            self.collect(other, other.finished("Bill"))
            self.assertTrue(add.is_silent() and poll.is_silent())
        exports = player.server.admin("GET", "/exports", None, player.access_token).json["Exports"]
        self.assertEqual(len(exports), 1)


class DownloadsTest(BuiltInCase):
    """Faults of the file host."""

    def assert_half(self, player, export, wire, count, end):
        """So many bytes of the first file came, under its true length."""
        head = wire.head()
        self.assertEqual(head.status, 200)
        self.assertEqual(int(head.fields["content-length"]), export["Files"][0]["SizeInBytes"])
        self.assertEqual(wire.body, player.rows(export, 1)[:count])
        self.assertEqual(len(wire.body), count)
        self.assert_fault(player, 0, "cuts after 2000 bytes (%s)" % end)
        entry = player.entry_over()
        self.assertEqual((entry["end"], entry["sentBytes"], entry["length"]),
                         ("cut", count, export["Files"][0]["SizeInBytes"]))

    def test_download_truncated(self):
        player = self.under("download-truncated")
        export = self.several(player)
        with player.fetch(export["Files"][0]) as wire:
            self.assertEqual(wire.ended(), "close")
            self.assert_half(player, export, wire, 2000, "close")
        self.collect(player, export)
        self.assert_no_fault(player)
        self.assertEqual([entry["attempt"] for entry in player.journal()[2:4]], [1, 2])

    def test_download_reset(self):
        player = self.under("download-reset")
        export = self.several(player)
        with player.fetch(export["Files"][0]) as wire:
            self.assertEqual(wire.ended(), "reset")
            self.assert_half(player, export, wire, 2000, "reset")
            got, tag = wire.body, wire.head().fields["etag"]
        resume = "Range: bytes=%d-\r\nIf-Range: " + tag + "\r\n"
        with player.fetch(export["Files"][0], resume % len(got)) as wire:
            self.assertEqual((wire.ended(), wire.head().status), ("reset", 206))
            self.assertEqual(len(wire.body), 2000)
            self.assert_fault(player, 0, "cuts after 2000 bytes (reset)")
            got += wire.body
        with player.fetch(export["Files"][0], resume % len(got)) as wire:
            got += wire.answer().body
        self.assert_no_fault(player)
        self.assertEqual(got, player.rows(export, 1))
        self.collect(player, export)

    def test_download_stalls(self):
        player = self.under("download-stalls")
        export = self.several(player)
        with player.fetch(export["Files"][0]) as wire:
            wire.take(2000)
            self.assert_fault(player, 0, "cuts after 2000 bytes (stall)")
            self.collect(player, export)
            self.assertTrue(wire.is_silent())
            self.assertEqual(wire.body, player.rows(export, 1)[:2000])
            self.assertEqual(int(wire.head().fields["content-length"]),
                             export["Files"][0]["SizeInBytes"])
        self.assertEqual(len(player.journal()), 3 + len(export["Files"]))

    def test_download_slow(self):
        player = self.under("download-slow")
        export = player.finished("Company")
        size = export["Files"][0]["SizeInBytes"]
        self.assertLess(1000, size)
        self.assertLess(size, 200000)
        self.assert_whole(player, export, 1, player.download(export["Files"][0]))
        self.assert_fault(player, 0, "sends 200000 bytes a second")

    def test_download_slow_leaves_others_alone(self):
        """The same scenario at a pace at which no client gets through."""
        player = Player(self.server)
        scenario = self.under("download-slow").scenario()
        scenario["faults"][0]["throttle"] = 100
        self.assertEqual(player.put_scenario(scenario).status, 200)
        export = player.finished()
        with player.fetch(export["Files"][0]) as wire:
            wire.take(1)
            others = Player(self.server)
            self.collect(others, others.finished())
            self.assertEqual(player.journal()[-1]["end"], "running")
            self.assertTrue(player.rows(export, 1).startswith(wire.body))
        self.assertEqual(player.entry_over()["end"], "aborted")

    def test_download_unavailable_once(self):
        player = self.under("download-unavailable-once")
        export = self.several(player)
        for number, file in enumerate(export["Files"], 1):
            self.assertEqual(self.server.head(file["Url"]).status, 200)
            answer = player.download(file)
            self.assertEqual(answer.status, 503)
            self.assertIn(b"<Code>ServerBusy</Code>", answer.body)
            self.assert_fault(player, 0, "answers 503")
            self.assert_whole(player, export, number, player.download(file))
            self.assert_no_fault(player)

    def test_links_expire(self):
        """While the first file is on its way, time goes on."""
        player = self.under("links-expire")
        export = player.finished("OrderItem")
        self.assertGreater(len(export["Files"]), 1)
        with player.fetch(export["Files"][0]) as wire:
            player.arrived(3)
            self.assert_fault(player, 0, "waits 2000 ms")
            player.advance(by="119999ms")
            self.assert_whole(player, export, 2, player.download(export["Files"][1]))
            player.advance(by="1ms")
            for file in export["Files"]:
                answer = player.download(file)
                self.assertEqual(answer.status, 403)
                self.assertIn(b"Signature not valid in the specified time frame", answer.body)
                self.assert_why(player, "the link was valid until 2026-08-07T10:02:07Z")
            fresh = player.get(export)
            self.assert_whole(player, fresh, 2, player.download(fresh["Files"][1]))
            self.assert_whole(player, export, 1, wire.answer())
        self.collect(player, fresh)

    def test_wrong_size(self):
        player = self.under("wrong-size")
        export = player.finished()
        self.assert_fault(player, 0, "corrupts (wrong-size, by -100 bytes)")
        self.assertGreater(len(export["Files"]), 1)
        for number, file in enumerate(export["Files"], 1):
            answer = player.download(file)
            self.assert_no_fault(player)
            self.assertEqual(answer.body, player.rows(export, number))
            self.assertEqual(int(answer.fields["content-length"]), len(answer.body))
            self.assertEqual(file["SizeInBytes"], len(answer.body) - 100)
            self.assertFalse(answer.body[:file["SizeInBytes"]].endswith(b"\n"))

    def test_corrupt_row(self):
        player = self.under("corrupt-row")
        export = self.several(player)
        right = player.rows(export, 1).split(b"\n")
        for attempt in range(1, 4):
            lines = player.download(export["Files"][0]).body.split(b"\n")
            self.assert_fault(player, 0, "corrupts (cut-row, row 2)")
            self.assertEqual(player.journal()[-1]["attempt"], attempt)
            self.assertEqual([line for line in range(len(right)) if lines[line] != right[line]], [1])
            self.assertEqual(len(lines), len(right))
            self.assertEqual(len(lines[1]), len(right[1]))
            half = lines[1].rstrip(b" ")
            self.assertTrue(right[1].startswith(half))
            self.assertLess(abs(len(half) - len(right[1]) / 2), 5)
            # Legal UTF-8, so that it is JSON alone that is broken.
            self.assertRaises(json.JSONDecodeError, json.loads, lines[1].decode())
        for number, file in enumerate(export["Files"][1:], 2):
            self.assert_whole(player, export, number, player.download(file))


def rows_of(data):
    """The rows of a file, as a sound client reads them."""
    return [json.loads(line) for line in data.decode().split("\n") if line.strip("\r")]


class Contract:
    """What the documentation of today knows."""

    def __init__(self):
        with open(CONTRACT, encoding="utf-8") as file:
            self.facts = json.load(file)

    def words(self):
        """All enum values."""
        return {value for enum in self.facts["enums"].values() for value in enum["values"]}

    def properties(self, entity_type):
        return {one["name"]: one for one in self.facts["entities"][entity_type]["properties"]}


class DataTest(BuiltInCase):
    """What is in the files; the same tenant without the scenario has the rows to compare with."""

    contract = Contract()

    def collected(self, player, export):
        self.assert_why(player, export["Id"] + ": Success since ")
        self.collect(player, export)
        return [player.download(file).body for file in export["Files"]]

    def both(self, name, entity_type):
        """The files under the scenario, and those of the same hotel without it."""
        player = self.under(name)
        files = self.collected(player, player.finished(entity_type))
        self.assert_no_fault(player)
        again = Player(self.server, client_token=player.client_token,
                       access_token=player.access_token)
        again.server.admin("POST", "/reset", None, player.access_token)
        self.assertEqual(again.put_scenario("happy").status, 200)
        return files, self.collected(again, again.finished(entity_type))

    def test_empty(self):
        player = self.under("empty")
        for entity_type in TYPES:
            export = player.finished(entity_type)
            self.assertEqual(export["Files"], [])
            self.assertIsNotNone(export["ExpiresUtc"])
            self.assert_why(player, export["Id"] + ": Success since ")

    def test_empty_file(self):
        for entity_type in TYPES:
            files, plain = self.both("empty-file", entity_type)
            self.assertEqual(files, plain + [b""])
        player = self.under("empty-file")
        export = player.finished()
        last = export["Files"][-1]
        self.assertEqual(last["SizeInBytes"], 0)
        answer = player.download(last)
        self.assertEqual((answer.status, answer.fields["content-length"]), (200, "0"))
        self.assert_why(player, "all 0 bytes")
        self.assertEqual(player.download(last, Range="bytes=0-").status, 416)

    def test_strange_rows(self):
        nulls = [0, 0]
        for entity_type in TYPES:
            files, plain = self.both("strange-rows", entity_type)
            for data in files:
                self.assertFalse(data.endswith((b"\r", b"\n")))
                self.assertEqual(data.count(b"\n"), data.count(b"\r\n"))
                for row in rows_of(data):
                    missing = [name for name, one in self.contract.properties(entity_type).items()
                               if name in row and row[name] is None and not one["nullable"]]
                    self.assertEqual(missing, [])
            sides = [[row for data in side for row in rows_of(data)] for side in (files, plain)]
            self.assertEqual(*[[row["Id"] for row in side] for side in sides])
            for at, side in enumerate(sides):
                nulls[at] += sum(value is None for row in side for value in row.values())
            self.assertIn(b"\r\n", b"".join(files))
        self.assertGreater(nulls[0], nulls[1])

    def test_future_api(self):
        words = self.contract.words()
        for entity_type in TYPES:
            known = self.contract.properties(entity_type)
            enums = [name for name, one in known.items() if "enum" in one]
            files, plain = self.both("future-api", entity_type)
            rows, right = [[row for data in side for row in rows_of(data)]
                           for side in (files, plain)]
            self.assertEqual(len(rows), len(right))
            strange = 0
            for row, without in zip(rows, right):
                self.assertTrue(set(row) - set(known), "%s has nothing new" % row)
                self.assertEqual(row["Id"], without["Id"])
                self.assertEqual([name for name in row if name in known], list(without))
                strange += sum(isinstance(row[name], str) and row[name] not in words
                               for name in enums if name in row)
            if enums:
                self.assertGreater(strange, 0, entity_type)

    def test_unicode(self):
        text, raw, longest = "", b"", 0
        for entity_type in ("Customer", "Company", "Reservation", "Bill"):
            files, plain = self.both("unicode", entity_type)
            rows, right = [[row for data in side for row in rows_of(data)]
                           for side in (files, plain)]
            self.assertEqual([row["Id"] for row in rows], [row["Id"] for row in right])
            values = [value for row in rows for value in row.values() if isinstance(value, str)]
            text += "".join(values)
            longest = max(longest, *map(len, values))
            raw += b"".join(files)
        self.assertEqual(longest, 10000)
        self.assertTrue({"Mn", "So", "Lo"} <= {unicodedata.category(c) for c in set(text)})
        self.assertTrue({"R", "AL", "L"} <= {unicodedata.bidirectional(c) for c in set(text)})
        self.assertGreater(max(text), "\uffff")
        self.assertTrue(set("\u2028\u0085\n\t\"\\") <= set(text))
        for escape in (b"\\u", b"\\/", b"\\n", b'\\"'):
            self.assertIn(escape, raw)


class SizesTest(BuiltInCase):
    """How many files there are, of how many bytes."""

    options = ()

    def test_many_files(self):
        player = self.under("many-files")
        export = player.finished("OrderItem")
        self.assert_why(player, ": Success since ")
        self.assertGreater(len(export["Files"]), 100)
        self.assertLess(max(file["SizeInBytes"] for file in export["Files"]), 25000)
        self.collect(player, export)
        whole = b"".join(player.download(file).body for file in export["Files"])
        self.assertEqual(whole, player.rows(export))
        ids = [row["Id"] for row in rows_of(whole)]
        self.assertEqual(len(ids), len(set(ids)))

    def test_one_big_file(self):
        player = self.under("one-big-file")
        exports = [player.add(entity_type) for entity_type in TYPES]
        player.advance(by="7s")
        sizes = {}
        for export in player.get_all(*[export["Id"] for export in exports]):
            self.assertEqual(len(export["Files"]), 1)
            sizes[export["EntityType"]] = export["Files"][0]["SizeInBytes"]
        self.assert_why(player, ": Success since ")
        self.assertGreater(max(sizes.values()), 50_000_000)
        self.assertLess(max(sizes.values()), 90_000_000)
        smallest = min(set(sizes) - {"LedgerEntry"}, key=sizes.get)
        for entity_type in ("LedgerEntry", smallest):
            export = player.get(exports[TYPES.index(entity_type)])
            body = player.download(export["Files"][0]).body
            self.assertEqual(len(body), sizes[entity_type])
            self.assertGreaterEqual(body.count(b"\n"),
                                    35000 if entity_type == "LedgerEntry" else 50000)
            self.assertEqual(body.count(b"\n"), len(set(body.split(b"\n"))) - 1)
        self.assert_why(player, "all %d bytes" % len(body))


if __name__ == "__main__":
    main()
