/*
 * enterprise: a property of the emulated platform, as far as exports need to know it.
 */
#ifndef CONTRACT_ENTERPRISE_H
#define CONTRACT_ENTERPRISE_H

#include "base/uuid.h"

/* How prices are entered. Source: contract/protocol.json, demo_environment.pricing. */
enum pricing {
    PRICING_GROSS, /* tax included: United Kingdom in the demo environment */
    PRICING_NET    /* tax excluded: United States - Washington DC in the demo environment */
};

/* A value; an enterprise belongs to one chain. */
struct enterprise {
    struct uuid id;
    struct uuid chain_id;
    enum pricing pricing;
};

#endif
