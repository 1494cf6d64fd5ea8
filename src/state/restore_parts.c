#include "state/restore_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/restore.h"

/* Most enterprises or chains of a scope; a token has no more than a thousand of each. */
#define SCOPE_MAX 4000

static enum status must_be_there(const struct json_object *object, const char *name,
                                 enum status status, bool found, struct error *err)
{
    if (status == STATUS_OK && !found)
        return json_error(object, name, STATUS_INVALID, err, "is missing");
    return status;
}

enum status part_text(const struct json_object *object, const char *name, const char **out,
                      struct error *err)
{
    bool found;
    enum status status = json_get_text(object, name, out, &found, err);

    return must_be_there(object, name, status, found, err);
}

enum status part_object(const struct json_object *object, const char *name, struct json_object *out,
                        struct error *err)
{
    bool found;
    enum status status = json_get_object(object, name, out, &found, err);

    return must_be_there(object, name, status, found, err);
}

enum status part_i64(const struct json_object *object, const char *name, int64_t least,
                     int64_t most, int64_t *out, struct error *err)
{
    int64_t value = 0;
    bool found;
    enum status status = json_get_i64(object, name, &value, &found, err);

    status = must_be_there(object, name, status, found, err);
    if (status != STATUS_OK)
        return status;
    if (value < least || value > most)
        return json_error(object, name, STATUS_INVALID, err, "is out of range");
    *out = value;
    return STATUS_OK;
}

enum status part_u32(const struct json_object *object, const char *name, uint32_t *out,
                     struct error *err)
{
    int64_t value = 0;
    enum status status = part_i64(object, name, 0, UINT32_MAX, &value, err);

    if (status == STATUS_OK)
        *out = (uint32_t)value;
    return status;
}

enum status part_uuid(const struct json_object *object, const char *name, struct uuid *out,
                      struct error *err)
{
    bool found;
    enum status status = json_get_uuid(object, name, out, &found, err);

    return must_be_there(object, name, status, found, err);
}

enum status part_instant(const struct json_object *object, const char *name, int64_t *out,
                         struct error *err)
{
    bool found;

    *out = NEVER_MS;
    return json_get_timestamp_ms(object, name, out, &found, err);
}

enum status part_burst(const struct json_object *object, const char *name, struct burst *out,
                       struct error *err)
{
    struct json_object burst;
    bool found;
    enum status status = json_get_object(object, name, &burst, &found, err);

    *out = (struct burst){0};
    if (status != STATUS_OK || !found)
        return status;
    status = part_instant(&burst, "Since", &out->anchor_ms, err);
    return status == STATUS_OK ? part_u32(&burst, "Count", &out->count, err) : status;
}

static enum status read_enterprise(struct json_array *array, struct enterprise *out,
                                   struct error *err)
{
    struct json_object object;
    const char *pricing;
    enum status status = json_array_next_object(array, &object, err);

    if (status == STATUS_OK)
        status = part_uuid(&object, "Id", &out->id, err);
    if (status == STATUS_OK)
        status = part_uuid(&object, "ChainId", &out->chain_id, err);
    if (status == STATUS_OK)
        status = part_text(&object, "Pricing", &pricing, err);
    if (status == STATUS_OK)
        out->pricing = strcmp(pricing, "Net") == 0 ? PRICING_NET : PRICING_GROSS;
    return status;
}

/* The ids of a scope while it is read; owned. */
struct ids {
    struct json_array enterprises, chains;
    struct enterprise *enterprise_items;
    struct uuid *chain_items;
};

static enum status read_ids(struct ids *ids, struct error *err)
{
    enum status status = STATUS_OK;

    ids->enterprise_items =
        memory_resize(NULL, ids->enterprises.count + 1, sizeof *ids->enterprise_items);
    ids->chain_items = memory_resize(NULL, ids->chains.count + 1, sizeof *ids->chain_items);
    for (size_t i = 0; i < ids->enterprises.count && status == STATUS_OK; i++)
        status = read_enterprise(&ids->enterprises, &ids->enterprise_items[i], err);
    for (size_t i = 0; i < ids->chains.count && status == STATUS_OK; i++)
        status = json_array_next_uuid(&ids->chains, &ids->chain_items[i], err);
    return status;
}

enum status part_scope(const struct json_object *object, struct scope **out, struct error *err)
{
    struct ids ids = {.enterprise_items = NULL};
    struct json_object scope;
    bool found;
    enum status status = json_get_object(object, "Scope", &scope, &found, err);

    *out = NULL;
    if (status != STATUS_OK || !found)
        return status;
    status = json_get_array(&scope, "Enterprises", &ids.enterprises, &found, err);
    status = must_be_there(&scope, "Enterprises", status, found, err);
    if (status == STATUS_OK)
        status = json_get_array(&scope, "Chains", &ids.chains, &found, err);
    status = must_be_there(&scope, "Chains", status, found, err);
    if (status != STATUS_OK)
        return status;
    if (ids.enterprises.count > SCOPE_MAX || ids.chains.count > SCOPE_MAX ||
        ids.enterprises.count + ids.chains.count == 0)
        return json_error(&scope, NULL, STATUS_INVALID, err, "has too many ids, or none");
    status = read_ids(&ids, err);
    if (status == STATUS_OK)
        *out = scope_new(ids.enterprise_items, ids.enterprises.count, ids.chain_items,
                         ids.chains.count);
    free(ids.enterprise_items);
    free(ids.chain_items);
    return status;
}

static enum status read_stranger(struct store *store, const struct json_object *object,
                                 const char *access_token, struct integration **out,
                                 struct error *err)
{
    struct tenant *tenant;
    struct scope *scope;
    enum status status = store_get_tenant(store, access_token, &tenant, err);

    if (status == STATUS_OK)
        status = part_scope(object, &scope, err);
    if (status != STATUS_OK)
        return status;
    if (!scope)
        return json_error(object, "Scope", STATUS_INVALID, err, "is missing");
    *out = restore_stranger(store, tenant, scope);
    scope_unref(scope);
    return STATUS_OK;
}

enum status part_integration(struct store *store, const struct json_object *object,
                             struct integration **out, struct error *err)
{
    const char *client_token, *access_token;
    enum status status = part_text(object, "ClientToken", &client_token, err);

    if (status == STATUS_OK)
        status = part_text(object, "AccessToken", &access_token, err);
    if (status != STATUS_OK)
        return status;
    if (strcmp(client_token, restore_stranger_token()) == 0)
        return read_stranger(store, object, access_token, out, err);
    return store_sign_in(store, client_token, access_token, out, err);
}
