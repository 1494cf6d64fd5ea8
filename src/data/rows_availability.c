#include "data/rows.h"

#include <stddef.h>

#include "data/names.h"

static void write_pax_counts(struct row *row, int32_t units, uint32_t index)
{
    int32_t count = units < 0 ? -units : units;

    if (index % 3 == 1) {
        row_null(row, "PaxCounts");
        return;
    }
    row_open_array(row, "PaxCounts");
    for (int32_t persons = 1; persons <= 2 && count > 0; persons++) {
        int32_t share = persons == 1 ? (count + 1) / 2 : count;

        row_open_object(row, NULL);
        row_int(row, "PersonCount", persons);
        row_int(row, "UnitCount", share);
        row_close_object(row);
        count -= share;
    }
    row_close_array(row);
}

static void write_adjustment_release(struct row *row, const struct hotel *hotel,
                                     const struct adjustment *adjustment)
{
    if (!row_since(row, 2025, 2, 27))
        return;
    row_instant(row, "FirstTimeUnitReleaseUtc",
                adjustment->block == NO_INDEX ? NEVER_AT
                                              : hotel->blocks.items[adjustment->block].release_at);
}

void rows_availability_adjustment(struct row *row, const struct hotel *hotel, uint32_t index)
{
    const struct adjustment *adjustment = &hotel->adjustments.items[index];
    int32_t units = adjustment->units - row_happened(row, adjustment->changed_at);
    bool deleted = row_happened(row, adjustment->deleted_at);

    row_begin(row);
    row_id(row, "Id", hotel_ref(hotel, ENTITY_AVAILABILITY_ADJUSTMENT, (int32_t)index));
    row_id(row, "AvailabilityBlockId",
           hotel_ref(hotel, ENTITY_AVAILABILITY_BLOCK, adjustment->block));
    row_id(row, "ResourceCategoryId",
           hotel_static_ref(ID_RESOURCE_CATEGORY, (uint32_t)adjustment->category));
    row_midnight(row, "StartUtc", adjustment->first_day, 0);
    row_midnight(row, "EndUtc", adjustment->last_day, 0);
    row_midnight(row, "FirstTimeUnitStartUtc", adjustment->first_day, 0);
    row_midnight(row, "LastTimeUnitStartUtc", adjustment->last_day, 0);
    row_int(row, "UnitCount", units);
    row_text(row, "ActivityState", deleted ? "Deleted" : "Active");
    row_instant(row, "ReleaseOverrideUtc",
                adjustment->block != NO_INDEX && index % 4 == 3 ? adjustment->created_at + 864000
                                                                : NEVER_AT);
    row_instant(row, "UpdatedUtc", row->at);
    row_bool(row, "IsActive", !deleted);
    write_pax_counts(row, units, index);
    write_adjustment_release(row, hotel, adjustment);
    row_end(row);
}

/* How the rooms of a block go back on sale. */
enum release { RELEASE_FIXED, RELEASE_ROLLING, RELEASE_NONE };

/* Without a strategy on the wire every block has a fixed date, as the seed era requires. */
static enum release release_of(const struct row *row, uint32_t index)
{
    if (!row_since(row, 2024, 9, 9))
        return RELEASE_FIXED;
    return (enum release)(index % 3);
}

static const char *block_state(const struct row *row, const struct availability_block *block,
                               uint32_t index)
{
    if (row_happened(row, block->canceled_at))
        return row_in_seed_era(row) && index % 4 == 1 ? "Released" : "Canceled";
    if (row_happened(row, block->confirmed_at))
        return "Confirmed";
    return index / 2 % 2 ? "Inquired" : "Optional";
}

static void write_parties(struct row *row, const struct hotel *hotel, const struct stay *stay,
                          uint32_t index)
{
    row_id(row, "VoucherId",
           index % 4 == 3 ? hotel_stay_ref(hotel, ID_VOUCHER, stay->index) : NO_REF);
    row_id(row, "BookerId", hotel_ref(hotel, ENTITY_CUSTOMER, stay->booker));
    row_id(row, "CompanyId", hotel_ref(hotel, ENTITY_COMPANY, stay->company));
    if (row_since(row, 2025, 1, 16))
        row_id(row, "TravelAgencyId", hotel_ref(hotel, ENTITY_COMPANY, stay->agency));
}

static void write_budget(struct row *row, const struct hotel *hotel, uint32_t index)
{
    if (index % 2) {
        row_null(row, "Budget");
        return;
    }
    row_open_object(row, "Budget");
    row_text(row, "Currency", currency_code(currency_of(hotel->pricing)));
    row_decimal(row, "Value", 250000);
    row_null(row, "Net");
    row_null(row, "Tax");
    row_null(row, "TaxRate");
    row_close_object(row);
}

static void write_release(struct row *row, const struct availability_block *block, uint32_t index)
{
    enum release release = release_of(row, index);

    row_instant(row, "ReleasedUtc", release == RELEASE_FIXED ? block->release_at : NEVER_AT);
    if (row_since(row, 2024, 9, 9))
        row_text(row, "RollingReleaseOffset", release == RELEASE_ROLLING ? "P0M7DT0H0M0S" : NULL);
}

static void write_block_texts(struct row *row, uint32_t index)
{
    if (index % 3 == 2)
        row_number_text(row, "ExternalIdentifier", "GRP-", (enum id_kind)ENTITY_AVAILABILITY_BLOCK,
                        index, "");
    else
        row_null(row, "ExternalIdentifier");
    row_text(row, "Name", index % 5 == 4 ? NULL : "Conference – Tagung \"Süd\"");
    row_text(row, "Notes", index % 3 == 0 ? remark_at(index / 3) : NULL);
}

static void write_block_head(struct row *row, const struct hotel *hotel, uint32_t index)
{
    const struct availability_block *block = &hotel->blocks.items[index];

    row_id(row, "Id", hotel_ref(hotel, ENTITY_AVAILABILITY_BLOCK, (int32_t)index));
    if (row_since(row, 2025, 1, 16))
        row_enterprise_id(row, "EnterpriseId");
    row_id(row, "ServiceId", hotel_static_ref(ID_SERVICE, 0));
    /* A leader's own block has an even index; the idle one beside it has a rate of its own. */
    if (index % 2 == 0)
        row_id(row, "RateId", hotel_stay_ref(hotel, ID_BLOCK_RATE, block->stay));
    else
        row_id(row, "RateId",
               (struct id_ref){ID_BLOCK_RATE, STAYS_PER_BLOCK + index, block->created_at});
}

/* Properties that came after the seed era, from PickupDistribution on. */
static void write_block_tail(struct row *row, const struct hotel *hotel, uint32_t index)
{
    static const char *const strategies[] = {"FixedRelease", "RollingRelease", "None"};
    const struct availability_block *block = &hotel->blocks.items[index];
    bool canceled = row_happened(row, block->canceled_at);

    if (row_since(row, 2025, 1, 16)) {
        row_text(row, "PickupDistribution", index % 4 < 2 ? "AllInOneGroup" : "IndividualGroups");
        row_bool(row, "IsActive", true);
    }
    if (row_since(row, 2024, 10, 10))
        row_id(row, "QuoteId",
               index % 4 == 2 ? hotel_stay_ref(hotel, ID_QUOTE, block->stay) : NO_REF);
    if (row_since(row, 2024, 11, 28))
        row_number_text(row, "AvailabilityBlockNumber", "", (enum id_kind)ENTITY_AVAILABILITY_BLOCK,
                        index, "");
    if (row_since(row, 2024, 12, 6))
        row_text(row, "ReleaseStrategy", strategies[release_of(row, index)]);
    if (row_since(row, 2025, 5, 27))
        row_text(row, "PurchaseOrderNumber", index % 4 == 0 ? "PO-8/2" : NULL);
    if (row_since(row, 2025, 9, 15))
        row_id(row, "BusinessSegmentId",
               index % 3 ? hotel_static_ref(ID_BUSINESS_SEGMENT, index % 4) : NO_REF);
    if (row_since(row, 2025, 12, 18)) {
        row_instant(row, "CanceledUtc", row_past(row, block->canceled_at));
        row_text(row, "CancellationReason", canceled ? rows_cancellation_reason(index) : NULL);
        row_text(row, "CancellationReasonDetail",
                 canceled && index % 4 == 1 ? "No answer from the organiser" : NULL);
    }
}

void rows_availability_block(struct row *row, const struct hotel *hotel, uint32_t index)
{
    const struct availability_block *block = &hotel->blocks.items[index];
    const struct stay *stay = &hotel->stays[block->stay];

    row_begin(row);
    write_block_head(row, hotel, index);
    write_parties(row, hotel, stay, index);
    write_budget(row, hotel, index);
    row_text(row, "State", block_state(row, block, index));
    row_text(row, "ReservationPurpose", rows_purpose(index));
    row_instant(row, "CreatedUtc", block->created_at);
    row_instant(row, "UpdatedUtc", row->at);
    row_midnight(row, "FirstTimeUnitStartUtc", block->first_day, 0);
    row_midnight(row, "LastTimeUnitStartUtc", block->last_day, 0);
    write_release(row, block, index);
    write_block_texts(row, index);
    write_block_tail(row, hotel, index);
    row_end(row);
}

void rows_resource_block(struct row *row, const struct hotel *hotel, uint32_t index)
{
    const struct resource_block *block = &hotel->resource_blocks.items[index];

    row_begin(row);
    row_id(row, "Id", hotel_ref(hotel, ENTITY_RESOURCE_BLOCK, (int32_t)index));
    if (row_since(row, 2025, 9, 15))
        row_enterprise_id(row, "EnterpriseId");
    row_id(row, "AssignedResourceId", hotel_room_ref(block->category, block->room));
    row_bool(row, "IsActive", !row_happened(row, block->deleted_at));
    row_text(row, "Type", index % 2 ? "InternalUse" : "OutOfOrder");
    row_instant(row, "StartUtc", block->start_at);
    row_instant(row, "EndUtc", block->end_at);
    row_instant(row, "CreatedUtc", block->created_at);
    row_instant(row, "UpdatedUtc", row->at);
    if (row_since(row, 2025, 6, 20))
        row_instant(row, "DeletedUtc", row_past(row, block->deleted_at));
    row_text(row, "Name", index % 2 ? "Staff lodging" : "Leaking tap – dripping / Wasserhahn");
    row_text(row, "Notes", index % 4 == 1 ? "See ticket \\ ask maintenance" : NULL);
    row_end(row);
}
