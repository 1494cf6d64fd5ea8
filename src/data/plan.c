#include "data/plan.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/rng.h"

/* What changes from one block to the next: rows and bytes of a house, more or less. */
struct change {
    int64_t block;
    int64_t rows;
    int64_t bytes;
    bool used;
};

/* Changes by block: an open hash table, since few blocks differ. */
struct changes {
    struct change *slots; /* owned */
    size_t size;          /* a power of two, more than twice the changes there can be */
    size_t used;
};

/* A range of blocks, end excluded. */
struct range {
    int64_t from;
    int64_t end;
};

/* How many home blocks have reached instant before bound (seconds from opening). */
static int64_t blocks_before(const struct plan *plan, int64_t bound_s, struct block_instant instant)
{
    int64_t blocks, second_s;

    if (bound_s <= 0)
        return 0;
    blocks = bound_s / plan->period_s;
    second_s = bound_s - blocks * plan->period_s;
    blocks += (instant.second_s < second_s) - instant.blocks;
    return blocks < 0 ? 0 : blocks;
}

/* The creation blocks in which a row shows a phase. */
static struct range phase_range(const struct plan *plan, const struct block_row *row,
                                uint32_t phase)
{
    const struct template *template = &plan->block->templates[row->first_template + phase];
    struct range range = {0, blocks_before(plan, plan->query.as_of_s, template->begin)};

    if (phase + 1 < row->phase_count)
        range.from = blocks_before(plan, plan->query.as_of_s, template[1].begin);
    if (plan->query.has_window) {
        int64_t from = blocks_before(plan, plan->query.window_start_s, template->begin);
        int64_t end = blocks_before(plan, plan->query.window_end_s, template->begin);

        range.from = from > range.from ? from : range.from;
        range.end = end < range.end ? end : range.end;
    }
    range.from += row->created.blocks;
    range.end += row->created.blocks;
    if (range.from < plan->first_block)
        range.from = plan->first_block;
    return range;
}

static void add_change(struct changes *changes, int64_t block, int64_t rows, int64_t bytes)
{
    size_t at = (size_t)rng_mix((uint64_t)block) & (changes->size - 1);
    struct change *slot;

    while (changes->slots[at].used && changes->slots[at].block != block)
        at = (at + 1) & (changes->size - 1);
    slot = &changes->slots[at];
    if (!slot->used) {
        slot->used = true;
        slot->block = block;
        changes->used++;
    }
    slot->rows += rows;
    slot->bytes += bytes;
}

static void collect_changes(const struct plan *plan, struct changes *changes)
{
    const struct block *block = plan->block;

    for (uint32_t i = 0; i < block->row_count; i++) {
        const struct block_row *row = &block->rows[i];

        for (uint32_t phase = 0; phase < row->phase_count; phase++) {
            struct range range = phase_range(plan, row, phase);
            int64_t bytes = block->templates[row->first_template + phase].length;

            if (range.from >= range.end)
                continue;
            add_change(changes, range.from, 1, bytes);
            add_change(changes, range.end, -1, -bytes);
        }
    }
}

static int compare_changes(const void *left, const void *right)
{
    const struct change *a = left, *b = right;

    return a->block < b->block ? -1 : a->block > b->block;
}

/* Moves the used slots to the front, in order of blocks. */
static void sort_changes(struct changes *changes)
{
    size_t count = 0;

    for (size_t i = 0; i < changes->size; i++)
        if (changes->slots[i].used)
            changes->slots[count++] = changes->slots[i];
    qsort(changes->slots, count, sizeof *changes->slots, compare_changes);
}

static void make_segments(struct plan *plan, const struct changes *changes)
{
    struct plan_segment segment = {0};

    plan->segments = memory_resize(NULL, changes->used + 1, sizeof *plan->segments);
    for (size_t i = 0; i + 1 < changes->used; i++) {
        uint64_t blocks;

        segment.from_block = changes->slots[i].block;
        segment.end_block = changes->slots[i + 1].block;
        segment.house_rows += (uint64_t)changes->slots[i].rows;
        segment.house_bytes += (uint64_t)changes->slots[i].bytes;
        if (segment.house_rows == 0)
            continue;
        plan->segments[plan->segment_count++] = segment;
        blocks = (uint64_t)(segment.end_block - segment.from_block) * plan->houses;
        segment.first_row += segment.house_rows * blocks;
        segment.first_byte += segment.house_bytes * blocks;
    }
    plan->row_count = segment.first_row;
    plan->byte_count = segment.first_byte;
}

static void plan_build(struct plan *plan)
{
    struct changes changes = {.size = 64};

    while (changes.size < 4 * (size_t)plan->block->template_count)
        changes.size *= 2;
    changes.slots = memory_new(changes.size * sizeof *changes.slots);
    collect_changes(plan, &changes);
    sort_changes(&changes);
    make_segments(plan, &changes);
    free(changes.slots);
}

/* Leaves out what stands before row of house in the first block. */
static void skip_before(struct plan *plan, uint64_t house, uint32_t row)
{
    const struct plan_segment *first = &plan->segments[0];
    struct plan_layout layout = {0};
    uint32_t index = 0;

    if (plan->segment_count == 0 || first->from_block != plan->first_block)
        return;
    plan_fill_layout(plan, 0, &layout);
    while (index < layout.count && layout.rows[index].row < row)
        index++;
    plan->skip_rows = house * first->house_rows + index;
    plan->skip_bytes = house * first->house_bytes + layout.rows[index].offset;
    plan->row_count -= plan->skip_rows;
    plan->byte_count -= plan->skip_bytes;
    plan_layout_release(&layout);
}

/* Starts the plan at the row that leaves last_rows of all rows there are at the instant. */
static void plan_cut(struct plan *plan, const struct scale *scale, uint64_t last_rows)
{
    struct plan_query query = {.as_of_s = plan->query.as_of_s};
    struct plan_layout layout = {0};
    struct plan_place place;
    struct plan all;

    plan_init(&all, plan->block, scale, &query, -1);
    if (all.row_count > last_rows) {
        uint64_t first = all.row_count - last_rows;
        uint32_t segment = plan_find_row_segment(&all, first);

        plan_fill_layout(&all, segment, &layout);
        place = plan_find_row(&all, segment, first, &layout);
        plan->first_block = place.block;
        plan_build(plan);
        skip_before(plan, place.house, layout.rows[place.index].row);
    } else {
        plan_build(plan);
    }
    plan_layout_release(&layout);
    plan_release(&all);
}

void plan_init(struct plan *plan, const struct block *block, const struct scale *scale,
               const struct plan_query *query, int64_t last_rows)
{
    *plan = (struct plan){.block = block,
                          .query = *query,
                          .period_s = scale->period_days * SECONDS_PER_DAY,
                          .houses = scale->houses};
    if (last_rows < 0)
        plan_build(plan);
    else if (last_rows > 0)
        plan_cut(plan, scale, (uint64_t)last_rows);
}

void plan_release(struct plan *plan)
{
    free(plan->segments);
    *plan = (struct plan){0};
}

void plan_layout_release(struct plan_layout *layout)
{
    free(layout->rows);
    *layout = (struct plan_layout){0};
}

/* The phase a row shows in a block; phase_count when it shows none. */
static uint32_t phase_in_block(const struct plan *plan, const struct block_row *row, int64_t block)
{
    for (uint32_t phase = row->phase_count; phase-- > 0;) {
        struct range range = phase_range(plan, row, phase);

        if (range.from <= block && block < range.end)
            return phase;
    }
    return row->phase_count;
}

void plan_fill_layout(const struct plan *plan, uint32_t segment, struct plan_layout *layout)
{
    const struct block *block = plan->block;
    uint32_t offset = 0;

    if (layout->capacity < block->row_count + 1) {
        layout->capacity = block->row_count + 1;
        layout->rows = memory_resize(layout->rows, layout->capacity, sizeof *layout->rows);
    }
    layout->count = 0;
    for (uint32_t i = 0; i < block->row_count; i++) {
        const struct block_row *row = &block->rows[i];
        uint32_t phase = phase_in_block(plan, row, plan->segments[segment].from_block);

        if (phase == row->phase_count)
            continue;
        layout->rows[layout->count++] = (struct layout_row){offset, i, row->first_template + phase};
        offset += block->templates[row->first_template + phase].length;
    }
    layout->rows[layout->count].offset = offset;
}
