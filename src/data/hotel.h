/*
 * hotel: one block of a property's life, designed once. Every other block is the same life moved
 * in time, with other ids. Rows of all entity types come from the same stays, so they agree.
 *
 * Instants (suffix _at) are seconds, days (suffix _day) whole days, from the UTC midnight that
 * begins the block; NEVER_AT is an instant that does not come. References are indexes into the
 * lists of the block; -1: none.
 */
#ifndef DATA_HOTEL_H
#define DATA_HOTEL_H

#include <stdbool.h>
#include <stdint.h>

#include "contract/entity.h"
#include "data/calendar.h"
#include "data/money.h"
#include "data/row.h"

#define STAYS_PER_BLOCK 160
#define NO_INDEX        (-1)
#define LIFE_MAX_PHASES 10

/* The instants at which a row is created and then changes, in order. */
struct life {
    int64_t at[LIFE_MAX_PHASES];
    unsigned count;
};

/* Adds an instant; one that never comes or is known already changes nothing. */
void life_add(struct life *life, int64_t at);

/* How a booking goes. */
enum fate {
    FATE_BOOKED,             /* confirmed at once, then stayed */
    FATE_OPTIONAL,           /* optional first, then confirmed */
    FATE_OPTIONAL_RELEASED,  /* optional, never confirmed */
    FATE_INQUIRED,           /* inquired first, then confirmed */
    FATE_INQUIRED_CANCELED,  /* inquired, then dropped */
    FATE_REQUESTED,          /* requested first, then confirmed */
    FATE_REQUESTED_CANCELED, /* requested, then turned down */
    FATE_CANCELED,           /* confirmed, then cancelled in time */
    FATE_CANCELED_FEE,       /* confirmed, then cancelled against a fee */
    FATE_NO_SHOW             /* confirmed, but nobody came */
};

/* How a stay is paid. */
enum settlement {
    SETTLE_CARD,
    SETTLE_CASH,
    SETTLE_EXTERNAL,
    SETTLE_ALTERNATIVE,
    SETTLE_DEPOSIT,      /* a deposit at booking, the rest by card */
    SETTLE_INVOICE,      /* invoice, paid in time */
    SETTLE_INVOICE_LATE, /* invoice, reminded and paid late */
    SETTLE_TAX_DEDUCTED, /* invoice with a part of the tax held back */
    SETTLE_GHOST         /* as card, with a ghost payment beside */
};

/* What else happens. */
enum stay_flag {
    STAY_REBATE = 1 << 0,       /* a night and a product are rebated, the rebate too */
    STAY_ALLOWANCE = 1 << 1,    /* an allowance is bought, used in part, the rest lost */
    STAY_CORRECTED = 1 << 2,    /* the bill is corrected after it was closed */
    STAY_FOREIGN = 1 << 3,      /* priced in another currency */
    STAY_CHARGEBACK = 1 << 4,   /* the card payment is charged back, then that is reversed */
    STAY_FAILED_FIRST = 1 << 5, /* a first payment fails */
    STAY_SLOW_PAYMENT = 1 << 6, /* the payment is pending or being verified for a while */
    STAY_COMPANY = 1 << 7,      /* a company is the owner */
    STAY_AGENCY = 1 << 8,       /* booked by a travel agency */
    STAY_GROUP = 1 << 9,        /* in the group and the availability block of the last leader */
    STAY_LEADER = 1 << 10,      /* leads a group with an availability block */
    STAY_RETURNING = 1 << 11,   /* the guest was here before */
    STAY_MERGED = 1 << 12,      /* a second profile of the guest is merged later */
    STAY_UPGRADE = 1 << 13,     /* a better room than asked for */
    STAY_EXTRAS = 1 << 14       /* items of the rarer types */
};

struct scenario {
    uint8_t fate;       /* enum fate */
    uint8_t settlement; /* enum settlement */
    uint8_t nights;
    uint8_t lead_days; /* from booking to arrival */
    uint32_t flags;    /* enum stay_flag */
};

/* Also the reservation of the stay. */
struct stay {
    struct life life;
    const struct scenario *scenario;
    int32_t index;
    int32_t arrival_day;
    int32_t departure_day;
    int64_t booked_at;
    int64_t confirmed_at; /* booked_at, or later, or never */
    int64_t canceled_at;
    int64_t room_assigned_at;
    int64_t checked_in_at;
    int64_t checked_out_at;
    int64_t release_at; /* of an optional one */
    int32_t category;
    int32_t room_category; /* of the room, differs after an upgrade */
    int32_t room;          /* within its category; NO_INDEX: needs none */
    int32_t customer;
    int32_t booker;
    int32_t company; /* owner when STAY_COMPANY, else partner */
    int32_t agency;
    int32_t block;
    int32_t group; /* the stay that leads the group */
    int32_t adults;
    int32_t children;
    int32_t bill; /* the main one */
};

struct customer {
    struct life life;
    int64_t created_at;
    int64_t returned_at; /* becomes a returning guest */
    int64_t merged_at;
    int32_t stay;
    int32_t company;
    int32_t merge_target;
    uint64_t number; /* for texts */
};

struct company {
    struct life life;
    int64_t created_at;
    int64_t reviewed_at; /* credit rating and contact change */
    int64_t merged_at;
    int32_t mother;
    int32_t merge_target;
    bool is_agency;
    uint64_t number;
};

/* enum order_item_type: values of OrderItemType in contract/entities.json. */
enum item_type {
    ITEM_CANCELLATION_FEE,
    ITEM_NIGHT_REBATE,
    ITEM_PRODUCT_REBATE,
    ITEM_EXPENSE_REBATE,
    ITEM_DEPOSIT,
    ITEM_EXCHANGE_RATE_DIFFERENCE,
    ITEM_CUSTOM,
    ITEM_SERVICE_CHARGE,
    ITEM_CITY_TAX,
    ITEM_CITY_TAX_DISCOUNT,
    ITEM_SPACE,
    ITEM_PRODUCT,
    ITEM_SURCHARGE,
    ITEM_TAX_CORRECTION,
    ITEM_UPGRADE_FEE,
    ITEM_INVOICE_FEE,
    ITEM_MULTICURRENCY_FEE,
    ITEM_ALLOWANCE_DISCOUNT,
    ITEM_ALLOWANCE_BREAKAGE,
    ITEM_ALLOWANCE_CONTRA_BREAKAGE,
    ITEM_TYPE_COUNT
};

struct item {
    struct life life;
    enum item_type type;
    struct amount unit;
    int32_t count;
    int32_t stay;
    int32_t product;
    int32_t start_day;
    int32_t bill;
    int32_t rebated;    /* item */
    int32_t discounted; /* item */
    int32_t allowance;  /* item */
    int64_t created_at;
    int64_t posted_at; /* into the ledger; or never */
    int64_t billed_at;
    int64_t closed_at;
    int64_t canceled_at;
    uint32_t turn;     /* how many of its type came before it */
    bool is_allowance; /* a product that is an allowance */
    bool has_own_order;
};

/* Values of PaymentType in contract/entities.json, without the filter value. */
enum payment_type {
    PAYMENT_CARD,
    PAYMENT_ALTERNATIVE,
    PAYMENT_CASH,
    PAYMENT_INVOICE,
    PAYMENT_EXTERNAL,
    PAYMENT_GHOST,
    PAYMENT_TAX_DEDUCTED,
    PAYMENT_TYPE_COUNT
};

/* What a payment does, whatever its type. */
enum payment_kind {
    KIND_NONE,
    KIND_PAYMENT,
    KIND_CHARGEBACK,
    KIND_CHARGEBACK_REVERSAL,
    KIND_REFUND
};

struct payment {
    struct life life;
    enum payment_type type;
    enum payment_kind kind;
    struct amount amount;
    int32_t stay;
    int32_t bill;
    int32_t invoice;      /* bill, of an invoice payment */
    int32_t invoice_type; /* value of InvoicePaymentType */
    int32_t original;     /* payment, of a ghost */
    int64_t created_at;
    int64_t billed_at;
    int64_t charged_at;
    int64_t failed_at;
    int64_t canceled_at;
    int64_t closed_at;
    int64_t settled_at;
    bool verifying;   /* while not charged: Verifying, else Pending */
    bool for_invoice; /* the money for an invoice */
    uint32_t number;
    uint32_t turn; /* how many of its type came before it */
};

struct bill {
    struct life life;
    int32_t stay;
    int32_t customer;
    int32_t company; /* the owner when not NO_INDEX */
    int32_t associated;
    bool is_invoice;
    int32_t correction; /* value of BillCorrectionType; NO_INDEX: an ordinary bill */
    int32_t corrected;  /* bill */
    int64_t created_at;
    int64_t issued_at;
    int64_t due_at;
    int64_t reminded_at;
    int64_t paid_at;
    int64_t rebated_at; /* a corrective bill was made of it */
};

struct availability_block {
    struct life life;
    int32_t stay; /* the leader */
    int32_t first_day;
    int32_t last_day;
    int64_t created_at;
    int64_t confirmed_at;
    int64_t canceled_at;
    int64_t release_at;
};

struct adjustment {
    struct life life;
    int32_t block;
    int32_t category;
    int32_t first_day;
    int32_t last_day;
    int32_t units;
    int64_t created_at;
    int64_t changed_at; /* one unit more is taken away */
    int64_t deleted_at;
};

/* A room that is taken out of order for some time; instants are seconds of the block. */
struct resource_block {
    struct life life;
    int32_t category;
    int32_t room;
    int64_t created_at;
    int64_t start_at;
    int64_t end_at;
    int64_t deleted_at;
    int32_t number;
};

/* Values of AccountingLedgerType in contract/entities.json. */
enum ledger {
    LEDGER_REVENUE,
    LEDGER_TAX,
    LEDGER_PAYMENT,
    LEDGER_DEPOSIT,
    LEDGER_GUEST,
    LEDGER_CITY,
    LEDGER_NON_REVENUE
};

/* Values of AccountingItemType in contract/entities.json. */
enum ledger_item {
    LEDGER_ITEM_ORDER_ITEM,
    LEDGER_ITEM_OUTLET_ITEM,
    LEDGER_ITEM_INVOICE,
    LEDGER_ITEM_PAYMENT,
    LEDGER_ITEM_DEPOSIT_BALANCING,
    LEDGER_ITEM_CITY_BALANCING,
    LEDGER_ITEM_DEPOSIT
};

struct ledger_entry {
    struct life life;
    int32_t stay;
    int32_t bill;
    int32_t transaction;
    enum ledger_item item_type;
    int32_t item; /* item, payment or bill by item_type */
    enum ledger ledger;
    bool debit;
    int64_t value; /* hundredths, above 0 */
    int64_t net_base;
    const char *tax_code;
    int64_t created_at;
};

/* The rows of one type: a growing list. */
#define HOTEL_LIST(type) \
    struct { \
        type *items; \
        uint32_t count; \
        uint32_t capacity; \
    }

/* Appends value to a HOTEL_LIST and gives its index. */
#define LIST_ADD(list, value) \
    ((list)->items = \
         hotel_grow((list)->items, (list)->count, &(list)->capacity, sizeof *(list)->items), \
     (list)->items[(list)->count] = (value), (int32_t)(list)->count++)

/* Room for one more of count items of size bytes each; the list owns it. Used by LIST_ADD. */
void *hotel_grow(void *items, uint32_t count, uint32_t *capacity, size_t size);

struct hotel {
    uint64_t seed;
    enum pricing pricing;
    enum zone zone;
    int32_t api_day;
    int32_t period_days;
    int32_t room_cycle; /* blocks until a room of the design is the same room again */
    int32_t rooms_per_category;
    uint32_t transactions;
    uint32_t item_turns[ITEM_TYPE_COUNT];
    uint32_t payment_turns[PAYMENT_TYPE_COUNT];
    uint32_t invoice_turns; /* of external payments for invoices */
    struct stay stays[STAYS_PER_BLOCK];
    HOTEL_LIST(struct customer) customers;
    HOTEL_LIST(struct company) companies;
    HOTEL_LIST(struct item) items;
    HOTEL_LIST(struct payment) payments;
    HOTEL_LIST(struct bill) bills;
    HOTEL_LIST(struct availability_block) blocks;
    HOTEL_LIST(struct adjustment) adjustments;
    HOTEL_LIST(struct resource_block) resource_blocks;
    HOTEL_LIST(struct ledger_entry) entries;
};

#define ROOM_CATEGORIES 4

/* Where the properties of a pricing environment stand. */
enum zone zone_of(enum pricing pricing);

/* hotel: of design_hotel(), or NULL. */
void hotel_free(struct hotel *hotel);

/* How many rows of a type a block has, and the life of one of them. */
uint32_t hotel_row_count(const struct hotel *hotel, enum entity_type type);
const struct life *hotel_row_life(const struct hotel *hotel, enum entity_type type, uint32_t index);

/* What all rows of a hotel need to know of its design. */
struct hotel_facts {
    enum zone zone;
    int32_t room_cycle;
    uint32_t row_counts[ENTITY_TYPE_COUNT]; /* of a block */
};
struct hotel_facts hotel_facts(const struct hotel *hotel);

/* What an id names: a row of the block (NO_REF for NO_INDEX) ... */
struct id_ref hotel_ref(const struct hotel *hotel, enum entity_type type, int32_t index);

/* ... or something that belongs to the stay, but is in no export. */
struct id_ref hotel_stay_ref(const struct hotel *hotel, enum id_kind kind, int32_t stay);

/* ... or something the enterprise has once. */
struct id_ref hotel_static_ref(enum id_kind kind, uint32_t index);

/* The room of a category, numbered so that no two categories share one. */
struct id_ref hotel_room_ref(int32_t category, int32_t room);

/* The customer or company that owns what a stay or bill makes. */
struct id_ref hotel_owner_ref(const struct hotel *hotel, int32_t company, int32_t customer);

/* The nth of a stay's random numbers. */
uint64_t hotel_random(const struct hotel *hotel, uint64_t stream, uint64_t index);

/* True when the hotel's docs date has what came with the docs of the date. */
bool hotel_since(const struct hotel *hotel, int year, int month, int day);

/* The UTC instant of a local time of day, daylight saving left aside; before 23:00. */
int64_t hotel_at(const struct hotel *hotel, int32_t day, int32_t hour, int32_t minute);

#endif
