#!/usr/bin/env python3
"""Checks that exports of one data set at several instants and windows fit together.

  check_windows.py --dump 'CMD {type} {seed} {size} {as_of} {options}' [TYPE...]

CMD writes an export to its standard output. {options} becomes, as needed, `--updated START END`,
`--posting DAY DAY`, `--max-file BYTES`, `--file N`, `--range START LENGTH`, and what --options
gives. Checked, for each type:

  repeat    the same call gives the same bytes
  merge     full at T2 = full at T1 merged by Id with the window [T1, T2 + 1 s) read at T2
  window    a window holds the lines of the full export with start <= UpdatedUtc < end, in order;
            start = end means equality; rows without UpdatedUtc are in no window
  union     consecutive windows over all time hold each line of the full export once
  posting   a posting filter holds the ledger entries of its days, first and last included
  files     the files of an export, one after the other, are the export; each ends at a row's end
  range     any range of bytes is that part of the export
"""

import argparse
import random
import re
import shlex
import subprocess
import sys
from datetime import date, timedelta

sys.dont_write_bytecode = True

from contract import Contract
from dataset import Report, instant, seconds
from jsonl import parse_row


class CommandDump:
    """Exports made by a program; the template says how to call it."""

    def __init__(self, template, seed, size, options=()):
        self.template = shlex.split(template)
        self.values = {"seed": seed, "size": size}
        self.options = list(options)

    def export(self, entity, as_of, **filters):
        """The bytes of an export, or None when there is no such file."""
        options = list(self.options)
        for name, value in filters.items():
            values = value if isinstance(value, tuple) else (value,)
            options += ["--" + name.replace("_", "-")] + [str(v) for v in values]
        values = dict(self.values, type=entity, as_of=instant(as_of))
        command = []
        for word in self.template:
            command += options if word == "{options}" else [word.format(**values)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if done.returncode and "file" in filters:
            return None
        if done.returncode:
            raise SystemExit(
                "%s: exit code %d: %s"
                % (shlex.join(command), done.returncode, done.stderr.decode())
            )
        return done.stdout


class Lines:
    """The lines of an export with the properties that windows look at."""

    def __init__(self, data):
        self.data = data
        self.lines = data.splitlines(keepends=True)
        self.rows = [parse_row(line[:-1]) for line in self.lines]

    def __len__(self):
        return len(self.lines)

    def by_id(self):
        return {row["Id"]: line for row, line in zip(self.rows, self.lines)}

    def where(self, keep):
        return [line for row, line in zip(self.rows, self.lines) if keep(row)]

    def instants(self, name="UpdatedUtc"):
        return sorted({seconds(row[name]) for row in self.rows if row.get(name)})


class WindowCheck:
    def __init__(self, dump, entity, first, second, report, seed=1):
        self.dump = dump
        self.entity = entity
        self.first = first
        self.second = second
        self.report = report
        self.random = random.Random(seed)
        self.older = Lines(dump.export(entity, first))
        self.full = Lines(dump.export(entity, second))

    def fail(self, rule, message):
        self.report.add_at(instant(self.second), self.entity, rule, message)

    def compare(self, rule, what, held, wanted):
        """Both are lists of lines."""
        if held == wanted:
            return
        missing, extra = set(wanted) - set(held), set(held) - set(wanted)
        detail = "order or number differs"
        for name, lines in (("lacks", missing), ("should not hold", extra)):
            if lines:
                detail = "%s %d lines, e.g. %s" % (name, len(lines), self.show(min(lines)))
                break
        self.fail(rule, "%s: %d lines for %d: %s" % (what, len(held), len(wanted), detail))

    @staticmethod
    def show(line):
        row = parse_row(line.rstrip(b"\n"))
        return "Id %s UpdatedUtc %s" % (row["Id"], row.get("UpdatedUtc"))

    def run(self):
        self.check_repeat()
        if self.entity == "LedgerEntry":
            self.check_growth()
            self.check_posting()
        else:
            self.check_merge()
            self.check_windows()
            self.check_union()

    def check_repeat(self):
        again = self.dump.export(self.entity, self.second)
        if again != self.full.data:
            self.fail("repeat", "the same call gave other bytes")

    def window(self, start, end):
        return Lines(
            self.dump.export(self.entity, self.second, updated=(instant(start), instant(end)))
        )

    def check_merge(self):
        since = self.window(self.first, self.second + 1)
        merged = dict(self.older.by_id(), **since.by_id())
        self.compare(
            "merge", "older export and window", sorted(merged.values()), sorted(self.full.lines)
        )

    def check_growth(self):
        """Entries are immutable: the older export's lines stay, and new ones are new."""
        later = self.full.where(lambda row: seconds(row["CreatedUtc"]) > self.first)
        self.compare(
            "merge",
            "older entries and new ones",
            sorted(self.older.lines + later),
            sorted(self.full.lines),
        )

    def check_window(self, start, end):
        def keep(row):
            if not row.get("UpdatedUtc"):
                return False
            at = seconds(row["UpdatedUtc"])
            return at == start if start == end else start <= at < end

        what = "[%s, %s)" % (instant(start), instant(end))
        self.compare("window", what, self.window(start, end).lines, self.full.where(keep))

    def check_windows(self):
        instants = self.full.instants()
        if not instants:
            return
        chosen = {instants[0], instants[-1]} | set(
            self.random.sample(instants, min(6, len(instants)))
        )
        for at in sorted(chosen):
            self.check_window(at, at)
            self.check_window(at, at + 1)
            self.check_window(at - 1, at)
        for _ in range(6):
            start, end = sorted(self.random.choices(instants, k=2))
            self.check_window(start, end)
        self.check_window(self.second + 1, self.second + 86400)

    def check_union(self):
        instants = self.full.instants()
        if not instants:
            return
        cuts = sorted(self.random.sample(instants, min(4, len(instants))))
        borders = [instants[0] - 1] + cuts + [self.second + 1]
        held = [
            line
            for start, end in zip(borders, borders[1:])
            if start < end
            for line in self.window(start, end).lines
        ]
        wanted = self.full.where(lambda row: bool(row.get("UpdatedUtc")))
        self.compare("union", "windows together", sorted(held), sorted(wanted))

    def check_posting(self):
        days = sorted({row["PostingDate"] for row in self.full.rows})
        if not days:
            return
        pairs = [(days[0], days[0]), (days[-1], days[-1]), (days[0], days[-1])]
        pairs += [tuple(sorted(self.random.choices(days, k=2))) for _ in range(4)]
        after = (date.fromisoformat(days[-1]) + timedelta(days=1)).isoformat()
        for start, end in pairs + [(after, after)]:
            held = Lines(self.dump.export(self.entity, self.second, posting=(start, end))).lines
            wanted = self.full.where(
                lambda row: start <= row["PostingDate"] <= end
            )  # pylint: disable=cell-var-from-loop
            self.compare("posting", "%s to %s" % (start, end), held, wanted)

    def check_files(self, max_file):
        whole, files = b"", []
        while True:
            data = self.dump.export(self.entity, self.second, max_file=max_file, file=len(files))
            if not data:
                break
            files.append(data)
            whole += data
            if not data.endswith(b"\n"):
                self.fail("files", "file %d does not end at a row's end" % len(files))
        if whole != self.full.data:
            self.fail(
                "files",
                "%d files of %d bytes together differ from the export" % (len(files), len(whole)),
            )
        longest = max(map(len, self.full.lines), default=0)
        if any(len(data) > max_file + longest for data in files):
            self.fail("files", "a file is longer than %d bytes and a row" % max_file)

    def check_ranges(self, count=12):
        size = len(self.full.data)
        borders = [0, len(self.full.lines[0]) if self.full.lines else 0, size]
        for number in range(count):
            start = borders[number] if number < len(borders) else self.random.randrange(size + 1)
            length = self.random.choice((1, 7, 4096, 70000, size))
            held = self.dump.export(self.entity, self.second, range=(start, length))
            if held != self.full.data[start : start + length]:
                self.fail(
                    "range", "bytes %d to %d are not those of the export" % (start, start + length)
                )


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(
        description="Check that exports at several instants fit together."
    )
    parser.add_argument(
        "--dump",
        required=True,
        metavar="TEMPLATE",
        help="e.g. 'dump {type} {seed} {size} {as_of} {options}'",
    )
    parser.add_argument("--seed", default="1")
    parser.add_argument("--size", default="tiny")
    parser.add_argument(
        "--at",
        nargs=2,
        metavar=("T1", "T2"),
        default=("2026-08-05T12:00:00Z", "2026-08-07T12:00:00Z"),
    )
    parser.add_argument("--options", default="", help="more options for every call, as one word")
    parser.add_argument(
        "--max-file", type=int, metavar="BYTES", help="check the cut into files too"
    )
    parser.add_argument("--ranges", action="store_true", help="check ranges of bytes too")
    parser.add_argument("types", nargs="*", metavar="TYPE", help="entity types (default: all)")
    options = parser.parse_args(arguments)
    for at in options.at:
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", at):
            parser.error("--at wants YYYY-MM-DDThh:mm:ssZ")
    return options


def main(arguments=None):
    options = parse_arguments(arguments)
    dump = CommandDump(options.dump, options.seed, options.size, shlex.split(options.options))
    report = Report()
    first, second = sorted(map(seconds, options.at))
    for entity in options.types or Contract.load().entity_names():
        check = WindowCheck(dump, entity, first, second, report)
        check.run()
        if options.max_file:
            check.check_files(options.max_file)
        if options.ranges:
            check.check_ranges()
        print("%s: %d rows then %d rows" % (entity, len(check.older), len(check.full)))
    if report.total:
        print(report.text())
    return 1 if report.total else 0


if __name__ == "__main__":
    sys.exit(main())
