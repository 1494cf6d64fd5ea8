/*
 * damage: what a corruption does to a file, said again in the simplest way: on the whole file in
 * memory.
 */
#ifndef UNIT_CONTENT_DAMAGE_H
#define UNIT_CONTENT_DAMAGE_H

#include <stdint.h>

#include "core/fault.h"

/* Changes *size_bytes bytes. Rows and places are found in right, the bytes as they were. */
void damage(const struct corruption *corruption, const char *right, uint64_t right_bytes,
            char *bytes, uint64_t *size_bytes);

/* Where row (from 0) begins; the size when there is none such. */
uint64_t damage_row(const char *bytes, uint64_t size_bytes, uint64_t row);

/* How many rows there are, the last one with or without a line end. */
uint64_t damage_row_count(const char *bytes, uint64_t size_bytes);

#endif
