/* Finds rows of a plan, by byte and by number. */
#include "data/plan.h"

uint32_t plan_find_segment(const struct plan *plan, uint64_t byte)
{
    uint32_t low = 0, high = plan->segment_count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (plan->segments[middle].first_byte <= byte)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The row of a layout that holds a byte of the house. */
static uint32_t find_in_layout(const struct plan_layout *layout, uint64_t byte)
{
    uint32_t low = 0, high = layout->count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (layout->rows[middle].offset <= byte)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct plan_place plan_find_byte(const struct plan *plan, uint32_t segment, uint64_t byte,
                                 const struct plan_layout *layout)
{
    const struct plan_segment *alike = &plan->segments[segment];
    struct plan_place place = {.segment = segment};
    uint64_t rest = byte - alike->first_byte;
    uint64_t houses = rest / alike->house_bytes;

    rest %= alike->house_bytes;
    place.block = alike->from_block + (int64_t)(houses / plan->houses);
    place.house = houses % plan->houses;
    place.index = find_in_layout(layout, rest);
    place.start = byte - rest + layout->rows[place.index].offset;
    return place;
}

uint32_t plan_find_row_segment(const struct plan *plan, uint64_t row)
{
    uint32_t low = 0, high = plan->segment_count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (plan->segments[middle].first_row <= row)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct plan_place plan_find_row(const struct plan *plan, uint32_t segment, uint64_t row,
                                const struct plan_layout *layout)
{
    const struct plan_segment *alike = &plan->segments[segment];
    uint64_t rest = row - alike->first_row;
    uint64_t houses = rest / alike->house_rows;
    struct plan_place place = {.segment = segment};

    place.block = alike->from_block + (int64_t)(houses / plan->houses);
    place.house = houses % plan->houses;
    place.index = (uint32_t)(rest % alike->house_rows);
    place.start =
        alike->first_byte + houses * alike->house_bytes + layout->rows[place.index].offset;
    return place;
}

uint64_t plan_row_number(const struct plan *plan, const struct plan_place *place)
{
    const struct plan_segment *alike = &plan->segments[place->segment];
    uint64_t houses = (uint64_t)(place->block - alike->from_block) * plan->houses + place->house;

    return alike->first_row + houses * alike->house_rows + place->index;
}
