#!/usr/bin/env python3
"""Checks exported rows against the contract: their form, and that they agree with one another.

  check_rows.py [--api-date D] [--as-of INSTANT] FILE-OR-FOLDER...

Files are named EntityType.jsonl or EntityType-1.jsonl. All files given are one data set.
Exit code 1 when anything is wrong, 2 on wrong usage.
"""

import argparse
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True

import rule_account
import rule_bill
import rule_form
import rule_item
import rule_ledger
import rule_payment
import rule_refs
import rule_stay
from dataset import Dataset, Report, entity_of_file, file_order
from variety import Variety


def check_agreement(dataset):
    """All rules that look at valid rows; the form of each row has been checked while reading."""
    rule_form.check_ids(dataset)
    rule_form.check_instants(dataset)
    rule_form.check_amounts(dataset)
    rule_refs.learn_owners(dataset)
    rule_refs.check_references(dataset)
    rule_account.check_accounts(dataset)
    rule_stay.check_stays(dataset)
    rule_item.check_items(dataset)
    rule_payment.check_payments(dataset)
    rule_bill.check_bills(dataset)
    rule_ledger.check_ledger(dataset, rule_stay.check_midnights(dataset))


def check_files(named_bytes, api_date=None, as_of=None, partial=False, cap=5):
    """Checks (file name, bytes) pairs as one data set; gives the data set with its report."""
    dataset = Dataset(api_date, as_of, partial, Report(cap))
    form = rule_form.Form(dataset)
    for name, data in named_bytes:
        form.read_file(entity_of_file(name), name, data)
    check_agreement(dataset)
    return dataset


def check_row_dicts(rows_by_type, api_date=None, as_of=None, partial=False, cap=5):
    """The same for rows in memory: type -> list of dicts."""
    dataset = Dataset(api_date, as_of, partial, Report(cap))
    form = rule_form.Form(dataset)
    for entity, rows in rows_by_type.items():
        dataset.add_type(entity)
        for number, row in enumerate(rows, 1):
            form.add_row(rule_form.Row(row, entity, "", number))
    check_agreement(dataset)
    return dataset


def find_files(paths, entities):
    files = []
    for path in map(Path, paths):
        files += sorted(path.glob("*.jsonl"), key=file_order) if path.is_dir() else [path]
    strange = [str(f) for f in files if entity_of_file(f) not in entities]
    if strange or not files:
        raise SystemExit(
            "check_rows: no entity type in the name of: %s" % (strange or "(no files)")
        )
    return files


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(description="Check exported rows against the contract.")
    parser.add_argument("paths", nargs="+", metavar="FILE-OR-FOLDER")
    parser.add_argument(
        "--api-date", metavar="D", help="docs date of the rows (default: the newest)"
    )
    parser.add_argument(
        "--as-of", metavar="INSTANT", help="the rows' instant; nothing has happened later"
    )
    parser.add_argument(
        "--partial", action="store_true", help="a window or a filter: references may leave it"
    )
    parser.add_argument(
        "--cap", type=int, default=5, help="violations shown of each rule (default 5)"
    )
    parser.add_argument(
        "--variety", action="store_true", help="report enum values and nulls that occurred"
    )
    parser.add_argument(
        "--require-variety", action="store_true", help="every enum value must occur"
    )
    parser.add_argument(
        "--require-nulls", action="store_true", help="nullable properties must be both null and set"
    )
    options = parser.parse_args(arguments)
    if options.as_of and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", options.as_of):
        parser.error("--as-of wants YYYY-MM-DDThh:mm:ssZ")
    return options


def report_variety(dataset, options):
    variety = Variety(dataset)
    if options.variety:
        print(variety.text())
    failed = False
    for name, value in (
        variety.missing_values() if options.require_variety or options.variety else ()
    ):
        failed = failed or options.require_variety
        print("variety: %s %s never occurs" % (name, value))
    for name, what in variety.one_sided() if options.require_nulls or options.variety else ():
        failed = failed or options.require_nulls
        print("variety: %s is %s" % (name, what))
    return failed


def main(arguments=None):
    options = parse_arguments(arguments)
    contract = Dataset(options.api_date).contract
    files = find_files(options.paths, contract.entity_names())
    read = ((str(f), f.read_bytes()) for f in files)
    dataset = check_files(read, options.api_date, options.as_of, options.partial, options.cap)
    failed = report_variety(dataset, options)
    if dataset.report.total:
        print(dataset.report.text())
    rows = ", ".join("%d %s" % (len(dataset.rows[e]), e) for e in dataset.rows)
    print(
        "%s: %d violations of %d rules" % (rows, dataset.report.total, len(dataset.report.counts))
    )
    return 1 if failed or dataset.report.total else 0


if __name__ == "__main__":
    sys.exit(main())
