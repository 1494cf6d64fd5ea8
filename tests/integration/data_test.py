#!/usr/bin/env python3
"""Generated rows as clients get them: the same bytes for the same seed and instant, on any server.

Source: interface, section 7; what the rows say is tested in tests/data.
"""

import json
import subprocess

from harness import (NOW, TYPES, WAIT_S, LooseCase, Server, Tenant, clean_environment, main)
from files_test import write_fixtures


class DataTest(LooseCase):
    def bytes_of(self, tenant, entity_type, **properties):
        files = tenant.finished(entity_type, **properties)["Files"]
        return [tenant.server.get(file["Url"]).body for file in files]

    def test_two_servers_same_bytes(self):
        options = ("--max-file-size", 30000, "--seed", 7)
        first = Tenant(self.start(*options), "c", "a")
        second = Tenant(self.start(*options), "c", "a")
        for entity_type in TYPES:
            with self.subTest(entity_type):
                mine = self.bytes_of(first, entity_type)
                self.assertEqual(mine, self.bytes_of(second, entity_type))
                self.assertGreater(sum(map(len, mine)), 0)

    def test_other_seed_other_bytes(self):
        first = Tenant(self.start("--seed", 1), "c", "a")
        second = Tenant(self.start("--seed", 2), "c", "a")
        for entity_type in TYPES:
            self.assertNotEqual(self.bytes_of(first, entity_type),
                                self.bytes_of(second, entity_type))

    def test_content_is_as_of_the_add(self):
        """Rows do not change while the export runs, nor between two looks at it."""
        options = ("--pending", "30d", "--link-validity", "60d")
        slow = Tenant(self.start(*options), "c", "a")
        quick = Tenant(self.start("--pending", "0s"), "c", "a")
        export = slow.add("Reservation")
        slow.server.advance(by="31d")
        shown = slow.get(export)
        expected = self.bytes_of(quick, "Reservation")
        got = [slow.server.get(file["Url"]).body for file in shown["Files"]]
        self.assertEqual(got, expected)
        slow.server.advance(by="1d")
        again = slow.get(export)
        self.assertEqual([slow.server.get(file["Url"]).body for file in again["Files"]], got)

    def test_order_of_rows(self):
        """By creation, which the last 12 digits of an id tell, then by id: contract/README.md."""
        for options in ((), ("--size", "tiny", "--seed", 8)):
            tenant = Tenant(self.start(*options))
            for entity_type in TYPES:
                with self.subTest(entity_type, options=options):
                    ids = [json.loads(row)["Id"] for body in self.bytes_of(tenant, entity_type)
                           for row in body.splitlines()]
                    self.assertEqual(ids, sorted(ids, key=lambda name: (name[24:], name)))

    def test_sizes(self):
        counts = []
        for size in ("tiny", "small", "medium"):
            tenant = Tenant(self.start("--size", size))
            files = tenant.finished("Reservation")["Files"]
            counts.append(sum(file["SizeInBytes"] for file in files))
        self.assertEqual(counts, sorted(counts))
        self.assertEqual(len(set(counts)), 3)

    def test_rows(self):
        tenant = Tenant(self.start("--rows", "Reservation=5000"))
        rows = b"".join(self.bytes_of(tenant, "Reservation")).splitlines()
        self.assertGreaterEqual(len(rows), 5000)
        ids = {json.loads(row)["Id"] for row in rows}
        self.assertEqual(len(ids), len(rows))

    def test_max_file_size(self):
        for limit in (5000, 50000):
            tenant = Tenant(self.start("--max-file-size", limit))
            files = tenant.finished("Reservation")["Files"]
            self.assertGreater(len(files), 1)
            for file in files[:-1]:
                self.assertLess(abs(file["SizeInBytes"] - limit), limit)

    def test_small_files_hold_whole_rows(self):
        """Also where the limit is less than a row, and where rows are much shorter than 4 KB."""
        limit, types = 1000, ("AvailabilityBlock", "Company", "Reservation")
        small = Tenant(self.start("--size", "tiny", "--max-file-size", limit), "c", "a")
        whole = Tenant(self.start("--size", "tiny", "--max-file-size", "1GB"), "c", "a")
        for entity_type in types:
            with self.subTest(entity_type):
                files = self.bytes_of(small, entity_type)
                (all_rows,) = self.bytes_of(whole, entity_type)
                longest = max(map(len, all_rows.splitlines(keepends=True)))
                self.assertEqual(b"".join(files), all_rows)
                self.assertGreater(len(files), 1)
                self.assertLessEqual(len(files), 1000)
                wanted = max(limit, longest, len(all_rows) // 1000 + 1)
                for file in files:
                    self.assertTrue(file.endswith(b"\n"))
                    self.assertLess(len(file), wanted + longest)

    def test_hazards(self):
        """The sizes that getAll shows are those of what is downloaded, whatever is strange."""
        plain = Tenant(self.start("--max-file-size", 50000), "c", "a")
        server = self.start("--max-file-size", 50000, "--hazards", "unicode,long-strings,crlf",
                            "--hazards", "no-last-newline,repeated-row,empty-file",
                            "--hazards", "null-rows,unknown-properties,unknown-enum-values")
        tenant = Tenant(server, "c", "a")
        for entity_type in TYPES:
            with self.subTest(entity_type):
                files = tenant.finished(entity_type)["Files"]
                answers = [server.get(file["Url"]) for file in files]
                self.assertEqual([len(answer.body) for answer in answers],
                                 [file["SizeInBytes"] for file in files])
                self.assertEqual(files[-1]["SizeInBytes"], 0)
                self.assertGreater(min(file["SizeInBytes"] for file in files[:-1]), 0)
                self.assertEqual(len({answer.fields["etag"] for answer in answers}), len(files))
                ids = [json.loads(line)["Id"] for answer in answers
                       for line in answer.body.split(b"\r\n") if line]
                wanted = [json.loads(row)["Id"] for body in self.bytes_of(plain, entity_type)
                          for row in body.split(b"\n") if row]
                self.assertTrue(list(dict.fromkeys(ids)) == wanted, "other rows, or another order")
        last = tenant.finished("Bill")["Files"][-2]
        part = server.get(last["Url"], Range="bytes=-100")
        self.assertEqual((part.status, len(part.body), part.body[-1:]), (206, 100, b"}"))

    def test_no_file(self):
        tenant = Tenant(self.start("--hazards", "no-file,empty-file"))
        for entity_type in TYPES:
            self.assertEqual(tenant.finished(entity_type)["Files"], [])

    def test_huge_files_cost_nothing(self):
        tenant = Tenant(self.start("--size", "huge", "--max-file-size", "1000000000000"))
        file = tenant.finished("OrderItem")["Files"][0]
        self.assertGreater(file["SizeInBytes"], 10 << 30)
        for start in (0, file["SizeInBytes"] // 2, file["SizeInBytes"] - 100000):
            answer = tenant.server.get(file["Url"], Range="bytes=%d-%d" % (start, start + 99999))
            self.assertEqual((answer.status, len(answer.body)), (206, 100000))
        self.assertTrue(answer.body.endswith(b"}\n"))


class FixturesTest(LooseCase):
    def test_other_types_are_generated(self):
        folder = write_fixtures(self, {"Bill.jsonl": b'{"a":1}\n'})
        plain = Tenant(self.start(), "c", "a")
        fixed = Tenant(self.start("--fixtures", folder), "c", "a")
        self.assertEqual(sum(file["SizeInBytes"] for file in fixed.finished("Bill")["Files"]), 8)
        sizes = [[file["SizeInBytes"] for file in tenant.finished("Payment")["Files"]]
                 for tenant in (plain, fixed)]
        self.assertEqual(sizes[0], sizes[1])

    def test_bad_folders_stop_the_start(self):
        for files, culprit in (({"Bills.jsonl": b""}, "Bills.jsonl"),
                               ({"bill.jsonl": b""}, "bill.jsonl"),
                               ({"Bill-0.jsonl": b""}, "Bill-0.jsonl"),
                               ({"Bill-01.jsonl": b""}, "Bill-01.jsonl"),
                               ({"Bill-x.jsonl": b""}, "Bill-x.jsonl"),
                               ({"Bill-2.jsonl": b""}, "Bill"),
                               ({"Bill-1.jsonl": b"", "Bill-3.jsonl": b""}, "Bill"),
                               ({"Bill.jsonl": b"", "Bill-1.jsonl": b""}, "Bill"),
                               ({"Bill.json": b"", ".Bill.jsonl": b""}, "holds no file"),
                               ({}, "holds no file"),
                               (None, "nowhere")):
            folder = "/nowhere/at/all" if files is None else write_fixtures(self, files)
            with self.subTest(files=files):
                run = subprocess.run([Server.program, "--port", "0", "--now", NOW, "--fixtures",
                                      folder], capture_output=True, timeout=WAIT_S,
                                     env=clean_environment())
                self.assertIn(run.returncode, (1, 2))
                self.assertEqual(run.stdout, b"")
                self.assertEqual(len(run.stderr.splitlines()), 1, run.stderr)
                self.assertIn(culprit.encode(), run.stderr)
                self.assertIn(b"fixtures", run.stderr)


if __name__ == "__main__":
    main()
