#include "content/cut_character.h"

#include <stdbool.h>

#include "content/scan.h"

#define LINE_END     "\n"
#define LEAD_AND_END "\xC3\n"
#define FIRST_LEAD   0xC2
#define LAST_LEAD    0xF4
#define NOWHERE      UINT64_MAX

/* A walk through the JSON of a row, as far as strings are concerned. */
struct walk {
    uint8_t previous; /* byte; 0: none, or not one to begin with */
    bool in_string;
    bool is_escaped;    /* the next byte belongs to a backslash */
    bool is_value;      /* of the string at hand, or the next one: it stands behind a colon */
    uint64_t character; /* offset of the second byte of the first character of several bytes */
    uint64_t in_value;  /* offset of the first two letters of a string value */
    uint64_t in_name;   /* the same of any other string */
};

static bool is_letter(uint8_t byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

/* Notes two letters that end at offset, unless an earlier pair is known. */
static void see_in_string(struct walk *walk, uint64_t offset, uint8_t byte)
{
    uint64_t *place = walk->is_value ? &walk->in_value : &walk->in_name;

    if (is_letter(walk->previous) && is_letter(byte) && *place == NOWHERE)
        *place = offset - 1;
    walk->previous = byte;
    if (walk->is_escaped) {
        walk->is_escaped = false;
        walk->previous = 0;
    } else if (byte == '\\') {
        walk->is_escaped = true;
    } else if (byte == '"') {
        walk->in_string = false;
        walk->is_value = false;
    }
}

static void see_outside(struct walk *walk, uint8_t byte)
{
    walk->previous = byte;
    if (byte == '"')
        walk->in_string = true;
    else if (byte == ':')
        walk->is_value = true;
    else if (byte == ',' || byte == '{' || byte == '}')
        walk->is_value = false;
}

static bool see(void *state, uint64_t offset, const char *bytes, size_t length)
{
    struct walk *walk = state;

    for (size_t i = 0; i < length; i++) {
        uint8_t byte = (uint8_t)bytes[i];

        if (walk->previous >= FIRST_LEAD && walk->previous <= LAST_LEAD && (byte & 0xC0) == 0x80) {
            walk->character = offset + i;
            return false;
        }
        if (walk->in_string)
            see_in_string(walk, offset + i, byte);
        else
            see_outside(walk, byte);
    }
    return true;
}

enum status cut_character_find(const struct source *source, struct row_span row,
                               struct cut_place *out)
{
    struct walk walk = {.character = NOWHERE, .in_value = NOWHERE, .in_name = NOWHERE};
    enum status status = scan_span(source, row, see, &walk);

    if (status != STATUS_OK)
        return status;
    if (walk.character != NOWHERE)
        *out = (struct cut_place){walk.character, sizeof LINE_END - 1, LINE_END};
    else if (walk.in_value != NOWHERE)
        *out = (struct cut_place){walk.in_value, sizeof LEAD_AND_END - 1, LEAD_AND_END};
    else if (walk.in_name != NOWHERE)
        *out = (struct cut_place){walk.in_name, sizeof LEAD_AND_END - 1, LEAD_AND_END};
    else
        *out = (struct cut_place){0};
    return STATUS_OK;
}
