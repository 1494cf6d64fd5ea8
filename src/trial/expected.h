/*
 * expected: the exports whose rows a client on trial should have.
 *
 * They are those that were added by exports/add and became Success, also when they are Expired by
 * now. Of several with the same entity type, scope and filters only the last one counts: a client
 * that asks again wants the answer to that. Source: assumed.
 */
#ifndef TRIAL_EXPECTED_H
#define TRIAL_EXPECTED_H

#include <stdbool.h>
#include <stdint.h>

struct export;
struct trial;

/* True when the export is one of them, as of the end of the trial. */
bool expected_export(const struct trial *trial, const struct export *export);

/* The exports of a trial, as of its end. */
struct export_counts {
    uint64_t added_count;       /* by exports/add */
    uint64_t success_count;     /* of them, that are expected */
    uint64_t not_fetched_count; /* of these: not every file was fetched whole */
    uint64_t left_count; /* that were added, are in flight or failed, and had no one of their type
                            after them */
};

/* Counts the exports that the client added. */
struct export_counts expected_count(const struct trial *trial);

#endif
