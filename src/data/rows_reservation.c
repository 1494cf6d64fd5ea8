#include "data/rows.h"

#include <stddef.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* Seconds of the local clock at which rooms are ready and must be left. */
#define CHECK_IN_S  (15 * 3600)
#define CHECK_OUT_S (11 * 3600)

#define AGE_ADULT 0
#define AGE_CHILD 1

static const char *state(const struct row *row, const struct stay *stay)
{
    if (row_happened(row, stay->canceled_at))
        return "Canceled";
    if (row_happened(row, stay->checked_out_at))
        return "Processed";
    if (row_happened(row, stay->checked_in_at))
        return "Started";
    if (row_happened(row, stay->confirmed_at))
        return "Confirmed";
    switch ((enum fate)stay->scenario->fate) {
    case FATE_INQUIRED:
    case FATE_INQUIRED_CANCELED:
        return "Inquired";
    case FATE_REQUESTED:
    case FATE_REQUESTED_CANCELED:
        return "Requested";
    default:
        return "Optional";
    }
}

static const char *origin(const struct stay *stay)
{
    static const char *const origins[] = {"Commander", "ChannelManager", "Distributor", "Connector",
                                          "Commander", "Navigator",      "Import"};

    if (stay->scenario->flags & STAY_AGENCY)
        return stay->index % 2 ? "Distributor" : "ChannelManager";
    return origins[(size_t)stay->index % COUNT_OF(origins)];
}

static const char *commander_origin(const struct row *row, const struct stay *stay)
{
    static const struct dated_value origins[] = {
        {"Phone"},   {"InPerson"},   {"Email"},   {"Website"},
        {"Message"}, {"CallCenter"}, {"Channel"}, {"RoomingList", 2026, 1, 20},
    };

    return rows_pick(row, origins, COUNT_OF(origins), (uint64_t)stay->index / 4);
}

static void write_origin(struct row *row, const struct stay *stay)
{
    const char *name = origin(stay);
    bool channel = name[0] == 'D' || name[1] == 'h';

    row_text(row, "Origin", name);
    row_text(row, "CommanderOrigin",
             name[0] == 'C' && name[2] == 'm' ? commander_origin(row, stay) : NULL);
    row_text(row, "OriginDetails", channel ? "Booking Example" : NULL);
}

static void write_channel(struct row *row, const struct stay *stay)
{
    const char *name = origin(stay);

    if (name[0] == 'D' || name[1] == 'h') {
        row_number_text(row, "ChannelNumber", "TW", ID_EXPORTED + ENTITY_RESERVATION,
                        (uint32_t)stay->index, "");
        row_number_text(row, "ChannelManagerNumber", "CM-", ID_EXPORTED + ENTITY_RESERVATION,
                        (uint32_t)stay->index, "");
    } else {
        row_null(row, "ChannelNumber");
        row_text(row, "ChannelManagerNumber", stay->index % 2 ? "" : NULL);
    }
}

static void write_options(struct row *row, const struct stay *stay)
{
    bool in = row_happened(row, stay->checked_in_at);

    row_open_object(row, "Options");
    row_bool(row, "OwnerCheckedIn", in);
    row_bool(row, "AllCompanionsCheckedIn", in);
    row_bool(row, "AnyCompanionCheckedIn", in);
    row_bool(row, "ConnectorCheckIn", in && stay->index % 8 == 1);
    row_close_object(row);
}

static void write_rate(struct row *row, const struct hotel *hotel, const struct stay *stay)
{
    uint32_t rate = (uint32_t)stay->index % 5;

    row_id(row, "RateId",
           stay->block == NO_INDEX ? hotel_static_ref(ID_RATE, rate)
                                   : hotel_stay_ref(hotel, ID_BLOCK_RATE, stay->group));
    row_id(row, "CreditCardId",
           stay->scenario->settlement == SETTLE_CARD
               ? hotel_stay_ref(hotel, ID_CREDIT_CARD, stay->index)
               : NO_REF);
}

static const char *cancellation_reason(const struct row *row, const struct stay *stay)
{
    if (!row_happened(row, stay->canceled_at))
        return NULL;
    if (stay->scenario->fate == FATE_NO_SHOW)
        return "NoShow";
    return rows_cancellation_reason((uint64_t)stay->index / 3);
}

/* Kept while the booking is optional, and when that is how it ended. */
static void write_release(struct row *row, const struct stay *stay)
{
    bool confirmed = row_happened(row, stay->confirmed_at);

    row_instant(row, "ReleasedUtc", confirmed ? NEVER_AT : stay->release_at);
}

static void write_visit(struct row *row, const struct stay *stay)
{
    if (row_happened(row, stay->checked_in_at))
        row_instant(row, "StartUtc", stay->checked_in_at);
    else
        row_wall(row, "StartUtc", stay->arrival_day, CHECK_IN_S);
    row_wall(row, "EndUtc", stay->departure_day, CHECK_OUT_S);
    row_wall(row, "ScheduledStartUtc", stay->arrival_day, CHECK_IN_S);
    row_instant(row, "ActualStartUtc", row_past(row, stay->checked_in_at));
    row_wall(row, "ScheduledEndUtc", stay->departure_day, CHECK_OUT_S);
    row_instant(row, "ActualEndUtc", row_past(row, stay->checked_out_at));
}

/* A string that holds JSON. */
static void write_qr_code(struct row *row, const struct hotel *hotel, const struct stay *stay,
                          struct id_ref account)
{
    if (stay->index % 10 == 9) {
        row_null(row, "QrCodeData");
        return;
    }
    row_open_text(row, "QrCodeData");
    row_text_part(row, "{\"Reservations\":[{\"Id\":\"");
    row_id_part(row, hotel_ref(hotel, ENTITY_RESERVATION, stay->index));
    row_text_part(row, "\",\"GroupId\":\"");
    row_id_part(row, hotel_stay_ref(hotel, ID_RESERVATION_GROUP, stay->group));
    row_text_part(row, "\",\"CustomerId\":\"");
    row_id_part(row, account);
    row_text_part(row, "\"}]}");
    row_close_text(row);
}

static void person_count(struct row *row, uint32_t age, int32_t count)
{
    if (count == 0)
        return;
    row_open_object(row, NULL);
    row_id(row, "AgeCategoryId", hotel_static_ref(ID_AGE_CATEGORY, age));
    row_int(row, "Count", count);
    row_close_object(row);
}

static void write_room(struct row *row, const struct hotel *hotel, const struct stay *stay)
{
    row_id(row, "GroupId", hotel_stay_ref(hotel, ID_RESERVATION_GROUP, stay->group));
    row_id(row, "RequestedResourceCategoryId",
           hotel_static_ref(ID_RESOURCE_CATEGORY, (uint32_t)stay->category));
    row_id(row, "AssignedResourceId",
           row_happened(row, stay->room_assigned_at)
               ? hotel_room_ref(stay->room_category, stay->room)
               : NO_REF);
    row_id(row, "AvailabilityBlockId", hotel_ref(hotel, ENTITY_AVAILABILITY_BLOCK, stay->block));
    row_id(row, "PartnerCompanyId",
           stay->index % 4 == 3 ? NO_REF : hotel_ref(hotel, ENTITY_COMPANY, stay->company));
    row_id(row, "TravelAgencyId", hotel_ref(hotel, ENTITY_COMPANY, stay->agency));
    row_bool(row, "AssignedResourceLocked",
             stay->index % 6 == 1 && row_happened(row, stay->room_assigned_at));
}

void rows_reservation(struct row *row, const struct hotel *hotel, uint32_t index)
{
    const struct stay *stay = &hotel->stays[index];
    int32_t company = stay->scenario->flags & STAY_COMPANY ? stay->company : NO_INDEX;

    row_begin(row);
    row_id(row, "Id", hotel_ref(hotel, ENTITY_RESERVATION, (int32_t)index));
    row_id(row, "ServiceId", hotel_static_ref(ID_SERVICE, 0));
    rows_account(row, hotel, company, stay->customer);
    row_text(row, "AccountType", rows_account_type(company));
    row_id(row, "CreatorProfileId", hotel_static_ref(ID_PROFILE, index % 3));
    row_id(row, "UpdaterProfileId", hotel_static_ref(ID_PROFILE, index % 2));
    row_id(row, "BookerId", hotel_ref(hotel, ENTITY_CUSTOMER, stay->booker));
    row_number_text(row, "Number", "", ID_EXPORTED + ENTITY_RESERVATION, index, "");
    row_text(row, "State", state(row, stay));
    write_origin(row, stay);
    row_instant(row, "CreatedUtc", stay->booked_at);
    row_instant(row, "UpdatedUtc", row->at);
    row_instant(row, "CancelledUtc", row_past(row, stay->canceled_at));
    row_id(row, "VoucherId",
           index % 12 == 8 ? hotel_stay_ref(hotel, ID_VOUCHER, stay->index) : NO_REF);
    row_id(row, "BusinessSegmentId",
           index % 5 == 2 ? NO_REF : hotel_static_ref(ID_BUSINESS_SEGMENT, index % 4));
    write_options(row, stay);
    write_rate(row, hotel, stay);
    write_room(row, hotel, stay);
    write_channel(row, stay);
    row_text(row, "CancellationReason", cancellation_reason(row, stay));
    write_release(row, stay);
    write_visit(row, stay);
    row_text(row, "Purpose", rows_purpose(index));
    write_qr_code(row, hotel, stay, hotel_owner_ref(hotel, company, stay->customer));
    row_open_array(row, "PersonCounts");
    person_count(row, AGE_ADULT, stay->adults);
    person_count(row, AGE_CHILD, stay->children);
    row_close_array(row);
    row_end(row);
}
