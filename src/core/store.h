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
    struct scope *scope;       /* the store takes its own part of it */
    struct scenario *scenario; /* of the AccessToken; likewise; NULL: the server's */
};

/*
 * Finds a built-in scenario by name: *out gets an owner of its own. STATUS_NOT_FOUND, with the name
 * that was probably meant, when there is none.
 */
typedef enum status scenario_finder(const char *name, size_t length, struct scenario **out,
                                    struct error *err);

struct store_config {
    uint64_t seed;     /* of ids, and of faults by chance */
    int64_t start_ms;  /* where the clock begins */
    double speed;      /* how fast it runs */
    bool follows_wall; /* it shows the real time until somebody sets it */
    struct lifecycle lifecycle;
    size_t max_exports;
    bool only_known;           /* other pairs are refused; else each gets a scope of its own */
    enum pricing pricing;      /* of the enterprises that are made for pairs not known */
    struct scenario *scenario; /* in force at the start; the store takes its own part; or NULL */
    scenario_finder *find_scenario; /* of AccessTokens with "+NAME"; NULL: they are like others */
    struct rate client_rate;        /* requests of a ClientToken */
    struct rate access_rate;        /* of an AccessToken */
    struct rate operation_rate;     /* of an AccessToken to one operation */
};

struct store;
struct store_observer;

/* A new store whose clock starts at now_real_ms; caller frees. */
struct store *store_new(const struct store_config *config, int64_t now_real_ms);
void store_free(struct store *store); /* may be NULL */

/*
 * Makes a pair known. STATUS_CONFLICT when the AccessToken is known with another ClientToken
 * already: a token belongs to one integration. Source: contract/protocol.json, pairing_rule.
 */
enum status store_know_pair(struct store *store, const struct known_pair *pair,
                            struct error *err) MUST_CHECK;

/*
 * Forgets every export and burst, all tenants' clocks and what was set by store_set_scenario(); the
 * server's clock starts anew.
 */
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

/*
 * The same, made if it is not there. STATUS_LIMIT when there are too many, STATUS_DENIED with the
 * reason when no pair with it could sign in, or when it ends in "+NAME" and no scenario is called
 * so. Source of "+NAME": interface, section 1.
 */
enum status store_get_tenant(struct store *store, const char *access_token, struct tenant **out,
                             struct error *err) MUST_CHECK;

/*
 * The integration of a pair of tokens; borrowed. STATUS_DENIED with the reason when the pair is not
 * known and must be, or when the AccessToken is another integration's; STATUS_LIMIT as above.
 */
enum status store_sign_in(struct store *store, const char *client_token, const char *access_token,
                          struct integration **out, struct error *err) MUST_CHECK;

/* The first integration of a tenant that is not a stranger's, or NULL; borrowed. Takes a walk. */
struct integration *store_find_integration(const struct store *store, const struct tenant *tenant);

/*
 * Counts a request against the rates. False, with the virtual time to wait, when it is over one;
 * then nothing is counted.
 */
bool store_admit(struct store *store, struct integration *integration, enum operation operation,
                 int64_t now_ms, int64_t *wait_ms);

/* Whom a rate limit is for. */
enum limit_subject { LIMIT_CLIENT, LIMIT_ACCESS, LIMIT_OPERATION };

/* A rate limit of an integration, and the window that is running. */
struct limit_view {
    enum limit_subject subject;
    enum operation operation; /* of LIMIT_OPERATION */
    struct rate rate;
    struct burst burst; /* count 0: no window is running */
};

#define LIMIT_VIEWS_MAX 4

/* The limits that hold for an integration at now_ms of its tenant; gives how many there are. */
size_t store_view_limits(const struct store *store, const struct integration *integration,
                         int64_t now_ms, struct limit_view out[LIMIT_VIEWS_MAX]);

/*
 * Walks the integrations that were used, or made known, in that order: of one tenant, or of all
 * when tenant is NULL. Begin with NULL; NULL at the end. Strangers are passed over.
 */
const struct integration *store_next_integration(const struct store *store,
                                                 const struct tenant *tenant,
                                                 const struct integration *previous);

/* The scenario in force for a tenant, or for the server (NULL); NULL: none. Borrowed. */
struct scenario *store_scenario(const struct store *store, const struct tenant *tenant);

/* Whether the tenant has one of its own, else the server's is in force. */
bool store_has_own_scenario(const struct tenant *tenant);

/*
 * Puts a scenario in force, for one tenant or for all that have none of their own (tenant NULL);
 * the store takes its own part of it. NULL: a tenant goes back to the server's, the server to none.
 * Exports that are there keep the lives they have.
 */
void store_set_scenario(struct store *store, struct tenant *tenant, struct scenario *scenario);

/*
 * To be called for each request that signed in, before anything else: when another scenario has
 * come into force, the tenant's story begins, with the exports of strangers that belong to it.
 */
void store_follow_scenario(struct store *store, struct integration *integration,
                           int64_t now_real_ms);

/*
 * Decides what goes wrong with a request of the tenant, and counts it. *out is about none when no
 * scenario is in force. Borrows from the scenario.
 */
void store_decide_faults(const struct store *store, struct tenant *tenant,
                         const struct fault_event *event, struct fault_decision *out);

/* The lifecycle of the server's options, without any scenario; borrowed. */
const struct lifecycle *store_lifecycle(const struct store *store);

/* What a new export is made from. */
struct export_request {
    struct integration *integration;
    enum entity_type entity_type;
    struct scope *scope; /* the export gets its own part of it */
    struct export_filters filters;
};

/* The export in flight that a new one of this type and scope would meet, or NULL; borrowed. */
struct export *store_find_blocker(const struct store *store, const struct tenant *tenant,
                                  enum entity_type type, const struct scope *scope,
                                  int64_t now_real_ms);

/*
 * Creates an export at now_ms of its tenant; borrowed. STATUS_CONFLICT when one of its type is in
 * flight (source: contract/exports.json, rules.in_flight_exclusive; its span: contract/README.md);
 * STATUS_LIMIT when the store is full and nothing in it is over.
 */
enum status store_add_export(struct store *store, const struct export_request *request,
                             int64_t now_real_ms, struct export **out,
                             struct error *err) MUST_CHECK;

/* An export that is put there without exports/add. */
struct plant_request {
    struct export_request export;
    enum export_state state;
    bool by_stranger; /* made by another integration of the same enterprises */
    /* The state lasts so long from now on; NEVER_MS: as the lifecycle says. */
    int64_t lasts_ms;
};

/*
 * Puts an export into a state from now on; borrowed. STATUS_CONFLICT when it would be a second one
 * in flight, STATUS_LIMIT when the store is full.
 */
enum status store_plant_export(struct store *store, const struct plant_request *request,
                               int64_t now_real_ms, struct export **out,
                               struct error *err) MUST_CHECK;

/* The export with the id, or NULL; borrowed. */
struct export *store_find_export(const struct store *store, const struct uuid *id);

/* The state of an export by its tenant's clock. */
enum export_state store_export_state(const struct store *store, const struct export *export,
                                     int64_t now_real_ms);

/*
 * True when the pair may see the export: its own, or one whose scope lies within its own.
 * Source: contract/README.md, "export made with another integration's token". So an export that was
 * planted as a stranger's is seen by whoever knows its id: it is of the same enterprises.
 */
bool store_is_visible(const struct integration *integration, const struct export *export);

/* Counts a poll that shows the export at now_ms of its tenant; it may end a stage. */
void store_note_poll(struct store *store, struct export *export, int64_t now_ms);

/* To be called when the counts of file number (from 1) of an export, which is listed, changed. */
void store_note_file(struct store *store, struct export *export, uint32_t number);

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

/* Walks the tenants in the order they came; likewise. */
struct tenant *store_next_tenant(const struct store *store, const struct tenant *previous);

/*
 * Has somebody told of every change from now on; observer is borrowed, NULL: nobody. See
 * core/observer.h.
 */
void store_observe(struct store *store, const struct store_observer *observer);

/*
 * To be asked before a change that store_own_clock(), store_set_scenario() or a reset makes; the
 * other functions ask by themselves. STATUS_LIMIT with the reason when nothing may change now.
 */
enum status store_may_change(const struct store *store, struct error *err) MUST_CHECK;

/* How many exports are kept. */
size_t store_export_count(const struct store *store);

#endif
