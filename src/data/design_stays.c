#include "data/design_steps.h"

/* Bookings come in between these hours of the local clock. */
#define BOOKING_FIRST_HOUR 7
#define BOOKING_SPAN_S     (7 * SECONDS_PER_HOUR)

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* The stays of a block take these in turn: every case occurs four times in a block. */
static const struct scenario scenarios[] = {
    {FATE_BOOKED, SETTLE_CARD, 2, 9, STAY_EXTRAS},
    {FATE_BOOKED, SETTLE_INVOICE, 3, 14, STAY_COMPANY},
    {FATE_CANCELED_FEE, SETTLE_CARD, 2, 12, 0},
    {FATE_BOOKED, SETTLE_DEPOSIT, 4, 30, STAY_LEADER},
    {FATE_BOOKED, SETTLE_CARD, 2, 28, STAY_GROUP},
    {FATE_BOOKED, SETTLE_CASH, 1, 26, STAY_GROUP},
    {FATE_BOOKED, SETTLE_CARD, 1, 0, STAY_REBATE},
    {FATE_OPTIONAL, SETTLE_EXTERNAL, 3, 21, 0},
    {FATE_BOOKED, SETTLE_CARD, 2, 7, STAY_CORRECTED},
    {FATE_OPTIONAL_RELEASED, SETTLE_CARD, 2, 18, 0},
    {FATE_BOOKED, SETTLE_ALTERNATIVE, 2, 11, STAY_FOREIGN},
    {FATE_INQUIRED, SETTLE_CARD, 5, 25, STAY_RETURNING},
    {FATE_BOOKED, SETTLE_CARD, 1, 3, STAY_ALLOWANCE},
    {FATE_INQUIRED_CANCELED, SETTLE_CARD, 2, 16, 0},
    {FATE_BOOKED, SETTLE_INVOICE_LATE, 2, 10, STAY_COMPANY | STAY_EXTRAS},
    {FATE_NO_SHOW, SETTLE_CARD, 1, 4, 0},
    {FATE_BOOKED, SETTLE_EXTERNAL, 2, 8, STAY_AGENCY},
    {FATE_REQUESTED, SETTLE_CARD, 2, 13, STAY_SLOW_PAYMENT},
    {FATE_BOOKED, SETTLE_CARD, 7, 40, STAY_MERGED},
    {FATE_REQUESTED_CANCELED, SETTLE_CARD, 1, 9, 0},
    {FATE_BOOKED, SETTLE_CARD, 2, 6, STAY_CHARGEBACK},
    {FATE_BOOKED, SETTLE_CASH, 1, 0, STAY_EXTRAS},
    {FATE_CANCELED, SETTLE_CARD, 3, 20, 0},
    {FATE_BOOKED, SETTLE_CARD, 3, 15, STAY_UPGRADE | STAY_RETURNING},
    {FATE_BOOKED, SETTLE_TAX_DEDUCTED, 2, 12, STAY_COMPANY},
    {FATE_BOOKED, SETTLE_CARD, 2, 5, STAY_FAILED_FIRST},
    {FATE_BOOKED, SETTLE_GHOST, 1, 2, 0},
    {FATE_BOOKED, SETTLE_EXTERNAL, 4, 35, STAY_LEADER | STAY_AGENCY},
    {FATE_BOOKED, SETTLE_EXTERNAL, 2, 32, STAY_GROUP},
    {FATE_BOOKED, SETTLE_ALTERNATIVE, 2, 10, STAY_REBATE | STAY_SLOW_PAYMENT},
    {FATE_CANCELED, SETTLE_CARD, 1, 30, STAY_COMPANY},
    {FATE_BOOKED, SETTLE_CARD, 1, 1, STAY_FOREIGN | STAY_EXTRAS},
    {FATE_BOOKED, SETTLE_EXTERNAL, 2, 17, STAY_CORRECTED},
    {FATE_BOOKED, SETTLE_DEPOSIT, 3, 22, STAY_RETURNING},
    {FATE_OPTIONAL, SETTLE_CARD, 2, 14, STAY_ALLOWANCE},
    {FATE_BOOKED, SETTLE_INVOICE_LATE, 1, 8, STAY_COMPANY | STAY_CORRECTED},
    {FATE_CANCELED_FEE, SETTLE_CARD, 4, 24, STAY_AGENCY},
    {FATE_BOOKED, SETTLE_EXTERNAL, 1, 1, STAY_EXTRAS},
    {FATE_BOOKED, SETTLE_CARD, 2, 19, STAY_UPGRADE | STAY_MERGED},
    {FATE_BOOKED, SETTLE_INVOICE, 2, 13, STAY_AGENCY | STAY_COMPANY},
};

static void plan_visit(const struct hotel *hotel, struct stay *stay, uint64_t dice)
{
    stay->checked_in_at =
        hotel_at(hotel, stay->arrival_day, 15 + (int)(dice % 5), 10 + (int)(dice / 8 % 48)) +
        (int64_t)(dice / 512 % 60);
    stay->checked_out_at = hotel_at(hotel, stay->departure_day, 8 + (int)(dice / 32768 % 2),
                                    (int)(dice / 65536 % 55)) +
                           (int64_t)(dice / 4194304 % 60);
    stay->room_assigned_at = stay->index % 2 ? stay->booked_at : stay->checked_in_at;
}

/* Confirmation and cancellation lie between booking and arrival; a no-show a day after it. */
static void plan_fate(const struct hotel *hotel, struct stay *stay)
{
    int64_t decided_at = stay->booked_at + 2 * SECONDS_PER_DAY + 40 * 60;

    stay->confirmed_at = stay->booked_at;
    stay->canceled_at = stay->release_at = NEVER_AT;
    stay->checked_in_at = stay->checked_out_at = stay->room_assigned_at = NEVER_AT;
    switch ((enum fate)stay->scenario->fate) {
    case FATE_OPTIONAL:
        stay->release_at = stay->booked_at + 3 * SECONDS_PER_DAY;
        stay->confirmed_at = decided_at;
        break;
    case FATE_INQUIRED:
    case FATE_REQUESTED:
        stay->confirmed_at = decided_at;
        break;
    case FATE_OPTIONAL_RELEASED:
        stay->release_at = stay->booked_at + 3 * SECONDS_PER_DAY;
        stay->confirmed_at = NEVER_AT;
        stay->canceled_at = stay->release_at;
        break;
    case FATE_INQUIRED_CANCELED:
    case FATE_REQUESTED_CANCELED:
        stay->confirmed_at = NEVER_AT;
        stay->canceled_at = decided_at;
        break;
    case FATE_CANCELED:
    case FATE_CANCELED_FEE:
        stay->canceled_at = decided_at + stay->scenario->lead_days / 2 * SECONDS_PER_DAY;
        break;
    case FATE_NO_SHOW:
        stay->canceled_at = hotel_at(hotel, stay->arrival_day + 1, 6, 5);
        break;
    case FATE_BOOKED:
        break;
    }
    if (stay->canceled_at == NEVER_AT)
        plan_visit(hotel, stay, hotel_random(hotel, 1, (uint64_t)stay->index));
}

/* A member of a group comes while its block lasts. */
static void join_group(struct hotel *hotel, struct stay *stay, int32_t booked_day)
{
    const struct stay *leader = &hotel->stays[stay->index - 1];

    leader = &hotel->stays[leader->group];
    stay->group = leader->index;
    stay->arrival_day = leader->arrival_day + 1;
    if (stay->arrival_day <= booked_day)
        stay->arrival_day = booked_day + 1;
}

static void plan_stay(struct hotel *hotel, int32_t index)
{
    struct stay *stay = &hotel->stays[index];
    int64_t moment = index * hotel->period_days * BOOKING_SPAN_S / STAYS_PER_BLOCK;
    int32_t day = (int32_t)(moment / BOOKING_SPAN_S);
    uint64_t dice = hotel_random(hotel, 2, (uint64_t)index);

    stay->index = stay->group = index;
    stay->scenario = &scenarios[(size_t)index % COUNT_OF(scenarios)];
    stay->booked_at = hotel_at(hotel, day, BOOKING_FIRST_HOUR, 0) + moment % BOOKING_SPAN_S;
    stay->arrival_day = day + stay->scenario->lead_days;
    if (stay->scenario->flags & STAY_GROUP)
        join_group(hotel, stay, day);
    stay->departure_day = stay->arrival_day + stay->scenario->nights;
    stay->adults = 1 + (int32_t)(dice % 3 != 0);
    stay->children = dice / 4 % 5 == 0;
    stay->category = index % ROOM_CATEGORIES;
    stay->room_category = stay->category;
    if (stay->scenario->flags & STAY_UPGRADE)
        stay->room_category = (stay->category + 1) % ROOM_CATEGORIES;
    stay->room = stay->block = stay->bill = NO_INDEX;
    stay->customer = stay->booker = stay->company = stay->agency = NO_INDEX;
    plan_fate(hotel, stay);
}

void design_stays(struct hotel *hotel)
{
    for (int32_t i = 0; i < STAYS_PER_BLOCK; i++)
        plan_stay(hotel, i);
}

static int32_t add_customer(struct hotel *hotel, const struct stay *stay, int64_t created_at)
{
    struct customer customer = {.created_at = created_at,
                                .returned_at = NEVER_AT,
                                .merged_at = NEVER_AT,
                                .stay = stay->index,
                                .company = stay->company,
                                .merge_target = NO_INDEX};

    customer.number = hotel_random(hotel, 3, hotel->customers.count);
    return LIST_ADD(&hotel->customers, customer);
}

static int32_t add_company(struct hotel *hotel, const struct stay *stay, bool is_agency)
{
    uint32_t count = hotel->companies.count;
    struct company company = {.created_at = stay->booked_at - SECONDS_PER_HOUR,
                              .reviewed_at = NEVER_AT,
                              .merged_at = NEVER_AT,
                              .mother = NO_INDEX,
                              .merge_target = NO_INDEX,
                              .is_agency = is_agency,
                              .number = hotel_random(hotel, 4, count)};

    if (count % 3 == 1)
        company.reviewed_at = stay->booked_at + 20 * SECONDS_PER_DAY;
    if (count % 4 == 2)
        company.mother = (int32_t)count - 2;
    if (count % 8 == 5) {
        company.merged_at = stay->booked_at + 30 * SECONDS_PER_DAY;
        company.merge_target = (int32_t)count - 1;
    }
    return LIST_ADD(&hotel->companies, company);
}

/* Two stays in a row that need a company share one, unless it is merged away one day. */
static int32_t find_company(struct hotel *hotel, const struct stay *stay, bool is_agency)
{
    uint32_t last = hotel->companies.count;

    if (last > 0 && stay->index % 2) {
        const struct company *company = &hotel->companies.items[last - 1];

        if (company->is_agency == is_agency && company->merged_at == NEVER_AT)
            return (int32_t)last - 1;
    }
    return add_company(hotel, stay, is_agency);
}

/* A second profile of the same guest, found and merged at departure. */
static void add_merged_profile(struct hotel *hotel, const struct stay *stay)
{
    int32_t second = add_customer(hotel, stay, stay->checked_in_at);

    hotel->customers.items[second].number = hotel->customers.items[stay->customer].number;
    hotel->customers.items[second].merged_at = stay->checked_out_at;
    hotel->customers.items[second].merge_target = stay->customer;
}

static void find_people(struct hotel *hotel, struct stay *stay)
{
    uint32_t flags = stay->scenario->flags;

    if (flags & STAY_AGENCY)
        stay->agency = find_company(hotel, stay, true);
    if (flags & STAY_COMPANY)
        stay->company = find_company(hotel, stay, false);
    if (flags & STAY_RETURNING) {
        stay->customer = hotel->stays[stay->index - 3].customer;
        hotel->customers.items[stay->customer].returned_at = stay->checked_in_at;
    } else {
        stay->customer = add_customer(hotel, stay, stay->booked_at - 40 * 60);
    }
    if (flags & (STAY_COMPANY | STAY_LEADER))
        stay->booker = add_customer(hotel, stay, stay->booked_at - 40 * 60);
    else if (stay->index % 3)
        stay->booker = stay->customer;
    if (flags & STAY_MERGED)
        add_merged_profile(hotel, stay);
}

void design_people(struct hotel *hotel)
{
    for (int32_t i = 0; i < STAYS_PER_BLOCK; i++)
        find_people(hotel, &hotel->stays[i]);
}
