#include "data/dataset.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/strbuf.h"
#include "data/file.h"

/*
 * Part of every identity: to be raised whenever the same configuration and query give other bytes
 * than before, as the golden table of the tests shows.
 */
#define DATASET_REVISION 2

/* Outlines kept for the next question about the same export. */
#define OUTLINES_KEPT 32

struct dataset {
    struct dataset_config config;
    struct workshop workshop;
    struct outline *outlines[OUTLINES_KEPT]; /* held; NULL: unused */
    uint64_t turn;
    struct strbuf name; /* of the query at hand */
};

struct dataset_config dataset_config_choose(const struct dataset_config *config,
                                            const struct data_choice *choice)
{
    struct dataset_config chosen = *config;

    if (!choice)
        return chosen;
    if (choice->has_size)
        chosen.size = choice->size;
    if (choice->has_max_file_bytes)
        chosen.max_file_bytes = choice->max_file_bytes;
    if (choice->has_hazards)
        chosen.hazards = choice->hazards;
    for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
        if (choice->has_rows[type])
            chosen.rows[type] = choice->rows[type];
    return chosen;
}

bool dataset_config_equal(const struct dataset_config *a, const struct dataset_config *b)
{
    return a->seed == b->seed && a->size == b->size &&
           memcmp(a->rows, b->rows, sizeof a->rows) == 0 &&
           a->max_file_bytes == b->max_file_bytes && a->api_day == b->api_day &&
           a->hazards == b->hazards;
}

struct dataset *dataset_new(const struct dataset_config *config)
{
    struct dataset *dataset = memory_new(sizeof *dataset);

    dataset->config = *config;
    for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
        if (dataset->config.rows[type] > DATASET_MAX_ROWS)
            dataset->config.rows[type] = DATASET_MAX_ROWS;
    workshop_init(&dataset->workshop, &dataset->config);
    return dataset;
}

static void drop_outlines(struct dataset *dataset)
{
    for (size_t i = 0; i < OUTLINES_KEPT; i++) {
        outline_drop(dataset->outlines[i], &dataset->workshop.layouts);
        dataset->outlines[i] = NULL;
    }
}

void dataset_free(struct dataset *dataset)
{
    if (!dataset)
        return;
    drop_outlines(dataset);
    workshop_release(&dataset->workshop);
    strbuf_release(&dataset->name);
    free(dataset);
}

size_t dataset_memory(const struct dataset *dataset)
{
    return workshop_memory(&dataset->workshop);
}

void dataset_trim(struct dataset *dataset)
{
    drop_outlines(dataset);
    workshop_trim(&dataset->workshop);
}

static void name_number(struct strbuf *name, uint64_t value)
{
    char bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (char)(value >> (56 - 8 * i));
    strbuf_append(name, bytes, sizeof bytes);
}

static void name_config(struct strbuf *name, const struct dataset_config *config)
{
    name_number(name, DATASET_REVISION);
    name_number(name, config->seed);
    name_number(name, (uint64_t)config->hazards << 32 | config->size);
    for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
        name_number(name, (uint64_t)config->rows[type]);
    name_number(name, config->max_file_bytes);
    name_number(name, (uint64_t)config->api_day);
}

static void name_query(struct strbuf *name, const struct dataset_query *query)
{
    name_number(name, query->entity_type);
    name_number(name, (uint64_t)query->as_of_ms);
    name_number(name, query->has_updated);
    name_number(name, query->has_updated ? (uint64_t)query->updated_start_ms : 0);
    name_number(name, query->has_updated ? (uint64_t)query->updated_end_ms : 0);
    name_number(name, query->has_posting);
    name_number(name, query->has_posting ? (uint64_t)query->posting_start_day : 0);
    name_number(name, query->has_posting ? (uint64_t)query->posting_end_day : 0);
    for (size_t i = 0; i < query->enterprise_count; i++) {
        const struct enterprise *enterprise = &query->enterprises[i];

        strbuf_append(name, enterprise->id.bytes, sizeof enterprise->id.bytes);
        strbuf_append(name, enterprise->chain_id.bytes, sizeof enterprise->chain_id.bytes);
        strbuf_append_char(name, (char)enterprise->pricing);
    }
}

/* One name for everything the bytes depend on. */
static struct uuid key_of(struct dataset *dataset, const struct dataset_query *query)
{
    static const struct uuid space = {"exports-mock row"};

    strbuf_reset(&dataset->name);
    name_config(&dataset->name, &dataset->config);
    name_query(&dataset->name, query);
    return uuid_from_name(&space, dataset->name.data, dataset->name.length);
}

/* The place of the outline with key, or of the one that has to make room for it. */
static struct outline **find_place(struct dataset *dataset, const struct uuid *key)
{
    struct outline **oldest = &dataset->outlines[0];

    for (size_t i = 0; i < OUTLINES_KEPT; i++) {
        struct outline **place = &dataset->outlines[i];

        if (*place && uuid_equal(&(*place)->key, key))
            return place;
        if (*oldest && (!*place || (*place)->used_at < (*oldest)->used_at))
            oldest = place;
    }
    return oldest;
}

/* Borrowed until the next call. */
static struct outline *outline_of(struct dataset *dataset, const struct dataset_query *query)
{
    struct uuid key = key_of(dataset, query);
    struct outline **place = find_place(dataset, &key);

    if (!*place || !uuid_equal(&(*place)->key, &key)) {
        outline_drop(*place, &dataset->workshop.layouts);
        *place = outline_new(&dataset->workshop.shelf, query);
        (*place)->key = key;
    } else {
        outline_wake(*place, &dataset->workshop.shelf);
    }
    (*place)->used_at = ++dataset->turn;
    return *place;
}

uint64_t dataset_row_count(struct dataset *dataset, const struct dataset_query *query)
{
    return slice_row_count(outline_of(dataset, query), dataset->config.hazards);
}

uint32_t dataset_file_count(struct dataset *dataset, const struct dataset_query *query)
{
    return slice_count(outline_of(dataset, query), dataset->config.hazards);
}

uint64_t dataset_file_size(struct dataset *dataset, const struct dataset_query *query,
                           uint32_t index)
{
    struct slice slice = slice_of(outline_of(dataset, query), index, dataset->config.hazards,
                                  &dataset->workshop.layouts);

    return slice_bytes(&slice);
}

void dataset_file_identity(struct dataset *dataset, const struct dataset_query *query,
                           uint32_t index, uint8_t identity[16])
{
    struct uuid key = key_of(dataset, query);
    struct uuid id = uuid_from_name(&key, &(uint32_t){htobe32(index)}, sizeof index);

    memcpy(identity, id.bytes, sizeof id.bytes);
}

bool dataset_find_row(struct dataset *dataset, const struct dataset_query *query, uint32_t index,
                      uint64_t row, struct row_span *out)
{
    struct outline *outline = outline_of(dataset, query);
    struct layouts *layouts = &dataset->workshop.layouts;
    struct slice slice = slice_of(outline, index, dataset->config.hazards, layouts);

    return slice_find_row(&slice, outline, row, layouts, out);
}

struct source dataset_file_open(struct dataset *dataset, const struct dataset_query *query,
                                uint32_t index)
{
    struct outline *outline = outline_of(dataset, query);
    struct slice slice =
        slice_of(outline, index, dataset->config.hazards, &dataset->workshop.layouts);

    return file_open(&dataset->workshop, outline, &slice);
}
