#include "data/design_steps.h"

/* Sets the life of an element of a list from its instants. */
static void live(struct life *life, const int64_t *instants, size_t count)
{
    for (size_t i = 0; i < count; i++)
        life_add(life, instants[i]);
}

#define LIVE(life, ...) \
    live(life, (const int64_t[]){__VA_ARGS__}, \
         sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))

static void live_people(struct hotel *hotel)
{
    for (int32_t i = 0; i < STAYS_PER_BLOCK; i++) {
        struct stay *stay = &hotel->stays[i];

        LIVE(&stay->life, stay->booked_at, stay->confirmed_at, stay->canceled_at,
             stay->room_assigned_at, stay->checked_in_at, stay->checked_out_at);
    }
    for (uint32_t i = 0; i < hotel->customers.count; i++) {
        struct customer *customer = &hotel->customers.items[i];

        LIVE(&customer->life, customer->created_at, customer->returned_at, customer->merged_at);
    }
    for (uint32_t i = 0; i < hotel->companies.count; i++) {
        struct company *company = &hotel->companies.items[i];

        LIVE(&company->life, company->created_at, company->reviewed_at, company->merged_at);
    }
}

static void live_accounting(struct hotel *hotel)
{
    for (uint32_t i = 0; i < hotel->items.count; i++) {
        struct item *item = &hotel->items.items[i];
        const struct stay *stay = &hotel->stays[item->stay];
        bool optional = stay->scenario->fate == FATE_OPTIONAL;

        LIVE(&item->life, item->created_at,
             optional && item->created_at < stay->confirmed_at ? stay->confirmed_at : NEVER_AT,
             item->billed_at, item->closed_at, item->canceled_at);
    }
    for (uint32_t i = 0; i < hotel->payments.count; i++) {
        struct payment *payment = &hotel->payments.items[i];

        LIVE(&payment->life, payment->created_at, payment->charged_at, payment->failed_at,
             payment->canceled_at, payment->closed_at, payment->settled_at);
    }
    for (uint32_t i = 0; i < hotel->bills.count; i++) {
        struct bill *bill = &hotel->bills.items[i];

        LIVE(&bill->life, bill->created_at, bill->issued_at, bill->reminded_at, bill->paid_at,
             bill->rebated_at);
    }
    for (uint32_t i = 0; i < hotel->entries.count; i++)
        LIVE(&hotel->entries.items[i].life, hotel->entries.items[i].created_at);
}

static void live_inventory(struct hotel *hotel)
{
    for (uint32_t i = 0; i < hotel->blocks.count; i++) {
        struct availability_block *block = &hotel->blocks.items[i];

        LIVE(&block->life, block->created_at, block->confirmed_at, block->canceled_at);
    }
    for (uint32_t i = 0; i < hotel->adjustments.count; i++) {
        struct adjustment *adjustment = &hotel->adjustments.items[i];

        LIVE(&adjustment->life, adjustment->created_at, adjustment->changed_at,
             adjustment->deleted_at);
    }
    for (uint32_t i = 0; i < hotel->resource_blocks.count; i++) {
        struct resource_block *block = &hotel->resource_blocks.items[i];

        LIVE(&block->life, block->created_at, block->deleted_at);
    }
}

void design_lives(struct hotel *hotel)
{
    live_people(hotel);
    live_accounting(hotel);
    live_inventory(hotel);
}
