/*
 * plan: where the rows of one enterprise's export lie, in closed form.
 *
 * Every (row of the block, phase) is in force for a range of blocks. Where none of these ranges
 * begins or ends, blocks are alike; such runs of blocks are the segments of a plan, so a plan is
 * as small for a billion rows as for a thousand. Within a block, houses follow one another, and
 * within a house rows in the order of creation.
 */
#ifndef DATA_PLAN_H
#define DATA_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "data/block.h"

/* What is asked: seconds from the opening of the hotel. */
struct plan_query {
    int64_t as_of_s; /* phases that begin before it */
    bool has_window;
    int64_t window_start_s; /* of UpdatedUtc (CreatedUtc of ledger entries), half-open */
    int64_t window_end_s;
};

/* Alike blocks, from included to end excluded. */
struct plan_segment {
    int64_t from_block;
    int64_t end_block;
    uint64_t first_row; /* rows and bytes of the plan before the segment */
    uint64_t first_byte;
    uint64_t house_rows; /* of one house in one block */
    uint64_t house_bytes;
};

struct plan {
    const struct block *block; /* borrowed; an outline renews it, see outline_wake() */
    struct plan_query query;
    int64_t period_s;
    uint64_t houses;
    int64_t first_block;           /* rows created before it are left out */
    struct plan_segment *segments; /* owned */
    uint32_t segment_count;
    uint64_t skip_rows; /* rows and bytes of the first segment that are left out */
    uint64_t skip_bytes;
    uint64_t row_count; /* without those */
    uint64_t byte_count;
};

/* What one house has in every block of a segment, in order. Zeroed: empty. */
struct plan_layout {
    uint32_t count;
    uint32_t capacity;
    struct layout_row *rows; /* owned; count + 1 of them, the last holds the end */
};

struct layout_row {
    uint32_t offset; /* bytes in the house */
    uint32_t row;    /* of the block */
    uint32_t template;
};

/* A row's place. */
struct plan_place {
    uint32_t segment;
    int64_t block;
    uint64_t house;
    uint32_t index; /* in the layout */
    uint64_t start; /* byte, counted with the skipped ones */
};

/* Makes the plan; last_rows >= 0 keeps only so many rows created last (before the window). */
void plan_init(struct plan *plan, const struct block *block, const struct scale *scale,
               const struct plan_query *query, int64_t last_rows);
void plan_release(struct plan *plan);

/* Fills layout for a segment. Costs some ten microseconds: see layouts.h, which keeps them. */
void plan_fill_layout(const struct plan *plan, uint32_t segment, struct plan_layout *layout);
void plan_layout_release(struct plan_layout *layout);

/* The segment that holds byte (counted with the skipped ones, below the end). */
uint32_t plan_find_segment(const struct plan *plan, uint64_t byte);

/* The row that holds a byte of a segment, whose layout is given. */
struct plan_place plan_find_byte(const struct plan *plan, uint32_t segment, uint64_t byte,
                                 const struct plan_layout *layout);

/* The same by the number of the row, from 0, counted with the skipped ones. */
uint32_t plan_find_row_segment(const struct plan *plan, uint64_t row);
struct plan_place plan_find_row(const struct plan *plan, uint32_t segment, uint64_t row,
                                const struct plan_layout *layout);

/* The number of the row at a place. */
uint64_t plan_row_number(const struct plan *plan, const struct plan_place *place);

#endif
