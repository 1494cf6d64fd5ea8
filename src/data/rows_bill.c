#include "data/rows.h"

#include <stddef.h>

#include "data/names.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define BILL            ((enum id_kind)ENTITY_BILL)

static void write_address(struct row *row, const struct locale *locale)
{
    row_open_object(row, "Address");
    row_text(row, "Line1", locale->street);
    row_null(row, "Line2");
    row_text(row, "City", locale->city);
    row_text(row, "PostalCode", locale->postal_code);
    row_text(row, "SubdivisionCode", locale->subdivision);
    row_text(row, "CountryCode", locale->country);
    row_close_object(row);
}

static void customer_data(struct row *row, const struct hotel *hotel, int32_t index,
                          const char *name)
{
    struct profile profile = rows_profile(&hotel->customers.items[index]);

    row_open_object(row, name);
    row_id(row, "Id", hotel_ref(hotel, ENTITY_CUSTOMER, index));
    write_address(row, profile.locale);
    row_null(row, "LegalIdentifiers");
    row_null(row, "BillingCode");
    row_text(row, "LastName", profile.last_name);
    row_text(row, "FirstName", profile.first_name);
    row_text(row, "SecondLastName", profile.locale->second_last_name);
    row_text(row, "TitlePrefix", profile.is_male ? "Mister" : "Misses");
    if (row_since(row, 2025, 6, 2))
        row_null(row, "TaxIdentifier");
    row_close_object(row);
}

static void company_data(struct row *row, const struct hotel *hotel, int32_t index,
                         const char *name)
{
    const struct company *company = &hotel->companies.items[index];

    row_open_object(row, name);
    row_id(row, "Id", hotel_ref(hotel, ENTITY_COMPANY, index));
    write_address(row, locale_at(company->number));
    row_open_object(row, "LegalIdentifiers");
    row_text(row, "TaxIdentifier", "GB999999973");
    row_close_object(row);
    row_text(row, "BillingCode", index % 4 == 3 ? "B-3" : NULL);
    row_text(row, "Name", company_name_at(company->number));
    row_null(row, "FiscalIdentifier");
    row_text(row, "AdditionalTaxIdentifier", index % 7 == 2 ? "AT-9" : NULL);
    if (row_since(row, 2025, 4, 2)) {
        row_text(row, "DUNS", index % 6 == 2 ? "150483782" : NULL);
        row_text(row, "Telephone", index % 3 ? "+442079460789" : NULL);
        row_text(row, "TaxIdentifier", index % 2 ? "GB999999973" : NULL);
        row_null(row, "InvoicingEmail");
        row_text(row, "Department", index % 4 == 1 ? "Accounts payable" : NULL);
    }
    row_close_object(row);
}

/* What the account looks like; as AssigneeData from the start, in the seed era. */
static void owner_data(struct row *row, const struct hotel *hotel, const struct bill *bill,
                       const char *name, bool known)
{
    if (!known) {
        row_null(row, name);
        return;
    }
    row_open_object(row, name);
    if (bill->company == NO_INDEX) {
        row_text(row, "Discriminator", "BillCustomerData");
        customer_data(row, hotel, bill->customer, "Value");
    } else {
        row_text(row, "Discriminator", "BillCompanyData");
        company_data(row, hotel, bill->company, "Value");
    }
    row_close_object(row);
}

static void associated_data(struct row *row, const struct hotel *hotel, const struct bill *bill)
{
    if (!row_happened(row, bill->issued_at)) {
        row_null(row, "AssociatedAccountData");
        return;
    }
    row_open_array(row, "AssociatedAccountData");
    if (bill->associated != NO_INDEX) {
        row_open_object(row, NULL);
        row_text(row, "Discriminator", "BillCustomerData");
        customer_data(row, hotel, bill->associated, "BillCustomerData");
        row_null(row, "BillCompanyData");
        row_close_object(row);
    }
    row_close_array(row);
}

static void enterprise_data(struct row *row, const struct hotel *hotel, bool closed)
{
    bool gross = hotel->pricing == PRICING_GROSS;

    if (!closed) {
        row_null(row, "EnterpriseData");
        return;
    }
    row_open_object(row, "EnterpriseData");
    row_null(row, "AdditionalTaxIdentifier");
    row_text(row, "CompanyName", gross ? "Sample Hotels Ltd" : "Sample Hotels Inc.");
    row_text(row, "BankAccount", gross ? NULL : "000123456789");
    row_text(row, "BankName", "Example Bank");
    row_text(row, "Iban", gross ? "GB33BUKB20201555555555" : NULL);
    row_text(row, "Bic", gross ? "BUKBGB22" : NULL);
    row_close_object(row);
}

static void write_accounts(struct row *row, const struct hotel *hotel, const struct bill *bill)
{
    bool company = bill->company != NO_INDEX;

    rows_account(row, hotel, bill->company, bill->customer);
    if (row_since(row, 2025, 7, 23))
        row_text(row, "AccountType", rows_account_type(bill->company));
    row_id(row, "CustomerId", company ? NO_REF : hotel_ref(hotel, ENTITY_CUSTOMER, bill->customer));
    row_id(row, "CompanyId", hotel_ref(hotel, ENTITY_COMPANY, bill->company));
    row_open_array(row, "AssociatedAccountIds");
    if (bill->associated != NO_INDEX)
        row_id(row, NULL, hotel_ref(hotel, ENTITY_CUSTOMER, bill->associated));
    row_close_array(row);
}

static void write_number(struct row *row, const struct bill *bill, uint32_t index, bool closed)
{
    static const char *const formats[] = {"NORMAL", "E", ""};
    bool invoice = bill->is_invoice && closed;

    row_id(row, "CounterId", closed ? hotel_static_ref(ID_COUNTER, bill->is_invoice) : NO_REF);
    row_text(row, "State", closed ? "Closed" : "Open");
    row_text(row, "Type", invoice ? "Invoice" : "Receipt");
    if (closed)
        row_number_text(row, "Number", invoice ? "INV-" : formats[index % COUNT_OF(formats)], BILL,
                        index, "");
    else
        row_null(row, "Number");
    if (invoice)
        row_number_text(row, "VariableSymbol", "", BILL, index, "");
    else
        row_null(row, "VariableSymbol");
}

static void write_instants(struct row *row, const struct bill *bill)
{
    bool closed = row_happened(row, bill->issued_at);

    row_instant(row, "CreatedUtc", bill->created_at);
    row_instant(row, "IssuedUtc", row_past(row, bill->issued_at));
    row_instant(row, "TaxedUtc", row_past(row, bill->issued_at));
    row_instant(row, "PaidUtc", row_past(row, bill->paid_at));
    row_instant(row, "DueUtc", closed ? bill->due_at : NEVER_AT);
    if (row_since(row, 2024, 10, 11))
        row_instant(row, "LastReminderDateUtc", row_past(row, bill->reminded_at));
    row_instant(row, "UpdatedUtc", row->at);
}

static void write_options(struct row *row, const struct bill *bill)
{
    bool closed = row_happened(row, bill->issued_at);

    row_open_object(row, "Options");
    row_bool(row, "DisplayCustomer", true);
    row_bool(row, "DisplayTaxation", true);
    row_bool(row, "TrackReceivable", closed && bill->is_invoice);
    row_bool(row, "DisplayCid", false);
    row_bool(row, "Rebated", row_happened(row, bill->rebated_at));
    row_close_object(row);
}

static const char *correction_type(const struct bill *bill)
{
    static const char *const types[] = {"Cancellation", "Edit", "CreditNote", "Reinstatement",
                                        "ReceivablePaymentsBalance"};

    return bill->correction == NO_INDEX ? NULL : types[bill->correction];
}

void rows_bill(struct row *row, const struct hotel *hotel, uint32_t index)
{
    const struct bill *bill = &hotel->bills.items[index];
    bool closed = row_happened(row, bill->issued_at);

    row_begin(row);
    row_id(row, "Id", hotel_ref(hotel, ENTITY_BILL, (int32_t)index));
    if (row_since(row, 2024, 11, 1))
        row_text(row, "Name", index % 3 ? NULL : "Main bill / Főszámla");
    row_enterprise_id(row, "EnterpriseId");
    write_accounts(row, hotel, bill);
    write_number(row, bill, index, closed);
    write_instants(row, bill);
    row_text(row, "PurchaseOrderNumber", bill->company != NO_INDEX ? "PO 4711/B" : NULL);
    row_text(row, "Notes", index % 8 == 3 ? remark_at(index / 8) : NULL);
    write_options(row, bill);
    row_empty_array(row, "Revenue");
    row_empty_array(row, "Payments");
    row_empty_array(row, "OrderItems");
    row_empty_array(row, "PaymentItems");
    owner_data(row, hotel, bill, "AssigneeData", row_in_seed_era(row));
    owner_data(row, hotel, bill, "OwnerData", closed);
    row_null(row, "CompanyDetails");
    associated_data(row, hotel, bill);
    enterprise_data(row, hotel, closed);
    row_text(row, "CorrectionState", bill->correction == NO_INDEX ? "Bill" : "CorrectiveBill");
    row_text(row, "CorrectionType", correction_type(bill));
    row_id(row, "CorrectedBillId", hotel_ref(hotel, ENTITY_BILL, bill->corrected));
    row_end(row);
}
