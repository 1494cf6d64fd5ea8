#include "data/layouts.h"

static struct layout_slot *oldest_slot(struct layouts *layouts)
{
    struct layout_slot *oldest = &layouts->slots[0];

    for (size_t i = 1; i < LAYOUTS_KEPT; i++)
        if (layouts->slots[i].used_at < oldest->used_at)
            oldest = &layouts->slots[i];
    return oldest;
}

const struct plan_layout *layouts_get(struct layouts *layouts, const struct plan *plan,
                                      uint32_t segment)
{
    struct layout_slot *slot;

    layouts->turn++;
    for (size_t i = 0; i < LAYOUTS_KEPT; i++) {
        slot = &layouts->slots[i];
        if (slot->plan == plan && slot->segment == segment) {
            slot->used_at = layouts->turn;
            return &slot->layout;
        }
    }
    slot = oldest_slot(layouts);
    slot->plan = plan;
    slot->segment = segment;
    slot->used_at = layouts->turn;
    plan_fill_layout(plan, segment, &slot->layout);
    return &slot->layout;
}

void layouts_forget(struct layouts *layouts, const struct plan *plan)
{
    for (size_t i = 0; i < LAYOUTS_KEPT; i++) {
        if (layouts->slots[i].plan == plan) {
            plan_layout_release(&layouts->slots[i].layout);
            layouts->slots[i] = (struct layout_slot){0};
        }
    }
}

size_t layouts_memory(const struct layouts *layouts)
{
    size_t bytes = 0;

    for (size_t i = 0; i < LAYOUTS_KEPT; i++)
        bytes += layouts->slots[i].layout.capacity * sizeof *layouts->slots[i].layout.rows;
    return bytes;
}

void layouts_release(struct layouts *layouts)
{
    for (size_t i = 0; i < LAYOUTS_KEPT; i++)
        plan_layout_release(&layouts->slots[i].layout);
    *layouts = (struct layouts){0};
}
