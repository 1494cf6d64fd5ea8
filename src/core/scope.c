#include "core/scope.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static int compare_ids(const void *left, const void *right)
{
    return uuid_compare_bytes(left, right);
}

static bool has_id(const struct uuid *sorted, uint32_t count, const struct uuid *id)
{
    return bsearch(id, sorted, count, sizeof *sorted, compare_ids) != NULL;
}

/* Sorts ids and drops the ones that are there twice; how many are left. */
static uint32_t sort_ids(struct uuid *ids, uint32_t count)
{
    uint32_t kept = 0;

    if (count)
        qsort(ids, count, sizeof *ids, compare_ids);
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || !uuid_equal(&ids[kept - 1], &ids[i]))
            ids[kept++] = ids[i];
    }
    return kept;
}

/* Appends an id to ids unless sorted says that it was seen; seen holds a mark for each of them. */
static bool first_time(const struct uuid *sorted, uint32_t count, bool *seen, const struct uuid *id)
{
    const struct uuid *place = bsearch(id, sorted, count, sizeof *sorted, compare_ids);
    bool first = !seen[place - sorted];

    seen[place - sorted] = true;
    return first;
}

static void fill_enterprises(struct scope *scope, const struct enterprise *enterprises,
                             uint32_t count)
{
    bool *seen = memory_new(count);
    uint32_t unique;

    scope->enterprises = memory_resize(NULL, count, sizeof *scope->enterprises);
    scope->sorted_enterprises = memory_resize(NULL, count, sizeof *scope->sorted_enterprises);
    for (uint32_t i = 0; i < count; i++)
        scope->sorted_enterprises[i] = enterprises[i].id;
    unique = sort_ids(scope->sorted_enterprises, count);
    for (uint32_t i = 0; i < count; i++) {
        if (first_time(scope->sorted_enterprises, unique, seen, &enterprises[i].id))
            scope->enterprises[scope->enterprise_count++] = enterprises[i];
    }
    free(seen);
}

static void fill_chains(struct scope *scope, const struct uuid *chains, uint32_t count)
{
    uint32_t all = count + scope->enterprise_count, unique;
    struct uuid *named = memory_resize(NULL, all, sizeof *named);
    bool *seen = memory_new(all);

    if (count)
        memcpy(named, chains, count * sizeof *named);
    for (uint32_t i = 0; i < scope->enterprise_count; i++)
        named[count + i] = scope->enterprises[i].chain_id;
    scope->chains = memory_resize(NULL, all, sizeof *scope->chains);
    scope->sorted_chains = memory_resize(NULL, all, sizeof *scope->sorted_chains);
    memcpy(scope->sorted_chains, named, all * sizeof *named);
    unique = sort_ids(scope->sorted_chains, all);
    for (uint32_t i = 0; i < all; i++) {
        if (first_time(scope->sorted_chains, unique, seen, &named[i]))
            scope->chains[scope->chain_count++] = named[i];
    }
    free(named);
    free(seen);
}

struct scope *scope_new(const struct enterprise *enterprises, size_t enterprise_count,
                        const struct uuid *chains, size_t chain_count)
{
    struct scope *scope = memory_new(sizeof *scope);

    scope->owner_count = 1;
    fill_enterprises(scope, enterprises, (uint32_t)enterprise_count);
    fill_chains(scope, chains, (uint32_t)chain_count);
    return scope;
}

struct scope *scope_ref(struct scope *scope)
{
    scope->owner_count++;
    return scope;
}

void scope_unref(struct scope *scope)
{
    if (!scope || --scope->owner_count > 0)
        return;
    free(scope->enterprises);
    free(scope->chains);
    free(scope->sorted_enterprises);
    free(scope->sorted_chains);
    free(scope);
}

static const struct enterprise *find_enterprise(const struct scope *scope, const struct uuid *id)
{
    for (uint32_t i = 0; i < scope->enterprise_count; i++) {
        if (uuid_equal(&scope->enterprises[i].id, id))
            return &scope->enterprises[i];
    }
    return NULL;
}

struct scope *scope_of_enterprises(const struct scope *scope, const struct uuid *ids, size_t count)
{
    struct enterprise *chosen = memory_resize(NULL, count, sizeof *chosen);
    struct scope *part;
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        const struct enterprise *found = find_enterprise(scope, &ids[i]);

        if (found)
            chosen[kept++] = *found;
    }
    part = scope_new(chosen, kept, NULL, 0);
    free(chosen);
    return part;
}

struct scope *scope_of_chains(const struct scope *scope, const struct uuid *ids, size_t count)
{
    struct enterprise *chosen = memory_resize(NULL, scope->enterprise_count, sizeof *chosen);
    struct uuid *sorted = memory_resize(NULL, count, sizeof *sorted);
    uint32_t unique;
    struct scope *part;
    size_t kept = 0;

    memcpy(sorted, ids, count * sizeof *ids);
    unique = sort_ids(sorted, (uint32_t)count);
    for (uint32_t i = 0; i < scope->enterprise_count; i++) {
        if (has_id(sorted, unique, &scope->enterprises[i].chain_id))
            chosen[kept++] = scope->enterprises[i];
    }
    part = scope_new(chosen, kept, ids, count);
    free(chosen);
    free(sorted);
    return part;
}

bool scope_has_enterprise(const struct scope *scope, const struct uuid *id)
{
    return has_id(scope->sorted_enterprises, scope->enterprise_count, id);
}

bool scope_has_chain(const struct scope *scope, const struct uuid *id)
{
    return has_id(scope->sorted_chains, scope->chain_count, id);
}

const struct uuid *scope_keys(const struct scope *scope, enum entity_type type, size_t *count)
{
    bool by_chain = entity_is_chain_scoped(type);

    *count = by_chain ? scope->chain_count : scope->enterprise_count;
    return by_chain ? scope->sorted_chains : scope->sorted_enterprises;
}

bool scope_covers(const struct scope *outer, const struct scope *inner, enum entity_type type)
{
    size_t count, outer_count;
    const struct uuid *keys = scope_keys(inner, type, &count);
    const struct uuid *outer_keys = scope_keys(outer, type, &outer_count);

    if (outer == inner)
        return true;
    for (size_t i = 0; i < count; i++) {
        if (!has_id(outer_keys, (uint32_t)outer_count, &keys[i]))
            return false;
    }
    return true;
}
