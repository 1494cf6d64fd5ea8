#include "data/block.h"

#include <stdlib.h>

#include "base/memory.h"
#include "data/rows.h"

/* A row of the hotel and when it is created, for sorting. */
struct order {
    struct block_instant created;
    uint32_t index;
};

static struct block_instant instant_of(const struct hotel *hotel, int64_t at)
{
    int64_t period = hotel->period_days * SECONDS_PER_DAY;
    int64_t blocks = (at >= 0 ? at : at - (period - 1)) / period;

    return (struct block_instant){(int32_t)blocks, (int32_t)(at - blocks * period)};
}

static int compare_order(const void *left, const void *right)
{
    const struct order *a = left, *b = right;

    if (a->created.second_s != b->created.second_s)
        return a->created.second_s < b->created.second_s ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* Rows in the order in which they are created within any block. */
static struct order *order_rows(const struct hotel *hotel, enum entity_type type, uint32_t count)
{
    struct order *order = memory_resize(NULL, count, sizeof *order);

    for (uint32_t i = 0; i < count; i++) {
        order[i].created = instant_of(hotel, hotel_row_life(hotel, type, i)->at[0]);
        order[i].index = i;
    }
    qsort(order, count, sizeof *order, compare_order);
    return order;
}

static void write_template(struct block *block, struct row *row, const struct hotel *hotel,
                           enum entity_type type, uint32_t index)
{
    struct template *template = &block->templates[block->template_count++];

    template->text = (uint32_t)block->text.length;
    template->patches = block->patches.count;
    template->begin = instant_of(hotel, row->at);
    row->strange.index = index;
    rows_writer_of(type)(row, hotel, index);
    template->length = (uint16_t)(block->text.length - template->text);
    template->patch_count = (uint16_t)(block->patches.count - template->patches);
    if (template->length > block->longest_row_bytes)
        block->longest_row_bytes = template->length;
}

static uint32_t count_templates(const struct hotel *hotel, enum entity_type type, uint32_t rows)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < rows; i++)
        count += hotel_row_life(hotel, type, i)->count;
    return count;
}

/* Blocks are kept for long: gives back what growing took too much. */
static void fit_memory(struct block *block)
{
    block->text.capacity = block->text.length + 1;
    block->text.data = memory_resize(block->text.data, block->text.capacity, 1);
    block->patches.capacity = block->patches.count;
    block->patches.items =
        memory_resize(block->patches.items, block->patches.capacity, sizeof(struct patch));
}

struct block *block_new(const struct hotel *hotel, const struct scale *scale, enum entity_type type,
                        uint32_t hazards)
{
    struct block *block = memory_new(sizeof *block);
    uint32_t count = hotel_row_count(hotel, type);
    struct order *order = order_rows(hotel, type, count);
    struct row row = {.text = &block->text,
                      .patches = &block->patches,
                      .api_day = hotel->api_day,
                      .digits = scale->digits,
                      .strange = {.hazards = hazards, .type = type}};

    block->row_count = count;
    block->rows = memory_resize(NULL, count, sizeof *block->rows);
    block->templates =
        memory_resize(NULL, count_templates(hotel, type, count), sizeof *block->templates);
    for (uint32_t i = 0; i < count; i++) {
        const struct life *life = hotel_row_life(hotel, type, order[i].index);

        block->rows[i] = (struct block_row){block->template_count, life->count, order[i].created};
        for (unsigned phase = 0; phase < life->count; phase++) {
            row.at = life->at[phase];
            write_template(block, &row, hotel, type, order[i].index);
        }
    }
    free(order);
    fit_memory(block);
    return block;
}

size_t block_memory(const struct block *block)
{
    return sizeof *block + block->text.capacity +
           block->patches.capacity * sizeof *block->patches.items +
           block->template_count * sizeof *block->templates +
           block->row_count * sizeof *block->rows;
}

void block_free(struct block *block)
{
    if (!block)
        return;
    strbuf_release(&block->text);
    free(block->patches.items);
    free(block->templates);
    free(block->rows);
    free(block);
}
