/*
 * digest: what rows are compared by, as 64-bit numbers: their bytes, their Id, and what they mean
 * as JSON. Two different rows have the same number once in 2^64; nobody is kept from making such a
 * pair on purpose, because the program compares what a client collected for its own author.
 */
#ifndef VERIFY_DIGEST_H
#define VERIFY_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The digest of bytes. Several GB a second for rows of some hundred bytes. */
uint64_t digest_bytes(const void *bytes, size_t length);

/*
 * The digest of the row's Id, as it is written. False when the row has none: it is no object, has
 * no such member, or is broken before it. What is broken behind the Id does not matter.
 */
bool digest_id(const char *row, size_t length, uint64_t *out);

/*
 * The digest of what a row means: equal for rows that differ in white space, in the order of
 * members, in escapes, and in how numbers are written (1.50 and 15e-1, by their digits and not as
 * doubles). False when the row is not strict JSON as json_check_syntax() says.
 */
bool digest_meaning(const char *row, size_t length, uint64_t *out);

#endif
