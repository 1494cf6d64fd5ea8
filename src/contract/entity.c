#include "contract/entity.h"

#include <string.h>

#define DAY_2024_08_21 19956
#define DAY_2025_07_23 20292

/* The nine types of the seed document and before, then the one that came later. */
static const struct {
    const char *name;
    bool chain_scoped;
    int32_t since_day;
} entities[ENTITY_TYPE_COUNT] = {
    [ENTITY_ORDER_ITEM] = {"OrderItem", false, DAY_2024_08_21},
    [ENTITY_PAYMENT] = {"Payment", false, DAY_2024_08_21},
    [ENTITY_RESERVATION] = {"Reservation", false, DAY_2024_08_21},
    [ENTITY_CUSTOMER] = {"Customer", true, DAY_2024_08_21},
    [ENTITY_COMPANY] = {"Company", true, DAY_2024_08_21},
    [ENTITY_BILL] = {"Bill", false, DAY_2024_08_21},
    [ENTITY_AVAILABILITY_ADJUSTMENT] = {"AvailabilityAdjustment", false, DAY_2024_08_21},
    [ENTITY_AVAILABILITY_BLOCK] = {"AvailabilityBlock", false, DAY_2024_08_21},
    [ENTITY_RESOURCE_BLOCK] = {"ResourceBlock", false, DAY_2024_08_21},
    [ENTITY_LEDGER_ENTRY] = {"LedgerEntry", false, DAY_2025_07_23},
};

const char *entity_name(enum entity_type type)
{
    return entities[type].name;
}

bool entity_find(const char *name, size_t length, enum entity_type *out)
{
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (strlen(entities[i].name) == length && memcmp(entities[i].name, name, length) == 0) {
            *out = (enum entity_type)i;
            return true;
        }
    }
    return false;
}

bool entity_is_chain_scoped(enum entity_type type)
{
    return entities[type].chain_scoped;
}

int32_t entity_since_day(enum entity_type type)
{
    return entities[type].since_day;
}
