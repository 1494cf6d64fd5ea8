#include "data/hotel.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/rng.h"
#include "base/timestamp.h"

void life_add(struct life *life, int64_t at)
{
    unsigned i = life->count;

    if (at == NEVER_AT || life->count == LIFE_MAX_PHASES)
        return;
    for (unsigned k = 0; k < life->count; k++)
        if (life->at[k] == at)
            return;
    for (; i > 0 && life->at[i - 1] > at; i--)
        life->at[i] = life->at[i - 1];
    life->at[i] = at;
    life->count++;
}

void *hotel_grow(void *items, uint32_t count, uint32_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity ? *capacity * 2 : 64;
    return memory_resize(items, *capacity, size);
}

enum zone zone_of(enum pricing pricing)
{
    return pricing == PRICING_GROSS ? ZONE_BUDAPEST : ZONE_NEW_YORK;
}

void hotel_free(struct hotel *hotel)
{
    if (!hotel)
        return;
    free(hotel->customers.items);
    free(hotel->companies.items);
    free(hotel->items.items);
    free(hotel->payments.items);
    free(hotel->bills.items);
    free(hotel->blocks.items);
    free(hotel->adjustments.items);
    free(hotel->resource_blocks.items);
    free(hotel->entries.items);
    free(hotel);
}

uint32_t hotel_row_count(const struct hotel *hotel, enum entity_type type)
{
    switch (type) {
    case ENTITY_ORDER_ITEM:
        return hotel->items.count;
    case ENTITY_PAYMENT:
        return hotel->payments.count;
    case ENTITY_RESERVATION:
        return STAYS_PER_BLOCK;
    case ENTITY_CUSTOMER:
        return hotel->customers.count;
    case ENTITY_COMPANY:
        return hotel->companies.count;
    case ENTITY_BILL:
        return hotel->bills.count;
    case ENTITY_AVAILABILITY_ADJUSTMENT:
        return hotel->adjustments.count;
    case ENTITY_AVAILABILITY_BLOCK:
        return hotel->blocks.count;
    case ENTITY_RESOURCE_BLOCK:
        return hotel->resource_blocks.count;
    case ENTITY_LEDGER_ENTRY:
        return hotel->entries.count;
    case ENTITY_TYPE_COUNT:
        break;
    }
    return 0;
}

const struct life *hotel_row_life(const struct hotel *hotel, enum entity_type type, uint32_t index)
{
    switch (type) {
    case ENTITY_ORDER_ITEM:
        return &hotel->items.items[index].life;
    case ENTITY_PAYMENT:
        return &hotel->payments.items[index].life;
    case ENTITY_RESERVATION:
        return &hotel->stays[index].life;
    case ENTITY_CUSTOMER:
        return &hotel->customers.items[index].life;
    case ENTITY_COMPANY:
        return &hotel->companies.items[index].life;
    case ENTITY_BILL:
        return &hotel->bills.items[index].life;
    case ENTITY_AVAILABILITY_ADJUSTMENT:
        return &hotel->adjustments.items[index].life;
    case ENTITY_AVAILABILITY_BLOCK:
        return &hotel->blocks.items[index].life;
    case ENTITY_RESOURCE_BLOCK:
        return &hotel->resource_blocks.items[index].life;
    case ENTITY_LEDGER_ENTRY:
    case ENTITY_TYPE_COUNT:
        break;
    }
    return &hotel->entries.items[index].life;
}

struct hotel_facts hotel_facts(const struct hotel *hotel)
{
    struct hotel_facts facts = {.zone = hotel->zone, .room_cycle = hotel->room_cycle};

    for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
        facts.row_counts[type] = hotel_row_count(hotel, (enum entity_type)type);
    return facts;
}

struct id_ref hotel_ref(const struct hotel *hotel, enum entity_type type, int32_t index)
{
    if (index == NO_INDEX)
        return NO_REF;
    return (struct id_ref){(enum id_kind)type, (uint32_t)index,
                           hotel_row_life(hotel, type, (uint32_t)index)->at[0]};
}

struct id_ref hotel_stay_ref(const struct hotel *hotel, enum id_kind kind, int32_t stay)
{
    return (struct id_ref){kind, (uint32_t)stay, hotel->stays[stay].booked_at};
}

struct id_ref hotel_static_ref(enum id_kind kind, uint32_t index)
{
    return (struct id_ref){kind, index, 0};
}

struct id_ref hotel_room_ref(int32_t category, int32_t room)
{
    if (room == NO_INDEX)
        return NO_REF;
    return (struct id_ref){ID_RESOURCE, (uint32_t)(room * ROOM_CATEGORIES + category), 0};
}

struct id_ref hotel_owner_ref(const struct hotel *hotel, int32_t company, int32_t customer)
{
    if (company != NO_INDEX)
        return hotel_ref(hotel, ENTITY_COMPANY, company);
    return hotel_ref(hotel, ENTITY_CUSTOMER, customer);
}

uint64_t hotel_random(const struct hotel *hotel, uint64_t stream, uint64_t index)
{
    return rng_at(hotel->seed, stream, index);
}

bool hotel_since(const struct hotel *hotel, int year, int month, int day)
{
    return hotel->api_day >= day_from_civil((struct civil_date){year, month, day});
}

int64_t hotel_at(const struct hotel *hotel, int32_t day, int32_t hour, int32_t minute)
{
    return day * SECONDS_PER_DAY + hour * SECONDS_PER_HOUR + minute * 60 -
           zone_standard_offset_s(hotel->zone);
}
