#include "data/hazard.h"

#include <string.h>

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
