#include "data/outline.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/timestamp.h"
#include "data/hazard.h"

/* Room is left for a row that a file says twice. */
#define EXPORT_MAX_BYTES (INT64_MAX - UINT16_MAX)

/* The instant at which life ends. */
static int64_t last_ms(void)
{
    return day_from_civil((struct civil_date){SCALE_LAST_YEAR, 1, 1}) * MS_PER_DAY;
}

static int64_t clamp(int64_t value, int64_t least, int64_t most)
{
    return value < least ? least : value > most ? most : value;
}

/* The first whole second at or after an instant that can be written. */
static int64_t second_from(int64_t at_ms)
{
    int64_t ms = clamp(at_ms, TIMESTAMP_MIN_MS, TIMESTAMP_MAX_MS);

    return ms / MS_PER_SECOND + (ms % MS_PER_SECOND > 0);
}

/* Narrows to instants from start_s included to end_s excluded. */
static void narrow(struct plan_query *query, int64_t start_s, int64_t end_s)
{
    if (!query->has_window || start_s > query->window_start_s)
        query->window_start_s = start_s;
    if (!query->has_window || end_s < query->window_end_s)
        query->window_end_s = end_s;
    query->has_window = true;
}

static void narrow_to_updated(struct plan_query *plan, const struct dataset_query *query,
                              int64_t opening_s)
{
    int64_t start_s = second_from(query->updated_start_ms);
    int64_t end_s = second_from(query->updated_end_ms);

    if (query->updated_start_ms == query->updated_end_ms &&
        query->updated_start_ms % MS_PER_SECOND == 0)
        end_s++;
    narrow(plan, start_s - opening_s, end_s - opening_s);
}

/* A posting date is the date of a clock without daylight saving: see rows_ledger_entry.c. */
static void narrow_to_posting(struct plan_query *plan, const struct dataset_query *query,
                              enum zone zone, int64_t opening_s)
{
    int64_t zero_s = opening_s + zone_standard_offset_s(zone);

    narrow(plan, query->posting_start_day * SECONDS_PER_DAY - zero_s,
           (query->posting_end_day + INT64_C(1)) * SECONDS_PER_DAY - zero_s);
}

static struct plan_query plan_query_of(const struct dataset_query *query, enum zone zone,
                                       int32_t opening_day)
{
    int64_t opening_s = opening_day * SECONDS_PER_DAY;
    int64_t as_of_ms = clamp(query->as_of_ms, TIMESTAMP_MIN_MS, last_ms());
    struct plan_query plan = {.as_of_s = second_from(as_of_ms + 1) - opening_s};

    if (query->has_updated)
        narrow_to_updated(&plan, query, opening_s);
    if (query->has_posting && query->entity_type == ENTITY_LEDGER_ENTRY)
        narrow_to_posting(&plan, query, zone, opening_s);
    return plan;
}

static void add_plan(struct outline *outline, struct shelf *shelf,
                     const struct dataset_query *query, enum pricing pricing)
{
    const struct block *block = shelf_get(shelf, pricing, query->entity_type);
    struct plan_query plan;

    outline->has_plan[pricing] = true;
    plan = plan_query_of(query, shelf->facts[pricing].zone, outline->opening_day);
    plan_init(&outline->plans[pricing], block, &shelf->scale, &plan,
              shelf->config->rows[query->entity_type]);
}

/* False when the export would have more bytes than can be counted. */
static bool add_enterprise(struct outline *outline, const struct enterprise *enterprise)
{
    const struct plan *plan = &outline->plans[enterprise->pricing];
    size_t index = outline->enterprise_count;

    if (plan->byte_count > EXPORT_MAX_BYTES - outline->starts[index])
        return false;
    outline->enterprises[index] = *enterprise;
    outline->row_count += plan->row_count;
    outline->starts[index + 1] = outline->starts[index] + plan->byte_count;
    outline->enterprise_count++;
    return true;
}

/* What keeps the number of files down and gives each a whole row, however long hazards make it. */
static uint64_t least_file_bytes(const struct outline *outline, uint32_t hazards)
{
    uint64_t most_files = DATASET_MAX_FILES - hazard_in(hazards, HAZARD_EMPTY_FILE);
    uint64_t bytes = outline_bytes(outline);
    uint64_t least = bytes / most_files + (bytes % most_files > 0);

    for (int pricing = 0; pricing < PRICING_COUNT; pricing++)
        if (outline->has_plan[pricing] && outline->plans[pricing].block->longest_row_bytes > least)
            least = outline->plans[pricing].block->longest_row_bytes;
    return least;
}

/* Files near the size wanted. */
static void cut_files(struct outline *outline, uint64_t max_file_bytes, uint32_t hazards)
{
    uint64_t bytes = outline_bytes(outline);
    uint64_t least = least_file_bytes(outline, hazards);

    outline->file_bytes = max_file_bytes > least ? max_file_bytes : least;
    outline->file_count =
        (uint32_t)(bytes / outline->file_bytes + (bytes % outline->file_bytes > 0));
}

struct outline *outline_new(struct shelf *shelf, const struct dataset_query *query)
{
    struct outline *outline = memory_new(sizeof *outline);
    size_t count = query->enterprise_count;

    outline->holders = 1;
    outline->entity_type = query->entity_type;
    outline->opening_day =
        scale_opening_day(clamp(query->as_of_ms, TIMESTAMP_MIN_MS, TIMESTAMP_MAX_MS));
    outline->enterprises = memory_resize(NULL, count + 1, sizeof *outline->enterprises);
    outline->starts = memory_resize(NULL, count + 1, sizeof *outline->starts);
    outline->starts[0] = 0;
    for (size_t i = 0; i < count; i++) {
        enum pricing pricing = query->enterprises[i].pricing;

        if (!outline->has_plan[pricing])
            add_plan(outline, shelf, query, pricing);
        if (!add_enterprise(outline, &query->enterprises[i]))
            break;
    }
    cut_files(outline, shelf->config->max_file_bytes, shelf->config->hazards);
    return outline;
}

void outline_wake(struct outline *outline, struct shelf *shelf)
{
    for (int pricing = 0; pricing < PRICING_COUNT; pricing++)
        if (outline->has_plan[pricing])
            outline->plans[pricing].block =
                shelf_get(shelf, (enum pricing)pricing, outline->entity_type);
}

void outline_drop(struct outline *outline, struct layouts *layouts)
{
    if (!outline || --outline->holders > 0)
        return;
    for (int pricing = 0; pricing < PRICING_COUNT; pricing++) {
        layouts_forget(layouts, &outline->plans[pricing]);
        plan_release(&outline->plans[pricing]);
    }
    free(outline->enterprises);
    free(outline->starts);
    free(outline);
}

/* The enterprise whose rows hold byte: the last that begins at or before it. */
static size_t find_enterprise(const struct outline *outline, uint64_t byte)
{
    size_t low = 0, high = outline->enterprise_count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (outline->starts[middle] <= byte)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct outline_place outline_find_byte(const struct outline *outline, uint64_t byte,
                                       struct layouts *layouts)
{
    struct outline_place place = {.enterprise = find_enterprise(outline, byte)};
    const struct plan *plan = outline_plan(outline, place.enterprise);
    uint64_t shift = plan->skip_bytes - outline->starts[place.enterprise];
    uint32_t segment = plan_find_segment(plan, byte + shift);

    place.row = plan_find_byte(plan, segment, byte + shift, layouts_get(layouts, plan, segment));
    place.start = place.row.start - shift;
    return place;
}

struct outline_place outline_find_row(const struct outline *outline, uint64_t row,
                                      struct layouts *layouts)
{
    struct outline_place place = {0};
    const struct plan *plan = outline_plan(outline, 0);
    uint32_t segment;

    while (row >= plan->row_count) {
        row -= plan->row_count;
        plan = outline_plan(outline, ++place.enterprise);
    }
    row += plan->skip_rows;
    segment = plan_find_row_segment(plan, row);
    place.row = plan_find_row(plan, segment, row, layouts_get(layouts, plan, segment));
    place.start = place.row.start - plan->skip_bytes + outline->starts[place.enterprise];
    return place;
}

uint64_t outline_row_number(const struct outline *outline, const struct outline_place *place)
{
    const struct plan *plan = outline_plan(outline, place->enterprise);
    uint64_t number = plan_row_number(plan, &place->row) - plan->skip_rows;

    for (size_t i = 0; i < place->enterprise; i++)
        number += outline_plan(outline, i)->row_count;
    return number;
}

uint64_t outline_cut(const struct outline *outline, uint32_t index, struct layouts *layouts)
{
    if (index >= outline->file_count)
        return outline_bytes(outline);
    return outline_find_byte(outline, index * outline->file_bytes, layouts).start;
}
