#include "core/data_choice.h"

void data_choice_apply(struct data_choice *base, const struct data_choice *over)
{
    if (over->has_size) {
        base->has_size = true;
        base->size = over->size;
    }
    if (over->has_max_file_bytes) {
        base->has_max_file_bytes = true;
        base->max_file_bytes = over->max_file_bytes;
    }
    if (over->has_hazards) {
        base->has_hazards = true;
        base->hazards = over->hazards;
    }
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (over->has_rows[i]) {
            base->has_rows[i] = true;
            base->rows[i] = over->rows[i];
        }
    }
}
