/*
 * observer: who keeps a store beyond the life of the process learns here what changed. It is told
 * that an object is not as it was, never how: it looks at the object when the request is over, so
 * several changes by one request cost one look. Objects carry marks of the observer's own: is_noted
 * (on its list of what changed), is_used (of what was used) and is_kept (it has the object as it
 * once was).
 */
#ifndef CORE_OBSERVER_H
#define CORE_OBSERVER_H

#include <stdint.h>

#include "base/status.h"

struct client;
struct export;
struct integration;
struct tenant;

/* What changed; which of the pointers is set. */
enum store_change_kind {
    CHANGE_SERVER,      /* the server's clock or scenario; none */
    CHANGE_TENANT,      /* clock, scenario or story; tenant */
    CHANGE_INTEGRATION, /* it is new, or made an export; integration */
    CHANGE_EXPORT,      /* it is new, or has another plan; export */
    CHANGE_FILE,        /* what was fetched of a file; export and file */
    CHANGE_USE,         /* how many requests were admitted; tenant and client */
    CHANGE_GONE,        /* the export will be freed after the call; export */
    CHANGE_RESET        /* of a tenant, or of everything when tenant is NULL; comes before it */
};

/* A change; borrowed for the call. */
struct store_change {
    enum store_change_kind kind;
    struct tenant *tenant;
    struct client *client;
    struct integration *integration;
    struct export *export;
    uint32_t file; /* from 1 */
};

/* Who is told. */
struct store_observer {
    void *context;
    void (*changed)(void *context, const struct store_change *change);
    /* Whether changes can be kept now; else STATUS_LIMIT with the reason. */
    enum status (*may_change)(void *context, struct error *err);
};

#endif
