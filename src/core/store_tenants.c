#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/rng.h"
#include "core/conduct.h"
#include "core/journal.h"
#include "core/restore.h"
#include "core/store_state.h"

/* Streams of the seed. */
#define STREAM_ENTERPRISE UINT64_C(0x656e746572707269)
#define STREAM_CHAIN      UINT64_C(0x636861696e)

/* Enterprises that are made for a pair of tokens came to the platform on 2015-01-05. */
#define ENTERPRISE_CREATED_MS (INT64_C(16440) * MS_PER_DAY + 9 * MS_PER_HOUR)

/* The ClientToken of those whose exports a scenario or a test puts beside the tenant's own. */
#define STRANGER "another integration"

#define PAIR_CAPACITY (2 * TOKEN_MAX_LENGTH + 2)

static size_t write_pair(char pair[PAIR_CAPACITY], const char *client_token,
                         const char *access_token)
{
    size_t client_length = strlen(client_token), access_length = strlen(access_token);

    memcpy(pair, client_token, client_length);
    pair[client_length] = '\0'; /* tokens may hold anything else */
    memcpy(pair + client_length + 1, access_token, access_length + 1);
    return client_length + 1 + access_length;
}

static enum status check_token(const char *name, const char *token, struct error *err)
{
    size_t length = strlen(token);

    if (length == 0)
        return error_set(err, STATUS_DENIED, name,
                         "is missing or empty; every request carries it in its body");
    if (length > TOKEN_MAX_LENGTH)
        return error_set(err, STATUS_DENIED, name, "has %zu characters; %d are the most", length,
                         TOKEN_MAX_LENGTH);
    return STATUS_OK;
}

struct tenant *store_find_tenant(const struct store *store, const char *access_token)
{
    struct tenant *tenant;

    HASH_FIND_STR(store->tenants, access_token, tenant);
    return tenant;
}

struct tenant *store_next_tenant(const struct store *store, const struct tenant *previous)
{
    return previous ? previous->hh.next : store->tenants;
}

/* The length of token before "+NAME"; its whole length when it has no such end. */
static size_t base_length(const char *token)
{
    const char *plus = strrchr(token, '+');
    size_t length = strlen(token);

    if (!plus || plus == token || plus[1] < 'a' || plus[1] > 'z')
        return length;
    for (const char *at = plus + 1; *at; at++) {
        if (!(*at >= 'a' && *at <= 'z') && !(*at >= '0' && *at <= '9') && *at != '-')
            return length;
    }
    return (size_t)(plus - token);
}

/* The tenant whose AccessToken is what stands before "+NAME", or NULL. */
static struct tenant *find_base(const struct store *store, const char *access_token)
{
    size_t length = base_length(access_token);
    struct tenant *tenant = NULL;

    if (store->config.find_scenario && access_token[length])
        HASH_FIND(hh, store->tenants, access_token, length, tenant);
    return tenant;
}

static enum status refuse_unlisted(struct error *err)
{
    return error_set(err, STATUS_DENIED, "AccessToken",
                     "this AccessToken is not in the file of --tokens");
}

/* The scenario that an AccessToken's "+NAME" stands for; NULL when it has none. */
static enum status find_scenario(const struct store *store, const char *access_token,
                                 struct scenario **out, struct error *err)
{
    size_t length = base_length(access_token);
    struct error reason;
    enum status status;

    *out = NULL;
    if (!store->config.find_scenario || !access_token[length])
        return STATUS_OK;
    status = store->config.find_scenario(access_token + length + 1,
                                         strlen(access_token + length + 1), out, &reason);
    if (status != STATUS_OK)
        return error_set(err, STATUS_DENIED, "AccessToken",
                         "what follows its last \"+\" names the scenario to run under, but %s",
                         reason.message);
    return STATUS_OK;
}

static struct tenant *add_tenant(struct store *store, const char *access_token,
                                 struct scenario *scenario)
{
    struct tenant *tenant = memory_new(sizeof *tenant);

    tenant->access_token = memory_copy_text(access_token, strlen(access_token));
    tenant->journal_key = journal_tenant_key(access_token);
    tenant->number = ++store->tenant_count;
    if (scenario) {
        tenant->own_scenario = scenario;
        tenant->scenario = scenario_ref(scenario);
        tenant->world = ++store->world_count;
    }
    HASH_ADD_KEYPTR(hh, store->tenants, tenant->access_token, strlen(tenant->access_token), tenant);
    store_tell(store, (struct store_change){.kind = CHANGE_TENANT, .tenant = tenant});
    return tenant;
}

/* A tenant that is there, or a new one; whether anybody may use it is not asked. */
static enum status get_tenant(struct store *store, const char *access_token, struct tenant **out,
                              struct error *err)
{
    struct tenant *tenant = store_find_tenant(store, access_token);
    struct scenario *scenario;
    enum status status = check_token("AccessToken", access_token, err);

    if (status != STATUS_OK)
        return status;
    if (!tenant && HASH_COUNT(store->tenants) >= STORE_MAX_TENANTS)
        return error_set(err, STATUS_LIMIT, "AccessToken",
                         "this server remembers no more than %d AccessTokens; reset it with POST "
                         "/__admin/reset, or restart it",
                         STORE_MAX_TENANTS);
    if (!tenant) {
        status = store_may_change(store, err);
        if (status != STATUS_OK)
            return status;
        status = find_scenario(store, access_token, &scenario, err);
        if (status != STATUS_OK)
            return status;
        tenant = add_tenant(store, access_token, scenario);
    }
    *out = tenant;
    return STATUS_OK;
}

enum status store_get_tenant(struct store *store, const char *access_token, struct tenant **out,
                             struct error *err)
{
    if (store->config.only_known && !store_find_tenant(store, access_token) &&
        !find_base(store, access_token))
        return refuse_unlisted(err);
    return get_tenant(store, access_token, out, err);
}

static struct client *get_client(struct store *store, const char *token)
{
    struct client *client;

    HASH_FIND_STR(store->clients, token, client);
    if (!client) {
        client = memory_new(sizeof *client);
        client->token = memory_copy_text(token, strlen(token));
        HASH_ADD_KEYPTR(hh, store->clients, client->token, strlen(client->token), client);
    }
    return client;
}

static struct integration *add_integration(struct store *store, const char *client_token,
                                           struct tenant *tenant, struct scope *scope)
{
    struct integration *integration = memory_new(sizeof *integration);
    char pair[PAIR_CAPACITY];
    size_t length = write_pair(pair, client_token, tenant->access_token);

    integration->pair = memory_copy_text(pair, length);
    integration->pair_length = length;
    integration->tenant = tenant;
    integration->client = get_client(store, client_token);
    integration->scope = scope;
    HASH_ADD_KEYPTR(hh, store->integrations, integration->pair, length, integration);
    store_tell(store,
               (struct store_change){.kind = CHANGE_INTEGRATION, .integration = integration});
    return integration;
}

/* An enterprise with a chain of its own, made from the names of the pair. */
static struct scope *make_scope(const struct store *store, const char *pair, size_t length)
{
    uint64_t name = rng_hash(store->config.seed, pair, length);
    struct enterprise enterprise = {
        .id = uuid_platform(rng_at(name, STREAM_ENTERPRISE, 0),
                            (uint16_t)rng_at(name, STREAM_ENTERPRISE, 1), ENTERPRISE_CREATED_MS),
        .chain_id = uuid_platform(rng_at(name, STREAM_CHAIN, 0),
                                  (uint16_t)rng_at(name, STREAM_CHAIN, 1), ENTERPRISE_CREATED_MS),
        .pricing = store->config.pricing,
    };

    return scope_new(&enterprise, 1, NULL, 0);
}

enum status store_know_pair(struct store *store, const struct known_pair *pair, struct error *err)
{
    struct integration *integration;
    struct tenant *tenant;
    enum status status = check_token("ClientToken", pair->client_token, err);

    if (status == STATUS_OK)
        status = check_token("AccessToken", pair->access_token, err);
    if (status != STATUS_OK)
        return status;
    tenant = store_find_tenant(store, pair->access_token);
    if (tenant)
        return error_set(err, STATUS_CONFLICT, "AccessToken",
                         "the AccessToken is listed twice; it belongs to one integration");
    tenant = add_tenant(store, pair->access_token, NULL);
    integration = add_integration(store, pair->client_token, tenant, scope_ref(pair->scope));
    integration->client->is_known = true;
    tenant->is_known = true;
    if (pair->scenario) {
        tenant->own_scenario = scenario_ref(pair->scenario);
        tenant->scenario = scenario_ref(pair->scenario);
    }
    return STATUS_OK;
}

/* The integration of a pair, or NULL. */
static struct integration *find_integration(const struct store *store, const char *client_token,
                                            const char *access_token)
{
    struct integration *integration;
    char pair[PAIR_CAPACITY];
    size_t length = write_pair(pair, client_token, access_token);

    HASH_FIND(hh, store->integrations, pair, length, integration);
    return integration;
}

struct integration *store_find_integration(const struct store *store, const struct tenant *tenant)
{
    struct integration *integration = store->integrations;

    while (integration && (integration->tenant != tenant || !strcmp(integration->pair, STRANGER)))
        integration = integration->hh.next;
    return integration;
}

const struct integration *store_next_integration(const struct store *store,
                                                 const struct tenant *tenant,
                                                 const struct integration *previous)
{
    const struct integration *next = previous ? previous->hh.next : store->integrations;

    while (next && ((tenant && next->tenant != tenant) || !strcmp(next->pair, STRANGER)))
        next = next->hh.next;
    return next;
}

const char *restore_stranger_token(void)
{
    return STRANGER;
}

struct integration *store_stranger(struct store *store, struct tenant *tenant, struct scope *scope)
{
    struct integration *stranger = find_integration(store, STRANGER, tenant->access_token);

    return stranger ? stranger : add_integration(store, STRANGER, tenant, scope_ref(scope));
}

/* A pair that is not there yet. */
static enum status make_integration(struct store *store, const char *client_token,
                                    const char *access_token, struct integration **out,
                                    struct error *err)
{
    struct tenant *tenant = store_find_tenant(store, access_token);
    struct tenant *base = find_base(store, access_token);
    struct integration *model = NULL;
    char pair[PAIR_CAPACITY];
    size_t length;
    enum status status;

    if (base && base->is_known)
        model = find_integration(store, client_token, base->access_token);
    if ((tenant && tenant->is_known) || (base && base->is_known && !model))
        return error_set(err, STATUS_DENIED, "ClientToken",
                         "this AccessToken belongs to another integration: use the ClientToken it "
                         "was issued with");
    if (store->config.only_known && !model)
        return refuse_unlisted(err);
    if (HASH_COUNT(store->integrations) >= STORE_MAX_TENANTS)
        return error_set(err, STATUS_LIMIT, "ClientToken",
                         "this server remembers no more than %d pairs of tokens; reset it with "
                         "POST /__admin/reset, or restart it",
                         STORE_MAX_TENANTS);
    status = store_may_change(store, err);
    if (status == STATUS_OK)
        status = get_tenant(store, access_token, &tenant, err);
    if (status != STATUS_OK)
        return status;
    length = write_pair(pair, client_token, access_token);
    *out = add_integration(store, client_token, tenant,
                           model ? scope_ref(model->scope) : make_scope(store, pair, length));
    return STATUS_OK;
}

enum status store_sign_in(struct store *store, const char *client_token, const char *access_token,
                          struct integration **out, struct error *err)
{
    struct integration *integration;
    enum status status = check_token("ClientToken", client_token, err);

    if (status == STATUS_OK)
        status = check_token("AccessToken", access_token, err);
    if (status != STATUS_OK)
        return status;
    integration = find_integration(store, client_token, access_token);
    if (!integration)
        return make_integration(store, client_token, access_token, out, err);
    *out = integration;
    return STATUS_OK;
}

static void free_integration(struct store *store, struct integration *integration)
{
    HASH_DEL(store->integrations, integration);
    scope_unref(integration->scope);
    free(integration->pair);
    free(integration);
}

static void free_tenant(struct store *store, struct tenant *tenant)
{
    HASH_DEL(store->tenants, tenant);
    story_release(&tenant->story);
    conduct_free(tenant->conduct);
    scenario_unref(tenant->scenario);
    scenario_unref(tenant->own_scenario);
    free(tenant->access_token);
    free(tenant);
}

static void free_client(struct store *store, struct client *client)
{
    HASH_DEL(store->clients, client);
    free(client->token);
    free(client);
}

/* Frees everything, or what is not known. */
static void free_some(struct store *store, bool all)
{
    struct integration *integration, *next_integration;
    struct tenant *tenant, *next_tenant;
    struct client *client, *next_client;

    HASH_ITER(hh, store->integrations, integration, next_integration)
    {
        if (all || !integration->tenant->is_known)
            free_integration(store, integration);
        else
            integration->export_count = 0;
    }
    HASH_ITER(hh, store->tenants, tenant, next_tenant)
    {
        if (all || !tenant->is_known)
            free_tenant(store, tenant);
    }
    HASH_ITER(hh, store->clients, client, next_client)
    {
        if (all || !client->is_known)
            free_client(store, client);
    }
}

void store_forget_unknown(struct store *store)
{
    free_some(store, false);
}

void store_free_tenants(struct store *store)
{
    free_some(store, true);
}
