#include "data/ids.h"

#include "base/rng.h"
#include "base/timestamp.h"

/* The inverse of an odd number modulo 2^64 (Newton's iteration doubles the good bits). */
static uint64_t inverse_of(uint64_t odd)
{
    uint64_t inverse = odd;

    for (int i = 0; i < 6; i++)
        inverse *= 2 - odd * inverse;
    return inverse;
}

struct id_key id_key_of(uint64_t seed, const struct uuid *enterprise, enum id_kind kind)
{
    uint64_t name = rng_hash(seed, enterprise->bytes, sizeof enterprise->bytes);
    struct id_key key;

    key.add = rng_at(name, (uint64_t)kind, 0);
    key.mask = rng_at(name, (uint64_t)kind, 1) & (ID_INDEX_LIMIT - 1);
    return key;
}

struct uuid id_make(const struct id_key *key, uint64_t index, int64_t created_s)
{
    uint64_t high;
    uint16_t low;

    id_scramble(key, index, 0, ID_ANY_RANK, &high, &low);
    return uuid_platform(high, low, created_s * MS_PER_SECOND);
}

bool id_find(const struct id_key *key, const struct uuid *id, uint64_t *index)
{
    const uint64_t mask = ID_INDEX_LIMIT - 1;
    uint64_t high = 0, check_high, x;
    uint16_t low = (uint16_t)(id->bytes[8] << 8 | id->bytes[9]);
    uint16_t check_low;

    for (int i = 0; i < 8; i++)
        high = high << 8 | id->bytes[i];
    x = (high >> 16 << 12 | (high & 0xfff)) & mask;
    x ^= x >> 22;
    x = (x * inverse_of(UINT64_C(0xbf58476d1ce4e5b9))) & mask;
    x ^= key->mask;
    x ^= x >> 22;
    x = (x * inverse_of(UINT64_C(0x9e3779b97f4a7c15))) & mask;
    x = (x - key->add) & mask;
    id_scramble(key, x, 0, ID_ANY_RANK, &check_high, &check_low);
    if ((check_high ^ high) << ID_RANK_BITS || check_low != low)
        return false;
    *index = x;
    return true;
}
