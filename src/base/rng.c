#include "base/rng.h"

#include <endian.h>
#include <string.h>

uint64_t rng_hash(uint64_t key, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    uint64_t hash = rng_mix(key ^ length);
    uint64_t word;

    for (; length >= 8; length -= 8, at += 8) {
        memcpy(&word, at, sizeof word);
        hash = rng_mix(hash ^ le64toh(word));
    }
    word = 0;
    while (length-- > 0)
        word = word << 8 | at[length];
    return rng_mix(hash ^ word);
}
