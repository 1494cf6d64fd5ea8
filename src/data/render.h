/*
 * render: makes a row from its template: one copy, then the patches.
 */
#ifndef DATA_RENDER_H
#define DATA_RENDER_H

#include <stdint.h>

#include "base/timestamp.h"
#include "contract/enterprise.h"
#include "data/block.h"

#define RENDER_CACHED_DAYS 1024 /* a power of two */
#define RENDER_STATICS     8    /* things of a kind an enterprise has once, at most */

/* What a day looks like, worked out once. */
struct render_day {
    int32_t day;
    int32_t midnight_offset_s; /* of the zone, at the beginning of the day */
    int32_t daytime_offset_s;
    char date[DATE_LENGTH];
};

/* The days of a zone that were written last; shared by all who write there. */
struct render_days {
    enum zone zone;
    struct render_day entries[RENDER_CACHED_DAYS];
};

/* Everything the rows of one enterprise have in common. */
struct render {
    struct render_days *days; /* borrowed */
    int32_t opening_day;      /* since 1970 */
    int32_t period_days;
    int32_t room_cycle;
    uint64_t houses;
    const uint8_t *digits;                  /* borrowed from the scale */
    uint64_t rows_per_block[ID_KIND_COUNT]; /* of the exported types, for numbers; others 0 */
    uint32_t rank_steps[ID_KIND_COUNT];     /* how many ranks an id of the kind may have */
    uint64_t number_base[ID_KIND_COUNT];    /* the first number of a type */
    struct id_key keys[ID_KIND_COUNT];
    char enterprise_id[UUID_LENGTH];
    char chain_id[UUID_LENGTH];
    char statics[ID_KIND_COUNT - ID_SERVICE][RENDER_STATICS][UUID_LENGTH];
    int32_t first_day; /* of the home block of the row at hand, since 1970 */
};

/* Fills what a zone's days need; a value, nothing to release. */
void render_days_init(struct render_days *days, enum zone zone);

/* Prepares for an enterprise; digits come from the scale. days and scale stay borrowed. */
void render_init(struct render *render, const struct hotel_facts *facts, const struct scale *scale,
                 const struct enterprise *enterprise, uint64_t seed, int32_t opening_day,
                 struct render_days *days);

/* Writes a template of a block: its row in the home block (from 0) and house. */
void render_row(struct render *render, const struct block *block, const struct template *template,
                int64_t home_block, uint64_t house, char *out);

#endif
