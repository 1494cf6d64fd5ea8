#include "data/workshop.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void workshop_init(struct workshop *workshop, const struct dataset_config *config)
{
    *workshop = (struct workshop){0};
    shelf_init(&workshop->shelf, config);
    for (int pricing = 0; pricing < PRICING_COUNT; pricing++)
        render_days_init(&workshop->days[pricing], zone_of((enum pricing)pricing));
}

void workshop_release(struct workshop *workshop)
{
    shelf_trim(&workshop->shelf);
    layouts_release(&workshop->layouts);
    free(workshop->renders);
    free(workshop->row);
}

size_t workshop_memory(const struct workshop *workshop)
{
    size_t renders = workshop->renders ? WORKSHOP_RENDERS * sizeof *workshop->renders : 0;

    return shelf_memory(&workshop->shelf) + layouts_memory(&workshop->layouts) + renders +
           workshop->row_bytes;
}

void workshop_trim(struct workshop *workshop)
{
    shelf_trim(&workshop->shelf);
    layouts_release(&workshop->layouts);
    free(workshop->renders);
    free(workshop->row);
    workshop->renders = NULL;
    workshop->row = NULL;
    workshop->row_bytes = 0;
}

static bool slot_fits(const struct render_slot *slot, const struct enterprise *enterprise,
                      int32_t opening_day)
{
    return slot->used && slot->opening_day == opening_day &&
           slot->enterprise.pricing == enterprise->pricing &&
           uuid_equal(&slot->enterprise.id, &enterprise->id) &&
           uuid_equal(&slot->enterprise.chain_id, &enterprise->chain_id);
}

static struct render_slot *oldest_slot(struct workshop *workshop)
{
    struct render_slot *oldest = &workshop->renders[0];

    for (size_t i = 1; i < WORKSHOP_RENDERS; i++)
        if (workshop->renders[i].used_at < oldest->used_at)
            oldest = &workshop->renders[i];
    return oldest;
}

static void fill_slot(struct workshop *workshop, struct render_slot *slot,
                      const struct enterprise *enterprise, int32_t opening_day)
{
    slot->used = true;
    slot->enterprise = *enterprise;
    slot->opening_day = opening_day;
    render_init(&slot->render, &workshop->shelf.facts[enterprise->pricing], &workshop->shelf.scale,
                enterprise, workshop->shelf.config->seed, opening_day,
                &workshop->days[enterprise->pricing]);
}

struct render *workshop_render(struct workshop *workshop, const struct enterprise *enterprise,
                               int32_t opening_day)
{
    struct render_slot *slot = NULL;

    if (!workshop->renders)
        workshop->renders = memory_new(WORKSHOP_RENDERS * sizeof *workshop->renders);
    for (size_t i = 0; i < WORKSHOP_RENDERS && !slot; i++)
        if (slot_fits(&workshop->renders[i], enterprise, opening_day))
            slot = &workshop->renders[i];
    if (!slot) {
        slot = oldest_slot(workshop);
        fill_slot(workshop, slot, enterprise, opening_day);
    }
    slot->used_at = ++workshop->turn;
    return &slot->render;
}

char *workshop_row(struct workshop *workshop, size_t row_bytes)
{
    if (row_bytes > workshop->row_bytes) {
        workshop->row = memory_resize(workshop->row, row_bytes, 1);
        workshop->row_bytes = row_bytes;
    }
    return workshop->row;
}
