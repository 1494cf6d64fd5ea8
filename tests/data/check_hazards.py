#!/usr/bin/env python3
"""Checks that `generate --hazards` makes exactly what each hazard promises, and nothing else.

  check_hazards.py PROGRAM [--api-date D]...

Every export is read as a sound client reads it: split at LF, CR LF taken for LF, strict UTF-8,
strict JSON, rows told apart by their Id. What remains must be the export without hazards.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

sys.dont_write_bytecode = True

from contract import Contract, make_schema
from dataset import entity_of_file, file_order
from jsonl import parse_row
from schema import Validator

UNKNOWN_VALUE = "NotInAnyDocs"
NOTES_LENGTH = 10000
ROW_HAZARDS = ("unicode", "long-strings", "unknown-properties", "unknown-enum-values", "null-rows")
FILE_HAZARDS = ("empty-file", "crlf", "no-last-newline", "repeated-row")
WITHOUT_STRINGS = ("AvailabilityAdjustment", "LedgerEntry")


class Broken(Exception):
    """A promise that is not kept."""


def demand(truth, *what):
    if not truth:
        raise Broken(" ".join(map(str, what)))


def rows_of(data):
    """The rows of a file's bytes, as a sound client finds them."""
    lines = data.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return [parse_row(line[:-1] if line.endswith(b"\r") else line) for line in lines]


class Exports:
    """The files of every type that one call of `generate` wrote, and their rows."""

    def __init__(self, files):
        self.files = files
        self.rows = {entity: [row for data in parts for row in rows_of(data)]
                     for entity, parts in files.items()}

    def bytes_of(self, entity):
        return b"".join(self.files[entity])


def generate(program, api_date, hazards=(), max_file="60000"):
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "generate", "--size", "tiny", "--now", "2026-08-07T12:00:00Z", "-q",
                   "--api-date", api_date, "--max-file-size", max_file, "--out", folder]
        # One variable, one option with a list, or several: they mean the same.
        environment = {k: v for k, v in os.environ.items() if not k.startswith("EXPORTS_MOCK_")}
        if len(hazards) == 1:
            environment["EXPORTS_MOCK_HAZARDS"] = hazards[0]
        elif hazards:
            command += ["--hazards", ",".join(hazards[:2])]
            command += [word for name in hazards[2:] for word in ("--hazards", name)]
        subprocess.run(command, check=True, env=environment, stdin=subprocess.DEVNULL)
        files = {entity: [] for entity in Contract.load().entity_names()}
        for path in sorted(Path(folder).glob("*.jsonl"), key=file_order):
            files[entity_of_file(path)].append(path.read_bytes())
        return Exports(files)


class Check:
    """One docs date: what is there without hazards, against what is there with them."""

    def __init__(self, program, api_date):
        self.program = program
        self.api_date = api_date
        self.contract = Contract.load(api_date=api_date)
        self.plain = self.make()
        self.entities = [e for e in self.contract.entity_names() if self.plain.rows[e]]
        self.validators = {e: Validator(make_schema(self.contract, e)) for e in self.entities}

    def make(self, *hazards, **options):
        return generate(self.program, self.api_date, hazards, **options)

    def differences(self, exports, entity):
        """(row number, path, value without, value with) wherever rows differ; arrays by place."""
        plain, strange = self.plain.rows[entity], exports.rows[entity]
        demand(len(plain) == len(strange), entity, "has", len(strange), "rows, not", len(plain))
        for number, (before, after) in enumerate(zip(plain, strange)):
            yield from ((number,) + found for found in walk(before, after, ""))

    def demand_valid(self, exports, entity):
        for row in exports.rows[entity]:
            errors = self.validators[entity].errors(row)
            demand(not errors, entity, errors[:3])

    def check(self, hazard):
        getattr(self, "check_" + hazard.replace("-", "_"))(self.make(hazard))

    def check_unicode(self, exports):
        for entity in self.entities:
            self.demand_valid(exports, entity)
            texts = []
            for _, path, before, after in self.differences(exports, entity):
                demand(before is None or isinstance(before, str), entity, path, before)
                demand(isinstance(after, str), entity, path, after)
                texts.append(after)
            raw = exports.bytes_of(entity)
            demand(b"\\u00" in raw, entity, "has no escape")
            demand(raw.decode("utf-8", "strict") != "", entity)
            if entity in WITHOUT_STRINGS:
                demand(not texts, entity, "differs")
                continue
            self.demand_variety(entity, "".join(texts), raw)

    @staticmethod
    def demand_variety(entity, text, raw):
        for name, found in (
            ("combining mark", any(unicodedata.combining(c) for c in text)),
            ("right to left", any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)),
            ("beyond the first plane", any(ord(c) > 0xFFFF for c in text)),
            ("raw four-byte character", b"\xf0\x9f" in raw),
            ("surrogate pair", b"\\ud834\\udd1e" in raw and b"\\uD83D\\uDE00" in raw),
            ("line separator", "\u2028" in text and "\x85" in text),
        ):
            demand(found, entity, "has no", name)
        for escape in (b'\\"', b"\\\\", b"\\/", b"\\n", b"\\t", b"\\r", b"\\b", b"\\f"):
            demand(escape in raw, entity, "has no", escape)

    @staticmethod
    def limits():
        """Property -> the length that long-strings gives it, in every type; a running number
        keeps its own."""
        contract = Contract.load()
        found = {p["name"]: p["max_length"] for entity in contract.entity_names()
                 for p in contract.entity_properties(entity)
                 if "max_length" in p and p["name"] != "Number"}
        return {**found, "Notes": NOTES_LENGTH, "OriginDetails": NOTES_LENGTH}

    def check_long_strings(self, exports):
        for entity in self.entities:
            self.demand_valid(exports, entity)
            limits = self.limits()
            longest = {}
            for _, path, _, after in self.differences(exports, entity):
                name = path.rsplit(".", 1)[-1]
                demand(name in limits and len(after) <= limits[name], entity, path, len(after))
                longest[name] = max(longest.get(name, 0), len(after))
            for name in limits:
                if name in self.plain.rows[entity][0]:
                    demand(longest.get(name) == limits[name], entity, name, longest.get(name))
            demand(longest or entity in WITHOUT_STRINGS, entity, "has no long string")

    def check_unknown_properties(self, exports):
        for entity in self.entities:
            kinds, nested = set(), 0
            rows = []
            for row in exports.rows[entity]:
                known, unknown = without_unknown(row)
                demand(any("." not in path for path in unknown), entity, "row without any")
                kinds |= {type(value) for value in unknown.values()}
                nested += sum("." in path for path in unknown)
                rows.append(known)
            demand(rows == self.plain.rows[entity], entity, "differs in what is known")
            demand(kinds == {bool, int, str, type(None), dict, list}, entity, kinds)
            has_objects = any(isinstance(inner, dict) for row in rows for value in row.values()
                              for inner in (value if isinstance(value, list) else [value]))
            demand(bool(nested) == has_objects, entity, nested, "unknown ones in objects")

    def check_unknown_enum_values(self, exports):
        for entity in self.entities:
            strange = set()
            for number, path, before, after in self.differences(exports, entity):
                demand(isinstance(before, str) and after == UNKNOWN_VALUE, entity, path, after)
                strange.add(number)
            self.demand_share(entity, strange)
            for number, row in enumerate(exports.rows[entity]):
                for path, message in self.validators[entity].errors(row):
                    demand("not a value of the enum" in message, entity, path, message)
                    demand(number in strange, entity, path)
                left = list(self.known_enum_values(entity, row)) if number in strange else []
                demand(not left, entity, left)

    def known_enum_values(self, entity, row):
        """Enum values of the row itself that a strange row still has."""
        for entry in self.contract.at(entity).entity_properties(entity):
            value = row[entry["name"]]
            if "enum" in entry and value not in (None, UNKNOWN_VALUE):
                yield entry["name"], value

    def demand_share(self, entity, strange):
        share = len(strange) / len(self.plain.rows[entity])
        demand(0.05 <= share <= 0.5, entity, "share of strange rows", share)

    def check_null_rows(self, exports):
        for entity in self.entities:
            self.demand_valid(exports, entity)
            nullable = [p["name"] for p in self.contract.at(entity).entity_properties(entity)
                        if p["nullable"] and not p["required"]]
            strange = {number for number, row in enumerate(exports.rows[entity])
                       if all(row[name] is None for name in nullable)}
            before = sum(all(row[name] is None for name in nullable)
                         for row in self.plain.rows[entity])
            demand(len(strange) > before, entity, "has no rows of nulls")
            changed = set()
            for number, path, _, after in self.differences(exports, entity):
                demand(number in strange and after is None, entity, path, after)
                changed.add(number)
            self.demand_share(entity, changed)
            for number in strange:
                left = list(self.nested_values(entity, exports.rows[entity][number]))
                demand(not left, entity, left)

    def nested_values(self, entity, row):
        """What may be null in the objects of a row, and is not."""
        contract = self.contract.at(entity)

        def walk_type(value, name, path):
            for entry in contract.type_properties(name):
                yield from visit(entry, value, path)

        def visit(entry, holder, path):
            value, where = holder[entry["name"]], path + "." + entry["name"]
            if entry["nullable"] and not entry["required"] and value is not None:
                yield where
            name = (entry.get("items") or entry).get("type_name")
            for item in (value if isinstance(value, list) else [value]) if name else ():
                if item is not None:
                    yield from walk_type(item, name, where)

        for entry in contract.entity_properties(entity):
            yield from visit(entry, row, "")

    def check_empty_file(self, exports):
        for entity in self.contract.entity_names():
            plain = self.plain.files[entity]
            demand(exports.files[entity] == (plain + [b""] if plain else plain), entity)

    def check_no_file(self, exports):
        demand(not any(exports.files.values()), "there are files")

    def check_crlf(self, exports):
        for entity in self.entities:
            wanted = self.plain.bytes_of(entity).replace(b"\n", b"\r\n")
            demand(exports.bytes_of(entity) == wanted, entity, "is not the same with CR LF")

    def check_no_last_newline(self, exports):
        for entity in self.entities:
            demand(exports.files[entity] == [f[:-1] for f in self.plain.files[entity]], entity)

    def check_repeated_row(self, exports):
        for entity in self.entities:
            self.demand_repeats(entity, self.plain.files[entity], exports.files[entity])
        one = {"max_file": "1000000000"}
        plain, repeated = self.make(**one), self.make("repeated-row", **one)
        for entity in self.entities:
            whole = plain.files[entity][0]
            demand(repeated.files[entity] == [whole + whole.splitlines(True)[-1]], entity)

    @staticmethod
    def demand_repeats(entity, plain, repeated):
        if len(plain) == 1:
            plain = [plain[0] + plain[0].splitlines(True)[-1]]
        demand(repeated[0] == plain[0], entity, "differs in the first file")
        for before, part, found in zip(plain, plain[1:], repeated[1:]):
            demand(found == before.splitlines(True)[-1] + part, entity, "does not repeat")
        demand(len(plain) == len(repeated), entity, len(repeated), "files")

    def check_combination(self):
        """All at once; a sound client finds each row once, in order."""
        exports = self.make(*ROW_HAZARDS, *FILE_HAZARDS)
        for entity in self.entities:
            files = exports.files[entity]
            demand(files[-1] == b"" and all(files[:-1]), entity, "has not one empty file")
            demand(all(f.endswith(b"}") for f in files[:-1]), entity, "has a last line end")
            ids = [row["Id"] for row in exports.rows[entity]]
            repeats = max(len(files) - 2, 1)
            demand(len(set(ids)) == len(ids) - repeats, entity, "repeats", len(ids) - len(set(ids)))
            once = list(dict.fromkeys(ids))
            demand(once == [row["Id"] for row in self.plain.rows[entity]], entity, "other rows")
            for row in exports.rows[entity]:
                errors = [e for e in self.validators[entity].errors(without_unknown(row)[0])
                          if "not a value of the enum" not in e[1]]
                demand(not errors, entity, errors[:3])
        self.check_no_file(self.make("no-file", *FILE_HAZARDS))


def walk(before, after, path):
    """(path, value before, value after) of every difference; objects keep order and names."""
    if isinstance(before, dict) and isinstance(after, dict):
        demand(list(before) == list(after), path, "has other properties")
        for name in before:
            yield from walk(before[name], after[name], path + "." + name)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for one, other in zip(before, after):
            yield from walk(one, other, path)
    elif before != after:
        yield path, before, after


def without_unknown(value, path=""):
    """A row without the properties of the future, and those by their path."""
    unknown = {}

    def strip(value, path):
        if isinstance(value, list):
            return [strip(item, path) for item in value]
        if not isinstance(value, dict):
            return value
        for name in value:
            if name.startswith("New"):
                unknown[path + name] = value[name]
        return {name: strip(inner, path + name + ".")
                for name, inner in value.items() if not name.startswith("New")}

    return strip(value, path), unknown


def main():
    parser = argparse.ArgumentParser(description="Check what hazards do to exports.")
    parser.add_argument("program")
    parser.add_argument("--api-date", action="append", dest="api_dates", required=True)
    options = parser.parse_args()
    failed = 0
    for api_date in options.api_dates:
        check = Check(options.program, api_date)
        steps = [(h, lambda h=h: check.check(h)) for h in ROW_HAZARDS + FILE_HAZARDS + ("no-file",)]
        for name, step in steps + [("all at once", check.check_combination)]:
            try:
                step()
            except Broken as broken:
                failed += 1
                print("%s %s: %s" % (api_date, name, broken))
    print("hazards of %d docs dates: %d broken promises" % (len(options.api_dates), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
