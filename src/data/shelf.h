/*
 * shelf: the blocks of templates a data set has made so far, one for each pricing environment and
 * entity type. A block is made when it is first asked for (up to ten milliseconds).
 */
#ifndef DATA_SHELF_H
#define DATA_SHELF_H

#include <stdbool.h>

#include "data/block.h"
#include "data/dataset.h"
#include "data/scale.h"

#define PRICING_COUNT (PRICING_NET + 1)

struct shelf {
    const struct dataset_config *config; /* borrowed */
    struct scale scale;
    struct hotel_facts facts[PRICING_COUNT]; /* valid once a block of the pricing was asked for */
    struct block *blocks[PRICING_COUNT][ENTITY_TYPE_COUNT]; /* owned; NULL: not made yet */
};

/* config stays borrowed. Release with shelf_trim(). */
void shelf_init(struct shelf *shelf, const struct dataset_config *config);

/* A block, made if it is not there; borrowed until the shelf is trimmed. */
const struct block *shelf_get(struct shelf *shelf, enum pricing pricing, enum entity_type type);

/* The memory of its blocks, in bytes. */
size_t shelf_memory(const struct shelf *shelf);

/* Frees all blocks; what was borrowed is to be asked for again. */
void shelf_trim(struct shelf *shelf);

#endif
