#!/usr/bin/env python3
"""Random requests, judged by a model of the API in a few lines: what each add, getAll, download and
move of the clock must answer. The sequences are fixed by their seeds.

Sources: contract/exports.json, rules.status_lifecycle, in_flight_exclusive, file_url_10_minutes;
contract/README.md, table of choices.
"""

import datetime
import random

from harness import CHAIN_TYPES, LooseCase, NOBODY, POSTING, TYPES, Tenant, instant, main
from scope_test import write_tokens

BEGIN = "2026-08-07T10:00:00.000Z"
NEVER = float("inf")
VALIDITY_MS = 600000
E = ["%08x-1111-4111-8111-111111111111" % number for number in range(1, 5)]
C = ["%08x-2222-4222-8222-222222222222" % number for number in range(1, 3)]
SCOPES = {"all": (0, 1, 2, 3), "first": (0,), "second": (1,), "chain": (0, 1), "across": (1, 2),
          "last": (3,)}
TOKENS = [{"ClientToken": "client of " + name, "AccessToken": name,
           "Enterprises": [{"Id": E[i], "ChainId": C[i // 2]} for i in numbers]}
          for name, numbers in SCOPES.items()]
LIFECYCLES = (((2000, 0), (5000, 0), 604800000), ((0, 0), (5000, 0), 60000),
              ((1000, 0), (0, 0), 10000), ((0, 2), (3000, 0), 60000), ((500, 0), (0, 3), 5000),
              ((0, 1), (0, 1), 604800000))


class Export:
    """The plan of an export and what is seen of it."""

    def __init__(self, model, export_id, entity_type, keys):
        self.model = model
        self.id, self.entity_type, self.keys = export_id, entity_type, keys
        self.links = []
        self.enter("Pending")

    def enter(self, status):
        """From now on in a state, and on from there."""
        now, (pending, processing, kept) = self.model.now, self.model.lifecycle
        self.failed = status == "Failed"
        self.process_at = self.finish_at = self.expire_at = NEVER
        self.polls_left = 0
        if status == "Pending":
            self.polls_left = pending[1]
            if not pending[1]:
                self.process(now + pending[0], processing, kept)
            return
        self.process_at = now
        if status == "Processing":
            self.process(now, processing, kept)
            return
        self.finish_at = now
        self.expire_at = {"Success": now + kept, "Expired": now}.get(status, NEVER)

    def process(self, at, processing, kept):
        self.process_at = at
        self.polls_left = processing[1]
        if not processing[1]:
            self.finish_at = at + processing[0]
            self.expire_at = self.finish_at + kept

    def status_at(self, now):
        if now < self.process_at:
            return "Pending"
        if now < self.finish_at:
            return "Processing"
        if self.failed:
            return "Failed"
        return "Success" if now < self.expire_at else "Expired"

    @property
    def status(self):
        return self.status_at(self.model.now)

    def in_flight(self):
        return self.status in ("Pending", "Processing")

    def polled(self):
        now, (_, processing, kept) = self.model.now, self.model.lifecycle
        if not self.in_flight() or self.polls_left == 0:
            return
        self.polls_left -= 1
        if self.polls_left:
            return
        if self.status == "Pending":
            self.process(now, processing, kept)
        else:
            self.finish_at, self.expire_at = now, now + kept

    def transitions(self, after, until):
        """(instant, status before, status) of all that happens in a time."""
        instants = sorted({self.process_at, self.finish_at, self.expire_at} - {NEVER})
        return [(at, self.status_at(at - 1), self.status_at(at))
                for at in instants if after < at <= until]


class Model:
    def __init__(self, lifecycle):
        self.lifecycle = lifecycle
        self.reset()

    def reset(self):
        self.now = 0
        self.exports = []

    def in_flight(self, entity_type, keys):
        return [export for export in self.exports
                if export.entity_type == entity_type and export.keys & keys and export.in_flight()]

    def visible(self, export, access_token):
        return export.keys <= keys_of(export.entity_type, SCOPES[access_token])

    def transitions(self, until):
        """In the order of time, then of creation."""
        found = [(at, number, export.id, before, status)
                 for number, export in enumerate(self.exports)
                 for at, before, status in export.transitions(self.now, until)]
        return [(one[0],) + one[2:] for one in sorted(found)]

    def next_event(self):
        instants = [at for export in self.exports
                    for at, _, _ in export.transitions(self.now, NEVER)]
        return min(instants, default=self.now)


def keys_of(entity_type, numbers):
    if entity_type in CHAIN_TYPES:
        return {C[number // 2] for number in numbers}
    return {E[number] for number in numbers}


def stage(duration_ms, polls):
    return "%d polls" % polls if polls else "%dms" % duration_ms


class ModelTest(LooseCase):
    STEPS = 300

    def drive(self, lifecycle, seed):
        (pending, processing, kept) = lifecycle
        self.server = self.start("--tokens", write_tokens(self, TOKENS), "--size", "tiny",
                                 "--pending", stage(*pending), "--processing", stage(*processing),
                                 "--expires", "%dms" % kept)
        self.tenants = {name: Tenant(self.server, "client of " + name, name) for name in SCOPES}
        self.model = Model(lifecycle)
        self.random = random.Random(seed)
        self.ids_seen = set()
        actions = ((self.add, 30), (self.get_all, 30), (self.advance, 20), (self.download, 15),
                   (self.force, 6), (self.reset, 1))
        chosen = self.random.choices([action for action, _ in actions],
                                     [weight for _, weight in actions], k=self.STEPS)
        for number, action in enumerate(chosen):
            with self.subTest(lifecycle=lifecycle, seed=seed, step=number, action=action.__name__):
                action()

    def add(self):
        name = self.random.choice(list(SCOPES))
        entity_type = self.random.choice(TYPES[:2] + CHAIN_TYPES + TYPES[-1:])
        keys = keys_of(entity_type, SCOPES[name])
        properties = {"Filters": POSTING} if entity_type == "LedgerEntry" else {}
        if self.random.random() < 0.5:
            keys = set(self.random.sample(sorted(keys), self.random.randint(1, len(keys))))
            key = "ChainIds" if entity_type in CHAIN_TYPES else "EnterpriseIds"
            properties["Scope"] = {key: sorted(keys)}
        answer = self.tenants[name].try_add(entity_type, **properties)
        blockers = [export.id for export in self.model.in_flight(entity_type, keys)]
        if blockers:
            self.assert_error(answer, 400, "An export of this entity type is already in progress.")
            self.assertTrue(any(one in answer.json["Details"] for one in blockers), answer)
            return
        self.assertEqual(answer.status, 200, answer)
        shown = answer.json["Export"]
        self.assertEqual((shown["Status"], shown["Files"], shown["ExpiresUtc"]), ("Pending", [], None))
        self.assertEqual(set(shown["Scope"]["EnterpriseIds"] or shown["Scope"]["ChainIds"]), keys)
        self.assertNotIn(shown["Id"], self.ids_seen)
        self.ids_seen.add(shown["Id"])
        self.model.exports.append(Export(self.model, shown["Id"], entity_type, keys))

    def get_all(self):
        name = self.random.choice(list(SCOPES))
        known = [export.id for export in self.model.exports]
        asked = self.random.choices(known + [NOBODY], k=self.random.randint(1, 12))
        asked = [one.upper() if self.random.random() < 0.2 else one for one in asked]
        by_id = {export.id: export for export in self.model.exports}
        expected = [by_id[one] for one in dict.fromkeys(one.lower() for one in asked)
                    if one in by_id and self.model.visible(by_id[one], name)]
        shown = self.tenants[name].get_all(*asked)
        self.assertEqual([(one["Id"], one["Status"]) for one in shown],
                         [(export.id, export.status) for export in expected])
        for one, export in zip(shown, expected):
            self.assertEqual(one["EntityType"], export.entity_type)
            self.assertEqual(one["ExpiresUtc"] is None, export.expire_at == NEVER or
                             export.status in ("Pending", "Processing"))
            if export.status != "Success":
                self.assertEqual(one["Files"], [])
            for file in one["Files"]:
                export.links.append((self.model.now, file))
        for export in expected:
            export.polled()

    def advance(self):
        expected_to = self.model.now
        if self.random.random() < 0.3:
            how = {"until": "next-event"}
            expected_to = self.model.next_event()
        else:
            by = self.random.choice((0, 1, 499, 500, 999, 1000, 1999, 2000, 4999, 5000, 60000,
                                     599999, 600000, 604800000))
            how = {"by": "%dms" % by}
            expected_to += by
        answer = self.server.advance(**how)
        expected = self.model.transitions(expected_to)
        self.assertEqual([(self.offset(one["at"]), one["exportId"], one["previousStatus"],
                           one["status"]) for one in answer["transitions"]], expected)
        self.assertEqual(self.offset(answer["from"]), self.model.now)
        self.assertEqual(self.offset(answer["to"]), expected_to)
        self.model.now = expected_to

    def offset(self, text):
        """Milliseconds since the start."""
        first, at = (datetime.datetime.fromisoformat(one.replace("Z", "+00:00"))
                     for one in (BEGIN, instant(text)))
        return (at - first) // datetime.timedelta(milliseconds=1)

    def download(self):
        links = [(export, link) for export in self.model.exports for link in export.links]
        if not links:
            return
        export, (minted_at, file) = self.random.choice(links)
        answer = self.server.get(file["Url"])
        if self.model.now >= minted_at + VALIDITY_MS or export.status == "Expired":
            self.assertEqual(answer.status, 403)
        elif export.status == "Success":
            self.assertEqual((answer.status, len(answer.body)), (200, file["SizeInBytes"]))
        else:
            self.assertEqual(answer.status, 404)

    def force(self):
        if not self.model.exports:
            return
        export = self.random.choice(self.model.exports)
        status = self.random.choice(("Pending", "Processing", "Success", "Failed", "Expired"))
        answer = self.server.admin("PUT", "/exports/%s/state" % export.id, {"Status": status})
        in_flight = self.model.in_flight(export.entity_type, export.keys)
        if status in ("Pending", "Processing") and set(in_flight) - {export}:
            self.assertEqual(answer.status, 409, answer)
            return
        self.assertEqual(answer.status, 200, answer)
        export.enter(status)
        self.assertEqual(answer.json["Status"], export.status)

    def reset(self):
        self.assertEqual(self.server.admin("POST", "/reset").status, 200)
        self.model.reset()
        self.ids_seen.clear()


def add_test(number, lifecycle):
    def test(self):
        for seed in (1, 2, 3):
            self.drive(lifecycle, seed)

    setattr(ModelTest, "test_lifecycle_%d" % number, test)


for at, one in enumerate(LIFECYCLES):
    add_test(at, one)

if __name__ == "__main__":
    main()
