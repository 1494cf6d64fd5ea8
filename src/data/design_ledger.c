#include "data/design_steps.h"

/*
 * The posting scheme, modelled as contract/data-facts.md advises: one transaction for each booked
 * item, debits equal to credits. A charge goes from the guest ledger to revenue and tax, a payment
 * from the payment ledger to the guest ledger; negative values change sides.
 */

/* One transaction under way. */
struct posting {
    struct hotel *hotel;
    struct ledger_entry entry; /* what all entries of the transaction share */
};

static struct posting begin_posting(struct hotel *hotel, int32_t stay, int32_t bill,
                                    enum ledger_item item_type, int32_t item, int64_t at)
{
    struct posting posting = {.hotel = hotel};

    posting.entry.stay = stay;
    posting.entry.bill = bill;
    posting.entry.transaction = (int32_t)hotel->transactions++;
    posting.entry.item_type = item_type;
    posting.entry.item = item;
    posting.entry.created_at = at;
    return posting;
}

/* An entry on the debit side when value is above 0, else on the credit side. */
static struct ledger_entry *post(struct posting *posting, enum ledger ledger, int64_t debit)
{
    struct ledger_entry entry = posting->entry;
    int32_t index;

    if (debit == 0)
        return NULL;
    entry.ledger = ledger;
    entry.debit = debit > 0;
    entry.value = debit > 0 ? debit : -debit;
    index = LIST_ADD(&posting->hotel->entries, entry);
    return &posting->hotel->entries.items[index];
}

static void post_taxes(struct posting *posting, const struct item *item)
{
    for (unsigned i = 0; i < item->unit.tax_count; i++) {
        const struct tax_part *part = &item->unit.taxes[i];
        struct ledger_entry *entry = post(posting, LEDGER_TAX, -part->tax * item->count);

        if (!entry)
            continue;
        entry->net_base = part->net * item->count;
        if (entry->net_base < 0)
            entry->net_base = -entry->net_base;
        entry->tax_code = part->code;
    }
}

/* A deposit, or what takes it off again, is no revenue. */
static bool is_deposit(const struct hotel *hotel, const struct item *item)
{
    return item->type == ITEM_DEPOSIT ||
           (item->rebated != NO_INDEX && hotel->items.items[item->rebated].type == ITEM_DEPOSIT);
}

static void post_item(struct hotel *hotel, int32_t index)
{
    struct item item = hotel->items.items[index];
    bool deposit = is_deposit(hotel, &item);
    bool billed = item.billed_at <= item.posted_at;
    struct posting posting =
        begin_posting(hotel, item.stay, billed ? item.bill : NO_INDEX,
                      item.type == ITEM_DEPOSIT ? LEDGER_ITEM_DEPOSIT : LEDGER_ITEM_ORDER_ITEM,
                      index, item.posted_at);

    post(&posting, LEDGER_GUEST, item.unit.gross * item.count);
    post(&posting, deposit ? LEDGER_DEPOSIT : LEDGER_REVENUE, -item.unit.net * item.count);
    post_taxes(&posting, &item);
}

/* The side a payment stands on. */
static enum ledger payment_ledger(const struct payment *payment)
{
    if (payment->type == PAYMENT_INVOICE)
        return LEDGER_CITY;
    if (payment->type == PAYMENT_EXTERNAL && payment->number % 4 == 0)
        return LEDGER_NON_REVENUE;
    return LEDGER_PAYMENT;
}

static void post_payment(struct hotel *hotel, int32_t index)
{
    struct payment payment = hotel->payments.items[index];
    const struct bill *bill = &hotel->bills.items[payment.bill];
    const struct scenario *scenario = hotel->stays[payment.stay].scenario;
    enum ledger_item type = LEDGER_ITEM_PAYMENT;
    struct posting posting;
    int32_t item = index;

    if (payment.type == PAYMENT_INVOICE && bill->is_invoice) {
        if (scenario->settlement == SETTLE_INVOICE_LATE) {
            type = LEDGER_ITEM_INVOICE;
            item = payment.bill;
        }
    } else if (payment.type == PAYMENT_INVOICE) {
        type = LEDGER_ITEM_CITY_BALANCING;
    } else if (scenario->settlement == SETTLE_DEPOSIT &&
               payment.bill != hotel->stays[payment.stay].bill) {
        type = LEDGER_ITEM_DEPOSIT_BALANCING;
    }
    posting = begin_posting(hotel, payment.stay, payment.bill, type, item, payment.charged_at);
    post(&posting, payment_ledger(&payment), -payment.amount.gross);
    post(&posting, LEDGER_GUEST, payment.amount.gross);
}

/* A drink at the bar, from a point of sale: its item is in no export. */
static void post_outlet(struct hotel *hotel, const struct stay *stay)
{
    struct posting posting = begin_posting(hotel, stay->index, NO_INDEX, LEDGER_ITEM_OUTLET_ITEM,
                                           stay->index, stay->checked_in_at + 4000);

    post(&posting, LEDGER_PAYMENT, 1180);
    post(&posting, LEDGER_REVENUE, -1180);
}

void design_ledger(struct hotel *hotel)
{
    for (uint32_t i = 0; i < hotel->items.count; i++)
        if (hotel->items.items[i].posted_at != NEVER_AT)
            post_item(hotel, (int32_t)i);
    for (uint32_t i = 0; i < hotel->payments.count; i++)
        if (hotel->payments.items[i].bill != NO_INDEX)
            post_payment(hotel, (int32_t)i);
    for (int32_t i = 0; i < STAYS_PER_BLOCK; i++)
        if (hotel->stays[i].scenario->flags & STAY_EXTRAS)
            post_outlet(hotel, &hotel->stays[i]);
}
