#include "data/strange_names.h"

#include <string.h>

/* Properties of rows, as words. */
static const char *const nullable[ENTITY_TYPE_COUNT] = {
    [ENTITY_ORDER_ITEM] = "AccountId AccountType Notes BillId AccountingCategoryId BillingName "
                          "ExternalIdentifier CanceledUtc ClosedUtc StartUtc ClaimedUtc Data "
                          "TaxExemptionReason TaxExemptionLegalReference",
    [ENTITY_PAYMENT] = "PaymentRequestId BillId ReservationId AccountingCategoryId Notes "
                       "SettlementId ConsumedUtc ClosedUtc ChargedUtc SettlementUtc Identifier "
                       "Kind Data PaymentOrigin",
    [ENTITY_RESERVATION] = "BookerId CommanderOrigin OriginDetails CancelledUtc VoucherId "
                           "BusinessSegmentId CreditCardId AssignedResourceId AvailabilityBlockId "
                           "PartnerCompanyId TravelAgencyId ChannelNumber ChannelManagerNumber "
                           "CancellationReason ReleasedUtc ActualStartUtc ActualEndUtc Purpose "
                           "QrCodeData",
    [ENTITY_CUSTOMER] = "Title Sex FirstName SecondLastName NationalityCode PreferredLanguageCode "
                        "LanguageCode BirthDate BirthCountryCode BirthCountrySubdivisionCode "
                        "BirthPlace Occupation Email Phone TaxIdentificationNumber LoyaltyCode "
                        "AccountingCode BillingCode Notes CarRegistrationNumber "
                        "DietaryRequirements Passport IdentityCard Visa DriversLicense Address "
                        "AddressId ItalianDestinationCode ItalianFiscalCode ItalianLotteryCode "
                        "CompanyId MergeTargetId ActivityState",
    [ENTITY_COMPANY] = "MotherCompanyId InvoicingEmail WebsiteUrl InvoiceDueInterval Department "
                       "DunsNumber ReferenceIdentifier AccountingCode AdditionalTaxIdentifier "
                       "BillingCode Contact ContactPerson ElectronicInvoiceIdentifier Identifier "
                       "Iata Notes TaxIdentifier Telephone CreatedUtc UpdatedUtc Address AddressId "
                       "MergeTargetId TaxIdentificationNumber ExternalIdentifier",
    [ENTITY_BILL] = "Name CustomerId CompanyId AssociatedAccountIds CounterId Number "
                    "VariableSymbol IssuedUtc TaxedUtc PaidUtc DueUtc LastReminderDateUtc "
                    "PurchaseOrderNumber Notes Options Revenue Payments OrderItems PaymentItems "
                    "AssigneeData OwnerData CompanyDetails AssociatedAccountData EnterpriseData "
                    "CorrectionType CorrectedBillId",
    [ENTITY_AVAILABILITY_ADJUSTMENT] = "AvailabilityBlockId StartUtc EndUtc ReleaseOverrideUtc "
                                       "PaxCounts FirstTimeUnitReleaseUtc",
    [ENTITY_AVAILABILITY_BLOCK] = "VoucherId BookerId CompanyId TravelAgencyId Budget "
                                  "ReservationPurpose ReleasedUtc RollingReleaseOffset "
                                  "ExternalIdentifier Name Notes QuoteId PurchaseOrderNumber "
                                  "BusinessSegmentId CanceledUtc CancellationReason "
                                  "CancellationReasonDetail",
    [ENTITY_RESOURCE_BLOCK] = "DeletedUtc Notes",
    [ENTITY_LEDGER_ENTRY] = "TransactionId BillId AccountingCategoryId NetBaseValue TaxRateCode",
};

/* Properties in objects that are not null themselves, with the object they are in. */
static const char *const nested_nullable[][2] = {
    {"TaxValues", "Code"},
    {"Items", "TaxRateCode"},
    {"CreditRating", "Basic"},
};

static const char was_required[] = "Kind ActivityState OwnerData AssigneeData ReleasedUtc";

static const char texts[] =
    "Name FirstName LastName SecondLastName BillingName Notes OriginDetails BirthPlace Occupation "
    "DietaryRequirements Department Contact ContactPerson CancellationReasonDetail Line1 City "
    "IssuingCity CompanyName BankName";

static const char enums[] =
    "AccountType RevenueType AccountingState Type ProductType AllowanceProfitType "
    "TaxExemptionReason State Kind PaymentOrigin Origin CommanderOrigin CancellationReason Purpose "
    "Title Sex TitlePrefix Classifications Options ActivityState PreferredSpaceFeatures Basic "
    "CorrectionState CorrectionType ReservationPurpose PickupDistribution ReleaseStrategy "
    "AccountingItemType LedgerType LedgerEntryType";

static const struct {
    const char *name;
    size_t characters;
} limits[] = {
    {"ExternalIdentifier", 255},
    {"CarRegistrationNumber", 255},
    {"DietaryRequirements", 255},
    {"Notes", STRANGE_NOTES_LENGTH},
    {"OriginDetails", STRANGE_NOTES_LENGTH},
};

/* True when one of the words is exactly name, which is not empty. */
static bool has_word(const char *words, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = words; (at = strstr(at, name)); at += length) {
        bool begins = at == words || at[-1] == ' ';

        if (begins && (at[length] == ' ' || at[length] == '\0'))
            return true;
    }
    return false;
}

bool strange_is_nullable(enum entity_type type, const char *parent, const char *name)
{
    if (!parent)
        return has_word(nullable[type], name);
    for (size_t i = 0; i < sizeof nested_nullable / sizeof *nested_nullable; i++)
        if (strcmp(nested_nullable[i][0], parent) == 0 && strcmp(nested_nullable[i][1], name) == 0)
            return true;
    return false;
}

bool strange_was_required(const char *name)
{
    return has_word(was_required, name);
}

bool strange_is_text(const char *name)
{
    return has_word(texts, name);
}

bool strange_is_enum(const char *name)
{
    return has_word(enums, name);
}

size_t strange_limit(const char *name)
{
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        if (strcmp(limits[i].name, name) == 0)
            return limits[i].characters;
    return 0;
}

bool strange_is_map(const char *name)
{
    return strcmp(name, "LegalIdentifiers") == 0;
}
