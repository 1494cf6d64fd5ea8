#include "data/row.h"

#include <string.h>

#include "base/escape.h"
#include "base/memory.h"
#include "base/timestamp.h"
#include "data/calendar.h"
#include "data/hazard.h"

/* A place of the right width; patched before anybody sees it. */
static const char blank[] = "000000000000000000000000000000000000";

static void add_patch(struct row *row, struct patch patch)
{
    struct patch_list *list = row->patches;

    if (list->count == list->capacity) {
        list->capacity = list->capacity ? list->capacity * 2 : 256;
        list->items = memory_resize(list->items, list->capacity, sizeof *list->items);
    }
    patch.at = (uint16_t)(row->text->length - row->start);
    list->items[list->count++] = patch;
}

static void add_blank(struct row *row, size_t width)
{
    strbuf_append(row->text, blank, width);
}

static void begin_value(struct row *row, const char *name)
{
    if (row->strange.hazards)
        strange_end_value(row);
    if (row->separate)
        strbuf_append_char(row->text, ',');
    row->separate = true;
    if (name) {
        strbuf_append_char(row->text, '"');
        strbuf_append_text(row->text, name);
        strbuf_append(row->text, "\":", 2);
    }
    if (row->strange.hazards)
        strange_begin_value(row, name);
}

void row_begin(struct row *row)
{
    row->start = row->text->length;
    row->separate = false;
    strange_begin_row(row);
    row_open_object(row, NULL);
}

void row_end(struct row *row)
{
    row_close_object(row);
    if (hazard_in(row->strange.hazards, HAZARD_CRLF))
        strbuf_append_char(row->text, '\r');
    strbuf_append_char(row->text, '\n');
}

void row_open_object(struct row *row, const char *name)
{
    begin_value(row, name);
    strbuf_append_char(row->text, '{');
    row->separate = false;
    if (row->strange.hazards)
        strange_open(row, name);
}

void row_close_object(struct row *row)
{
    if (row->strange.hazards)
        strange_close_object(row);
    strbuf_append_char(row->text, '}');
    row->separate = true;
}

void row_open_array(struct row *row, const char *name)
{
    begin_value(row, name);
    strbuf_append_char(row->text, '[');
    row->separate = false;
    if (row->strange.hazards)
        strange_open(row, name);
}

void row_close_array(struct row *row)
{
    if (row->strange.hazards)
        strange_close_array(row);
    strbuf_append_char(row->text, ']');
    row->separate = true;
}

void row_empty_array(struct row *row, const char *name)
{
    row_open_array(row, name);
    row_close_array(row);
}

void row_null(struct row *row, const char *name)
{
    begin_value(row, name);
    strbuf_append(row->text, "null", 4);
}

void row_bool(struct row *row, const char *name, bool value)
{
    begin_value(row, name);
    strbuf_append_text(row->text, value ? "true" : "false");
}

void row_int(struct row *row, const char *name, int64_t value)
{
    begin_value(row, name);
    strbuf_append_i64(row->text, value);
}

void row_decimal(struct row *row, const char *name, int64_t hundredths)
{
    int64_t size = hundredths < 0 ? -hundredths : hundredths;
    int cents = (int)(size % 100);

    begin_value(row, name);
    if (hundredths < 0)
        strbuf_append_char(row->text, '-');
    strbuf_append_i64(row->text, size / 100);
    if (cents == 0)
        return;
    strbuf_append_char(row->text, '.');
    strbuf_append_char(row->text, (char)('0' + cents / 10));
    if (cents % 10)
        strbuf_append_char(row->text, (char)('0' + cents % 10));
}

void row_open_text(struct row *row, const char *name)
{
    begin_value(row, name);
    strbuf_append_char(row->text, '"');
}

void row_text_part(struct row *row, const char *text)
{
    escape_append(row->text, text, strlen(text));
}

void row_close_text(struct row *row)
{
    strbuf_append_char(row->text, '"');
}

void row_text(struct row *row, const char *name, const char *text)
{
    if (!text) {
        row_null(row, name);
        return;
    }
    row_open_text(row, name);
    row_text_part(row, text);
    row_close_text(row);
}

/* A thing of the block: the day of its creation moves with the block, the time of day stays. */
static void add_row_id(struct row *row, struct id_ref ref)
{
    int64_t day = (ref.created_at >= 0 ? ref.created_at : ref.created_at - (SECONDS_PER_DAY - 1)) /
                  SECONDS_PER_DAY;
    struct uuid id = uuid_platform(0, 0, (ref.created_at - day * SECONDS_PER_DAY) * MS_PER_SECOND);
    char text[UUID_LENGTH];

    add_patch(row, (struct patch){.kind = PATCH_ROW_ID,
                                  .id_kind = (uint8_t)ref.kind,
                                  .index = ref.index,
                                  .day = (int32_t)day});
    uuid_write(text, &id);
    strbuf_append(row->text, text, sizeof text);
}

void row_id_part(struct row *row, struct id_ref ref)
{
    struct patch patch = {.id_kind = (uint8_t)ref.kind, .index = ref.index};

    if (ref.kind < ID_RESOURCE) {
        add_row_id(row, ref);
        return;
    }
    patch.kind = ref.kind == ID_RESOURCE ? PATCH_ROOM_ID : PATCH_STATIC_ID;
    add_patch(row, patch);
    add_blank(row, UUID_LENGTH);
}

void row_id(struct row *row, const char *name, struct id_ref ref)
{
    if (ref.kind == ID_KIND_COUNT) {
        row_null(row, name);
        return;
    }
    row_open_text(row, name);
    row_id_part(row, ref);
    row_close_text(row);
}

/* A string that is one patch of fixed width. */
static void add_patched_text(struct row *row, const char *name, struct patch patch, size_t width)
{
    row_open_text(row, name);
    add_patch(row, patch);
    add_blank(row, width);
    row_close_text(row);
}

void row_enterprise_id(struct row *row, const char *name)
{
    add_patched_text(row, name, (struct patch){.kind = PATCH_ENTERPRISE}, UUID_LENGTH);
}

void row_chain_id(struct row *row, const char *name)
{
    add_patched_text(row, name, (struct patch){.kind = PATCH_CHAIN}, UUID_LENGTH);
}

void row_date(struct row *row, const char *name, int32_t day)
{
    add_patched_text(row, name, (struct patch){.kind = PATCH_DATE, .day = day}, DATE_LENGTH);
}

void row_midnight(struct row *row, const char *name, int32_t day, int32_t second_s)
{
    add_patched_text(row, name,
                     (struct patch){.kind = PATCH_MIDNIGHT, .day = day, .second_s = second_s},
                     TIMESTAMP_SECONDS_LENGTH);
}

void row_wall(struct row *row, const char *name, int32_t day, int32_t second_s)
{
    add_patched_text(row, name,
                     (struct patch){.kind = PATCH_WALL, .day = day, .second_s = second_s},
                     TIMESTAMP_SECONDS_LENGTH);
}

void row_instant(struct row *row, const char *name, int64_t at)
{
    int64_t day;
    char text[TIMESTAMP_SECONDS_LENGTH];

    if (at == NEVER_AT) {
        row_null(row, name);
        return;
    }
    day = (at >= 0 ? at : at - (SECONDS_PER_DAY - 1)) / SECONDS_PER_DAY;
    row_open_text(row, name);
    add_patch(row, (struct patch){.kind = PATCH_DATE, .day = (int32_t)day});
    timestamp_write_seconds(text, (at - day * SECONDS_PER_DAY) * MS_PER_SECOND);
    strbuf_append(row->text, text, sizeof text);
    row_close_text(row);
}

static void add_number(struct row *row, enum id_kind kind, uint32_t index)
{
    add_patch(row, (struct patch){.kind = PATCH_NUMBER, .id_kind = (uint8_t)kind, .index = index});
    add_blank(row, row->digits[kind]);
}

void row_number(struct row *row, const char *name, enum id_kind kind, uint32_t index)
{
    begin_value(row, name);
    add_number(row, kind, index);
}

void row_number_text(struct row *row, const char *name, const char *before, enum id_kind kind,
                     uint32_t index, const char *after)
{
    row_open_text(row, name);
    row_text_part(row, before);
    add_number(row, kind, index);
    row_text_part(row, after);
    row_close_text(row);
}
