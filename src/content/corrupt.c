#include "content/corrupt.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "content/cut_character.h"

#define BLANK ' '

static const char page[] = "<html><head><title>502 Bad Gateway</title></head></html>";

/* Bytes from..end of the file become (byte & keep) ^ set, or text. None: from == end. */
struct edit {
    uint64_t from;
    uint64_t end;
    uint8_t keep;
    uint8_t set;
    const char *text; /* static; NULL: none */
};

struct corrupt_file {
    struct source source; /* owned */
    size_t edit_count;
    struct edit edits[];
};

/* A row that is aimed at; all three equal: none. */
struct target {
    uint64_t start;
    uint64_t content_end; /* where the line end begins */
    uint64_t end;
};

static struct edit fill(uint64_t from, uint64_t end, char with)
{
    return (struct edit){.from = from, .end = end, .set = (uint8_t)with};
}

static bool is_continuation(char byte)
{
    return ((uint8_t)byte & 0xC0) == 0x80;
}

/* Moves *at, the middle of a row that is not empty, to the start of its character. */
static enum status find_middle(const struct source *source, const struct target *row, uint64_t *at)
{
    uint64_t middle = row->start + (row->content_end - row->start) / 2;
    uint64_t from = middle - row->start < 3 ? row->start : middle - 3;
    char bytes[4];
    enum status status = source->read_at(source->state, from, bytes, (size_t)(middle - from) + 1);

    while (status == STATUS_OK && middle > from && is_continuation(bytes[middle - from]))
        middle--;
    *at = middle;
    return status;
}

static enum status find_line_end(const struct source *source, struct row_span span,
                                 struct target *row)
{
    size_t length = span.length_bytes < 2 ? (size_t)span.length_bytes : 2;
    uint64_t end = span.offset_bytes + span.length_bytes;
    char bytes[2] = {0};
    enum status status = source->read_at(source->state, end - length, bytes, length);

    *row = (struct target){span.offset_bytes, end, end};
    if (status != STATUS_OK || bytes[length - 1] != '\n')
        return status;
    row->content_end = end - (length == 2 && bytes[0] == '\r' ? 2 : 1);
    return status;
}

static enum status cut_in_utf8(const struct source *source, const struct target *row,
                               struct edit *out)
{
    struct cut_place place;
    enum status status = cut_character_find(
        source, (struct row_span){row->start, row->content_end - row->start}, &place);

    if (status != STATUS_OK || place.length_bytes == 0)
        return status;
    out->from = place.offset_bytes;
    out->end = place.offset_bytes + place.length_bytes;
    out->text = place.bytes;
    return STATUS_OK;
}

static struct edit replace_by_page(const struct target *row)
{
    uint64_t length = row->content_end - row->start;

    if (length > sizeof page - 1)
        length = sizeof page - 1;
    return (struct edit){.from = row->start, .end = row->start + length, .text = page};
}

/* What is done to the byte at an offset. */
static struct edit edit_byte(enum corruption_how how, uint64_t at)
{
    struct edit edit = {.from = at, .end = at + 1};

    if (how == CORRUPT_FLIP_BIT) {
        edit.keep = 0xFF;
        edit.set = 0x80;
    }
    return edit;
}

/* What is done to a row that is there. */
static enum status edit_row(const struct source *source, enum corruption_how how,
                            const struct target *row, struct edit *out)
{
    enum status status = STATUS_OK;
    uint64_t middle = row->start;

    if (how == CORRUPT_NO_LINE_END) {
        *out = fill(row->content_end, row->end, BLANK);
        return STATUS_OK;
    }
    if (row->content_end == row->start)
        return STATUS_OK;
    if (how == CORRUPT_CUT_IN_UTF8)
        return cut_in_utf8(source, row, out);
    if (how == CORRUPT_NOT_JSON)
        *out = replace_by_page(row);
    else
        status = find_middle(source, row, &middle);
    if (how == CORRUPT_CUT_ROW)
        *out = fill(middle, row->content_end, BLANK);
    else if (how == CORRUPT_FLIP_BIT || how == CORRUPT_NUL)
        *out = edit_byte(how, middle);
    return status;
}

/* The file as it was opened, and how its rows are found. */
struct aim {
    struct content *content;
    const struct dataset_query *query;
    const struct data_choice *choice;
    uint32_t index;
    const struct source *source;
};

static enum status aim_at_row(const struct aim *aim, const struct corruption *corruption,
                              struct edit *out)
{
    struct row_span span;
    struct target row;
    bool found;
    enum status status = content_find_row(aim->content, aim->query, aim->choice, aim->index,
                                          aim->source, corruption->row - 1, &span, &found);

    if (status != STATUS_OK || !found || span.length_bytes == 0)
        return status;
    status = find_line_end(aim->source, span, &row);
    if (status == STATUS_OK)
        status = edit_row(aim->source, corruption->how, &row, out);
    return status;
}

/* Works out what a corruption comes to: an edit, a shorter file, or nothing. */
static enum status work_out(const struct aim *aim, const struct corruption *corruption,
                            struct edit *out, uint64_t *size_bytes)
{
    const struct source *source = aim->source;
    enum status status;
    char last;

    switch (corruption->how) {
    case CORRUPT_NO_LAST_NEWLINE:
        if (source->size_bytes == 0)
            return STATUS_OK;
        status = source->read_at(source->state, source->size_bytes - 1, &last, 1);
        if (status == STATUS_OK && last == '\n')
            *size_bytes = source->size_bytes - 1;
        return status;
    case CORRUPT_FLIP_BIT:
    case CORRUPT_NUL:
        if (!corruption->has_byte)
            break;
        if (corruption->byte < source->size_bytes)
            *out = edit_byte(corruption->how, corruption->byte);
        return STATUS_OK;
    case CORRUPT_CUT_IN_UTF8:
    case CORRUPT_CUT_ROW:
    case CORRUPT_NO_LINE_END:
    case CORRUPT_NOT_JSON:
        break;
    case CORRUPT_NONE:
    case CORRUPT_WRONG_SIZE:
    case CORRUPT_HOW_COUNT:
        return STATUS_OK;
    }
    return corruption->row ? aim_at_row(aim, corruption, out) : STATUS_OK;
}

/* Writes an edit's part of length bytes that were read at offset. */
static void apply(const struct edit *edit, uint64_t offset, char *bytes, size_t length)
{
    uint64_t from = edit->from > offset ? edit->from : offset;
    uint64_t end = edit->end < offset + length ? edit->end : offset + length;

    for (uint64_t at = from; at < end; at++) {
        char *byte = &bytes[at - offset];

        if (edit->text)
            *byte = edit->text[at - edit->from];
        else
            *byte = (char)(((uint8_t)*byte & edit->keep) ^ edit->set);
    }
}

static enum status read_corrupt(void *state, uint64_t offset, void *out, size_t length)
{
    const struct corrupt_file *file = state;
    enum status status = file->source.read_at(file->source.state, offset, out, length);

    for (size_t i = 0; i < file->edit_count && status == STATUS_OK; i++)
        apply(&file->edits[i], offset, out, length);
    return status;
}

static void release_corrupt(void *state)
{
    struct corrupt_file *file = state;

    source_release(&file->source);
    free(file);
}

enum status content_corrupt(struct content *content, const struct dataset_query *query,
                            const struct data_choice *choice, uint32_t index,
                            const struct corruption *list, size_t count, struct source *source,
                            struct error *err)
{
    struct corrupt_file *file = memory_new(sizeof *file + count * sizeof file->edits[0]);
    struct aim aim = {content, query, choice, index, source};
    uint64_t size_bytes = source->size_bytes;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct edit edit = {0};

        status = work_out(&aim, &list[i], &edit, &size_bytes);
        if (edit.from < edit.end)
            file->edits[file->edit_count++] = edit;
    }
    if (status != STATUS_OK) {
        free(file);
        return error_set(err, status, NULL, "a file of the folder cannot be read any more");
    }
    if (file->edit_count == 0 && size_bytes == source->size_bytes) {
        free(file);
        return STATUS_OK;
    }
    file->source = *source;
    *source = (struct source){size_bytes, -1, read_corrupt, release_corrupt, file};
    return STATUS_OK;
}
