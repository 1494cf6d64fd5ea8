#include "verify/splitter.h"

#include <string.h>

static const char MARK[] = "\xef\xbb\xbf";

void splitter_init(struct splitter *splitter, struct verify_oddities *oddities,
                   void (*take)(void *state, const struct verify_row *row), void *state)
{
    *splitter = (struct splitter){.take = take, .state = state, .oddities = oddities};
    splitter_begin(splitter);
}

void splitter_release(struct splitter *splitter)
{
    strbuf_release(&splitter->part);
}

void splitter_begin(struct splitter *splitter)
{
    strbuf_reset(&splitter->part);
    splitter->form = SPLITTER_UNKNOWN;
    splitter->is_too_long = splitter->in_string = splitter->is_escaped = false;
    splitter->offset_bytes = splitter->row_offset_bytes = 0;
    splitter->line = splitter->row_line = 1;
    splitter->mark_count = splitter->depth = 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_blank(const char *bytes, size_t length)
{
    while (length > 0 && is_space(bytes[length - 1]))
        length--;
    return length == 0;
}

/* Hands a row on, unless it is blank. */
static void emit(struct splitter *splitter, const char *bytes, size_t length, bool is_last)
{
    struct verify_row row = {
        bytes,  length, splitter->row_line, splitter->row_offset_bytes, splitter->is_too_long,
        is_last};

    if (length > 0 && bytes[length - 1] == '\r' && !is_last) {
        row.length--;
        splitter->oddities->crlf_lines++;
    }
    if (!is_blank(bytes, length))
        splitter->take(splitter->state, &row);
    else if (splitter->form == SPLITTER_LINES && !is_last)
        splitter->oddities->blank_lines++;
}

/* Keeps bytes of a row that goes on, as many as a row may have. */
static void keep(struct splitter *splitter, const char *bytes, size_t length)
{
    size_t room = VERIFY_ROW_MAX_BYTES - splitter->part.length;

    if (length > room) {
        splitter->is_too_long = true;
        length = room;
    }
    strbuf_append(&splitter->part, bytes, length);
}

/* The row that was being kept is over; the next one begins behind it. */
static void end_part(struct splitter *splitter, bool is_last)
{
    emit(splitter, strbuf_text(&splitter->part), splitter->part.length, is_last);
    strbuf_reset(&splitter->part);
    splitter->is_too_long = false;
}

/* Takes one line, or what there is of it. Gives how many bytes that were. */
static size_t take_line(struct splitter *splitter, const char *bytes, size_t length)
{
    const char *newline = memchr(bytes, '\n', length);
    size_t taken = newline ? (size_t)(newline - bytes) : length;

    if (splitter->part.length == 0) {
        splitter->row_offset_bytes = splitter->offset_bytes;
        splitter->row_line = splitter->line;
    }
    if (!newline) {
        keep(splitter, bytes, taken);
        return taken;
    }
    if (splitter->part.length == 0 && taken <= VERIFY_ROW_MAX_BYTES) {
        emit(splitter, bytes, taken, false);
    } else {
        keep(splitter, bytes, taken);
        end_part(splitter, false);
    }
    splitter->line++;
    return taken + 1;
}

/* Takes a byte of a row in an array. */
static void take_inside(struct splitter *splitter, char c)
{
    if (splitter->part.length == 0) {
        splitter->row_offset_bytes = splitter->offset_bytes;
        splitter->row_line = splitter->line;
    }
    keep(splitter, &c, 1);
    if (splitter->in_string) {
        splitter->in_string = splitter->is_escaped || c != '"';
        splitter->is_escaped = !splitter->is_escaped && c == '\\';
        return;
    }
    splitter->in_string = c == '"';
    if (c == '{' || c == '[')
        splitter->depth++;
    else if (c == '}' || c == ']')
        splitter->depth--;
}

/* White space behind a row is not of it. */
static void end_element(struct splitter *splitter)
{
    while (splitter->part.length > 0 && is_space(splitter->part.data[splitter->part.length - 1]))
        splitter->part.length--;
    if (splitter->part.length > 0)
        end_part(splitter, false);
}

/* Takes one byte of an array. */
static void take_byte(struct splitter *splitter, char c)
{
    bool is_outside = splitter->depth == 0 && !splitter->in_string;

    if (is_outside && (c == ',' || c == ']')) {
        end_element(splitter);
        if (c == ']')
            splitter->form = SPLITTER_BEHIND_ARRAY;
    } else if (splitter->part.length > 0 || !is_space(c)) {
        take_inside(splitter, c);
    }
    splitter->line += c == '\n';
}

/* Finds out by the first byte that counts what the file is. */
static size_t take_first(struct splitter *splitter, char c)
{
    if (splitter->mark_count < sizeof MARK - 1 && splitter->offset_bytes == splitter->mark_count &&
        c == MARK[splitter->mark_count]) {
        splitter->oddities->byte_order_marks += ++splitter->mark_count == sizeof MARK - 1;
        return 1;
    }
    if (splitter->mark_count < sizeof MARK - 1 && splitter->mark_count > 0)
        keep(splitter, MARK, splitter->mark_count);
    if (c == '[' && splitter->part.length == 0) {
        splitter->form = SPLITTER_ARRAY;
        splitter->oddities->arrays++;
        return 1;
    }
    splitter->form = SPLITTER_LINES;
    return 0;
}

void splitter_feed(struct splitter *splitter, const char *bytes, size_t length)
{
    while (length > 0) {
        size_t taken = 1;

        if (splitter->form == SPLITTER_UNKNOWN)
            taken = take_first(splitter, *bytes);
        else if (splitter->form == SPLITTER_ARRAY)
            take_byte(splitter, *bytes);
        else
            taken = take_line(splitter, bytes, length);
        splitter->offset_bytes += taken;
        bytes += taken;
        length -= taken;
    }
}

void splitter_end(struct splitter *splitter)
{
    if (splitter->form == SPLITTER_UNKNOWN && splitter->mark_count < sizeof MARK - 1)
        keep(splitter, MARK, splitter->mark_count);
    if (splitter->part.length > 0)
        end_part(splitter, true);
}
