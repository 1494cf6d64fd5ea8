/*
 * scope: which enterprises and chains something covers: a token, or one export. Shared by a count
 * of owners; constant once made.
 */
#ifndef CORE_SCOPE_H
#define CORE_SCOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contract/enterprise.h"
#include "contract/entity.h"

struct scope {
    uint32_t owner_count;
    uint32_t enterprise_count;
    uint32_t chain_count;
    struct enterprise *enterprises; /* in the order they were named */
    struct uuid *chains;            /* likewise; every enterprise's chain is among them */
    struct uuid *sorted_enterprises;
    struct uuid *sorted_chains;
};

/*
 * A scope with one owner, of copies. Ids named twice are taken once. Chains of the enterprises that
 * are not among chains are added behind.
 */
struct scope *scope_new(const struct enterprise *enterprises, size_t enterprise_count,
                        const struct uuid *chains, size_t chain_count);

/* Adds an owner. */
struct scope *scope_ref(struct scope *scope);

/* Takes an owner away and frees with the last; scope may be NULL. */
void scope_unref(struct scope *scope);

/* The part of scope that has these enterprises, or these chains with all their enterprises. */
struct scope *scope_of_enterprises(const struct scope *scope, const struct uuid *ids, size_t count);
struct scope *scope_of_chains(const struct scope *scope, const struct uuid *ids, size_t count);

/* True when the scope has the id. */
bool scope_has_enterprise(const struct scope *scope, const struct uuid *id);
bool scope_has_chain(const struct scope *scope, const struct uuid *id);

/*
 * The ids that an export of a type with this scope is about: of chains or of enterprises.
 * Borrowed; *count of them, sorted. Source: contract/exports.json, rules.scope_kind_by_entity.
 */
const struct uuid *scope_keys(const struct scope *scope, enum entity_type type, size_t *count);

/* True when everything that inner says of a type lies within outer. */
bool scope_covers(const struct scope *outer, const struct scope *inner, enum entity_type type);

#endif
