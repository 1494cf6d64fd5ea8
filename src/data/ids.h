/*
 * ids: identifiers as a keyed, invertible function of an index. No table: a reference is made by
 * computing the id of what it points to, and an id can be turned back into its index.
 *
 * The platform's format has 74 free bits before the instant of creation: 44 of them hold the index
 * under a keyed permutation, 14 are a check computed from it, and the first 16 are the id's rank,
 * which may say where it stands among the ids of its block.
 */
#ifndef DATA_IDS_H
#define DATA_IDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/uuid.h"

/* What an id names. The ten exported types come first and have the values of enum entity_type. */
enum id_kind {
    ID_EXPORTED = 0,
    /* One for a row of the block, like the row itself. */
    ID_RESERVATION_GROUP = 16,
    ID_CREDIT_CARD,
    ID_VOUCHER,
    ID_ADDRESS,
    ID_COMPANY_ADDRESS,
    ID_DOCUMENT,
    ID_TRANSACTION,
    ID_PRODUCT_ORDER,
    ID_PAYMENT_REQUEST,
    ID_BLOCK_RATE,
    ID_QUOTE,
    ID_OUTLET_ITEM,
    /* Rooms: they outlive the block, each house has its own. */
    ID_RESOURCE,
    /* What an enterprise has once. */
    ID_SERVICE,
    ID_RATE,
    ID_RESOURCE_CATEGORY,
    ID_PRODUCT,
    ID_ACCOUNTING_CATEGORY,
    ID_AGE_CATEGORY,
    ID_BUSINESS_SEGMENT,
    ID_COUNTER,
    ID_PROFILE,
    ID_KIND_COUNT
};

#define ID_INDEX_LIMIT (UINT64_C(1) << 44)

#define ID_RANK_BITS 16
#define ID_ANY_RANK  (1u << ID_RANK_BITS) /* as a step */

/* The key of one kind of things of one enterprise. */
struct id_key {
    uint64_t add;
    uint64_t mask;
};

/* The key of kind in the enterprise, under the seed of the data set. */
struct id_key id_key_of(uint64_t seed, const struct uuid *enterprise, enum id_kind kind);

/*
 * The 10 bytes before the instant: 8 in *high, 2 in *low, version and variant set. The rank, the
 * first 2 bytes, is drawn from step values: the step-th ones of 2^16 from first on. So ids of one
 * instant with rising first are in order; first 0 and step 2^16 give any rank.
 */
static inline void id_scramble(const struct id_key *key, uint64_t index, uint32_t first,
                               uint32_t step, uint64_t *high, uint16_t *low)
{
    const uint64_t mask = ID_INDEX_LIMIT - 1;
    uint64_t x = (index + key->add) & mask;
    uint64_t check;

    x = (x * UINT64_C(0x9e3779b97f4a7c15)) & mask;
    x ^= x >> 22;
    x = ((x ^ key->mask) * UINT64_C(0xbf58476d1ce4e5b9)) & mask;
    x ^= x >> 22;
    check = (x ^ key->add) * UINT64_C(0x94d049bb133111eb);
    *high = (first + ((check >> 34 & 0xffff) * step >> ID_RANK_BITS)) << 48 | x >> 12 << 16 |
            UINT64_C(0x4000) | (x & 0xfff);
    *low = (uint16_t)(0x8000 | check >> 50);
}

/* The id of index (below ID_INDEX_LIMIT) with any rank, created at created_s (seconds since 1970).
 */
struct uuid id_make(const struct id_key *key, uint64_t index, int64_t created_s);

/* Turns an id of any rank back into its index; false when it was not made with key. */
bool id_find(const struct id_key *key, const struct uuid *id, uint64_t *index);

#endif
