#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/rng.h"
#include "core/store_state.h"

/* Streams of the seed. */
#define STREAM_ENTERPRISE UINT64_C(0x656e746572707269)
#define STREAM_CHAIN      UINT64_C(0x636861696e)

/* Enterprises that are made for a pair of tokens came to the platform on 2015-01-05. */
#define ENTERPRISE_CREATED_MS (INT64_C(16440) * MS_PER_DAY + 9 * MS_PER_HOUR)

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

enum status store_get_tenant(struct store *store, const char *access_token, struct tenant **out,
                             struct error *err)
{
    struct tenant *tenant = store_find_tenant(store, access_token);
    enum status status = check_token("AccessToken", access_token, err);

    if (status != STATUS_OK)
        return status;
    if (!tenant && HASH_COUNT(store->tenants) >= STORE_MAX_TENANTS)
        return error_set(err, STATUS_LIMIT, "AccessToken",
                         "this server remembers no more than %d AccessTokens; reset it with POST "
                         "/__admin/reset, or restart it",
                         STORE_MAX_TENANTS);
    if (!tenant) {
        tenant = memory_new(sizeof *tenant);
        tenant->access_token = memory_copy_text(access_token, strlen(access_token));
        HASH_ADD_KEYPTR(hh, store->tenants, tenant->access_token, strlen(tenant->access_token),
                        tenant);
    }
    *out = tenant;
    return STATUS_OK;
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
        status = store_get_tenant(store, pair->access_token, &tenant, err);
    if (status != STATUS_OK)
        return status;
    if (tenant->is_known)
        return error_set(err, STATUS_CONFLICT, "AccessToken",
                         "the AccessToken is listed twice; it belongs to one integration");
    integration = add_integration(store, pair->client_token, tenant, scope_ref(pair->scope));
    integration->client->is_known = true;
    tenant->is_known = true;
    return STATUS_OK;
}

/* A pair that is not there yet. */
static enum status make_integration(struct store *store, const char *client_token,
                                    const char *access_token, struct integration **out,
                                    struct error *err)
{
    struct tenant *tenant = store_find_tenant(store, access_token);
    char pair[PAIR_CAPACITY];
    size_t length;
    enum status status;

    if (tenant && tenant->is_known)
        return error_set(err, STATUS_DENIED, "ClientToken",
                         "this AccessToken belongs to another integration: use the ClientToken it "
                         "was issued with");
    if (store->config.only_known)
        return error_set(err, STATUS_DENIED, "AccessToken",
                         "this AccessToken is not in the file of --tokens");
    if (HASH_COUNT(store->integrations) >= STORE_MAX_TENANTS)
        return error_set(err, STATUS_LIMIT, "ClientToken",
                         "this server remembers no more than %d pairs of tokens; reset it with "
                         "POST /__admin/reset, or restart it",
                         STORE_MAX_TENANTS);
    status = store_get_tenant(store, access_token, &tenant, err);
    if (status != STATUS_OK)
        return status;
    length = write_pair(pair, client_token, access_token);
    *out = add_integration(store, client_token, tenant, make_scope(store, pair, length));
    return STATUS_OK;
}

enum status store_sign_in(struct store *store, const char *client_token, const char *access_token,
                          struct integration **out, struct error *err)
{
    struct integration *integration;
    char pair[PAIR_CAPACITY];
    enum status status = check_token("ClientToken", client_token, err);
    size_t length;

    if (status == STATUS_OK)
        status = check_token("AccessToken", access_token, err);
    if (status != STATUS_OK)
        return status;
    length = write_pair(pair, client_token, access_token);
    HASH_FIND(hh, store->integrations, pair, length, integration);
    if (!integration)
        return make_integration(store, client_token, access_token, out, err);
    *out = integration;
    return STATUS_OK;
}

static bool within(const struct burst *burst, const struct rate *rate, int64_t now_ms,
                   int64_t *longest_ms)
{
    int64_t wait_ms;

    if (burst_allows(burst, rate, now_ms, &wait_ms))
        return true;
    if (wait_ms > *longest_ms)
        *longest_ms = wait_ms;
    return false;
}

bool store_admit(struct store *store, struct integration *integration, enum operation operation,
                 int64_t now_ms, int64_t *wait_ms)
{
    const struct store_config *config = &store->config;
    struct burst *client = &integration->client->burst;
    struct burst *access = &integration->tenant->burst;
    struct burst *one = &integration->tenant->operation_bursts[operation];
    int64_t longest_ms = 0;
    bool admitted = within(client, &config->client_rate, now_ms, &longest_ms);

    admitted &= within(access, &config->access_rate, now_ms, &longest_ms);
    admitted &= within(one, &config->operation_rate, now_ms, &longest_ms);
    if (!admitted) {
        *wait_ms = longest_ms;
        return false;
    }
    burst_count(client, &config->client_rate, now_ms);
    burst_count(access, &config->access_rate, now_ms);
    burst_count(one, &config->operation_rate, now_ms);
    return true;
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
