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

/* Life ends with this year: later dates of bookings must still have four digits. */
#define SCALE_LAST_YEAR 9990

/*
 * The day (since 1970) on which the hotel opened, as seen at an instant: 2022-01-01, or for
 * instants before 2023 the first day of the year before. So there is always a year of life, and
 * from 2023 on (exports exist since the docs of 2023-10-26) the past never changes.
 */
int32_t scale_opening_day(int64_t as_of_ms);

/* The scale of a preset, made denser until every --rows of config has enough rows in a year. */
struct scale scale_choose(const struct dataset_config *config);

#endif
