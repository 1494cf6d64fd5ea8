/*
 * report: what a comparison found, in words or as JSON.
 */
#ifndef VERIFY_REPORT_H
#define VERIFY_REPORT_H

#include "base/strbuf.h"
#include "verify/downloads.h"
#include "verify/files.h"
#include "verify/findings.h"

/* What a report is about; borrowed. */
struct report_subject {
    const struct findings *findings;
    const struct verify_files *expected;
    const struct verify_files *collected;
    const struct downloads *downloads; /* NULL: nothing is known of them */
};

/*
 * Appends the report for people: totals, then each kind of difference with its first rows as
 * FILE:LINE:BYTE, then how the files that lost something were downloaded, then what is unusual but
 * no difference, then the verdict in one line. Bytes count from 1 in the file; a byte of a damaged
 * row is the first that differs.
 */
void report_write_text(const struct report_subject *subject, struct strbuf *out);

/* Appends the report as one JSON object and a newline. Offsets count from 0, lines from 1. */
void report_write_json(const struct report_subject *subject, struct strbuf *out);

#endif
