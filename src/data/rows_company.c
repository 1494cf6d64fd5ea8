#include "data/rows.h"

#include <stddef.h>

#include "data/names.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define COMPANY         ((enum id_kind)ENTITY_COMPANY)

static void write_options(struct row *row, uint32_t index)
{
    row_open_object(row, "Options");
    row_bool(row, "Invoiceable", true);
    row_bool(row, "AddFeesToInvoices", index % 3 == 0);
    row_bool(row, "AddTaxDeductedPaymentToInvoices", index % 5 == 0);
    row_close_object(row);
}

/* Unknown until the company is reviewed. */
static void write_rating(struct row *row, const struct company *company, uint32_t index)
{
    static const char *const ratings[] = {"CreditOk", "PaymentRequiredUpfront",
                                          "LocalDecisionRequired"};

    row_open_object(row, "CreditRating");
    row_text(row, "Basic",
             row_happened(row, company->reviewed_at) ? ratings[index / 3 % COUNT_OF(ratings)]
                                                     : NULL);
    row_close_object(row);
}

static void write_identifiers(struct row *row, const struct company *company, uint32_t index)
{
    row_text(row, "Department", index % 4 == 1 ? "Accounts payable" : NULL);
    row_text(row, "DunsNumber", index % 6 == 2 ? "150483782" : NULL);
    row_text(row, "ReferenceIdentifier", index % 5 == 3 ? "REF 17" : NULL);
    row_text(row, "AccountingCode", index % 3 == 0 ? "D-100" : NULL);
    row_text(row, "AdditionalTaxIdentifier", index % 7 == 2 ? "AT-9" : NULL);
    row_text(row, "BillingCode", index % 4 == 3 ? "B-3" : NULL);
    row_text(row, "Contact", index % 5 == 1 ? "Front desk, +442079460456" : NULL);
    row_text(row, "ContactPerson",
             row_happened(row, company->reviewed_at) ? "Accounts Team" : NULL);
    row_text(row, "ElectronicInvoiceIdentifier", index % 9 == 4 ? "0106:12345678" : NULL);
    row_text(row, "Identifier", index % 4 == 0 ? "C-0042" : NULL);
    row_text(row, "Iata", company->is_agency ? "99999992" : NULL);
}

static void write_address(struct row *row, const struct company *company, uint32_t index)
{
    struct id_ref id = {ID_COMPANY_ADDRESS, index, company->created_at};
    bool known = index % 4 != 3;

    rows_address(row, "Address", id, known ? locale_at(company->number) : NULL);
    row_id(row, "AddressId", known ? id : NO_REF);
}

void rows_company(struct row *row, const struct hotel *hotel, uint32_t index)
{
    const struct company *company = &hotel->companies.items[index];
    bool merged = row_happened(row, company->merged_at);

    row_begin(row);
    row_id(row, "Id", hotel_ref(hotel, ENTITY_COMPANY, (int32_t)index));
    row_chain_id(row, "ChainId");
    row_text(row, "Name", company_name_at(company->number));
    row_id(row, "MotherCompanyId", hotel_ref(hotel, ENTITY_COMPANY, company->mother));
    if (index % 5 == 4)
        row_null(row, "InvoicingEmail");
    else
        row_number_text(row, "InvoicingEmail", "invoices.", COMPANY, index, "@example.org");
    row_text(row, "WebsiteUrl", index % 3 == 1 ? "https://www.example.org/?q=a&b=\"c\"" : NULL);
    row_text(row, "InvoiceDueInterval", "P14D");
    write_options(row, index);
    write_rating(row, company, index);
    write_identifiers(row, company, index);
    row_bool(row, "IsActive", !merged);
    row_text(row, "Notes", index % 6 == 0 ? remark_at(index / 6) : NULL);
    row_number(row, "Number", COMPANY, index);
    row_text(row, "TaxIdentifier", index % 2 ? "GB999999973" : NULL);
    row_text(row, "Telephone", index % 3 ? "+442079460789" : NULL);
    row_instant(row, "CreatedUtc", index % 10 == 9 ? NEVER_AT : company->created_at);
    row_instant(row, "UpdatedUtc", row->at);
    write_address(row, company, index);
    row_id(row, "MergeTargetId",
           merged ? hotel_ref(hotel, ENTITY_COMPANY, company->merge_target) : NO_REF);
    row_text(row, "TaxIdentificationNumber", index % 2 ? "GB999999973" : NULL);
    if (index % 7 == 5)
        row_number_text(row, "ExternalIdentifier", "CRM-", COMPANY, index, "");
    else
        row_null(row, "ExternalIdentifier");
    row_end(row);
}
