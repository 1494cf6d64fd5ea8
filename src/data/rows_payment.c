#include "data/rows.h"

#include <stddef.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const char *const type_names[] = {
    [PAYMENT_CARD] = "CreditCardPayment",
    [PAYMENT_ALTERNATIVE] = "AlternativePayment",
    [PAYMENT_CASH] = "CashPayment",
    [PAYMENT_INVOICE] = "InvoicePayment",
    [PAYMENT_EXTERNAL] = "ExternalPayment",
    [PAYMENT_GHOST] = "GhostPayment",
    [PAYMENT_TAX_DEDUCTED] = "TaxDeductedPayment",
};

static const char *const kind_names[] = {
    [KIND_NONE] = NULL,
    [KIND_PAYMENT] = "Payment",
    [KIND_CHARGEBACK] = "Chargeback",
    [KIND_CHARGEBACK_REVERSAL] = "ChargebackReversal",
    [KIND_REFUND] = "Refund",
};

/* Values of ExternalPaymentType that are not deprecated: how a bill is paid at the desk ... */
static const char *const desk_types[] = {
    "GiftCard",
    "Cash",
    "Voucher",
    "Prepayment",
    "Unspecified",
    "Complimentary",
    "Reseller",
    "LoyaltyPoints",
    "Bancontact",
    "ChequeVacances",
    "CardCheck",
    "Twint",
    "Reka",
    "LoyaltyCard",
    "PosDiningAndSpaReward",
    "DepositCheck",
    "DepositCash",
    "DepositWireTransfer",
    "PaymentHubRedirection",
    "ExchangeRoundingDifference",
    "Barter",
};

/* ... and an invoice later. */
static const char *const invoice_types[] = {
    "WireTransfer", "Bacs",     "Cheque",  "DirectDebit",     "BankCharges",
    "Commission",   "BadDebts", "Invoice", "CrossSettlement", "ExchangeRateDifference",
};

static const char *external_type(const struct payment *payment)
{
    if (payment->for_invoice)
        return invoice_types[payment->turn % COUNT_OF(invoice_types)];
    return desk_types[payment->turn % COUNT_OF(desk_types)];
}

static const char *state(const struct row *row, const struct payment *payment)
{
    if (row_happened(row, payment->canceled_at))
        return "Canceled";
    if (row_happened(row, payment->failed_at))
        return "Failed";
    if (row_happened(row, payment->charged_at))
        return "Charged";
    return payment->verifying ? "Verifying" : "Pending";
}

static const char *accounting_state(const struct row *row, const struct payment *payment)
{
    if (row_happened(row, payment->canceled_at))
        return "Canceled";
    if (row_happened(row, payment->failed_at) || !row_happened(row, payment->charged_at))
        return "Inactive";
    return row_happened(row, payment->closed_at) ? "Closed" : "Open";
}

static const char *origin(const struct payment *payment)
{
    static const char *const origins[] = {
        "Operations",
        "Terminal",
        "BookingEngine",
        "Api",
        "AutomaticPayment",
        "System",
        "PaymentRequest",
        "ChannelManager",
        "OnlineCheckout",
        "OnlineCheckin",
        "PointOfSales",
        "Other",
        NULL,
    };

    if (payment->type == PAYMENT_INVOICE)
        return payment->invoice_type ? "PaymentToInvoiceLinking" : "BillBalancing";
    return origins[payment->number % COUNT_OF(origins)];
}

/* An amount as card transactions show it: with four numbers of an older form since the seed era. */
static void extended_amount(struct row *row, const char *name, const struct amount *amount)
{
    static const char *const legacy[] = {"Value", "Net", "Tax", "TaxRate"};

    rows_open_amount(row, name, amount);
    for (size_t i = 0; i < COUNT_OF(legacy) && !row_in_seed_era(row); i++)
        row_null(row, legacy[i]);
    row_close_object(row);
}

static void card_data(struct row *row, const struct hotel *hotel, const struct payment *payment,
                      uint32_t index)
{
    bool settled = row_happened(row, payment->settled_at);

    row_open_object(row, "CreditCard");
    row_id(row, "CreditCardId", hotel_stay_ref(hotel, ID_CREDIT_CARD, payment->stay));
    if (row_happened(row, payment->charged_at)) {
        struct amount fee = amount_untaxed(payment->amount.currency, -25);
        struct amount charged = amount_times(payment->amount, -1);
        struct amount rest = amount_untaxed(charged.currency, charged.gross + fee.gross);

        row_open_object(row, "Transaction");
        row_id(row, "PaymentId", hotel_ref(hotel, ENTITY_PAYMENT, (int32_t)index));
        if (settled)
            row_number_text(row, "SettlementId", "STL-", ID_EXPORTED + ENTITY_PAYMENT, index, "");
        else
            row_null(row, "SettlementId");
        row_instant(row, "SettledUtc", row_past(row, payment->settled_at));
        extended_amount(row, "Fee", &fee);
        row_null(row, "AdjustedFee");
        extended_amount(row, "ChargedAmount", &charged);
        if (settled)
            extended_amount(row, "SettledAmount", &rest);
        else
            row_null(row, "SettledAmount");
        row_close_object(row);
    } else {
        row_null(row, "Transaction");
    }
    row_close_object(row);
}

static void invoice_data(struct row *row, const struct hotel *hotel, const struct payment *payment)
{
    static const char *const types[] = {"Receivable", "Balancing",
                                        "UnderpaymentBalancingReceivable",
                                        "OverpaymentBalancingReceivable", "Overpayment"};

    row_open_object(row, "Invoice");
    row_id(row, "InvoiceId", hotel_ref(hotel, ENTITY_BILL, payment->invoice));
    row_text(row, "Type", types[payment->invoice_type]);
    row_close_object(row);
}

static void external_data(struct row *row, const struct payment *payment, uint32_t index)
{
    row_open_object(row, "External");
    row_text(row, "Type", external_type(payment));
    if (index % 2)
        row_number_text(row, "ExternalIdentifier", "EXT/", ID_EXPORTED + ENTITY_PAYMENT, index, "");
    else
        row_null(row, "ExternalIdentifier");
    row_close_object(row);
}

static void ghost_data(struct row *row, const struct hotel *hotel, const struct payment *payment)
{
    row_open_object(row, "Ghost");
    row_id(row, "OriginalPaymentId", hotel_ref(hotel, ENTITY_PAYMENT, payment->original));
    row_close_object(row);
}

static void alternative_data(struct row *row, const struct payment *payment)
{
    static const char *const types[] = {"Ideal",           "ApplePay", "GooglePay",
                                        "SepaDirectDebit", "PayPal",   "WireTransfer"};

    row_open_object(row, "Alternative");
    row_text(row, "Type", types[payment->turn % COUNT_OF(types)]);
    row_close_object(row);
}

static const char *data_variant(const struct row *row, const struct payment *payment)
{
    switch (payment->type) {
    case PAYMENT_CARD:
        return "CreditCard";
    case PAYMENT_INVOICE:
        return "Invoice";
    case PAYMENT_EXTERNAL:
        return "External";
    case PAYMENT_GHOST:
        return "Ghost";
    case PAYMENT_ALTERNATIVE:
        return row_since(row, 2026, 4, 8) ? "Alternative" : NULL;
    case PAYMENT_CASH:
    case PAYMENT_TAX_DEDUCTED:
    case PAYMENT_TYPE_COUNT:
        break;
    }
    return NULL;
}

static void write_data(struct row *row, const struct hotel *hotel, const struct payment *payment,
                       uint32_t index)
{
    const char *variant = data_variant(row, payment);

    if (!variant) {
        row_null(row, "Data");
        return;
    }
    row_open_object(row, "Data");
    row_text(row, "Discriminator", variant);
    if (payment->type == PAYMENT_CARD)
        card_data(row, hotel, payment, index);
    else
        row_null(row, "CreditCard");
    if (payment->type == PAYMENT_INVOICE)
        invoice_data(row, hotel, payment);
    else
        row_null(row, "Invoice");
    if (payment->type == PAYMENT_EXTERNAL)
        external_data(row, payment, index);
    else
        row_null(row, "External");
    if (payment->type == PAYMENT_GHOST)
        ghost_data(row, hotel, payment);
    else
        row_null(row, "Ghost");
    if (row_since(row, 2026, 4, 8)) {
        if (payment->type == PAYMENT_ALTERNATIVE)
            alternative_data(row, payment);
        else
            row_null(row, "Alternative");
    }
    row_close_object(row);
}

/* Card payments are known to the processor by their id. */
static void write_identifier(struct row *row, const struct hotel *hotel,
                             const struct payment *payment, uint32_t index)
{
    if (payment->type != PAYMENT_CARD) {
        row_text(row, "Identifier", payment->type == PAYMENT_CASH ? "" : NULL);
        return;
    }
    row_open_text(row, "Identifier");
    row_text_part(row, "ch_");
    row_id_part(row, hotel_ref(hotel, ENTITY_PAYMENT, (int32_t)index));
    row_close_text(row);
}

static void write_settlement(struct row *row, const struct payment *payment, uint32_t index)
{
    if (row_happened(row, payment->settled_at))
        row_number_text(row, "SettlementId", "STL-", ID_EXPORTED + ENTITY_PAYMENT, index, "");
    else
        row_null(row, "SettlementId");
}

static void write_instants(struct row *row, const struct payment *payment)
{
    row_instant(row, "ConsumedUtc", payment->created_at);
    row_instant(row, "ClosedUtc", row_past(row, payment->closed_at));
    row_instant(row, "ChargedUtc", row_past(row, payment->charged_at));
    row_instant(row, "CreatedUtc", payment->created_at);
    row_instant(row, "UpdatedUtc", row->at);
    row_instant(row, "SettlementUtc", row_past(row, payment->settled_at));
}

void rows_payment(struct row *row, const struct hotel *hotel, uint32_t index)
{
    const struct payment *payment = &hotel->payments.items[index];
    const struct stay *stay = &hotel->stays[payment->stay];
    int32_t company =
        payment->bill == NO_INDEX ? NO_INDEX : hotel->bills.items[payment->bill].company;
    struct amount original = rows_original(hotel, payment->stay, &payment->amount);
    bool requested = payment->type == PAYMENT_CARD && payment->number % 4 == 2;
    const char *kind = kind_names[payment->kind];

    if (!kind && row_in_seed_era(row))
        kind = payment->amount.gross > 0 ? "Refund" : "Payment";
    row_begin(row);
    row_id(row, "Id", hotel_ref(hotel, ENTITY_PAYMENT, (int32_t)index));
    row_enterprise_id(row, "EnterpriseId");
    rows_account(row, hotel, company, stay->customer);
    row_text(row, "AccountType", rows_account_type(company));
    if (row_since(row, 2026, 3, 27))
        row_id(row, "PaymentRequestId",
               requested ? hotel_stay_ref(hotel, ID_PAYMENT_REQUEST, payment->stay) : NO_REF);
    row_id(row, "BillId",
           row_happened(row, payment->billed_at) ? hotel_ref(hotel, ENTITY_BILL, payment->bill)
                                                 : NO_REF);
    row_id(row, "ReservationId",
           index % 5 == 4 ? NO_REF : hotel_ref(hotel, ENTITY_RESERVATION, payment->stay));
    row_id(row, "AccountingCategoryId",
           index % 7 == 6 ? NO_REF : hotel_static_ref(ID_ACCOUNTING_CATEGORY, 6 + index % 2));
    rows_amount(row, "Amount", &payment->amount);
    rows_amount(row, "OriginalAmount", &original);
    row_text(row, "Notes", index % 9 == 3 ? "Paid at the \"front desk\"" : NULL);
    write_settlement(row, payment, index);
    write_instants(row, payment);
    row_text(row, "AccountingState", accounting_state(row, payment));
    row_text(row, "State", state(row, payment));
    write_identifier(row, hotel, payment, index);
    row_text(row, "Type", type_names[payment->type]);
    row_text(row, "Kind", kind);
    write_data(row, hotel, payment, index);
    if (row_since(row, 2025, 8, 12))
        row_text(row, "PaymentOrigin", origin(payment));
    row_end(row);
}
