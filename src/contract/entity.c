#include "contract/entity.h"

#include <stdlib.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "base/strbuf.h"

#define DAY_2023_10_26 19656
#define DAY_2023_12_08 19699
#define DAY_2023_12_19 19710
#define DAY_2024_08_09 19944
#define DAY_2024_08_21 19956
#define DAY_2025_07_23 20292

/* Source: contract/exports.json, the revisions' changes and enums. */
static const struct {
    const char *name;
    bool chain_scoped;
    int32_t since_day;
} entities[ENTITY_TYPE_COUNT] = {
    [ENTITY_ORDER_ITEM] = {"OrderItem", false, DAY_2023_10_26},
    [ENTITY_PAYMENT] = {"Payment", false, DAY_2023_12_08},
    [ENTITY_RESERVATION] = {"Reservation", false, DAY_2023_12_08},
    [ENTITY_CUSTOMER] = {"Customer", true, DAY_2023_12_19},
    [ENTITY_COMPANY] = {"Company", true, DAY_2023_12_19},
    [ENTITY_BILL] = {"Bill", false, DAY_2024_08_09},
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

static enum status refuse(const char *text, size_t length, struct error *err)
{
    const char *known[ENTITY_TYPE_COUNT];
    char *copy = memory_copy_text(text, length);
    struct strbuf list = STRBUF_INIT;
    const char *meant;
    enum status status;

    for (int i = 0; i < ENTITY_TYPE_COUNT; i++) {
        known[i] = entity_name((enum entity_type)i);
        strbuf_appendf(&list, "%s%s", i == 0 ? "" : ", ", known[i]);
    }
    meant = nearest_name(copy, known, ENTITY_TYPE_COUNT);
    if (meant)
        status = error_set(err, STATUS_INVALID, NULL, "%s is not an entity type; did you mean %s?",
                           excerpt(text, length).text, meant);
    else
        status = error_set(err, STATUS_INVALID, NULL, "%s is not an entity type; they are %s",
                           excerpt(text, length).text, strbuf_text(&list));
    strbuf_release(&list);
    free(copy);
    return status;
}

enum status entity_read(const char *text, size_t length, enum entity_type *out, struct error *err)
{
    if (entity_find(text, length, out))
        return STATUS_OK;
    return refuse(text, length, err);
}

bool entity_is_chain_scoped(enum entity_type type)
{
    return entities[type].chain_scoped;
}

int32_t entity_since_day(enum entity_type type)
{
    return entities[type].since_day;
}
