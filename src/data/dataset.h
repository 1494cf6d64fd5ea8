/*
 * dataset: the rows behind the exports, as a function.
 *
 * The bytes of every file are a function of (dataset configuration, query, file index): nothing is
 * stored, any range is computed when it is read. No clock, no disk, no globals; the same input
 * gives the same bytes on every machine. `generate` and the server read through this one seam.
 */
#ifndef DATA_DATASET_H
#define DATA_DATASET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "contract/enterprise.h"
#include "contract/entity.h"

enum dataset_size { SIZE_TINY, SIZE_SMALL, SIZE_MEDIUM, SIZE_LARGE, SIZE_HUGE, SIZE_COUNT };

/* What a server's data set is made from; constant while the server runs. */
struct dataset_config {
    uint64_t seed;
    enum dataset_size size;
    int64_t rows[ENTITY_TYPE_COUNT]; /* --rows TYPE=N: wanted rows per enterprise; -1: by size */
    uint64_t max_file_bytes;         /* files are cut at row ends near this size */
    int32_t api_day;                 /* docs date that decides which properties and enums exist */
};

/* What one export holds. Arrays are borrowed for the call. */
struct dataset_query {
    enum entity_type entity_type;
    const struct enterprise
        *enterprises; /* for chain-scoped types: those of the chains asked for */
    size_t enterprise_count;
    int64_t as_of_ms;         /* the rows as they are at this instant of virtual time */
    bool has_updated;         /* only rows with updated_start_ms <= UpdatedUtc < updated_end_ms; */
    int64_t updated_start_ms; /* both equal: UpdatedUtc == updated_start_ms */
    int64_t updated_end_ms;
    bool has_posting; /* only ledger entries with posting_start_day <= PostingDate <= _end_day */
    int32_t posting_start_day;
    int32_t posting_end_day;
};

struct dataset;

/* The names of the presets of --size, by enum dataset_size. */
const char *dataset_size_name(enum dataset_size size);

/* A new data set; caller frees. Cheap: templates are made on first use. */
struct dataset *dataset_new(const struct dataset_config *config);
void dataset_free(struct dataset *dataset); /* may be NULL */

/* How many rows and files the query gives; a query without rows has no file. */
uint64_t dataset_row_count(struct dataset *dataset, const struct dataset_query *query);
uint32_t dataset_file_count(struct dataset *dataset, const struct dataset_query *query);

/* The size of file index (from 0), in bytes, without making them. */
uint64_t dataset_file_size(struct dataset *dataset, const struct dataset_query *query,
                           uint32_t index);

/*
 * The identity of file index: equal for equal bytes, different for everything else that differs
 * in configuration or query (what an ETag is made of).
 */
void dataset_file_identity(struct dataset *dataset, const struct dataset_query *query,
                           uint32_t index, uint8_t identity[16]);

/*
 * The bytes of file index. The source copies what it needs of query and may outlive it, but not
 * the data set. Release it with source_release().
 */
struct source dataset_file_open(struct dataset *dataset, const struct dataset_query *query,
                                uint32_t index);

#endif
