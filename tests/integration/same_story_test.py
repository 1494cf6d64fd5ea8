#!/usr/bin/env python3
"""Same seed, same story: what goes wrong by chance goes wrong in the same way in every run.

Source: interface, section 5; docs/scenarios.md, "Faults".
"""

import random

from harness import NOBODY, LooseCase, main, raw_request
from wire import Player, Wire

HOST = "http://files.test"
STALL, STALL_BYTES = 0, 1500
SCENARIO = {
    "name": "by-chance",
    "lifecycle": {"linkValidity": "1m"},
    "data": {"size": "tiny", "maxFileSize": "20KB"},
    "faults": [
        {"on": "download", "probability": 0.1, "cut": {"afterBytes": STALL_BYTES, "how": "stall"}},
        {"on": "download", "probability": 0.1, "cut": {"afterBytes": 1000, "how": "reset"}},
        {"on": "download", "probability": 0.1, "cut": {"afterBytes": 2000, "how": "close"}},
        {"on": "download", "probability": 0.1, "respond": {"status": 503, "retryAfter": "2s"}},
        {"on": "download", "probability": 0.5, "corrupt": {"row": 1, "how": "cut-in-utf8"}},
        {"on": "add", "probability": 0.2, "respond": {"status": 500}},
        {"on": ["add", "getAll"], "probability": 0.1, "cut": {"how": "close"}},
        {"on": "getAll", "probability": 0.1, "cut": {"how": "reset"}},
        {"on": "getAll", "probability": 0.2, "respond": {"status": 429, "retryAfter": "3s"}},
        {"on": "getAll", "probability": 0.3, "corrupt": {"how": "wrong-size", "by": -7}},
    ],
    "exports": [{"match": {"nth": "3-4"}, "lifecycle": {"outcome": "Failed"}}],
}


class Client:
    """Adds, polls and downloads as chance has it; keeps what came over the wire."""

    def __init__(self, player, chance, seen):
        self.player, self.chance, self.seen = player, chance, seen
        self.ids, self.files, self.count = [], [], 0

    def finish(self, wire):
        """Takes an answer as far as it comes; a parsed one if it is whole."""
        with wire:
            self.count += 1
            self.player.arrived(self.count)
            entry, answer = self.player.journal()[-1], None
            if STALL in entry["faults"] and entry["status"] in (200, 206) \
                    and entry["length"] > STALL_BYTES:
                while len(wire.body) < STALL_BYTES and wire.receive():
                    pass
            else:
                answer = self.read(wire)
            self.seen.append((wire.end, entry["status"] if wire.data else None, wire.body))
        self.player.entry_over()
        return answer

    def read(self, wire):
        """A whole answer with its body as it is on the wire; None when it breaks off."""
        while b"\r\n\r\n" not in wire.data:
            if not wire.receive():
                return None
        answer = wire.head()
        length = int(answer.fields.get("content-length", 1 << 30))
        while len(wire.body) < length:
            if not wire.receive():
                return None
        answer.body = wire.body
        return answer

    def add(self):
        kind = self.chance.choice(("Bill", "Payment", "Reservation", "Nothing"))
        answer = self.finish(self.player.send("add", EntityType=kind))
        if answer and answer.status == 200:
            self.ids.append(answer.json["Export"]["Id"])

    def poll(self):
        ids = self.chance.sample(self.ids, min(3, len(self.ids)))
        answer = self.finish(self.player.send("getAll", ExportIds=[NOBODY, *ids]))
        if answer and answer.status == 200:
            for export in answer.json["Exports"]:
                self.files += export["Files"][:3]

    def download(self):
        if not self.files:
            return self.poll()
        url = self.chance.choice(self.files[-12:])["Url"]
        fields = self.chance.choice(("", "", "Range: bytes=5-\r\n", "Accept-Encoding: gzip\r\n"))
        # Before HTTP/1.1 a body of unknown length ends with the connection, without chunks.
        version = "HTTP/1.0" if "gzip" in fields else "HTTP/1.1"
        return self.finish(Wire(self.player.server, raw_request(url[len(HOST):], fields=fields,
                                                                version=version)))


class StoryTest(LooseCase):
    def story(self, seed):
        """A run on a fresh server: its journal, and what its clients saw."""
        server = self.start("--seed", seed, "--public-url", HOST, "--max-file-size", "20KB")
        self.assertEqual(server.admin("PUT", "/scenario", SCENARIO).status, 200)
        chance, seen = random.Random(8), []
        clients = [Client(Player(server, client_token="client-of-story",
                                 access_token="access-of-story-%d%s" % (i, end)), chance, seen)
                   for i, end in enumerate(("", "", "", "+server-errors"))]
        for _ in range(240):
            client = chance.choice(clients)
            step = chance.randrange(10)
            if step < 2:
                server.advance(by="%dms" % chance.randrange(4000))
            elif step < 4:
                client.add()
            elif step < 6:
                client.poll()
            else:
                client.download()
        journal = server.request("GET", "/__admin/requests?bodies=true&limit=1000")
        return journal.body, journal.json["requests"], seen

    def test_same_seed_same_story(self):
        journal, requests, seen = self.story(7)
        self.assertGreaterEqual(len(requests), 180)
        self.assertGreater(len({entry["at"] for entry in requests}), 20)
        fired = {fault for entry in requests for fault in entry["faults"]
                 if "by-chance" in "".join(entry["why"])}
        self.assertEqual(fired, set(range(len(SCENARIO["faults"]))))
        self.assertEqual({entry["end"] for entry in requests}, {"completed", "cut"})
        self.assertEqual({end for end, _, _ in seen}, {None, "close", "reset"})
        self.assertGreater(len({body for _, status, body in seen if status == 200}), 20)
        again = self.story(7)
        self.assertEqual(again[2], seen)
        self.assertEqual(again[0], journal)

    def test_another_seed_another_story(self):
        stories = [[(entry["operation"], entry["faults"]) for entry in self.story(seed)[1]]
                   for seed in (7, 8)]
        self.assertNotEqual(*stories)


if __name__ == "__main__":
    main()
