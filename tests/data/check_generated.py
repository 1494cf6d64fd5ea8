#!/usr/bin/env python3
"""Checks what a generator of exports makes: all types, for docs dates, pricings, seeds, instants.

  check_generated.py --dump 'CMD {type} {seed} {size} {as_of} {options}'

CMD is that of check_windows.py; {options} holds `--api-date D --pricing P --enterprises N`.
Each combination is one data set, checked by the rules of check_rows.py.
"""

import argparse
import itertools
import shlex
import sys

sys.dont_write_bytecode = True

from check_rows import check_files
from check_windows import CommandDump
from contract import Contract
from dataset import seconds
from variety import Variety

API_DATES = "2024-08-21 2025-08-22 2026-04-16 2026-08-07"


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(description="Check what a generator of exports makes.")
    parser.add_argument("--dump", required=True, metavar="TEMPLATE")
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--size", default="tiny")
    parser.add_argument("--as-of", default="2026-08-07T12:00:00Z", metavar="INSTANTS")
    parser.add_argument("--api-dates", default=API_DATES)
    parser.add_argument("--pricings", default="gross net")
    parser.add_argument("--enterprises", default="1", metavar="NUMBERS")
    parser.add_argument("--options", default="", help="more options for every call, as one word")
    parser.add_argument("--partial", action="store_true", help="the options filter rows")
    parser.add_argument("--cap", type=int, default=3)
    parser.add_argument("--require-variety", action="store_true")
    return parser.parse_args(arguments)


def check_one(options, combination):
    """The number of violations of one data set; prints them."""
    api_date, pricing, seed, as_of, enterprises = combination
    more = ["--api-date", api_date, "--pricing", pricing, "--enterprises", enterprises]
    dump = CommandDump(options.dump, seed, options.size, more + shlex.split(options.options))
    files = (
        (entity + "-1.jsonl", dump.export(entity, seconds(as_of)))
        for entity in Contract.load().entity_names()
    )
    dataset = check_files(files, api_date, as_of, partial=options.partial, cap=options.cap)
    missing = Variety(dataset).missing_values() if options.require_variety else []
    rows = sum(map(len, dataset.rows.values()))
    print("%s: %d rows, %d violations" % (" ".join(combination), rows, dataset.report.total))
    if dataset.report.total:
        print(dataset.report.text())
    for name, value in missing:
        print("variety: %s %s never occurs" % (name, value))
    return dataset.report.total + len(missing)


def main(arguments=None):
    options = parse_arguments(arguments)
    combinations = itertools.product(
        options.api_dates.split(),
        options.pricings.split(),
        options.seeds.split(),
        options.as_of.split(),
        options.enterprises.split(),
    )
    return 1 if sum(check_one(options, combination) for combination in combinations) else 0


if __name__ == "__main__":
    sys.exit(main())
