/*
 * rng: repeatable randomness. Everything that looks random in this program is a function of a
 * seed, so the same seed tells the same story on every machine. Not for secrets.
 */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

/* A well-mixed 64-bit function of its input (the finalizer of SplitMix64); a bijection. */
static inline uint64_t rng_mix(uint64_t value)
{
    value += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

/* The element at index of the stream named by (seed, stream). */
static inline uint64_t rng_at(uint64_t seed, uint64_t stream, uint64_t index)
{
    return rng_mix(rng_mix(rng_mix(seed) ^ stream) + index);
}

/* A keyed 64-bit hash of bytes; for hash tables and names, not for secrets. */
uint64_t rng_hash(uint64_t key, const void *bytes, size_t length);

#endif
