/*
 * block: the templates of one entity type. Rows stand in the order of their creation; each has a
 * template for every phase of its life, from the instant at which the phase begins.
 *
 * A block is one period of the hotel. A row belongs to the home block of its stay, but is created
 * later, maybe in a later block; files are ordered by the block a row is created in.
 */
#ifndef DATA_BLOCK_H
#define DATA_BLOCK_H

#include <stdint.h>

#include "data/hotel.h"
#include "data/scale.h"

/* An instant after the start of the home block: whole blocks and seconds into that block. */
struct block_instant {
    int32_t blocks;
    int32_t second_s;
};

/* A row in one phase. */
struct template
{
    uint32_t text;    /* offset in block.text */
    uint32_t patches; /* index in block.patches */
    uint16_t length;  /* bytes, line end included */
    uint16_t patch_count;
    struct block_instant begin; /* of the phase: UpdatedUtc */
};

/* A row of the block, at its place in the order of creation. */
struct block_row {
    uint32_t first_template;
    uint32_t phase_count;
    struct block_instant created;
};

struct block {
    struct strbuf text;
    struct patch_list patches;
    struct template *templates; /* owned */
    struct block_row *rows;     /* owned; row_count of them */
    uint32_t template_count;
    uint32_t row_count;
    uint32_t longest_row_bytes;
};

/* Writes all templates of a type, under a set of hazards. Caller frees. */
struct block *block_new(const struct hotel *hotel, const struct scale *scale, enum entity_type type,
                        uint32_t hazards);

/* The memory it takes, in bytes. */
size_t block_memory(const struct block *block);

void block_free(struct block *block); /* may be NULL */

#endif
