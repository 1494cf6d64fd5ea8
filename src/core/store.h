/*
 * store: everything that is remembered: tenants, exports, and which export is in flight for what.
 * In memory, no locks: one thread. Every lookup is O(1) for each id.
 */
#ifndef CORE_STORE_H
#define CORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "core/export.h"
#include "core/lifecycle.h"
#include "core/tenant.h"

/* Most tenants that are remembered; beyond, new tokens are refused. Source: assumed. */
#define STORE_MAX_TENANTS 100000

/* A pair of tokens that is known beforehand, and what it may see. Borrowed texts. */
struct known_pair {
    const char *client_token;
    const char *access_token;
    struct scope *scope; /* the store takes its own part of it */
};

struct store_config {
    uint64_t seed;    /* of ids */
    int64_t start_ms; /* where the clock begins */
    double speed;     /* how fast it runs */
    struct lifecycle lifecycle;
    size_t max_exports;
    bool only_known;            /* other pairs are refused; else each gets a scope of its own */
    enum pricing pricing;       /* of the enterprises that are made for pairs not known */
    struct rate client_rate;    /* requests of a ClientToken */
    struct rate access_rate;    /* of an AccessToken */
    struct rate operation_rate; /* of an AccessToken to one operation */
};

struct store;

/* A new store whose clock starts at now_real_ms; caller frees. */
struct store *store_new(const struct store_config *config, int64_t now_real_ms);
void store_free(struct store *store); /* may be NULL */

/*
 * Makes a pair known. STATUS_CONFLICT when the AccessToken is known with another ClientToken
 * already: a token belongs to one integration. Source: contract/protocol.json, pairing_rule.
 */
enum status store_know_pair(struct store *store, const struct known_pair *pair,
                            struct error *err) MUST_CHECK;

/* Forgets every export and burst and all tenants' clocks; the server's clock starts anew. */
void store_reset(struct store *store, int64_t start_ms, int64_t now_real_ms);

/* The same for one tenant, whose clock follows the server's again. */
void store_reset_tenant(struct store *store, struct tenant *tenant);

/* The clock of a tenant, or of the server when tenant is NULL or has none of its own; borrowed. */
const struct clock *store_clock(const struct store *store, const struct tenant *tenant);
int64_t store_now_ms(const struct store *store, const struct tenant *tenant, int64_t now_real_ms);

/* The clock to change: the tenant's own, which it gets if it has none; NULL: the server's. */
struct clock *store_own_clock(struct store *store, struct tenant *tenant);

/* The tenant of an AccessToken, or NULL; borrowed. */
struct tenant *store_find_tenant(const struct store *store, const char *access_token);

/* The same, made if it is not there; STATUS_LIMIT when there are too many or the token too long. */
enum status store_get_tenant(struct store *store, const char *access_token, struct tenant **out,
                             struct error *err) MUST_CHECK;

/*
 * The integration of a pair of tokens; borrowed. STATUS_DENIED with the reason when the pair is not
 * known and must be, or when the AccessToken is another integration's; STATUS_LIMIT as above.
 */
enum status store_sign_in(struct store *store, const char *client_token, const char *access_token,
                          struct integration **out, struct error *err) MUST_CHECK;

/*
 * Counts a request against the rates. False, with the virtual time to wait, when it is over one;
 * then nothing is counted.
 */
bool store_admit(struct store *store, struct integration *integration, enum operation operation,
                 int64_t now_ms, int64_t *wait_ms);

/* What a new export is made from. */
struct export_request {
    struct integration *integration;
    enum entity_type entity_type;
    struct scope *scope; /* the export gets its own part of it */
    struct export_filters filters;
};

/* The export in flight that a new one of this type and scope would meet, or NULL; borrowed. */
struct export *store_find_blocker(const struct store *store, enum entity_type type,
                                  const struct scope *scope, int64_t now_real_ms);

/*
 * Creates an export at now_ms of its tenant; borrowed. STATUS_CONFLICT when one of its type is in
 * flight (source: contract/exports.json, rules.in_flight_exclusive; its span: contract/README.md);
 * STATUS_LIMIT when the store is full and nothing in it is over.
 */
enum status store_add_export(struct store *store, const struct export_request *request,
                             int64_t now_real_ms, struct export **out,
                             struct error *err) MUST_CHECK;

/* The export with the id, or NULL; borrowed. */
struct export *store_find_export(const struct store *store, const struct uuid *id);

/* The state of an export by its tenant's clock. */
enum export_state store_export_state(const struct store *store, const struct export *export,
                                     int64_t now_real_ms);

/*
 * True when the pair may see the export: its own, or one whose scope lies within its own.
 * Source: contract/README.md, "export made with another integration's token".
 */
bool store_is_visible(const struct integration *integration, const struct export *export);

/*
 * Forces a state from now on. STATUS_CONFLICT when it would put a second export of the type in
 * flight.
 */
enum status store_force_state(struct store *store, struct export *export, enum export_state state,
                              int64_t now_real_ms, struct error *err) MUST_CHECK;

/*
 * Walks the exports in the order of creation: of one tenant, or of all when tenant is NULL. Begin
 * with NULL; NULL at the end. The walk must not outlive a change of the store.
 */
struct export *store_next_export(const struct store *store, const struct tenant *tenant,
                                 const struct export *previous);

/* How many exports are kept. */
size_t store_export_count(const struct store *store);

#endif
