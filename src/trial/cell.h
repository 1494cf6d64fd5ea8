/*
 * cell: one scenario of a certification: what the client did under it, and the verdict.
 */
#ifndef TRIAL_CELL_H
#define TRIAL_CELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "core/scenario.h"
#include "options/settings.h"
#include "reports/reports.h"
#include "trial/collected.h"
#include "trial/ending.h"

/* Release it with cell_release(). */
struct cell {
    char *scenario; /* owned: a built-in's name or a path, as `run --scenario` takes it */
    enum expectation expect;
    struct ending ending;
    struct conduct_totals conduct;
    uint32_t rules; /* that were broken, bits 1 << enum conduct_rule */
    struct collected collected;
    int64_t took_real_ms;

    bool passed;
    struct strbuf reasons; /* why it failed, a line each */
    struct strbuf command; /* that runs it alone */
    char *bundle;          /* owned; the file with its story, or NULL */
};

/*
 * Fills passed and reasons from what is there. It passes when
 * - the client ended as the scenario expects of a sound one: by itself, with exit code 0 (success),
 *   another one (failure), or either; never by a signal or a time-out;
 * - its conduct has no finding at fail_on or above; what was left undone is not held against a
 *   client that ends with another code than 0: so it said;
 * - it did not exit with 0 after it wrote rows that are not those of the exports: exit code 0 is
 * the claim that they are. What a client wrote that exits with another code is not held against it;
 * - it did not exit with 0 where success is expected although it added no export, or none that
 *   became Success, or left one behind that failed or had not ended, or, where it wrote nothing,
 * although it did not fetch all files of those that did. With fail_on never, rows are not judged.
 */
void cell_judge(struct cell *cell, enum fail_on fail_on, int64_t timeout_real_ms);

/* Frees what it owns. */
void cell_release(struct cell *cell);

/* "success", "failure" or "either". */
const char *cell_expectation_name(enum expectation expect);

#endif
