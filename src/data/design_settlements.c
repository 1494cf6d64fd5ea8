#include "data/design_steps.h"

/* From issue to due date of an invoice; the company's InvoiceDueInterval says the same. */
#define DUE_DAYS 14

static struct payment new_payment(const struct hotel *hotel, const struct stay *stay,
                                  enum payment_type type, int64_t value, int64_t at)
{
    return (struct payment){
        .type = type,
        .kind = type == PAYMENT_CARD || type == PAYMENT_ALTERNATIVE ? KIND_PAYMENT : KIND_NONE,
        .amount = amount_untaxed(currency_of(hotel->pricing), value),
        .stay = stay->index,
        .bill = NO_INDEX,
        .invoice = NO_INDEX,
        .original = NO_INDEX,
        .created_at = at,
        .billed_at = NEVER_AT,
        .charged_at = at,
        .failed_at = NEVER_AT,
        .canceled_at = NEVER_AT,
        .closed_at = NEVER_AT,
        .settled_at = NEVER_AT,
        .number = hotel->payments.count};
}

static int32_t append_payment(struct hotel *hotel, struct payment payment)
{
    payment.turn =
        payment.for_invoice ? hotel->invoice_turns++ : hotel->payment_turns[payment.type]++;
    return LIST_ADD(&hotel->payments, payment);
}

static int32_t add_payment(struct hotel *hotel, struct payment payment, int32_t bill)
{
    payment.bill = bill;
    payment.billed_at = payment.created_at;
    payment.closed_at = hotel->bills.items[bill].issued_at;
    if (payment.type == PAYMENT_CARD)
        payment.settled_at = payment.charged_at + 2 * SECONDS_PER_DAY;
    return append_payment(hotel, payment);
}

/* An attempt that leads to nothing: it stays off the bill. */
static void add_failed_payment(struct hotel *hotel, const struct stay *stay, int64_t value)
{
    struct payment payment =
        new_payment(hotel, stay, PAYMENT_CARD, value, stay->checked_out_at - 15 * 60);

    payment.charged_at = NEVER_AT;
    payment.failed_at = payment.created_at + 20;
    append_payment(hotel, payment);
    payment.number = hotel->payments.count;
    payment.failed_at = NEVER_AT;
    payment.canceled_at = payment.created_at + 10 * 60;
    append_payment(hotel, payment);
}

static void add_ghost(struct hotel *hotel, const struct stay *stay, int32_t original)
{
    struct payment payment =
        new_payment(hotel, stay, PAYMENT_GHOST, hotel->payments.items[original].amount.gross,
                    stay->checked_out_at + 60);

    payment.original = original;
    payment.charged_at = NEVER_AT;
    payment.canceled_at = payment.created_at + SECONDS_PER_HOUR;
    append_payment(hotel, payment);
}

/* The bank takes the money back and gives it again; both on a bill of their own. */
static void add_chargeback(struct hotel *hotel, const struct stay *stay, int64_t value)
{
    int64_t back_at = hotel_at(hotel, stay->departure_day + 10, 9, 12);
    int64_t again_at = hotel_at(hotel, stay->departure_day + 20, 10, 3);
    int32_t bill = design_bill(hotel, stay, NO_INDEX, back_at, again_at);
    struct payment payment = new_payment(hotel, stay, PAYMENT_CARD, -value, back_at);

    payment.kind = KIND_CHARGEBACK;
    add_payment(hotel, payment, bill);
    payment = new_payment(hotel, stay, PAYMENT_CARD, value, again_at);
    payment.kind = KIND_CHARGEBACK_REVERSAL;
    add_payment(hotel, payment, bill);
}

static enum payment_type settlement_type(const struct stay *stay)
{
    switch ((enum settlement)stay->scenario->settlement) {
    case SETTLE_CASH:
        return PAYMENT_CASH;
    case SETTLE_EXTERNAL:
        return PAYMENT_EXTERNAL;
    case SETTLE_ALTERNATIVE:
        return PAYMENT_ALTERNATIVE;
    case SETTLE_INVOICE:
    case SETTLE_INVOICE_LATE:
    case SETTLE_TAX_DEDUCTED:
        return PAYMENT_INVOICE;
    case SETTLE_CARD:
    case SETTLE_DEPOSIT:
    case SETTLE_GHOST:
        break;
    }
    return PAYMENT_CARD;
}

/* The money for an invoice comes: a bill where it meets the receivable. */
static void add_invoice_paid(struct hotel *hotel, const struct stay *stay, int64_t value)
{
    int64_t at = hotel->bills.items[stay->bill].paid_at;
    int32_t bill = design_bill(hotel, stay, stay->company, at, at);
    struct payment payment = new_payment(hotel, stay, PAYMENT_EXTERNAL, value, at);

    if (stay->scenario->settlement == SETTLE_INVOICE_LATE)
        hotel->bills.items[bill].correction = 4; /* ReceivablePaymentsBalance: nothing is rebated */
    payment.for_invoice = true;
    add_payment(hotel, payment, bill);
    payment = new_payment(hotel, stay, PAYMENT_INVOICE, -value, at);
    payment.invoice = stay->bill;
    payment.invoice_type = 1 + stay->index % 4; /* Balancing and what follows it */
    add_payment(hotel, payment, bill);
}

static void settle_by_invoice(struct hotel *hotel, const struct stay *stay, int64_t total)
{
    struct bill *bill = &hotel->bills.items[stay->bill];
    bool late = stay->scenario->settlement == SETTLE_INVOICE_LATE;
    struct payment payment;

    bill->is_invoice = true;
    bill->due_at = bill->issued_at + DUE_DAYS * SECONDS_PER_DAY;
    bill->paid_at = hotel_at(hotel, stay->departure_day + (late ? 38 : 11), 13, 27);
    if (late)
        bill->reminded_at = hotel_at(hotel, stay->departure_day + 21, 8, 2);
    if (stay->scenario->settlement == SETTLE_TAX_DEDUCTED && hotel_since(hotel, 2024, 12, 6)) {
        payment =
            new_payment(hotel, stay, PAYMENT_TAX_DEDUCTED, -(total / 20), stay->checked_out_at);
        add_payment(hotel, payment, stay->bill);
        total -= total / 20;
    }
    payment = new_payment(hotel, stay, PAYMENT_INVOICE, -total, stay->checked_out_at);
    payment.invoice = stay->bill;
    add_payment(hotel, payment, stay->bill);
    add_invoice_paid(hotel, stay, -total);
}

static void settle_at_once(struct hotel *hotel, const struct stay *stay, int64_t total)
{
    const struct bill *bill = &hotel->bills.items[stay->bill];
    struct payment payment =
        new_payment(hotel, stay, settlement_type(stay), -total, bill->issued_at);
    int32_t index;

    if (stay->scenario->flags & STAY_SLOW_PAYMENT) {
        payment.created_at = bill->issued_at - 14 * SECONDS_PER_HOUR;
        payment.verifying = stay->index / 4 % 2;
    }
    index = add_payment(hotel, payment, stay->bill);
    if (stay->scenario->flags & STAY_FAILED_FIRST)
        add_failed_payment(hotel, stay, -total);
    if (stay->scenario->flags & STAY_CHARGEBACK)
        add_chargeback(hotel, stay, -total);
    if (stay->scenario->settlement == SETTLE_GHOST && hotel_since(hotel, 2024, 12, 6))
        add_ghost(hotel, stay, index);
}

/* Every charge of the bill is taken back and the money given back, on a corrective bill. */
static void correct_bill(struct hotel *hotel, const struct stay *stay)
{
    int64_t at = hotel_at(hotel, stay->departure_day + 3, 11, 20);
    struct bill *original = &hotel->bills.items[stay->bill];
    bool invoice = original->is_invoice;
    int32_t bill;
    int64_t total;
    struct payment payment;

    original->rebated_at = at;
    bill = design_bill(hotel, stay, original->company, at, at);
    hotel->bills.items[bill].correction = stay->index / 20 % 4;
    hotel->bills.items[bill].corrected = stay->bill;
    total = design_rebate_bill(hotel, stay->bill, bill, at);
    payment = new_payment(hotel, stay, invoice ? PAYMENT_CASH : PAYMENT_CARD, -total, at);
    if (payment.type == PAYMENT_CARD)
        payment.kind = KIND_REFUND;
    add_payment(hotel, payment, bill);
}

/* The deposit's own bill comes right after the main one. */
static void settle_deposit(struct hotel *hotel, const struct stay *stay)
{
    int32_t bill = stay->bill + 1;
    struct payment payment = new_payment(hotel, stay, PAYMENT_CARD, -design_bill_total(hotel, bill),
                                         hotel->bills.items[bill].issued_at);

    add_payment(hotel, payment, bill);
}

static void settle(struct hotel *hotel, const struct stay *stay)
{
    int64_t total = design_bill_total(hotel, stay->bill);

    if (stay->scenario->settlement == SETTLE_DEPOSIT)
        settle_deposit(hotel, stay);
    if (settlement_type(stay) == PAYMENT_INVOICE)
        settle_by_invoice(hotel, stay, total);
    else
        settle_at_once(hotel, stay, total);
    if (stay->scenario->flags & STAY_CORRECTED)
        correct_bill(hotel, stay);
}

void design_settlements(struct hotel *hotel)
{
    for (int32_t i = 0; i < STAYS_PER_BLOCK; i++)
        if (hotel->stays[i].bill != NO_INDEX)
            settle(hotel, &hotel->stays[i]);
}
