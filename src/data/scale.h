/*
 * scale: how dense the hotel's life is. A block always has the same number of stays; a bigger
 * hotel has shorter blocks, and below a day several houses that live the same block side by side.
 */
#ifndef DATA_SCALE_H
#define DATA_SCALE_H

#include <stdint.h>

#include "data/dataset.h"
#include "data/hotel.h"

struct scale {
    int32_t period_days; /* of a block */
    uint64_t houses;
    uint8_t digits[ID_KIND_COUNT]; /* width of running numbers, by id_kind */
};

/*
 * The day (since 1970) on which the hotel opened, as seen at an instant: 2024-01-01, or for
 * instants before 2025 the first day of the year before. So there is always a year of life.
 */
int32_t scale_opening_day(int64_t as_of_ms);

/* The scale of a preset, made denser until every --rows of config has enough rows in a year. */
struct scale scale_choose(const struct dataset_config *config);

#endif
