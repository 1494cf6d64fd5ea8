#include "data/design.h"

#include "base/memory.h"
#include "data/design_steps.h"

/* Blocks after which a room of the design is the same room again: no stay is longer. */
#define ROOM_CYCLE_DAYS 32

struct hotel *design_hotel(uint64_t seed, enum pricing pricing, int32_t api_day,
                           int32_t period_days)
{
    struct hotel *hotel = memory_new(sizeof *hotel);

    hotel->seed = seed;
    hotel->pricing = pricing;
    hotel->zone = zone_of(pricing);
    hotel->api_day = api_day;
    hotel->period_days = period_days;
    hotel->room_cycle = (ROOM_CYCLE_DAYS + period_days - 1) / period_days;
    design_stays(hotel);
    design_people(hotel);
    design_inventory(hotel);
    design_rooms(hotel);
    design_charges(hotel);
    design_settlements(hotel);
    design_ledger(hotel);
    design_lives(hotel);
    return hotel;
}
