/*
 * demo: the public demo credentials, printed in the docs for anyone, and the two enterprises they
 * belong to. Source: contract/protocol.json, demo_environment.
 */
#ifndef CONTRACT_DEMO_H
#define CONTRACT_DEMO_H

#include <stddef.h>

#include "contract/enterprise.h"

/* An integration's tokens for one enterprise; the texts live for ever. */
struct demo_pair {
    const char *client_token;
    const char *access_token;
    const struct enterprise *enterprise;
};

/*
 * The pairs of the docs of 2026: four integrations, each with the gross and the net enterprise;
 * then the one whose AccessToken the docs printed before 2025-01-22, which still works here
 * (assumed).
 */
size_t demo_pair_count(void);

/* The pair at an index below demo_pair_count(); the first is the one of the seed document. */
const struct demo_pair *demo_pair_at(size_t index);

/*
 * The one gross or net enterprise of all pairs. The ids of the net one are not published, so
 * assumed.
 */
const struct enterprise *demo_enterprise(enum pricing pricing);

#endif
