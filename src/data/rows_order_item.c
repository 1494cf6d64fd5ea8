#include "data/rows.h"

#include <stddef.h>

#include "data/names.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* Seconds from the local midnight of a night to when it counts as consumed. */
#define CONSUMED_AFTER_S 7200

static const char *const type_names[] = {
    [ITEM_CANCELLATION_FEE] = "CancellationFee",
    [ITEM_NIGHT_REBATE] = "NightRebate",
    [ITEM_PRODUCT_REBATE] = "ProductOrderRebate",
    [ITEM_EXPENSE_REBATE] = "AdditionalExpenseRebate",
    [ITEM_DEPOSIT] = "Deposit",
    [ITEM_EXCHANGE_RATE_DIFFERENCE] = "ExchangeRateDifference",
    [ITEM_CUSTOM] = "CustomItem",
    [ITEM_SERVICE_CHARGE] = "ServiceCharge",
    [ITEM_CITY_TAX] = "CityTax",
    [ITEM_CITY_TAX_DISCOUNT] = "CityTaxDiscount",
    [ITEM_SPACE] = "SpaceOrder",
    [ITEM_PRODUCT] = "ProductOrder",
    [ITEM_SURCHARGE] = "Surcharge",
    [ITEM_TAX_CORRECTION] = "TaxCorrection",
    [ITEM_UPGRADE_FEE] = "ResourceUpgradeFee",
    [ITEM_INVOICE_FEE] = "InvoiceFee",
    [ITEM_MULTICURRENCY_FEE] = "MulticurrencyFee",
    [ITEM_ALLOWANCE_DISCOUNT] = "AllowanceDiscount",
    [ITEM_ALLOWANCE_BREAKAGE] = "AllowanceBreakage",
    [ITEM_ALLOWANCE_CONTRA_BREAKAGE] = "AllowanceContraBreakage",
};

static const char *revenue_type(enum item_type type)
{
    switch (type) {
    case ITEM_SPACE:
    case ITEM_NIGHT_REBATE:
        return "Service";
    case ITEM_PRODUCT:
    case ITEM_PRODUCT_REBATE:
        return "Product";
    default:
        return "Additional";
    }
}

static const char *accounting_state(const struct row *row, const struct hotel *hotel,
                                    const struct item *item)
{
    const struct stay *stay = &hotel->stays[item->stay];

    if (row_happened(row, item->canceled_at))
        return "Canceled";
    if (row_happened(row, item->closed_at))
        return "Closed";
    if (item->unit.gross == 0)
        return "Inactive";
    if (stay->release_at != NEVER_AT && !row_happened(row, stay->confirmed_at))
        return "Inactive";
    return "Open";
}

static const char *exemption_reason(const struct row *row, const struct item *item)
{
    static const struct dated_value reasons[] = {
        {"IT_N1"},
        {"IT_N2_2"},
        {"PL_ZW", 2025, 7, 23},
        {"IT_N4"},
        {"IT_N5"},
        {"IT_N3_5"},
        {"PL_NP", 2025, 7, 23},
        {"DE_NATO", 2025, 9, 12},
        {"Unknown", 2025, 10, 30},
        {"IT_N2_1", 2026, 7, 31},
        {"IT_N3_4", 2026, 7, 31},
        {"FR_261_7", 2026, 7, 31},
        {"FR_262_00_BIS", 2026, 7, 31},
        {"FR_293_B", 2026, 7, 31},
    };

    if (item->type != ITEM_CUSTOM)
        return NULL;
    return rows_pick(row, reasons, COUNT_OF(reasons), item->turn);
}

static void product_data(struct row *row, const struct item *item)
{
    row_open_object(row, "Product");
    row_id(row, "ProductId", hotel_static_ref(ID_PRODUCT, (uint32_t)item->product));
    row_id(row, "AgeCategoryId",
           item->type == ITEM_PRODUCT && !item->is_allowance ? hotel_static_ref(ID_AGE_CATEGORY, 0)
                                                             : NO_REF);
    if (row_since(row, 2025, 7, 3))
        row_text(row, "ProductType", item->is_allowance ? "Allowance" : "Product");
    row_close_object(row);
}

static void rebate_data(struct row *row, const struct hotel *hotel, const struct item *item)
{
    row_open_object(row, "Rebate");
    row_id(row, "ProductId", hotel_static_ref(ID_PRODUCT, (uint32_t)item->product));
    row_id(row, "RebatedItemId", hotel_ref(hotel, ENTITY_ORDER_ITEM, item->rebated));
    row_close_object(row);
}

static void discount_data(struct row *row, const struct hotel *hotel, const struct item *item)
{
    row_open_object(row, "AllowanceDiscount");
    row_id(row, "DiscountedOrderItemId", hotel_ref(hotel, ENTITY_ORDER_ITEM, item->discounted));
    row_id(row, "AllowanceProductOrderItemId",
           hotel_ref(hotel, ENTITY_ORDER_ITEM, item->allowance));
    row_close_object(row);
}

/* A breakage above zero is what the guest left over, below zero what the hotel lost. */
static const char *profit_type(const struct item *item)
{
    if (item->type == ITEM_ALLOWANCE_BREAKAGE)
        return item->unit.gross > 0 ? "AllowanceBreakage" : "AllowanceLoss";
    return item->unit.gross < 0 ? "AllowanceContraBreakage" : "AllowanceContraLoss";
}

static void profits_data(struct row *row, const struct hotel *hotel, const struct item *item)
{
    row_open_object(row, "AllowanceProfits");
    row_id(row, "AllowanceProductOrderItemId",
           hotel_ref(hotel, ENTITY_ORDER_ITEM, item->allowance));
    row_text(row, "AllowanceProfitType", profit_type(item));
    row_close_object(row);
}

/* The discriminator of an item's data, or NULL for types without. */
static const char *data_variant(const struct row *row, const struct item *item)
{
    switch (item->type) {
    case ITEM_SPACE:
        return item->stay % 7 == 3 ? NULL : "Product";
    case ITEM_PRODUCT:
        return "Product";
    case ITEM_NIGHT_REBATE:
    case ITEM_PRODUCT_REBATE:
    case ITEM_EXPENSE_REBATE:
        return "Rebate";
    case ITEM_ALLOWANCE_DISCOUNT:
        return row_since(row, 2025, 7, 3) ? "AllowanceDiscount" : NULL;
    case ITEM_ALLOWANCE_BREAKAGE:
    case ITEM_ALLOWANCE_CONTRA_BREAKAGE:
        return row_since(row, 2025, 7, 3) ? "AllowanceProfits" : NULL;
    default:
        return NULL;
    }
}

static void write_data(struct row *row, const struct hotel *hotel, const struct item *item)
{
    const char *variant = data_variant(row, item);

    if (!variant) {
        row_null(row, "Data");
        return;
    }
    row_open_object(row, "Data");
    row_text(row, "Discriminator", variant);
    if (variant[0] == 'R')
        rebate_data(row, hotel, item);
    else
        row_null(row, "Rebate");
    if (variant[0] == 'P')
        product_data(row, item);
    else
        row_null(row, "Product");
    if (row_since(row, 2025, 7, 3)) {
        if (item->type == ITEM_ALLOWANCE_DISCOUNT)
            discount_data(row, hotel, item);
        else
            row_null(row, "AllowanceDiscount");
        if (variant[0] == 'A' && item->type != ITEM_ALLOWANCE_DISCOUNT)
            profits_data(row, hotel, item);
        else
            row_null(row, "AllowanceProfits");
    }
    row_close_object(row);
}

/* A product sold by another service has an order there, which is in no export. */
static void write_service(struct row *row, const struct hotel *hotel, const struct item *item)
{
    bool own = item->has_own_order;

    row_id(row, "ServiceId", hotel_static_ref(ID_SERVICE, own));
    row_id(row, "ServiceOrderId",
           own ? hotel_stay_ref(hotel, ID_PRODUCT_ORDER, item->stay)
               : hotel_ref(hotel, ENTITY_RESERVATION, item->stay));
}

/* A night is consumed on its date, anything else when it was entered. */
static void write_consumption(struct row *row, const struct item *item)
{
    if (item->type == ITEM_SPACE || item->created_at != item->posted_at)
        row_midnight(row, "ConsumedUtc", item->start_day, CONSUMED_AFTER_S);
    else
        row_instant(row, "ConsumedUtc", item->created_at);
}

static void write_start(struct row *row, const struct item *item)
{
    if (item->type == ITEM_SPACE || item->type == ITEM_PRODUCT)
        row_midnight(row, "StartUtc", item->start_day, 0);
    else
        row_null(row, "StartUtc");
}

static void write_instants(struct row *row, const struct item *item)
{
    row_instant(row, "CreatedUtc", item->created_at);
    row_instant(row, "UpdatedUtc", row->at);
    write_consumption(row, item);
    row_instant(row, "CanceledUtc", row_past(row, item->canceled_at));
    row_instant(row, "ClosedUtc", row_past(row, item->closed_at));
    write_start(row, item);
    row_instant(row, "ClaimedUtc",
                item->has_own_order ? row_past(row, item->created_at) : NEVER_AT);
}

static void write_amounts(struct row *row, const struct hotel *hotel, const struct item *item)
{
    struct amount amount = amount_times(item->unit, item->count);
    struct amount original = rows_original(hotel, item->stay, &amount);

    row_int(row, "UnitCount", item->count);
    rows_amount(row, "UnitAmount", &item->unit);
    rows_amount(row, "Amount", &amount);
    rows_amount(row, "OriginalAmount", &original);
}

static void write_texts(struct row *row, const struct item *item, uint32_t index)
{
    row_text(row, "BillingName", item->type == ITEM_SPACE ? NULL : type_names[item->type]);
    if (index % 9 == 4)
        row_number_text(row, "ExternalIdentifier", "POS-", ID_EXPORTED + ENTITY_ORDER_ITEM, index,
                        "");
    else
        row_null(row, "ExternalIdentifier");
}

void rows_order_item(struct row *row, const struct hotel *hotel, uint32_t index)
{
    const struct item *item = &hotel->items.items[index];
    const struct stay *stay = &hotel->stays[item->stay];
    int32_t company = stay->scenario->flags & STAY_COMPANY ? stay->company : NO_INDEX;
    const char *reason = exemption_reason(row, item);
    const char *state = accounting_state(row, hotel, item);
    bool with_stay = item->canceled_at == stay->canceled_at && row_happened(row, item->canceled_at);

    row_begin(row);
    row_id(row, "Id", hotel_ref(hotel, ENTITY_ORDER_ITEM, (int32_t)index));
    row_enterprise_id(row, "EnterpriseId");
    rows_account(row, hotel, company, stay->customer);
    row_text(row, "AccountType", rows_account_type(company));
    write_service(row, hotel, item);
    row_text(row, "Notes", index % 11 == 7 ? remark_at(index) : NULL);
    row_id(row, "BillId",
           row_happened(row, item->billed_at) ? hotel_ref(hotel, ENTITY_BILL, item->bill) : NO_REF);
    row_id(row, "AccountingCategoryId",
           index % 13 == 5 ? NO_REF : hotel_static_ref(ID_ACCOUNTING_CATEGORY, item->type % 6));
    write_texts(row, item, index);
    write_amounts(row, hotel, item);
    row_text(row, "RevenueType", revenue_type(item->type));
    row_id(row, "CreatorProfileId", hotel_static_ref(ID_PROFILE, index % 3));
    row_id(row, "UpdaterProfileId", hotel_static_ref(ID_PROFILE, index % 2));
    write_instants(row, item);
    row_text(row, "AccountingState", state);
    row_text(row, "Type", type_names[item->type]);
    row_open_object(row, "Options");
    row_bool(row, "CanceledWithReservation", with_stay);
    row_close_object(row);
    write_data(row, hotel, item);
    if (row_since(row, 2025, 4, 2)) {
        row_text(row, "TaxExemptionReason", reason);
        row_text(row, "TaxExemptionLegalReference", reason ? "Art. 132 (1) (i)" : NULL);
    }
    row_end(row);
}
