#include "data/scale.h"

#include "base/timestamp.h"
#include "data/design.h"

#define OPENING_YEAR  2022
#define FIRST_YEAR    2   /* nothing opens earlier, so that all dates exist */
#define HISTORY_DAYS  365 /* at least, at any instant */
#define PREFIX_DIGITS 3   /* of an enterprise, before numbers that are unique in the chain */

static const struct {
    int32_t period_days;
    uint64_t houses;
} presets[SIZE_COUNT] = {
    [SIZE_TINY] = {3200, 1}, /* a stay in 20 days */
    [SIZE_SMALL] = {112, 1}, /* 10 a week */
    [SIZE_MEDIUM] = {1, 1},  /* 160 a day */
    [SIZE_LARGE] = {1, 12},  /* 1 900 a day */
    [SIZE_HUGE] = {1, 1200}, /* 190 000 a day */
};

int32_t scale_opening_day(int64_t as_of_ms)
{
    int year = civil_from_day(day_of_ms(as_of_ms)).year - 1;

    if (year > OPENING_YEAR)
        year = OPENING_YEAR;
    if (year < FIRST_YEAR)
        year = FIRST_YEAR;
    return day_from_civil((struct civil_date){year, 1, 1});
}

/* Rows of a type that every house has at the end of the first year. */
static uint64_t rows_in_a_year(const struct hotel *hotel, enum entity_type type)
{
    int64_t period = hotel->period_days * SECONDS_PER_DAY;
    uint64_t rows = 0;

    for (uint32_t i = 0; i < hotel_row_count(hotel, type); i++) {
        int64_t left = HISTORY_DAYS * SECONDS_PER_DAY - hotel_row_life(hotel, type, i)->at[0];

        if (left > 0)
            rows += (uint64_t)((left + period - 1) / period);
    }
    return rows;
}

static uint64_t fewest_rows(const struct dataset_config *config, enum entity_type type,
                            int32_t period_days)
{
    uint64_t fewest = UINT64_MAX;

    for (int pricing = PRICING_GROSS; pricing <= PRICING_NET; pricing++) {
        struct hotel *hotel =
            design_hotel(config->seed, (enum pricing)pricing, config->api_day, period_days);
        uint64_t rows = rows_in_a_year(hotel, type);

        if (rows < fewest)
            fewest = rows;
        hotel_free(hotel);
    }
    return fewest;
}

/* Shortens blocks, then adds houses, until a year gives the rows wanted. */
static void make_room(const struct dataset_config *config, enum entity_type type,
                      struct scale *scale)
{
    uint64_t wanted = (uint64_t)config->rows[type];
    uint64_t rows = fewest_rows(config, type, scale->period_days);

    while (rows * scale->houses < wanted && scale->period_days > 1) {
        uint64_t shorter = rows * scale->houses * (uint64_t)scale->period_days / wanted;

        if (shorter >= (uint64_t)scale->period_days)
            shorter = (uint64_t)scale->period_days - 1;
        scale->period_days = shorter < 1 ? 1 : (int32_t)shorter;
        rows = fewest_rows(config, type, scale->period_days);
    }
    if (rows * scale->houses < wanted)
        scale->houses = (wanted + rows - 1) / rows;
}

/* Digits for a running number that starts at a power of ten and keeps its width. */
static uint8_t digits_for(const struct scale *scale, uint32_t rows_per_block)
{
    double most = (double)(SCALE_LAST_YEAR - OPENING_YEAR) * 366 / scale->period_days + 1;
    double limit = 9e6;
    uint8_t digits = 7;

    most *= (double)rows_per_block * (double)scale->houses;
    while (most >= limit) {
        limit *= 10;
        digits++;
    }
    return digits;
}

struct scale scale_choose(const struct dataset_config *config)
{
    struct scale scale = {.period_days = presets[config->size].period_days,
                          .houses = presets[config->size].houses};
    struct hotel *hotel;

    for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
        if (config->rows[type] > 0)
            make_room(config, (enum entity_type)type, &scale);
    hotel = design_hotel(config->seed, PRICING_NET, config->api_day, scale.period_days);
    for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
        scale.digits[type] = digits_for(&scale, hotel_row_count(hotel, (enum entity_type)type));
    scale.digits[ENTITY_CUSTOMER] += PREFIX_DIGITS;
    scale.digits[ENTITY_COMPANY] += PREFIX_DIGITS;
    hotel_free(hotel);
    return scale;
}
