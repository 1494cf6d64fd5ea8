#include "data/hazard.h"

#include <stdlib.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "base/strbuf.h"

const struct hazard_entry hazard_table[HAZARD_COUNT] = {
    [HAZARD_UNICODE] = {"unicode", "text of every script, combining marks, emoji and JSON escapes"},
    [HAZARD_LONG_STRINGS] = {"long-strings", "strings as long as they may be, notes of 10 KB"},
    [HAZARD_UNKNOWN_PROPERTIES] = {"unknown-properties", "properties that no docs know, anywhere"},
    [HAZARD_UNKNOWN_ENUM_VALUES] = {"unknown-enum-values", "enum values that no docs list"},
    [HAZARD_NULL_ROWS] = {"null-rows", "rows with null in every property that may be null"},
    [HAZARD_EMPTY_FILE] = {"empty-file", "one more file at the end, of 0 bytes"},
    [HAZARD_NO_FILE] = {"no-file", "a finished export without any file"},
    [HAZARD_CRLF] = {"crlf", "rows that end in CR LF"},
    [HAZARD_NO_LAST_NEWLINE] = {"no-last-newline", "last rows of files without a line end"},
    [HAZARD_REPEATED_ROW] = {"repeated-row",
                             "the last row of a file again at the start of the next"},
};

bool hazard_find(const char *name, size_t length, enum dataset_hazard *out)
{
    for (int i = 0; i < HAZARD_COUNT; i++) {
        if (strlen(hazard_table[i].name) == length &&
            memcmp(hazard_table[i].name, name, length) == 0) {
            *out = (enum dataset_hazard)i;
            return true;
        }
    }
    return false;
}

static enum status refuse(const char *text, size_t length, struct error *err)
{
    const char *known[HAZARD_COUNT];
    char *copy = memory_copy_text(text, length);
    struct strbuf list = STRBUF_INIT;
    const char *meant;
    enum status status;

    for (int i = 0; i < HAZARD_COUNT; i++) {
        known[i] = hazard_table[i].name;
        strbuf_appendf(&list, "%s%s", i == 0 ? "" : ", ", known[i]);
    }
    meant = nearest_name(copy, known, HAZARD_COUNT);
    status = error_set(err, STATUS_INVALID, NULL, "%s is not a hazard%s%s%s they are %s",
                       excerpt(text, length).text, meant ? "; did you mean " : "",
                       meant ? meant : "", meant ? "?" : ";", strbuf_text(&list));
    strbuf_release(&list);
    free(copy);
    return status;
}

enum status hazard_read(const char *text, size_t length, enum dataset_hazard *out,
                        struct error *err)
{
    if (hazard_find(text, length, out))
        return STATUS_OK;
    return refuse(text, length, err);
}
