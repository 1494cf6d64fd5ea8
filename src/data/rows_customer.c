#include "data/rows.h"

#include <stddef.h>

#include "data/names.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define CUSTOMER        ((enum id_kind)ENTITY_CUSTOMER)

static const struct dated_value classifications[] = {
    {"Important"},
    {"LoyaltyProgram"},
    {"PaymasterAccount"},
    {"Blacklist"},
    {"Media"},
    {"Staff"},
    {"PreviousComplaint"},
    {"FriendOrFamily"},
    {"TopManagement"},
    {"VeryImportant"},
    {"Problematic"},
    {"Cashlist"},
    {"DisabledPerson"},
    {"Military"},
    {"InRoom"},
    {"WaitingForRoom"},
    {"Student"},
    {"Airline", 2024, 11, 15},
    {"HealthCompliant", 2024, 11, 15},
    {"Blocklist", 2026, 4, 24},
};

static const struct dated_value options[] = {
    {"BillAddressObjection"},
    {"SendMarketingPostalMail"},
    {"SendPartnerMarketingEmails"},
    {"SendPartnerMarketingPostalMail"},
    {"WithdrawCardConsent", 2024, 11, 15},
    {"GuestPhotoConsent", 2025, 7, 23},
    {"IdPhotosConsent", 2025, 7, 23},
    {"None", 2025, 7, 23},
};

static const char *const features[] = {
    "SeaView",        "RiverView",      "OceanView",   "TwinBeds",        "DoubleBed",
    "RollawayBed",    "UpperBed",       "LowerBed",    "Balcony",         "AccessibleBathroom",
    "AccessibleRoom", "ElevatorAccess", "HighFloor",   "Kitchenette",     "AirConditioning",
    "PrivateJacuzzi", "PrivateSauna",   "EnsuiteRoom", "PrivateBathroom", "SharedBathroom",
};

static void write_name(struct row *row, const struct profile *profile, uint32_t index)
{
    const char *title = profile->is_male ? "Mister" : index % 2 ? "Miss" : "Misses";

    row_text(row, "Title", index % 6 == 5 ? NULL : title);
    row_text(row, "Sex", index % 7 == 6 ? NULL : profile->is_male ? "Male" : "Female");
    row_text(row, "FirstName", index % 19 == 11 ? NULL : profile->first_name);
    row_text(row, "LastName", profile->last_name);
    row_text(row, "SecondLastName", profile->locale->second_last_name);
}

static void write_birth(struct row *row, const struct profile *profile, uint32_t index)
{
    static const char *const dates[] = {"1961-02-28", "1974-11-03", NULL, "1988-02-29",
                                        "1993-07-19", "2001-12-31", NULL};
    bool known = index % 4 == 1;

    row_text(row, "BirthDate", dates[index % COUNT_OF(dates)]);
    if (row_since(row, 2026, 3, 26)) {
        row_text(row, "BirthCountryCode", known ? profile->locale->country : NULL);
        row_text(row, "BirthCountrySubdivisionCode", known ? profile->locale->subdivision : NULL);
    }
    row_text(row, "BirthPlace", known ? profile->locale->city : NULL);
    if (row_since(row, 2024, 11, 15))
        row_text(row, "Occupation", index % 5 == 3 ? "Engineer / Ingénieur" : NULL);
}

/* Addresses under example.* and telephone numbers set aside for fiction. */
static void write_contact(struct row *row, uint32_t index)
{
    bool known = index % 8 != 7;
    bool relay = known && index % 9 == 2;

    if (!known)
        row_null(row, "Email");
    else if (relay)
        row_number_text(row, "Email", "guest.", CUSTOMER, index, "@relay.example.net");
    else
        row_number_text(row, "Email", "guest", CUSTOMER, index, "@example.com");
    if (row_since(row, 2024, 11, 15))
        row_bool(row, "HasOtaEmail", relay);
    row_text(row, "Phone",
             index % 3 == 0   ? NULL
             : index % 3 == 1 ? "+442079460123"
                              : "+12025550143");
}

static void write_codes(struct row *row, uint32_t index)
{
    row_text(row, "TaxIdentificationNumber", index % 10 == 4 ? "8091234567" : NULL);
    if (index % 6 == 2)
        row_number_text(row, "LoyaltyCode", "L", CUSTOMER, index, "");
    else
        row_null(row, "LoyaltyCode");
    row_text(row, "AccountingCode", index % 11 == 3 ? "AC-77" : NULL);
    row_text(row, "BillingCode", index % 12 == 3 ? "BC/2" : NULL);
    row_text(row, "Notes", index % 5 == 0 ? remark_at(index / 5) : NULL);
    row_text(row, "CarRegistrationNumber", index % 7 == 3 ? "ABC-123" : NULL);
    if (row_since(row, 2024, 11, 15))
        row_text(row, "DietaryRequirements", index % 9 == 5 ? "Vegan, no gluten" : NULL);
}

/* An identity document, in its deprecated place, or null. */
static void write_document(struct row *row, const struct hotel *hotel,
                           const struct customer *customer, uint32_t index, const char *type,
                           unsigned turn)
{
    struct id_ref id = {ID_DOCUMENT, index, customer->created_at};

    if (index % 8 != turn) {
        row_null(row, type);
        return;
    }
    row_open_object(row, type);
    row_id(row, "Id", id);
    row_id(row, "CustomerId", hotel_ref(hotel, ENTITY_CUSTOMER, (int32_t)index));
    row_text(row, "Type", type);
    row_number_text(row, "Number", "X", CUSTOMER, index, "");
    row_text(row, "Expiration", "2031-05-31");
    row_text(row, "Issuance", "2021-06-01");
    row_text(row, "IssuingCountryCode", rows_profile(customer).locale->country);
    if (row_since(row, 2025, 11, 13))
        row_text(row, "IssuingCountrySubdivisionCode", rows_profile(customer).locale->subdivision);
    row_text(row, "IssuingCity", rows_profile(customer).locale->city);
    if (row_since(row, 2024, 12, 9))
        row_null(row, "IdentityDocumentSupportNumber");
    row_close_object(row);
}

static void write_documents(struct row *row, const struct hotel *hotel,
                            const struct customer *customer, uint32_t index)
{
    if (!row_since(row, 2024, 11, 15))
        return;
    write_document(row, hotel, customer, index, "Passport", 1);
    write_document(row, hotel, customer, index, "IdentityCard", 3);
    write_document(row, hotel, customer, index, "Visa", 5);
    write_document(row, hotel, customer, index, "DriversLicense", 6);
}

static void write_address(struct row *row, const struct customer *customer,
                          const struct profile *profile, uint32_t index)
{
    struct id_ref id = {ID_ADDRESS, index, customer->created_at};
    bool known = index % 5 != 4;

    rows_address(row, "Address", id, known ? profile->locale : NULL);
    if (row_since(row, 2024, 11, 15))
        row_id(row, "AddressId", known ? id : NO_REF);
}

static void write_lists(struct row *row, const struct customer *customer, uint32_t index)
{
    const char *option = rows_pick(row, options, COUNT_OF(options), index / 6);
    bool none = index % 6 == 5 && option && option[0] == 'N';

    row_open_array(row, "Classifications");
    if (row_happened(row, customer->returned_at))
        row_text(row, NULL, "Returning");
    if (index % 5 == 2)
        row_text(row, NULL, rows_pick(row, classifications, COUNT_OF(classifications), index / 5));
    row_close_array(row);
    row_open_array(row, "Options");
    if (index % 4 == 0 && !none)
        row_text(row, NULL, "Invoiceable");
    if (index % 4 < 2 && !none)
        row_text(row, NULL, "SendMarketingEmails");
    if (index % 6 == 5)
        row_text(row, NULL, option);
    row_close_array(row);
}

static void write_italian(struct row *row, const struct profile *profile)
{
    bool italian = profile->locale->country[0] == 'I' && profile->locale->country[1] == 'T';

    row_text(row, "ItalianDestinationCode", italian ? "0000000" : NULL);
    row_text(row, "ItalianFiscalCode", italian ? "XXXYYY00A01H000X" : NULL);
    if (row_since(row, 2026, 3, 26))
        row_text(row, "ItalianLotteryCode", italian ? "ABCD1234" : NULL);
}

static void write_features(struct row *row, uint32_t index)
{
    if (!row_since(row, 2024, 11, 15))
        return;
    row_open_array(row, "PreferredSpaceFeatures");
    if (index % 3 == 1)
        row_text(row, NULL, features[index / 3 % COUNT_OF(features)]);
    row_close_array(row);
}

void rows_customer(struct row *row, const struct hotel *hotel, uint32_t index)
{
    const struct customer *customer = &hotel->customers.items[index];
    struct profile profile = rows_profile(customer);
    bool merged = row_happened(row, customer->merged_at);

    row_begin(row);
    row_id(row, "Id", hotel_ref(hotel, ENTITY_CUSTOMER, (int32_t)index));
    row_chain_id(row, "ChainId");
    row_number_text(row, "Number", "", CUSTOMER, index, "");
    write_name(row, &profile, index);
    row_text(row, "NationalityCode", index % 8 == 6 ? NULL : profile.locale->country);
    row_text(row, "PreferredLanguageCode", index % 4 == 2 ? NULL : profile.locale->language);
    row_text(row, "LanguageCode", index % 9 == 8 ? NULL : profile.locale->language);
    write_birth(row, &profile, index);
    write_contact(row, index);
    write_codes(row, index);
    row_instant(row, "CreatedUtc", customer->created_at);
    row_instant(row, "UpdatedUtc", row->at);
    write_documents(row, hotel, customer, index);
    write_address(row, customer, &profile, index);
    write_lists(row, customer, index);
    write_italian(row, &profile);
    row_id(row, "CompanyId", hotel_ref(hotel, ENTITY_COMPANY, customer->company));
    row_id(row, "MergeTargetId",
           merged ? hotel_ref(hotel, ENTITY_CUSTOMER, customer->merge_target) : NO_REF);
    row_text(row, "ActivityState", merged ? "Deleted" : "Active");
    if (row_since(row, 2024, 11, 15))
        row_bool(row, "IsActive", !merged);
    write_features(row, index);
    if (row_since(row, 2025, 5, 22)) {
        row_id(row, "CreatorProfileId", hotel_static_ref(ID_PROFILE, index % 3));
        row_id(row, "UpdaterProfileId", hotel_static_ref(ID_PROFILE, index % 2));
    }
    row_end(row);
}
