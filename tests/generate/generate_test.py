#!/usr/bin/env python3
"""`exports-mock generate` from outside: the bytes the server serves, all of the files or none."""

import json
import os
import pty
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "integration"))

from harness import TYPES, LooseCase, Server, Tenant, main

NOW = "2026-08-07T10:00:00Z"
DEMO = ("E0D439EE522F44368DC78E1BFB03710C-D24FB11DBE31D4621C4817E028D9E1D",
        "C66EF7B239D24632943D115EDE9CB810-EA00F8FD8294692C940F6B5A8F9453D")
ALL_ENTRIES = {"LedgerEntryFilters": {"Posting": {"Start": "2020-01-01", "End": "2030-01-01"}}}


class GenerateCase(LooseCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.out = self.folder / "out"

    def generate(self, *options, expect=0, limit=None, **settings):
        """Runs it; gives stdout and stderr."""
        def restrict():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        done = subprocess.run(
            [Server.program, "generate", "--out", str(self.out), *map(str, options)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, check=False,
            preexec_fn=restrict if limit else None, **settings)
        self.assertEqual(done.returncode, expect, done)
        return done.stdout.decode(), done.stderr.decode()

    def assert_refused(self, *options, expect, **settings):
        """One clear line, and nothing new in the folder."""
        before = sorted(self.folder.rglob("*"))
        out, errors = self.generate(*options, expect=expect, **settings)
        self.assertEqual(out, "")
        self.assertRegex(errors, r"\Aexports-mock: [^\n]+\n\Z")
        self.assertEqual(sorted(self.folder.rglob("*")), before)
        return errors

    def names(self):
        return sorted(os.listdir(self.out))

    def rows(self):
        return [json.loads(line) for name in self.names()
                for line in (self.out / name).read_bytes().splitlines()]


class BytesTest(GenerateCase):
    def export(self, server, entity_type):
        """The bytes of each file that the server lists for the first demo pair."""
        tenant = Tenant(server, *DEMO)
        more = {"Filters": ALL_ENTRIES} if entity_type == "LedgerEntry" else {}
        export = tenant.get(tenant.add(entity_type, **more))
        self.assertEqual(export["Status"], "Success")
        served = []
        for file in export["Files"]:
            with urllib.request.urlopen(file["Url"], timeout=60) as response:
                served.append(response.read())
        return served

    def test_the_bytes_that_the_server_serves(self):
        options = ("--now", NOW, "--size", "tiny", "--max-file-size", "60000", "--seed", "7")
        self.generate(*options)
        server = self.start(*options, "--speed", "0", "--pending", "0", "--processing", "0")
        for entity_type in TYPES:
            with self.subTest(entity_type):
                paths = [self.out / ("%s-%d.jsonl" % (entity_type, i + 1))
                         for i in range(len(list(self.out.glob(entity_type + "-*"))))]
                served = self.export(server, entity_type)
                self.assertEqual([path.read_bytes() for path in paths], served)
                self.assertGreater(len(served), 0)

    def test_the_folder_serves_as_fixtures(self):
        self.generate("--now", NOW, "--size", "tiny", "--max-file-size", "60000")
        server = self.start("--fixtures", self.out, "--size", "tiny", "--seed", "99",
                            "--pending", "0", "--processing", "0", "--now", NOW, "--speed", "0")
        served = self.export(server, "OrderItem")
        self.assertGreater(len(served), 1)
        self.assertEqual(served, [(self.out / ("OrderItem-%d.jsonl" % (i + 1))).read_bytes()
                                  for i in range(len(served))])

    def test_one_type_with_so_many_rows(self):
        out, errors = self.generate("--entity-type", "Company", "--rows", "Company=123", "--now", NOW)
        self.assertEqual(self.names(), ["Company-1.jsonl"])
        rows = self.rows()
        self.assertEqual(len({row["Id"] for row in rows}), 123)
        self.assertRegex(out, r"\A1 file, 123 rows, .+ in .+\n\Z")
        self.assertEqual(errors, "")

    def test_a_window(self):
        self.generate("--entity-type", "Bill", "--now", NOW, "--updated-start",
                      "2026-07-01T00:00:00Z", "--updated-end", "2026-08-01T00:00:00Z")
        rows = self.rows()
        self.assertGreater(len(rows), 0)
        for row in rows:
            self.assertTrue("2026-07-01T00:00:00Z" <= row["UpdatedUtc"] < "2026-08-01T00:00:00Z")

    def test_the_net_enterprise_has_other_rows(self):
        self.generate("--entity-type", "Bill", "--size", "tiny", "--now", NOW)
        gross = (self.out / "Bill-1.jsonl").read_bytes()
        self.out = self.folder / "net"
        self.generate("--entity-type", "Bill", "--size", "tiny", "--now", NOW, "--pricing", "net")
        self.assertNotEqual((self.out / "Bill-1.jsonl").read_bytes(), gross)

    def test_quiet(self):
        self.assertEqual(self.generate("-q", "--size", "tiny"), ("", ""))

    def on_terminal(self, *options):
        """What it writes to stderr when that is a terminal."""
        ours, its = pty.openpty()
        process = subprocess.Popen(
            [Server.program, "generate", "--out", str(self.out), "--size", "tiny", *options],
            stdout=subprocess.DEVNULL, stderr=its)
        os.close(its)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:  # the other end is closed
            pass
        os.close(ours)
        self.assertEqual(process.wait(300), 0)
        return shown.decode()

    def test_progress_on_a_terminal(self):
        self.assertRegex(self.on_terminal(), r"\A(\r\[[#.]{20}\] +\d+ %  [^\r\n]+ of "
                                             r"[\d.]+ [KM]B[^\r\n]*\x1b\[K)+\r\x1b\[K\Z")

    def test_no_progress_when_quiet(self):
        self.assertEqual(self.on_terminal("-q"), "")


class RefusalTest(GenerateCase):
    def test_nothing_is_overwritten(self):
        self.generate("--entity-type", "Payment", "--size", "tiny", "--now", NOW)
        before = (self.out / "Payment-1.jsonl").read_bytes()
        errors = self.assert_refused("--size", "tiny", expect=1)
        self.assertIn("Payment-1.jsonl", errors)
        self.assertEqual((self.out / "Payment-1.jsonl").read_bytes(), before)
        self.assertEqual(self.names(), ["Payment-1.jsonl"])

    def test_the_folder_is_a_file(self):
        self.out.write_bytes(b"x")
        self.assertIn("out", self.assert_refused("--size", "tiny", expect=1))
        self.assertEqual(self.out.read_bytes(), b"x")

    def test_the_way_leads_over_a_file(self):
        (self.folder / "file").write_bytes(b"")
        self.out = self.folder / "file" / "out"
        self.assert_refused("--size", "tiny", expect=1)

    def test_a_file_that_may_not_grow_leaves_nothing(self):
        self.out.mkdir()
        self.assert_refused("--size", "small", expect=1, limit=200000)
        self.assertEqual(self.names(), [])

    def mount_small_disk(self, size):
        """A disk of so much room in place of the folder; skips the test where that is not allowed."""
        self.out.mkdir()
        if not shutil.which("mount"):
            self.skipTest("mount is not installed")
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=" + size, "none",
                                  str(self.out)], stderr=subprocess.DEVNULL, check=False)
        if mounted.returncode:
            self.skipTest("may not mount")
        self.addCleanup(subprocess.run, ["umount", str(self.out)], check=True)

    def test_a_disk_that_is_too_small_is_not_filled(self):
        self.mount_small_disk("256k")
        self.assertIn("the disk has room for", self.assert_refused("--size", "small", expect=1))
        self.assertEqual(self.names(), [])

    def test_a_full_disk_leaves_nothing(self):
        """The bytes would fit, but each file takes two pages and fills one and a bit."""
        self.mount_small_disk("1m")
        errors = self.assert_refused("--entity-type", "LedgerEntry", "--rows", "LedgerEntry=1400",
                                     "--max-file-size", "4200", expect=1)
        self.assertIn("No space left on device; make room", errors)
        self.assertEqual(self.names(), [])

    def test_more_than_any_disk(self):
        self.out.mkdir()
        self.assertRegex(self.assert_refused("--rows", "OrderItem=9000000000", "--entity-type",
                                             "OrderItem", expect=1), "room|space")

    def test_a_signal_leaves_nothing(self):
        self.out.mkdir()
        process = subprocess.Popen(
            [Server.program, "generate", "--out", str(self.out), "--rows", "OrderItem=600000",
             "--entity-type", "OrderItem", "--max-file-size", "100MB"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        while not any(self.out.iterdir()) and process.poll() is None:
            pass
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, -signal.SIGINT, errors)
        self.assertEqual(self.names(), [])

    def test_wrong_options(self):
        for options, part in ((("--entity-type", "Bil"), "Bill"), (("--size", "mini"), "tiny"),
                              (("--port", "1"), "--port"), (("--rows", "Bill"), "TYPE=N"),
                              (("--updated-start", NOW), "--updated-end"),
                              (("--entity-type", "LedgerEntry", "--updated-start", NOW,
                                "--updated-end", NOW), "--posting-start"),
                              (("--entity-type", "LedgerEntry", "--api-date", "2024-08-21"),
                               "2025-07-23")):
            with self.subTest(options):
                self.assertIn(part, self.assert_refused(*options, expect=2))


if __name__ == "__main__":
    main()
