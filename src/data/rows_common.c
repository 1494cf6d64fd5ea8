#include "data/rows.h"

#include <stddef.h>

#include "base/timestamp.h"
#include "data/names.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* Hundredths of a euro for a pound or a dollar; fixed, so that amounts repeat. */
#define EURO_PER_POUND  117
#define EURO_PER_DOLLAR 92

rows_writer *rows_writer_of(enum entity_type type)
{
    static rows_writer *const writers[ENTITY_TYPE_COUNT] = {
        [ENTITY_ORDER_ITEM] = rows_order_item,
        [ENTITY_PAYMENT] = rows_payment,
        [ENTITY_RESERVATION] = rows_reservation,
        [ENTITY_CUSTOMER] = rows_customer,
        [ENTITY_COMPANY] = rows_company,
        [ENTITY_BILL] = rows_bill,
        [ENTITY_AVAILABILITY_ADJUSTMENT] = rows_availability_adjustment,
        [ENTITY_AVAILABILITY_BLOCK] = rows_availability_block,
        [ENTITY_RESOURCE_BLOCK] = rows_resource_block,
        [ENTITY_LEDGER_ENTRY] = rows_ledger_entry,
    };

    return writers[type];
}

static bool value_known(const struct row *row, const struct dated_value *value)
{
    return value->year == 0 || row_since(row, value->year, value->month, value->day);
}

const char *rows_pick(const struct row *row, const struct dated_value *values, size_t count,
                      uint64_t number)
{
    size_t known = 0;

    for (size_t i = 0; i < count; i++)
        known += value_known(row, &values[i]);
    if (known == 0)
        return NULL;
    number %= known;
    for (size_t i = 0; i < count; i++)
        if (value_known(row, &values[i]) && number-- == 0)
            return values[i].value;
    return NULL;
}

static void breakdown_item(struct row *row, const char *code, int64_t net, int64_t tax)
{
    row_open_object(row, NULL);
    row_text(row, "TaxRateCode", code);
    row_decimal(row, "NetValue", net);
    row_decimal(row, "TaxValue", tax);
    row_close_object(row);
}

static void tax_value(struct row *row, const struct tax_part *part)
{
    row_open_object(row, NULL);
    row_text(row, "Code", part->code);
    row_decimal(row, "Value", part->tax);
    row_close_object(row);
}

void rows_open_amount(struct row *row, const char *name, const struct amount *amount)
{
    row_open_object(row, name);
    row_text(row, "Currency", currency_code(amount->currency));
    row_decimal(row, "NetValue", amount->net);
    row_decimal(row, "GrossValue", amount->gross);
    row_open_array(row, "TaxValues");
    for (unsigned i = 0; i < amount->tax_count; i++)
        tax_value(row, &amount->taxes[i]);
    row_close_array(row);
    row_open_object(row, "Breakdown");
    row_open_array(row, "Items");
    for (unsigned i = 0; i < amount->tax_count; i++)
        breakdown_item(row, amount->taxes[i].code, amount->taxes[i].net, amount->taxes[i].tax);
    if (amount->tax_count == 0)
        breakdown_item(row, NULL, amount->net, 0);
    row_close_array(row);
    row_close_object(row);
}

void rows_amount(struct row *row, const char *name, const struct amount *amount)
{
    rows_open_amount(row, name, amount);
    row_close_object(row);
}

void rows_account(struct row *row, const struct hotel *hotel, int32_t company, int32_t customer)
{
    row_id(row, "AccountId", hotel_owner_ref(hotel, company, customer));
}

const char *rows_account_type(int32_t company)
{
    return company == NO_INDEX ? "Customer" : "Company";
}

struct amount rows_original(const struct hotel *hotel, int32_t stay, const struct amount *amount)
{
    if (!(hotel->stays[stay].scenario->flags & STAY_FOREIGN))
        return *amount;
    return amount_convert(*amount, CURRENCY_EUR,
                          hotel->pricing == PRICING_GROSS ? EURO_PER_POUND : EURO_PER_DOLLAR);
}

struct profile rows_profile(const struct customer *customer)
{
    const struct locale *locale = locale_at(customer->number);
    uint64_t dice = customer->number / 64;
    unsigned first = (unsigned)(dice % 4);

    return (struct profile){.locale = locale,
                            .first_name = locale->first_names[first],
                            .last_name = locale->last_names[dice / 4 % 3],
                            .is_male = first < 2};
}

void rows_address(struct row *row, const char *name, struct id_ref id, const struct locale *locale)
{
    if (!locale) {
        row_null(row, name);
        return;
    }
    row_open_object(row, name);
    row_id(row, "Id", id);
    row_text(row, "Line1", locale->street);
    row_null(row, "Line2");
    row_text(row, "City", locale->city);
    row_text(row, "PostalCode", locale->postal_code);
    row_text(row, "CountryCode", locale->country);
    row_text(row, "CountrySubdivisionCode", locale->subdivision);
    row_null(row, "Latitude");
    row_null(row, "Longitude");
    row_close_object(row);
}

const char *rows_cancellation_reason(uint64_t number)
{
    static const char *const reasons[] = {
        "RequestedByGuest", "ConfirmationMissed", "BookedElsewhere", "ForceMajeure",
        "GuestComplaint",   "PriceTooHigh",       "InvalidPayment",  "ServiceNotAvailable",
        "InputError",       "TravelAgency",       "Other",           "Update",
        "BookingAbandoned", "RequestedByBooker",
    };

    return reasons[number % COUNT_OF(reasons)];
}

const char *rows_purpose(uint64_t number)
{
    static const char *const purposes[] = {"Leisure", NULL, "Business", "Student"};

    return purposes[number % COUNT_OF(purposes)];
}
