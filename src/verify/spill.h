/*
 * spill: the rows of the buckets that do not agree, put aside as records of 48 bytes, in groups
 * small enough to be compared in memory. How many records a group gets is known beforehand, so each
 * has its place in one temporary file; a few records never reach the disk.
 */
#ifndef VERIFY_SPILL_H
#define VERIFY_SPILL_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "verify/sums.h"

/* What is kept of a row; its place leads back to its bytes. */
struct spill_record {
    uint64_t key; /* digests of its Id, of its bytes, and of what it means (0: not JSON) */
    uint64_t raw;
    uint64_t meaning;
    uint64_t offset_bytes;
    uint64_t line;
    uint32_t length;
    uint32_t file;
};

struct spill;

/* A spill for the buckets of sums that do not agree; caller frees. */
struct spill *spill_new(const struct sums *sums);
void spill_free(struct spill *spill); /* may be NULL */

/* Puts a record aside; all of the expected side come before the first of the collected one. */
enum status spill_add(struct spill *spill, enum verify_side side, const struct spill_record *record,
                      struct error *err) MUST_CHECK;

/* How many groups there are. */
size_t spill_group_count(const struct spill *spill);

/* How many records of a side a group has been given. */
uint64_t spill_count(const struct spill *spill, size_t group, enum verify_side side);

/*
 * Hands every record of a group to take, in the order they were added. STATUS_IO when the temporary
 * file cannot be read.
 */
enum status spill_read(struct spill *spill, size_t group,
                       void (*take)(void *state, enum verify_side side,
                                    const struct spill_record *record),
                       void *state, struct error *err) MUST_CHECK;

#endif
