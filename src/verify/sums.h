/*
 * sums: two sets of rows compared in little memory, whatever their size and order. Every row falls
 * into one of 65536 buckets by its Id, and its digest is added to the bucket's sum: where the sums
 * and numbers of both sides agree, the bucket holds the same rows on both sides.
 */
#ifndef VERIFY_SUMS_H
#define VERIFY_SUMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SUMS_BUCKET_COUNT 65536

/* The rows of one side in a bucket. */
struct sums_bucket {
    uint64_t sum;
    uint64_t count;
};

/* The two sides of a comparison. */
enum verify_side { VERIFY_EXPECTED, VERIFY_COLLECTED, VERIFY_SIDE_COUNT };

/* Zeroed at first; 2 MiB, so it lives on the heap. */
struct sums {
    struct sums_bucket buckets[VERIFY_SIDE_COUNT][SUMS_BUCKET_COUNT];
};

/* The bucket of a row by the digest of its Id. */
static inline size_t sums_bucket_of(uint64_t key)
{
    return (size_t)(key >> 48);
}

/* Adds a row by the digests of its Id and its bytes. */
static inline void sums_add(struct sums *sums, enum verify_side side, uint64_t key, uint64_t raw)
{
    struct sums_bucket *bucket = &sums->buckets[side][sums_bucket_of(key)];

    bucket->sum += raw;
    bucket->count++;
}

/* True when a bucket holds the same rows on both sides. */
static inline bool sums_agree(const struct sums *sums, size_t bucket)
{
    const struct sums_bucket *expected = &sums->buckets[VERIFY_EXPECTED][bucket];
    const struct sums_bucket *collected = &sums->buckets[VERIFY_COLLECTED][bucket];

    return expected->sum == collected->sum && expected->count == collected->count;
}

#endif
