/*
 * entity: the entity types of exports (contract/exports.json, enum ExportedEntityType).
 * To add one: a line in entity.c, its rows in data/, nothing else.
 */
#ifndef CONTRACT_ENTITY_H
#define CONTRACT_ENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* An entity type, in the order of the docs' enum. */
enum entity_type {
    ENTITY_ORDER_ITEM,
    ENTITY_PAYMENT,
    ENTITY_RESERVATION,
    ENTITY_CUSTOMER,
    ENTITY_COMPANY,
    ENTITY_BILL,
    ENTITY_AVAILABILITY_ADJUSTMENT,
    ENTITY_AVAILABILITY_BLOCK,
    ENTITY_RESOURCE_BLOCK,
    ENTITY_LEDGER_ENTRY,
    ENTITY_TYPE_COUNT
};

/* The wire name, in the order of the docs' enum. Source: contract/exports.json, enums. */
const char *entity_name(enum entity_type type);

/* Finds the type with exactly this name; false when there is none. */
bool entity_find(const char *name, size_t length, enum entity_type *out);

/*
 * The same; else STATUS_INVALID with the nearest name or the list of them, field is "".
 */
enum status entity_read(const char *text, size_t length, enum entity_type *out,
                        struct error *err) MUST_CHECK;

/*
 * True when chains scope the type (Customer, Company), false when enterprises do.
 * Source: contract/exports.json, rules.scope_kind_by_entity (derived there).
 */
bool entity_is_chain_scoped(enum entity_type type);

/* The docs date (days since 1970-01-01) from which exports/add knows the type. */
int32_t entity_since_day(enum entity_type type);

#endif
