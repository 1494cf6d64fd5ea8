/*
 * tenant: an AccessToken and what belongs to it: a clock, a rate limit, and the integrations
 * (ClientTokens) that use it. Owned by the store.
 */
#ifndef CORE_TENANT_H
#define CORE_TENANT_H

#include <stdbool.h>
#include <stdint.h>

#include <uthash.h>

#include "core/clock.h"
#include "core/limiter.h"
#include "core/scenario.h"
#include "core/scope.h"
#include "core/story.h"

struct conduct;

/* Longest token that is taken. Real ones have 64 characters. Source: assumed. */
#define TOKEN_MAX_LENGTH 512

/* Operations that are limited one by one. */
enum operation { OPERATION_ADD, OPERATION_GET_ALL, OPERATION_COUNT };

/* A ClientToken, whatever AccessToken it comes with. */
struct client {
    char *token; /* owned */
    bool is_known;
    bool is_noted; /* for who observes the store, see core/observer.h */
    struct burst burst;
    UT_hash_handle hh; /* by token */
};

struct tenant {
    char *access_token;   /* owned */
    uint64_t journal_key; /* what stands for it in the journal, also when it is forgotten */
    uint64_t number;      /* from 1, in the order they came */
    bool is_known;        /* with the one ClientToken it was made known with, and no other */
    bool has_clock;       /* else it follows the server's */
    bool is_noted, is_used, is_kept; /* for who observes the store, see core/observer.h */
    struct clock clock;
    struct burst burst;
    struct burst operation_bursts[OPERATION_COUNT];
    struct scenario *scenario;     /* owned part; NULL: the server's is in force */
    struct scenario *own_scenario; /* owned part: what scenario goes back to; mostly NULL */
    struct story story;
    struct conduct *conduct; /* owned; NULL: nothing to say */
    /*
     * Tenants of one world see each other's exports, as far as their tokens reach, and wait for
     * each other's. 0 for all but those that an AccessToken with "+NAME" makes.
     */
    uint32_t world;
    UT_hash_handle hh; /* by access_token */
};

/* A pair of tokens: one integration connected to its enterprises. */
struct integration {
    char *pair; /* owned: ClientToken, NUL, AccessToken */
    size_t pair_length;
    struct tenant *tenant;
    struct client *client;
    struct scope *scope;    /* all that the pair may see */
    uint64_t export_count;  /* made so far, for ids */
    bool is_noted, is_kept; /* for who observes the store, see core/observer.h */
    UT_hash_handle hh;      /* by pair */
};

#endif
