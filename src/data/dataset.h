/*
 * dataset: the rows behind the exports, as a function.
 *
 * The bytes of every file are a function of (dataset configuration, query, file index): nothing is
 * stored, any range is computed when it is read. No clock, no disk, no globals; the same input
 * gives the same bytes on every machine. `generate` and the server read through this one seam.
 *
 * A data set is used by one thread at a time. It takes no memory until it is asked for rows, then
 * at most about 8 MB for each pricing environment, however large the files are.
 */
#ifndef DATA_DATASET_H
#define DATA_DATASET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "base/status.h"
#include "contract/enterprise.h"
#include "contract/entity.h"
#include "core/data_choice.h"
#include "data/hazard.h"

/*
 * An export has no more files than this: their links go into one answer of getAll, which a
 * thousand links make half a megabyte. Where max_file_bytes would give more, files are larger.
 */
#define DATASET_MAX_FILES 1000

/* No --rows above this is honoured: ids must stay unique. */
#define DATASET_MAX_ROWS INT64_C(10000000000)

/* What a server's data set is made from; constant while the server runs. */
struct dataset_config {
    uint64_t seed;
    enum dataset_size size;
    /*
     * --rows TYPE=N: exactly so many rows per enterprise at any instant, the ones created last;
     * -1: by size. Other types keep their rows, so references may lead to rows left out.
     */
    int64_t rows[ENTITY_TYPE_COUNT];
    /*
     * No file is longer by more than a row. Files are at least so large that each begins a row, and
     * larger where there would be more than DATASET_MAX_FILES.
     */
    uint64_t max_file_bytes;
    int32_t api_day; /* docs date that decides which properties and enums exist */
    /*
     * Bits 1 << enum dataset_hazard. With repeated-row files are longer by two rows at most.
     */
    uint32_t hazards;
};

/*
 * What one export holds. Arrays are borrowed for the call. An export ends before 2^63 bytes:
 * enterprises that would make it longer are left out, which takes thousands of years of the
 * largest --rows.
 */
struct dataset_query {
    enum entity_type entity_type;
    const struct enterprise
        *enterprises; /* for chain-scoped types: those of the chains asked for; none twice */
    size_t enterprise_count;
    /*
     * The rows as they are at this instant of virtual time. Rows have whole seconds: what happens
     * in the second that holds the instant has happened.
     */
    int64_t as_of_ms;
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

/* The configuration with what choice (may be NULL) says in place of what config says. */
struct dataset_config dataset_config_choose(const struct dataset_config *config,
                                            const struct data_choice *choice);

/* True when both are the same configuration: the same rows in the same files. */
bool dataset_config_equal(const struct dataset_config *a, const struct dataset_config *b);

/*
 * Reads the size near which an export is cut into files: "1200000", "64KB", "1.2MB", from 1000
 * bytes to 1000 TB. Else STATUS_INVALID; field is "".
 */
enum status dataset_read_file_bytes(const char *text, size_t length, uint64_t *out,
                                    struct error *err) MUST_CHECK;

/* A new data set; caller frees. Takes a few milliseconds; templates are made on first use. */
struct dataset *dataset_new(const struct dataset_config *config);
void dataset_free(struct dataset *dataset); /* may be NULL */

/* The memory that dataset_trim() would give back, in bytes, nearly. */
size_t dataset_memory(const struct dataset *dataset);

/*
 * Gives back the memory of templates. They are made anew when they are needed, also by files that
 * are open: of those only a few numbers are kept.
 */
void dataset_trim(struct dataset *dataset);

/*
 * How many rows and files the query gives, a repeated row counted twice; a query without rows has
 * no file but that of empty-file. The first question
 * about an entity type takes some ten milliseconds, later ones a few microseconds.
 */
uint64_t dataset_row_count(struct dataset *dataset, const struct dataset_query *query);
uint32_t dataset_file_count(struct dataset *dataset, const struct dataset_query *query);

/* The size of file index (from 0), in bytes, without making them; 0 when there is none such. */
uint64_t dataset_file_size(struct dataset *dataset, const struct dataset_query *query,
                           uint32_t index);

/*
 * The identity of file index: equal for the same configuration and query, different for every
 * other (what an ETag is made of). Needs no rows.
 */
void dataset_file_identity(struct dataset *dataset, const struct dataset_query *query,
                           uint32_t index, uint8_t identity[16]);

/* Where a row lies in its file, line end included. */
struct row_span {
    uint64_t offset_bytes;
    uint64_t length_bytes;
};

/*
 * Finds row (from 0) of file index, in microseconds wherever it is; false when there is none such.
 */
bool dataset_find_row(struct dataset *dataset, const struct dataset_query *query, uint32_t index,
                      uint64_t row, struct row_span *out);

/*
 * The bytes of file index; empty when there is none such. The source copies what it needs of
 * query and may outlive it, but not the data set. Reading on from where the last read ended is
 * fastest. Release it with source_release().
 */
struct source dataset_file_open(struct dataset *dataset, const struct dataset_query *query,
                                uint32_t index);

#endif
