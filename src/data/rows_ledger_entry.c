#include "data/rows.h"

#include <stddef.h>

#include "data/calendar.h"

static const char *const item_types[] = {
    [LEDGER_ITEM_ORDER_ITEM] = "OrderItem",
    [LEDGER_ITEM_OUTLET_ITEM] = "OutletItem",
    [LEDGER_ITEM_INVOICE] = "Invoice",
    [LEDGER_ITEM_PAYMENT] = "Payment",
    [LEDGER_ITEM_DEPOSIT_BALANCING] = "DepositBalancingPayment",
    [LEDGER_ITEM_CITY_BALANCING] = "CityLedgerBalancingPayment",
    [LEDGER_ITEM_DEPOSIT] = "DepositItem",
};

static const char *const ledgers[] = {
    [LEDGER_REVENUE] = "Revenue",        [LEDGER_TAX] = "Tax",     [LEDGER_PAYMENT] = "Payment",
    [LEDGER_DEPOSIT] = "Deposit",        [LEDGER_GUEST] = "Guest", [LEDGER_CITY] = "City",
    [LEDGER_NON_REVENUE] = "NonRevenue",
};

static struct id_ref item_ref(const struct hotel *hotel, const struct ledger_entry *entry)
{
    switch (entry->item_type) {
    case LEDGER_ITEM_ORDER_ITEM:
    case LEDGER_ITEM_DEPOSIT:
        return hotel_ref(hotel, ENTITY_ORDER_ITEM, entry->item);
    case LEDGER_ITEM_INVOICE:
        return hotel_ref(hotel, ENTITY_BILL, entry->item);
    case LEDGER_ITEM_OUTLET_ITEM:
        return hotel_stay_ref(hotel, ID_OUTLET_ITEM, entry->item);
    case LEDGER_ITEM_PAYMENT:
    case LEDGER_ITEM_DEPOSIT_BALANCING:
    case LEDGER_ITEM_CITY_BALANCING:
        break;
    }
    return hotel_ref(hotel, ENTITY_PAYMENT, entry->item);
}

static void write_account(struct row *row, const struct hotel *hotel,
                          const struct ledger_entry *entry)
{
    const struct stay *stay = &hotel->stays[entry->stay];
    int32_t company = stay->scenario->flags & STAY_COMPANY ? stay->company : NO_INDEX;

    if (entry->bill != NO_INDEX)
        company = hotel->bills.items[entry->bill].company;
    rows_account(row, hotel, company, stay->customer);
    row_id(row, "BillId", hotel_ref(hotel, ENTITY_BILL, entry->bill));
}

/* The local date of the posting; daylight saving never moves it, see hotel_at(). */
static int32_t posting_day(const struct hotel *hotel, const struct ledger_entry *entry)
{
    int64_t local = entry->created_at + zone_standard_offset_s(hotel->zone);

    return (int32_t)((local >= 0 ? local : local - (SECONDS_PER_DAY - 1)) / SECONDS_PER_DAY);
}

static void write_value(struct row *row, const struct ledger_entry *entry)
{
    bool tax = entry->ledger == LEDGER_TAX;

    row_decimal(row, "Value", entry->value);
    if (tax)
        row_decimal(row, "NetBaseValue", entry->net_base);
    else
        row_null(row, "NetBaseValue");
    row_text(row, "TaxRateCode", tax ? entry->tax_code : NULL);
}

void rows_ledger_entry(struct row *row, const struct hotel *hotel, uint32_t index)
{
    const struct ledger_entry *entry = &hotel->entries.items[index];
    bool revenue = entry->ledger == LEDGER_REVENUE || entry->ledger == LEDGER_NON_REVENUE;

    row_begin(row);
    row_id(row, "Id", hotel_ref(hotel, ENTITY_LEDGER_ENTRY, (int32_t)index));
    row_enterprise_id(row, "EnterpriseId");
    row_id(row, "TransactionId",
           (struct id_ref){ID_TRANSACTION, (uint32_t)entry->transaction, entry->created_at});
    write_account(row, hotel, entry);
    row_id(row, "AccountingCategoryId",
           revenue ? hotel_static_ref(ID_ACCOUNTING_CATEGORY, (uint32_t)entry->item % 6) : NO_REF);
    row_id(row, "AccountingItemId", item_ref(hotel, entry));
    row_text(row, "AccountingItemType", item_types[entry->item_type]);
    row_text(row, "LedgerType", ledgers[entry->ledger]);
    row_text(row, "LedgerEntryType", entry->debit ? "Debit" : "Credit");
    row_date(row, "PostingDate", posting_day(hotel, entry));
    write_value(row, entry);
    row_instant(row, "CreatedUtc", entry->created_at);
    row_end(row);
}
