#include "app/tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/rng.h"
#include "base/strbuf.h"
#include "base/timestamp.h"
#include "base/whole_file.h"
#include "contract/demo.h"
#include "contract/limits.h"
#include "json/reader.h"
#include "scenarios/builtin.h"

/* Longest file that is read: a hundred thousand pairs. */
#define FILE_MAX_MIB 64

/* Most enterprises or chains of one pair. Source: assumed, as many as a request may name. */
#define PAIR_MAX_IDS SCOPE_IDS_MAX

/* Chains that are made for an enterprise came with it, on 2015-01-05. */
#define CHAIN_CREATED_MS (INT64_C(16440) * MS_PER_DAY)

enum status tokens_add_demo(struct store *store, struct error *err)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < demo_pair_count() && status == STATUS_OK; i++) {
        const struct demo_pair *demo = demo_pair_at(i);
        struct scope *scope = scope_new(demo->enterprise, 1, NULL, 0);
        struct known_pair pair = {demo->client_token, demo->access_token, scope, NULL};

        status = store_know_pair(store, &pair, err);
        scope_unref(scope);
    }
    return status;
}

/* A pair of the file while it is read. */
struct entry {
    const char *client_token;
    const char *access_token;
    enum pricing pricing;
    const char *scenario; /* of the built-in ones; NULL: none */
    struct enterprise enterprises[PAIR_MAX_IDS];
    size_t enterprise_count;
    struct uuid chains[PAIR_MAX_IDS];
    size_t chain_count;
};

static enum status read_token(const struct json_object *object, const char *name, const char **out,
                              struct error *err)
{
    bool found;
    enum status status = json_get_text(object, name, out, &found, err);

    if (status == STATUS_OK && (!found || !**out))
        status = json_error(object, name, STATUS_INVALID, err, "is missing or empty");
    return status;
}

static enum status read_pricing(const struct json_object *object, enum pricing *out,
                                struct error *err)
{
    const char *text = NULL;
    bool found;
    enum status status = json_get_text(object, "Pricing", &text, &found, err);

    if (status != STATUS_OK || !found)
        return status;
    if (strcmp(text, "Gross") == 0)
        *out = PRICING_GROSS;
    else if (strcmp(text, "Net") == 0)
        *out = PRICING_NET;
    else
        return json_error(object, "Pricing", STATUS_INVALID, err, "must be \"Gross\" or \"Net\"");
    return STATUS_OK;
}

static enum status read_chains(const struct json_object *object, struct entry *entry,
                               struct error *err)
{
    struct json_array array;
    bool found;
    enum status status = json_get_array(object, "Chains", &array, &found, err);

    if (status != STATUS_OK || !found)
        return status;
    if (array.count > PAIR_MAX_IDS)
        return json_error(object, "Chains", STATUS_INVALID, err, "must have at most %d ids",
                          PAIR_MAX_IDS);
    while (status == STATUS_OK && entry->chain_count < array.count)
        status = json_array_next_uuid(&array, &entry->chains[entry->chain_count++], err);
    return status;
}

/* The chain of the enterprise at index when nothing else is said. */
static struct uuid usual_chain(const struct entry *entry, size_t index)
{
    const struct uuid *enterprise = &entry->enterprises[index].id;
    uint64_t name;

    if (entry->chain_count)
        return entry->chains[index < entry->chain_count ? index : entry->chain_count - 1];
    name = rng_hash(0, enterprise->bytes, sizeof enterprise->bytes);
    return uuid_platform(rng_mix(name), (uint16_t)rng_mix(name + 1), CHAIN_CREATED_MS);
}

/* An enterprise that is an object: Id, and what differs from the pair's. */
static enum status read_enterprise_object(const struct json_object *object, struct entry *entry,
                                          struct enterprise *out, struct error *err)
{
    static const char *const names[] = {"Id", "ChainId", "Pricing"};
    bool found;
    enum status status = json_refuse_unknown(object, names, 3, err);

    if (status == STATUS_OK)
        status = json_get_uuid(object, "Id", &out->id, &found, err);
    if (status == STATUS_OK && !found)
        status = json_error(object, "Id", STATUS_INVALID, err, "is missing: give a uuid");
    if (status != STATUS_OK)
        return status;
    out->chain_id = usual_chain(entry, (size_t)(out - entry->enterprises));
    status = json_get_uuid(object, "ChainId", &out->chain_id, &found, err);
    return status == STATUS_OK ? read_pricing(object, &out->pricing, err) : status;
}

static enum status read_enterprise(struct json_array *array, struct entry *entry,
                                   struct enterprise *out, struct error *err)
{
    struct json_object object;
    enum status status;

    out->pricing = entry->pricing;
    if (json_array_next_type(array) == JSON_OBJECT) {
        status = json_array_next_object(array, &object, err);
        return status == STATUS_OK ? read_enterprise_object(&object, entry, out, err) : status;
    }
    status = json_array_next_uuid(array, &out->id, err);
    if (status == STATUS_OK)
        out->chain_id = usual_chain(entry, (size_t)(out - entry->enterprises));
    return status;
}

/* An enterprise that is named by the tokens. */
static void make_enterprise(struct entry *entry)
{
    static const struct uuid space = {{0}};
    struct strbuf name = STRBUF_INIT;

    strbuf_append(&name, entry->client_token, strlen(entry->client_token) + 1);
    strbuf_append_text(&name, entry->access_token);
    entry->enterprises[0].id = uuid_from_name(&space, name.data, name.length);
    entry->enterprises[0].pricing = entry->pricing;
    entry->enterprise_count = 1;
    entry->enterprises[0].chain_id = usual_chain(entry, 0);
    strbuf_release(&name);
}

static enum status read_enterprises(const struct json_object *object, struct entry *entry,
                                    struct error *err)
{
    struct json_array array;
    bool found;
    enum status status = json_get_array(object, "Enterprises", &array, &found, err);

    if (status != STATUS_OK)
        return status;
    if (!found) {
        make_enterprise(entry);
        return STATUS_OK;
    }
    if (array.count < 1 || array.count > PAIR_MAX_IDS)
        return json_error(object, "Enterprises", STATUS_INVALID, err,
                          "must have 1 to %d enterprises", PAIR_MAX_IDS);
    while (status == STATUS_OK && entry->enterprise_count < array.count)
        status =
            read_enterprise(&array, entry, &entry->enterprises[entry->enterprise_count++], err);
    return status;
}

static enum status read_entry(const struct json_object *object, struct entry *entry,
                              struct error *err)
{
    static const char *const names[] = {"ClientToken", "AccessToken", "Enterprises",
                                        "Chains",      "Pricing",     "Scenario"};
    enum status status = json_refuse_unknown(object, names, 6, err);
    bool found;

    entry->pricing = PRICING_GROSS;
    entry->enterprise_count = entry->chain_count = 0;
    if (status == STATUS_OK)
        status = read_token(object, "ClientToken", &entry->client_token, err);
    if (status == STATUS_OK)
        status = read_token(object, "AccessToken", &entry->access_token, err);
    if (status == STATUS_OK)
        status = read_pricing(object, &entry->pricing, err);
    if (status == STATUS_OK)
        status = read_chains(object, entry, err);
    entry->scenario = NULL;
    if (status == STATUS_OK)
        status = json_get_text(object, "Scenario", &entry->scenario, &found, err);
    return status == STATUS_OK ? read_enterprises(object, entry, err) : status;
}

static enum status find_scenario(const struct json_object *object, const char *name,
                                 struct scenario **out, struct error *err)
{
    struct error reason;
    enum status status;

    *out = NULL;
    if (!name)
        return STATUS_OK;
    status = scenario_builtin_find(name, strlen(name), out, &reason);
    if (status != STATUS_OK)
        (void)json_error(object, "Scenario", status, err, "%s", reason.message);
    return status;
}

static enum status know_entry(struct store *store, const struct json_object *object,
                              const struct entry *entry, struct error *err)
{
    struct known_pair pair = {.client_token = entry->client_token,
                              .access_token = entry->access_token};
    struct error reason;
    enum status status = find_scenario(object, entry->scenario, &pair.scenario, err);

    if (status != STATUS_OK)
        return status;
    pair.scope =
        scope_new(entry->enterprises, entry->enterprise_count, entry->chains, entry->chain_count);
    status = store_know_pair(store, &pair, &reason);
    scope_unref(pair.scope);
    scenario_unref(pair.scenario);
    if (status != STATUS_OK)
        (void)json_error(object, reason.field, status, err, "%s", reason.message);
    return status;
}

static enum status read_list(struct store *store, const struct json_document *document,
                             struct integration **first, struct error *err)
{
    struct entry *entry = memory_new(sizeof *entry);
    struct json_array list;
    enum status status = json_root_array(document, &list, err);

    *first = NULL;
    for (size_t left = status == STATUS_OK ? list.count : 0; left > 0 && status == STATUS_OK;
         left--) {
        struct json_object object;

        status = json_array_next_object(&list, &object, err);
        if (status == STATUS_OK)
            status = read_entry(&object, entry, err);
        if (status == STATUS_OK)
            status = know_entry(store, &object, entry, err);
        if (status == STATUS_OK && !*first)
            status = store_sign_in(store, entry->client_token, entry->access_token, first, err);
    }
    free(entry);
    return status;
}

/* Puts the file's name before the message: "tokens.json: [2].Pricing: must be ...". */
static void name_file(const char *path, struct error *err)
{
    struct error inner = *err;

    (void)error_set(err, inner.status, "--tokens", "%s: %s%s%s", path, inner.field,
                    inner.field[0] ? ": " : "", inner.message);
}

enum status tokens_add_file(struct store *store, const char *path, struct integration **first,
                            struct error *err)
{
    const struct json_options options = {.comments = true, .values_max = SIZE_MAX};
    struct strbuf text = STRBUF_INIT;
    struct json_document document;
    struct error inner;
    enum status status = whole_file_read(path, FILE_MAX_MIB, &text, &inner);

    if (status != STATUS_OK) {
        (void)error_set(err, status, "--tokens", "%s", inner.message);
        goto out;
    }
    status = json_read_with(strbuf_text(&text), text.length, &options, &document, err);
    if (status == STATUS_OK) {
        status = read_list(store, &document, first, err);
        json_document_release(&document);
    }
    if (status != STATUS_OK)
        name_file(path, err);
out:
    strbuf_release(&text);
    return status;
}
