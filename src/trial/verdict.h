/*
 * verdict: what a trial showed, judged.
 */
#ifndef TRIAL_VERDICT_H
#define TRIAL_VERDICT_H

#include <stdbool.h>

#include "core/scenario.h"
#include "options/settings.h"
#include "reports/reports.h"
#include "trial/collected.h"
#include "trial/ending.h"

/* What is judged. */
struct evidence_of_trial {
    struct ending ending;
    struct conduct_totals conduct;
    struct collected collected;
};

/* True when the report has a finding of this level or above. */
bool verdict_conduct_fails(const struct conduct_totals *totals, enum fail_on fail_on);

/*
 * The exit code of the command run: CMD's own if it failed; else 1 when its conduct fails or,
 * unless fail_on is never, rows are missing, doubled, damaged or foreign; else 0. Source:
 * interface, section 3.
 */
int verdict_exit_code(const struct evidence_of_trial *evidence, enum fail_on fail_on);

#endif
