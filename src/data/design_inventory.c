#include "data/design_steps.h"

#include <stdlib.h>

#include "base/memory.h"

static void add_adjustments(struct hotel *hotel, const struct availability_block *block,
                            int32_t index)
{
    for (int32_t k = 0; k < 2; k++) {
        struct adjustment adjustment = {.block = index,
                                        .category = k,
                                        .first_day = block->first_day,
                                        .last_day = block->last_day,
                                        .units = -2 - k,
                                        .created_at = block->created_at + 60,
                                        .changed_at =
                                            k ? NEVER_AT : block->created_at + SECONDS_PER_DAY,
                                        .deleted_at = block->canceled_at};

        LIST_ADD(&hotel->adjustments, adjustment);
    }
}

/* A stand-alone adjustment: more rooms to sell than there are, or fewer, for some days. */
static void add_free_adjustment(struct hotel *hotel, const struct stay *stay)
{
    int32_t turn = stay->index / 8;
    struct adjustment adjustment = {
        .block = NO_INDEX,
        .category = turn % ROOM_CATEGORIES,
        .first_day = stay->arrival_day,
        .last_day = stay->arrival_day + turn % 3,
        .units = turn % 2 ? 1 : -1,
        .created_at = stay->booked_at + 300,
        .changed_at = NEVER_AT,
        .deleted_at = turn % 4 == 2 ? stay->booked_at + 5 * SECONDS_PER_DAY : NEVER_AT};

    LIST_ADD(&hotel->adjustments, adjustment);
}

/* The block of a leader and those who follow, long enough for all of them. */
static void add_block(struct hotel *hotel, struct stay *leader)
{
    int32_t turn = (int32_t)hotel->blocks.count / 2;
    struct availability_block block = {.stay = leader->index,
                                       .first_day = leader->arrival_day,
                                       .last_day = leader->departure_day - 1,
                                       .created_at = leader->booked_at - 30 * 60,
                                       .canceled_at = NEVER_AT};

    for (int32_t i = leader->index; i < STAYS_PER_BLOCK && hotel->stays[i].group == leader->index;
         i++) {
        hotel->stays[i].block = (int32_t)hotel->blocks.count;
        if (hotel->stays[i].departure_day - 1 > block.last_day)
            block.last_day = hotel->stays[i].departure_day - 1;
    }
    block.release_at = hotel_at(hotel, block.last_day + 1, 6, 0);
    block.confirmed_at = turn % 3 == 0 ? block.created_at : leader->booked_at;
    add_adjustments(hotel, &block, LIST_ADD(&hotel->blocks, block));
}

/* A block that nobody picks up. */
static void add_idle_block(struct hotel *hotel, const struct stay *leader)
{
    struct availability_block block = {.stay = leader->index,
                                       .first_day = leader->arrival_day + 3,
                                       .last_day = leader->arrival_day + 3 + leader->index % 4,
                                       .created_at = leader->booked_at + 20 * 60,
                                       .confirmed_at = NEVER_AT,
                                       .canceled_at = leader->booked_at + 9 * SECONDS_PER_DAY,
                                       .release_at = leader->booked_at + 9 * SECONDS_PER_DAY};

    add_adjustments(hotel, &block, LIST_ADD(&hotel->blocks, block));
}

static void add_resource_block(struct hotel *hotel, const struct stay *stay)
{
    int32_t turn = stay->index / 8;
    int32_t days = turn % 5 == 4 ? 24 : 1 + turn % 6;
    struct resource_block block = {.category = turn % ROOM_CATEGORIES,
                                   .room = NO_INDEX,
                                   .created_at = stay->booked_at + 600,
                                   .start_at = hotel_at(hotel, stay->arrival_day + 2, 12, 0),
                                   .end_at = hotel_at(hotel, stay->arrival_day + 2 + days, 10, 0),
                                   .deleted_at = NEVER_AT,
                                   .number = turn};

    if (turn % 3 == 1)
        block.deleted_at = block.created_at + 36 * SECONDS_PER_HOUR;
    LIST_ADD(&hotel->resource_blocks, block);
}

void design_inventory(struct hotel *hotel)
{
    for (int32_t i = 0; i < STAYS_PER_BLOCK; i++) {
        struct stay *stay = &hotel->stays[i];

        if (stay->scenario->flags & STAY_LEADER) {
            add_block(hotel, stay);
            add_idle_block(hotel, stay);
        }
        if (i % 8 == 5) {
            add_free_adjustment(hotel, stay);
            add_resource_block(hotel, stay);
        }
    }
}

/* Which days of the cycle each room of a category is taken. */
struct occupancy {
    uint8_t *taken; /* rooms * days; owned */
    int32_t rooms;
    int32_t days;
};

static bool room_is_free(const struct occupancy *occupancy, int32_t room, int32_t first,
                         int32_t days)
{
    const uint8_t *taken = occupancy->taken + (size_t)room * (size_t)occupancy->days;

    for (int32_t i = 0; i < days; i++)
        if (taken[(first + i) % occupancy->days])
            return false;
    return true;
}

/* The first room that is free on these days, taken for them; a new one when there is none. */
static int32_t take_room(struct occupancy *occupancy, int32_t first, int32_t days)
{
    size_t width = (size_t)occupancy->days;
    int32_t room = 0;

    while (room < occupancy->rooms && !room_is_free(occupancy, room, first, days))
        room++;
    if (room == occupancy->rooms) {
        occupancy->taken = memory_resize(occupancy->taken, (size_t)(room + 1) * width, 1);
        for (size_t i = 0; i < width; i++)
            occupancy->taken[(size_t)room * width + i] = 0;
        occupancy->rooms++;
    }
    for (int32_t i = 0; i < days; i++)
        occupancy->taken[(size_t)room * width + (size_t)((first + i) % occupancy->days)] = 1;
    return room;
}

/*
 * Days are taken modulo the cycle, after which the same rooms are given out again: what does not
 * meet within one cycle never meets. Both a stay and a closure take the day they end on as well.
 */
static void take_rooms_of(struct hotel *hotel, int32_t category)
{
    struct occupancy occupancy = {.days = hotel->room_cycle * hotel->period_days};

    for (uint32_t i = 0; i < hotel->resource_blocks.count; i++) {
        struct resource_block *block = &hotel->resource_blocks.items[i];
        int32_t first = (int32_t)(block->start_at / SECONDS_PER_DAY);

        if (block->category == category)
            block->room = take_room(&occupancy, first,
                                    (int32_t)(block->end_at / SECONDS_PER_DAY) - first + 1);
    }
    for (int32_t i = 0; i < STAYS_PER_BLOCK; i++) {
        struct stay *stay = &hotel->stays[i];

        if (stay->room_category == category && stay_happens(stay))
            stay->room =
                take_room(&occupancy, stay->arrival_day, stay->departure_day - stay->arrival_day);
    }
    if (occupancy.rooms > hotel->rooms_per_category)
        hotel->rooms_per_category = occupancy.rooms;
    free(occupancy.taken);
}

void design_rooms(struct hotel *hotel)
{
    for (int32_t category = 0; category < ROOM_CATEGORIES; category++)
        take_rooms_of(hotel, category);
}
