/*
 * bench_rows: how fast rows are made in memory, by entity type, on one core. No part of the suite.
 *
 *   bench_rows [MEGABYTES] [TYPE]
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/timestamp.h"
#include "data/dataset.h"

#define CHUNK_BYTES (256 * 1024)
#define FAR_OFFSET  UINT64_C(1000000000000)

static double now_real_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static struct dataset *huge_dataset(void)
{
    struct dataset_config config = {.seed = 1,
                                    .size = SIZE_HUGE,
                                    .max_file_bytes = INT64_MAX,
                                    .api_day = day_from_civil((struct civil_date){2026, 8, 7})};

    for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
        config.rows[type] = -1;
    return dataset_new(&config);
}

/* Reads the middle of a file from start to end, so that rows of every age occur. */
static void read_through(const struct source *file, uint64_t bytes)
{
    static char chunk[CHUNK_BYTES];
    uint64_t at = file->size_bytes / 2;

    for (uint64_t end = at + bytes; at + sizeof chunk <= end; at += sizeof chunk)
        if (file->read_at(file->state, at, chunk, sizeof chunk) != STATUS_OK)
            abort();
}

/* Milliseconds to the first byte at an offset where nobody has read yet. */
static double first_byte_real_ms(const struct source *file, uint64_t offset)
{
    double start_real_ms = now_real_ms();
    char byte;

    if (file->read_at(file->state, offset, &byte, 1) != STATUS_OK)
        abort();
    return now_real_ms() - start_real_ms;
}

static void bench_type(struct dataset *dataset, struct dataset_query *query, uint64_t bytes)
{
    double start_real_ms = now_real_ms(), templates_real_ms, plan_real_ms, first_real_ms;
    struct source file;

    dataset_row_count(dataset, query);
    templates_real_ms = now_real_ms() - start_real_ms;
    query->as_of_ms += MS_PER_SECOND; /* another export: a new plan, the same templates */
    start_real_ms = now_real_ms();
    dataset_row_count(dataset, query);
    plan_real_ms = now_real_ms() - start_real_ms;
    file = dataset_file_open(dataset, query, 0);
    first_real_ms =
        first_byte_real_ms(&file, file.size_bytes > FAR_OFFSET ? FAR_OFFSET : file.size_bytes / 3);
    start_real_ms = now_real_ms();
    read_through(&file, bytes);
    printf("%-22s %6.2f GB/s   %13" PRIu64 " rows %16" PRIu64
           " bytes   templates %5.2f ms  plan %5.3f ms  first byte %5.3f ms\n",
           entity_name(query->entity_type), (double)bytes / 1e6 / (now_real_ms() - start_real_ms),
           dataset_row_count(dataset, query), file.size_bytes, templates_real_ms, plan_real_ms,
           first_real_ms);
    source_release(&file);
}

int main(int argc, char **argv)
{
    static const struct uuid space = {"tests/bench"};
    struct enterprise enterprise = {.id = uuid_from_name(&space, "enterprise", 10),
                                    .chain_id = uuid_from_name(&space, "chain", 5)};
    uint64_t bytes = (argc > 1 ? strtoull(argv[1], NULL, 10) : 1000) * 1000000;
    struct dataset *dataset = huge_dataset();

    for (int type = 0; type < ENTITY_TYPE_COUNT; type++) {
        struct dataset_query query = {.entity_type = (enum entity_type)type,
                                      .enterprises = &enterprise,
                                      .enterprise_count = 1,
                                      .as_of_ms = day_from_civil((struct civil_date){2026, 8, 7}) *
                                                  MS_PER_DAY};

        if (argc < 3 || strcmp(argv[2], entity_name(query.entity_type)) == 0)
            bench_type(dataset, &query, bytes);
    }
    dataset_free(dataset);
    return 0;
}
