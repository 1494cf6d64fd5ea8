#include "data/strange.h"

#include "data/hazard.h"
#include "data/row.h"
#include "data/strange_names.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#define UNKNOWN_VALUE "\"NotInAnyDocs\""

/*
 * Texts as they stand in a row: what breaks clients that count bytes for characters, cut strings
 * anywhere, split lines at what only looks like an end of line, or read JSON by patterns.
 */
static const char *const texts[] = {
    "\"Zoe\xcc\x88 Nu\xcc\x81n\xcc\x83"
    "ez and Zo\\u00eb N\\u00FA\\u00f1ez\"", /* combining marks */
    "\"שלום עולם (12) مرحبا, \xe2\x80\x8fright to left\xe2\x80\x8e\"",
    "\"😀 👩\xe2\x80\x8d👩\xe2\x80\x8d👧\xe2\x80\x8d👦 🇨🇿 𝄞 𠮷野家\"",      /* beyond the first plane */
    "\"\\uD83D\\uDE00 \\ud834\\udd1e \\u0041\\u030A \\u4e2d\\u6587\"", /* surrogate pairs */
    "\"quote \\\" backslash \\\\ slash \\/ tab \\t line\\nend \\r\\n \\b\\f\"",
    "\"next\xc2\x85line\xe2\x80\xa8line\xe2\x80\xa9paragraph\xc2\xa0space\"", /* no line ends */
    "\"{\\\"Id\\\":\\\"no row\\\"}\\n{\\\"Id\\\":\\\"nor this\\\"},[1,2]\"",
    "\"İstanbul ıI ß ẞ ﬁ ŉ Ǆ Σς\"", /* change length or sort with their case */
    "\"क्षि ภาษาไทย ខ្មែរ 한국어 日本語\"",
    "\"e\xcc\x81\xcc\xa7\xcc\x82\xcc\x84\xcc\x86 \xef\xbb\xbfzero\xe2\x80\x8bwidth, '; -- "
    "</b>&amp;%s\"",
};

/* Properties of the future, for the end of any object. */
static const char *const unknown_properties[] = {
    "\"NewFlag\":true,\"NewCount\":9007199254740993",
    "\"NewText\":\"not in any docs\",\"NewNothing\":null",
    "\"NewObject\":{\"Id\":\"x\",\"Values\":[1,2.5e-3,{\"Deeper\":[]}]}",
    "\"NewList\":[\"a\",{\"Id\":1},[null,false]]",
};

/* Which of the rows have what, so that any row of a few has something. */
static bool is_null_row(const struct strange *strange)
{
    return hazard_in(strange->hazards, HAZARD_NULL_ROWS) && strange->index % 5 == 1;
}

static bool is_long_row(const struct strange *strange)
{
    return hazard_in(strange->hazards, HAZARD_LONG_STRINGS) && strange->index % 16 == 5;
}

static bool is_unknown_row(const struct strange *strange)
{
    return hazard_in(strange->hazards, HAZARD_UNKNOWN_ENUM_VALUES) && strange->index % 4 == 2;
}

static bool is_escaped_row(const struct strange *strange)
{
    return hazard_in(strange->hazards, HAZARD_UNICODE) && strange->index % 4 == 1;
}

/* The name of what is open; "" for the row. */
static const char *container(const struct strange *strange)
{
    unsigned depth = strange->depth;

    return depth > 0 && depth <= STRANGE_DEPTH ? strange->names[depth - 1] : "";
}

static bool may_be_null(const struct row *row, const char *name)
{
    const struct strange *strange = &row->strange;
    const char *parent = strange->depth > 1 ? container(strange) : NULL;

    return strange_is_nullable(strange->type, parent, name) &&
           !(row_in_seed_era(row) && strange_was_required(name));
}

static enum strange_change choose_change(const struct row *row, const char *name)
{
    const struct strange *strange = &row->strange;

    if (is_null_row(strange) && may_be_null(row, name))
        return CHANGE_NULL;
    if (is_long_row(strange) && strange_limit(name) > 0)
        return CHANGE_LENGTH;
    if (hazard_in(strange->hazards, HAZARD_UNICODE) && strange_is_text(name))
        return CHANGE_TEXT;
    if (is_unknown_row(strange) && strange_is_enum(name))
        return CHANGE_UNKNOWN;
    if (is_escaped_row(strange) && strange_is_enum(name))
        return CHANGE_ESCAPE;
    return CHANGE_NOTHING;
}

/* Takes the text back to where it was, length bytes from the start of the value. */
static void cut_value(struct row *row, size_t length)
{
    row->text->length = row->strange.mark + length;
}

static void overwrite(struct row *row, const char *json)
{
    cut_value(row, 0);
    row->patches->count = row->strange.patch_mark;
    strbuf_append_text(row->text, json);
}

/* A running number in a string keeps its place and the string its meaning. */
static bool has_patches(const struct row *row)
{
    return row->patches->count > row->strange.patch_mark;
}

static bool is_string(const struct row *row)
{
    return row->text->data[row->strange.mark] == '"';
}

/* How many characters an escaped string is once it is read. */
static size_t count_characters(const char *text, size_t length)
{
    size_t count = 0;

    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\\')
            i += text[i + 1] == 'u' ? 5 : 1;
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    }
    return count;
}

/* Fills up a string, or what was null, to limit characters. */
static void lengthen(struct row *row)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz ";
    const char *value = row->text->data + row->strange.mark;
    size_t length = row->text->length - row->strange.mark;
    size_t count = 0;

    if (is_string(row)) {
        count = count_characters(value + 1, length - 2);
        cut_value(row, length - 1);
    } else {
        overwrite(row, "\"");
    }
    for (size_t i = count; i < row->strange.limit; i++)
        strbuf_append_char(row->text, letters[i % (sizeof letters - 1)]);
    strbuf_append_char(row->text, '"');
}

static void escape_first_letter(struct row *row)
{
    struct strbuf value = STRBUF_INIT;

    strbuf_append(&value, row->text->data + row->strange.mark,
                  row->text->length - row->strange.mark);
    cut_value(row, 1);
    strbuf_appendf(row->text, "\\u%04x", (unsigned)(unsigned char)value.data[1]);
    strbuf_append(row->text, value.data + 2, value.length - 2);
    strbuf_release(&value);
}

static void change_value(struct row *row)
{
    switch (row->strange.change) {
    case CHANGE_NOTHING:
        break;
    case CHANGE_NULL:
        overwrite(row, "null");
        break;
    case CHANGE_LENGTH:
        lengthen(row);
        break;
    case CHANGE_TEXT:
        if (!has_patches(row))
            overwrite(row, texts[row->strange.turn++ % COUNT_OF(texts)]);
        break;
    case CHANGE_UNKNOWN:
        if (is_string(row))
            overwrite(row, UNKNOWN_VALUE);
        break;
    case CHANGE_ESCAPE:
        if (is_string(row))
            escape_first_letter(row);
        break;
    }
}

void strange_begin_row(struct row *row)
{
    row->strange.turn = row->strange.index;
    row->strange.depth = 0;
    row->strange.change = CHANGE_NOTHING;
}

/* Comes for values in a value, too, which are not the one that ends. */
void strange_end_value(struct row *row)
{
    struct strange *strange = &row->strange;

    if (strange->change == CHANGE_NOTHING || strange->change_depth != strange->depth)
        return;
    change_value(row);
    strange->change = CHANGE_NOTHING;
}

void strange_begin_value(struct row *row, const char *name)
{
    struct strange *strange = &row->strange;

    /* Not for the row itself; and what is in a value that becomes null does not matter. */
    if (strange->depth == 0 || strange->change != CHANGE_NOTHING)
        return;
    if (!name)
        name = container(strange);
    strange->change = choose_change(row, name);
    strange->change_depth = strange->depth;
    strange->limit = strange_limit(name);
    strange->mark = row->text->length;
    strange->patch_mark = row->patches->count;
}

void strange_open(struct row *row, const char *name)
{
    struct strange *strange = &row->strange;

    /* Of objects and arrays only null can be made; all other changes are for strings. */
    if (strange->change_depth == strange->depth && strange->change != CHANGE_NULL)
        strange->change = CHANGE_NOTHING;
    if (!name)
        name = container(strange);
    if (strange->depth < STRANGE_DEPTH)
        strange->names[strange->depth] = name;
    strange->depth++;
}

void strange_close_array(struct row *row)
{
    strange_end_value(row);
    row->strange.depth--;
}

void strange_close_object(struct row *row)
{
    struct strange *strange = &row->strange;

    strange_end_value(row);
    if (hazard_in(strange->hazards, HAZARD_UNKNOWN_PROPERTIES) &&
        !strange_is_map(container(strange))) {
        if (row->separate)
            strbuf_append_char(row->text, ',');
        strbuf_append_text(row->text,
                           unknown_properties[strange->turn++ % COUNT_OF(unknown_properties)]);
    }
    strange->depth--;
}
