#include "data/design_steps.h"

/* Products by number; the rows name them only by id. */
enum product { PRODUCT_NIGHT, PRODUCT_BREAKFAST, PRODUCT_PARKING, PRODUCT_ALLOWANCE, PRODUCT_SPA };

struct item design_item(const struct hotel *hotel, const struct stay *stay, enum item_type type,
                        enum tax_class tax, int64_t price, int64_t created_at)
{
    return (struct item){.type = type,
                         .unit = amount_of_price(hotel->pricing, tax, price),
                         .count = 1,
                         .stay = stay->index,
                         .product = PRODUCT_PARKING,
                         .start_day = stay->arrival_day,
                         .bill = NO_INDEX,
                         .rebated = NO_INDEX,
                         .discounted = NO_INDEX,
                         .allowance = NO_INDEX,
                         .created_at = created_at,
                         .posted_at = created_at,
                         .billed_at = NEVER_AT,
                         .closed_at = NEVER_AT,
                         .canceled_at = NEVER_AT};
}

static int32_t add_item(struct hotel *hotel, struct item item)
{
    item.turn = hotel->item_turns[item.type]++;
    return LIST_ADD(&hotel->items, item);
}

/* Puts the item on the stay's bill, from when both are there. */
static int32_t add_to_bill(struct hotel *hotel, struct item item, int32_t bill)
{
    const struct bill *onto = &hotel->bills.items[bill];

    item.bill = bill;
    item.billed_at = item.created_at > onto->created_at ? item.created_at : onto->created_at;
    item.closed_at = onto->issued_at;
    return add_item(hotel, item);
}

int32_t design_bill(struct hotel *hotel, const struct stay *stay, int32_t company,
                    int64_t created_at, int64_t issued_at)
{
    struct bill bill = {.stay = stay->index,
                        .customer = stay->customer,
                        .company = company,
                        .associated = company == NO_INDEX ? NO_INDEX : stay->customer,
                        .correction = NO_INDEX,
                        .corrected = NO_INDEX,
                        .created_at = created_at,
                        .issued_at = issued_at,
                        .due_at = NEVER_AT,
                        .reminded_at = NEVER_AT,
                        .paid_at = issued_at,
                        .rebated_at = NEVER_AT};

    return LIST_ADD(&hotel->bills, bill);
}

int64_t design_bill_total(const struct hotel *hotel, int32_t bill)
{
    int64_t total = 0;

    for (uint32_t i = 0; i < hotel->items.count; i++) {
        const struct item *item = &hotel->items.items[i];

        if (item->bill == bill)
            total += item->unit.gross * item->count;
    }
    return total;
}

/* Round prices, in minor units: by category and weekday of the stay. */
static int64_t night_price(const struct hotel *hotel, const struct stay *stay, int32_t night)
{
    uint64_t dice = hotel_random(hotel, 5, (uint64_t)(stay->index * 16 + night));

    return 6900 + 2500 * stay->category + 500 * (int64_t)(dice % 9);
}

/* A night, open from booking, posted in the evening. */
static int32_t add_night(struct hotel *hotel, const struct stay *stay, int32_t night)
{
    enum tax_class tax = stay->index % 10 == 6 ? TAX_PACKAGE : TAX_LODGING;
    struct item item =
        design_item(hotel, stay, ITEM_SPACE, tax, night_price(hotel, stay, night), stay->booked_at);

    item.product = PRODUCT_NIGHT;
    item.start_day = stay->arrival_day + night;
    item.posted_at = hotel_at(hotel, item.start_day, 22, 30);
    if (stay_happens(stay))
        return add_to_bill(hotel, item, stay->bill);
    item.posted_at = NEVER_AT;
    item.canceled_at = stay->canceled_at;
    return add_item(hotel, item);
}

static int32_t add_breakfast(struct hotel *hotel, const struct stay *stay)
{
    struct item item = design_item(hotel, stay, ITEM_PRODUCT, TAX_FOOD, 1450, stay->booked_at);

    item.product = PRODUCT_BREAKFAST;
    item.count = (stay->adults + stay->children) * stay->scenario->nights;
    item.posted_at = hotel_at(hotel, stay->arrival_day, 22, 31);
    if (stay_happens(stay))
        return add_to_bill(hotel, item, stay->bill);
    item.posted_at = NEVER_AT;
    item.canceled_at = stay->canceled_at;
    return add_item(hotel, item);
}

/* Something of the rarer types, on the bill an hour after arrival. */
static int32_t add_extra(struct hotel *hotel, const struct stay *stay, enum item_type type,
                         enum tax_class tax, int64_t price)
{
    struct item item = design_item(hotel, stay, type, tax, price, stay->checked_in_at + 3600);

    return add_to_bill(hotel, item, stay->bill);
}

/* A massage: sold by another service, so its order is no reservation. */
static void add_spa(struct hotel *hotel, const struct stay *stay)
{
    struct item item =
        design_item(hotel, stay, ITEM_PRODUCT, TAX_GOODS, 5500, stay->checked_in_at + 5400);

    item.product = PRODUCT_SPA;
    item.has_own_order = true;
    add_to_bill(hotel, item, stay->bill);
}

/* Free of charge: never on a bill, inactive for ever. */
static void add_complimentary(struct hotel *hotel, const struct stay *stay)
{
    struct item item = design_item(hotel, stay, ITEM_PRODUCT, TAX_FOOD, 0, stay->booked_at);

    item.posted_at = NEVER_AT;
    add_item(hotel, item);
}

/* Ordered by mistake and cancelled on the same evening. */
static void add_mistake(struct hotel *hotel, const struct stay *stay)
{
    struct item item =
        design_item(hotel, stay, ITEM_PRODUCT, TAX_GOODS, 900, stay->checked_in_at + 1800);

    item.posted_at = NEVER_AT;
    item.canceled_at = stay->checked_in_at + 2700;
    add_item(hotel, item);
}

static void add_extras(struct hotel *hotel, const struct stay *stay)
{
    add_extra(hotel, stay, ITEM_CITY_TAX, TAX_ZERO, 350);
    add_spa(hotel, stay);
    add_complimentary(hotel, stay);
    add_mistake(hotel, stay);
    add_extra(hotel, stay, ITEM_CUSTOM, TAX_ZERO, 1200);
    switch (stay->index % 4) {
    case 0:
        add_extra(hotel, stay, ITEM_SERVICE_CHARGE, TAX_GOODS, 800);
        add_extra(hotel, stay, ITEM_TAX_CORRECTION, TAX_NONE, 3);
        break;
    case 1:
        add_extra(hotel, stay, ITEM_SURCHARGE, TAX_GOODS, 1500);
        break;
    case 2:
        add_extra(hotel, stay, ITEM_CITY_TAX_DISCOUNT, TAX_ZERO, -150);
        add_extra(hotel, stay, ITEM_INVOICE_FEE, TAX_GOODS, 500);
        break;
    default:
        add_extra(hotel, stay, ITEM_EXCHANGE_RATE_DIFFERENCE, TAX_NONE, 17);
        if (hotel_since(hotel, 2024, 10, 11))
            add_extra(hotel, stay, ITEM_MULTICURRENCY_FEE, TAX_NONE, 240);
        break;
    }
}

static enum item_type rebate_type(enum item_type type)
{
    if (type == ITEM_SPACE || type == ITEM_NIGHT_REBATE)
        return ITEM_NIGHT_REBATE;
    return type == ITEM_PRODUCT || type == ITEM_PRODUCT_REBATE ? ITEM_PRODUCT_REBATE
                                                               : ITEM_EXPENSE_REBATE;
}

/* Takes price off an item, with the same taxes. */
static int32_t add_rebate(struct hotel *hotel, const struct stay *stay, int32_t rebated,
                          enum tax_class tax, int64_t price)
{
    enum item_type type = rebate_type(hotel->items.items[rebated].type);
    struct item item = design_item(hotel, stay, type, tax, -price, stay->checked_out_at - 30 * 60);

    item.rebated = rebated;
    item.product = hotel->items.items[rebated].product;
    return add_to_bill(hotel, item, stay->bill);
}

static void add_rebates(struct hotel *hotel, const struct stay *stay, int32_t night,
                        int32_t breakfast)
{
    int32_t parking = add_extra(hotel, stay, ITEM_SURCHARGE, TAX_GOODS, 1000);
    int32_t rebate = add_rebate(hotel, stay, night, TAX_LODGING, 1500);

    add_rebate(hotel, stay, rebate, TAX_LODGING, -500);
    add_rebate(hotel, stay, breakfast, TAX_FOOD, 300);
    add_rebate(hotel, stay, parking, TAX_GOODS, 400);
}

/* A pair that writes off what is left over, or what was used too much. */
static void add_profits(struct hotel *hotel, const struct stay *stay, int32_t allowance,
                        int64_t value)
{
    int64_t at = stay->checked_out_at - 20 * 60;
    struct item item = design_item(hotel, stay, ITEM_ALLOWANCE_BREAKAGE, TAX_NONE, value, at);

    item.allowance = allowance;
    add_to_bill(hotel, item, stay->bill);
    item = design_item(hotel, stay, ITEM_ALLOWANCE_CONTRA_BREAKAGE, TAX_NONE, -value, at);
    item.allowance = allowance;
    add_to_bill(hotel, item, stay->bill);
}

/* Bought for 50, of which 30 are used towards the first night, or 60. */
static void add_allowance(struct hotel *hotel, const struct stay *stay, int32_t night)
{
    struct item item = design_item(hotel, stay, ITEM_PRODUCT, TAX_NONE, 5000, stay->booked_at);
    int64_t used = stay->scenario->fate == FATE_OPTIONAL ? 6000 : 3000;
    int32_t allowance;

    item.product = PRODUCT_ALLOWANCE;
    item.is_allowance = true;
    item.posted_at = hotel_at(hotel, stay->arrival_day, 22, 32);
    allowance = add_to_bill(hotel, item, stay->bill);
    if (!hotel_since(hotel, 2025, 4, 2))
        return;
    item = design_item(hotel, stay, ITEM_ALLOWANCE_DISCOUNT, TAX_LODGING, -used,
                       stay->checked_in_at + 7200);
    item.allowance = allowance;
    item.discounted = night;
    add_to_bill(hotel, item, stay->bill);
    add_profits(hotel, stay, allowance, 5000 - used);
}

/* A deposit at booking on a bill of its own, taken off again on the main bill. */
static void add_deposit(struct hotel *hotel, const struct stay *stay)
{
    int64_t at = stay->booked_at + 120;
    int32_t bill = design_bill(hotel, stay, NO_INDEX, at, at);
    int32_t deposit =
        add_to_bill(hotel, design_item(hotel, stay, ITEM_DEPOSIT, TAX_NONE, 6000, at), bill);

    add_rebate(hotel, stay, deposit, TAX_NONE, 6000);
}

static void charge_visit(struct hotel *hotel, struct stay *stay)
{
    uint32_t flags = stay->scenario->flags;
    bool invoice = stay->scenario->settlement == SETTLE_INVOICE ||
                   stay->scenario->settlement == SETTLE_INVOICE_LATE ||
                   stay->scenario->settlement == SETTLE_TAX_DEDUCTED;
    int32_t night, breakfast;

    stay->bill = design_bill(hotel, stay, invoice ? stay->company : NO_INDEX, stay->checked_in_at,
                             stay->checked_out_at);
    night = add_night(hotel, stay, 0);
    for (int32_t i = 1; i < stay->scenario->nights; i++)
        add_night(hotel, stay, i);
    breakfast = add_breakfast(hotel, stay);
    if (flags & STAY_UPGRADE)
        add_extra(hotel, stay, ITEM_UPGRADE_FEE, TAX_LODGING, 2000);
    if (flags & STAY_REBATE)
        add_rebates(hotel, stay, night, breakfast);
    if (flags & STAY_ALLOWANCE)
        add_allowance(hotel, stay, night);
    if (flags & STAY_EXTRAS)
        add_extras(hotel, stay);
    if (stay->scenario->settlement == SETTLE_DEPOSIT)
        add_deposit(hotel, stay);
}

/* Nights that were cancelled with the stay, and what that costs. */
static void charge_canceled(struct hotel *hotel, struct stay *stay)
{
    enum fate fate = (enum fate)stay->scenario->fate;

    for (int32_t i = 0; i < stay->scenario->nights; i++)
        add_night(hotel, stay, i);
    add_breakfast(hotel, stay);
    if (fate != FATE_CANCELED_FEE && fate != FATE_NO_SHOW)
        return;
    stay->bill = design_bill(hotel, stay, NO_INDEX, stay->canceled_at, stay->canceled_at + 5 * 60);
    add_to_bill(hotel,
                design_item(hotel, stay, ITEM_CANCELLATION_FEE, TAX_NONE, 5000, stay->canceled_at),
                stay->bill);
}

void design_charges(struct hotel *hotel)
{
    for (int32_t i = 0; i < STAYS_PER_BLOCK; i++) {
        struct stay *stay = &hotel->stays[i];

        if (stay_happens(stay))
            charge_visit(hotel, stay);
        else
            charge_canceled(hotel, stay);
    }
}

int64_t design_rebate_bill(struct hotel *hotel, int32_t bill, int32_t onto, int64_t at)
{
    uint32_t count = hotel->items.count;
    int64_t total = 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct item *original = &hotel->items.items[i];
        struct item item = *original;

        if (original->bill != bill)
            continue;
        item.type = rebate_type(original->type);
        item.unit = amount_times(original->unit, -1);
        item.rebated = (int32_t)i;
        item.created_at = item.posted_at = at;
        total += item.unit.gross * item.count;
        add_to_bill(hotel, item, onto);
    }
    return total;
}
