#!/usr/bin/env python3
"""Proves that the checks of windows can fail, with exports made by a small stand-in."""

import contextlib
import io
import json
import sys
import unittest
from unittest import mock

sys.dont_write_bytecode = True

import check_generated
import check_windows
from dataset import Report, instant, seconds
from sample import Sample

START = seconds("2026-08-01T00:00:00Z")
FIRST, SECOND = START + 3000, START + 6000


class StandIn:
    """Rows that appear every minute and change once, 20 minutes later; one fault at a time."""

    def __init__(self, fault=None):
        self.fault = fault
        self.calls = 0

    def rows(self, as_of):
        for number in range(200):
            unclocked = number % 10 == 0  # rows without UpdatedUtc are there from the beginning
            created = START if unclocked else START + 60 * number
            changed = created + 1200
            if created > as_of:
                continue
            updated = changed if changed <= as_of else created
            state = "old" if updated == changed else "new"
            if self.fault == "quiet change" and number == 21 and as_of >= SECOND:
                updated, state = created, "other"
            if self.fault == "vanished" and number == 3 and as_of >= SECOND:
                continue
            row = {
                "Id": "%032d" % number,
                "CreatedUtc": instant(created),
                "UpdatedUtc": instant(updated),
                "State": state,
            }
            row["PostingDate"] = "2026-08-%02d" % (1 + number // 50)
            if unclocked:
                row.update(UpdatedUtc=None, State="fixed")
            yield row

    def keeps(self, row, updated, posting):
        if posting:
            last = (
                row["PostingDate"] < posting[1]
                if self.fault == "open day"
                else row["PostingDate"] <= posting[1]
            )
            return posting[0] <= row["PostingDate"] and last
        if not updated:
            return True
        if row["UpdatedUtc"] is None:
            return self.fault == "null leaks"
        at, (start, end) = seconds(row["UpdatedUtc"]), map(seconds, updated)
        if self.fault == "closed end":
            return start <= at <= end
        if start == end:
            return at == start and self.fault != "empty equality"
        return start <= at < end

    def export(
        self, entity, as_of, updated=None, posting=None, max_file=None, file=None, range=None
    ):
        self.calls += 1
        rows = [row for row in self.rows(as_of) if self.keeps(row, updated, posting)]
        if entity == "LedgerEntry":  # immutable
            rows = [dict(row, UpdatedUtc=None, State="fixed") for row in rows]
        if self.fault == "window order" and updated:
            rows.reverse()
        if self.fault == "restless" and self.calls % 3 == 0:
            rows[:1] = []
        lines = [json.dumps(row).encode() + b"\n" for row in rows]
        if file is not None:
            lines = self.cut(lines, max_file)[file : file + 1]
        data = b"".join(lines)
        if range:
            start, length = range
            data = data[start + (self.fault == "range shift") :][:length]
        return data

    def cut(self, lines, max_file):
        files = [b""]
        for line in lines:
            if files[-1] and len(files[-1]) + len(line) > max_file:
                files.append(b"")
            files[-1] += line
        if self.fault == "torn row":
            whole = b"".join(files)
            files = [whole[:500], whole[500:]]
        if self.fault == "lost file":
            del files[1]
        return files


def run(fault=None, entity="Customer"):
    report = Report()
    check = check_windows.WindowCheck(StandIn(fault), entity, FIRST, SECOND, report)
    check.run()
    check.check_files(2000)
    check.check_ranges()
    return report


class Windows(unittest.TestCase):
    def test_good_exports_pass(self):
        for entity in ("Customer", "LedgerEntry"):
            report = run(None, entity)
            self.assertEqual(report.total, 0, report.text())

    def test_each_fault_is_caught(self):
        faults = {
            "quiet change": "merge",
            "vanished": "merge",
            "closed end": "window",
            "empty equality": "window",
            "null leaks": "window",
            "window order": "window",
            "restless": "repeat",
            "torn row": "files",
            "lost file": "files",
            "range shift": "range",
        }
        for fault, rule in faults.items():
            with self.subTest(fault):
                self.assertIn(rule, run(fault).counts)
        self.assertIn("union", run("closed end").counts)
        self.assertIn("posting", run("open day", "LedgerEntry").counts)
        self.assertIn("merge", run("vanished", "LedgerEntry").counts)

    def test_command_template(self):
        program = "import sys; print(sys.argv[1:])"
        dump = check_windows.CommandDump(
            "%s -c '%s' {type} {as_of} {options}" % (sys.executable, program), "1", "tiny", ["--x"]
        )
        held = dump.export("Bill", START, updated=("a", "b"), max_file=5).decode()
        self.assertIn(
            "['Bill', '2026-08-01T00:00:00Z', '--x', '--updated', 'a', 'b', '--max-file', '5']",
            held,
        )

    def test_failing_command_is_an_error(self):
        dump = check_windows.CommandDump(
            "%s -c 'import sys; sys.exit(3)' {options}" % sys.executable, "1", "tiny"
        )
        self.assertIsNone(dump.export("Bill", START, file=9))
        with self.assertRaises(SystemExit):
            dump.export("Bill", START)

    def run_main(self, fault):
        at = ["--at", instant(FIRST), instant(SECOND)]
        with mock.patch.object(check_windows, "CommandDump", lambda *_: StandIn(fault)):
            with contextlib.redirect_stdout(io.StringIO()) as output:
                code = check_windows.main(
                    ["--dump", "x", *at, "--ranges", "--max-file", "2000", "Customer"]
                )
        return code, output.getvalue()

    def test_command_line(self):
        self.assertEqual(self.run_main(None), (0, "Customer: 65 rows then 110 rows\n"))
        code, output = self.run_main("closed end")
        self.assertEqual(code, 1)
        self.assertIn("[window]", output)


class SampleDump:
    """Exports of the hand-written hotel, whatever is asked."""

    broken = False

    def __init__(self, _template, _seed, _size, options):
        self.sample = Sample(options[1])
        if self.broken:
            self.sample["i1"]["UnitCount"] = 2

    def export(self, entity, _as_of):
        return self.sample.bytes_of(entity)


class Generated(unittest.TestCase):
    def run_main(self, *options):
        with mock.patch.object(check_generated, "CommandDump", SampleDump):
            with contextlib.redirect_stdout(io.StringIO()) as output:
                code = check_generated.main(["--dump", "x", *options])
        return code, output.getvalue()

    def test_checks_each_combination(self):
        code, output = self.run_main("--pricings", "gross")
        self.assertEqual((code, len(output.splitlines())), (0, 4))
        self.assertEqual(self.run_main("--require-variety")[0], 1)

    def test_shows_violations(self):
        with mock.patch.object(SampleDump, "broken", True):
            code, output = self.run_main("--api-dates", "2026-08-07", "--pricings", "net")
        self.assertEqual(code, 1)
        self.assertIn("[unit-amount]", output)


if __name__ == "__main__":
    unittest.main()
