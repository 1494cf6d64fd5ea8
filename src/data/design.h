/*
 * design: makes a block of a property's life, step by step.
 */
#ifndef DATA_DESIGN_H
#define DATA_DESIGN_H

#include "data/hotel.h"

/*
 * Designs a block for a pricing environment and the docs in force at api_day (days since 1970),
 * period_days long; the same for the same arguments. The caller frees it with hotel_free().
 */
struct hotel *design_hotel(uint64_t seed, enum pricing pricing, int32_t api_day,
                           int32_t period_days);

#endif
