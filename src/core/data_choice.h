/*
 * data_choice: which data set stands behind an export, where a scenario says so. The choices
 * themselves belong to data/; here they are values that are carried along.
 */
#ifndef CORE_DATA_CHOICE_H
#define CORE_DATA_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "contract/entity.h"

/* The presets of --size, from a stay in 20 days up to 190,000 stays a day. */
enum dataset_size { SIZE_TINY, SIZE_SMALL, SIZE_MEDIUM, SIZE_LARGE, SIZE_HUGE, SIZE_COUNT };

/* What differs from the server's data set; all zero: nothing. */
struct data_choice {
    bool has_size;
    bool has_max_file_bytes;
    bool has_hazards;
    enum dataset_size size;
    bool has_rows[ENTITY_TYPE_COUNT];
    int64_t rows[ENTITY_TYPE_COUNT]; /* as in struct dataset_config */
    uint64_t max_file_bytes;
    uint32_t hazards; /* bits 1 << enum dataset_hazard: in place of the server's */
};

/* Puts what over says in place of what base says. */
void data_choice_apply(struct data_choice *base, const struct data_choice *over);

#endif
