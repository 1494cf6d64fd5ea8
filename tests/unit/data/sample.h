/*
 * sample: configurations and queries for the tests of data/.
 */
#ifndef UNIT_DATA_SAMPLE_H
#define UNIT_DATA_SAMPLE_H

#include <stdlib.h>
#include <string.h>

#include "base/timestamp.h"
#include "data/dataset.h"

#define SAMPLE_ENTERPRISES 5

/* No row is longer, unless a hazard makes it so. */
#define SAMPLE_ROW_MAX_BYTES 4096

/* Every byte of a file, read at once; *size_bytes of them. Caller frees. */
static inline char *sample_read(const struct source *file)
{
    char *bytes = malloc((size_t)file->size_bytes + 1);

    if (!bytes || file->read_at(file->state, 0, bytes, (size_t)file->size_bytes) != STATUS_OK)
        abort();
    return bytes;
}

/* The instant of a date, and hour o'clock. */
static inline int64_t sample_instant(int year, int month, int day, int hour)
{
    return day_from_civil((struct civil_date){year, month, day}) * MS_PER_DAY + hour * MS_PER_HOUR;
}

static inline struct dataset_config sample_config(enum dataset_size size)
{
    struct dataset_config config = {.seed = 1,
                                    .size = size,
                                    .max_file_bytes = INT64_MAX,
                                    .api_day = day_from_civil((struct civil_date){2026, 8, 7})};

    for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
        config.rows[type] = -1;
    return config;
}

/* Enterprises of both pricing environments in turn; two share a chain. */
static inline const struct enterprise *sample_enterprises(void)
{
    static struct enterprise enterprises[SAMPLE_ENTERPRISES];

    for (int i = 0; i < SAMPLE_ENTERPRISES; i++) {
        enterprises[i].id.bytes[0] = (uint8_t)(i + 1);
        enterprises[i].chain_id.bytes[0] = (uint8_t)(i / 2 + 100);
        enterprises[i].pricing = i % 2 ? PRICING_NET : PRICING_GROSS;
    }
    return enterprises;
}

static inline struct dataset_query sample_query(enum entity_type type, size_t enterprise_count)
{
    return (struct dataset_query){.entity_type = type,
                                  .enterprises = sample_enterprises(),
                                  .enterprise_count = enterprise_count,
                                  .as_of_ms = sample_instant(2026, 8, 7, 12)};
}

#endif
