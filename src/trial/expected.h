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

/* How many there are, and of how many of them not every file was fetched whole. */
void expected_count(const struct trial *trial, uint64_t *count, uint64_t *not_fetched_count);

#endif
