/*
 * design_steps: the steps of design.c, in their order. Private to design*.c.
 */
#ifndef DATA_DESIGN_STEPS_H
#define DATA_DESIGN_STEPS_H

#include "data/hotel.h"

/* Stays with their instants, then who takes part: customers and companies. */
void design_stays(struct hotel *hotel);
void design_people(struct hotel *hotel);

/* Availability blocks, adjustments, resource blocks; then rooms without double bookings. */
void design_inventory(struct hotel *hotel);
void design_rooms(struct hotel *hotel);

/* What a stay is charged: order items of its main bill and of others. */
void design_charges(struct hotel *hotel);

/* How the bills are closed: payments, invoices, corrections. */
void design_settlements(struct hotel *hotel);

/* The ledger entries of all that. */
void design_ledger(struct hotel *hotel);

/* The life of every row, from its instants. */
void design_lives(struct hotel *hotel);

/* True when the guest comes. */
static inline bool stay_happens(const struct stay *stay)
{
    return stay->checked_in_at != NEVER_AT;
}

/* An item with the fields all have in common; start_day is the arrival. */
struct item design_item(const struct hotel *hotel, const struct stay *stay, enum item_type type,
                        enum tax_class tax, int64_t price, int64_t created_at);

/* Items that undo every item of a bill, on another bill, and what they come to. */
int64_t design_rebate_bill(struct hotel *hotel, int32_t bill, int32_t onto, int64_t at);

/* What the items of a bill come to, in minor units. */
int64_t design_bill_total(const struct hotel *hotel, int32_t bill);

/* A new bill of the stay. company: NO_INDEX when the guest owns it. */
int32_t design_bill(struct hotel *hotel, const struct stay *stay, int32_t company,
                    int64_t created_at, int64_t issued_at);

#endif
