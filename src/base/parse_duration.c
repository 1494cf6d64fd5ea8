#include "base/parse.h"

#include <string.h>

#include "base/decimal.h"
#include "base/excerpt.h"

#define RIGHT_FORM "write for example 250ms, 2s, 10m, 1h, 7d or PT10M"

enum notation {
    NOTATION_SHORT,    /* 1h30m */
    NOTATION_ISO_DATE, /* what follows the P of ISO 8601 */
    NOTATION_ISO_TIME  /* what follows its T */
};

/*
 * From the longest to the shortest, the order in which a duration names them. Those of 0 ms vary in
 * length: there may be none of them.
 */
static const struct {
    enum notation notation;
    const char *name;
    uint64_t ms;
} units[] = {
    {NOTATION_ISO_DATE, "Y", 0},
    {NOTATION_ISO_DATE, "M", 0},
    {NOTATION_ISO_DATE, "W", UINT64_C(604800000)},
    {NOTATION_ISO_DATE, "D", UINT64_C(86400000)},
    {NOTATION_ISO_TIME, "H", UINT64_C(3600000)},
    {NOTATION_ISO_TIME, "M", UINT64_C(60000)},
    {NOTATION_ISO_TIME, "S", UINT64_C(1000)},
    {NOTATION_SHORT, "d", UINT64_C(86400000)},
    {NOTATION_SHORT, "h", UINT64_C(3600000)},
    {NOTATION_SHORT, "m", UINT64_C(60000)},
    {NOTATION_SHORT, "s", UINT64_C(1000)},
    {NOTATION_SHORT, "ms", UINT64_C(1)},
};

#define UNIT_COUNT (sizeof units / sizeof *units)

/* How far the reading of a duration has come. */
struct reading {
    const char *text;
    size_t length;
    size_t at;
    enum notation notation;
    size_t next_unit; /* units before this one cannot come any more */
    uint64_t total_ms;
    bool ended; /* a number with a fraction was the last */
    bool too_long;
};

static size_t letters_at(const struct reading *reading)
{
    size_t end = reading->at;

    if (reading->notation != NOTATION_SHORT)
        return end < reading->length;
    while (end < reading->length && !decimal_is_digit(reading->text[end]))
        end++;
    return end - reading->at;
}

/* Reads one number with its unit and adds it. */
static bool read_component(struct reading *reading)
{
    struct decimal number = {0, 0, false};
    size_t letters;

    reading->at +=
        decimal_read(reading->text + reading->at, reading->length - reading->at, &number);
    letters = letters_at(reading);
    for (size_t i = reading->next_unit; i < UNIT_COUNT; i++) {
        if (units[i].notation != reading->notation || strlen(units[i].name) != letters ||
            memcmp(units[i].name, reading->text + reading->at, letters) != 0)
            continue;
        if (units[i].ms == 0 && (number.whole || number.has_fraction))
            return false;
        reading->too_long = !decimal_add(&reading->total_ms, &number, units[i].ms);
        reading->next_unit = i + 1;
        reading->at += letters;
        reading->ended = number.has_fraction;
        return true;
    }
    return false;
}

/* Reads components to the end of the text; false when it is no duration. */
static bool read_components(struct reading *reading)
{
    do {
        bool time_begins = reading->notation == NOTATION_ISO_DATE &&
                           reading->at < reading->length && reading->text[reading->at] == 'T';

        if (time_begins) {
            reading->notation = NOTATION_ISO_TIME;
            reading->at++;
        }
        if (reading->at == reading->length || !decimal_is_digit(reading->text[reading->at]))
            return false;
        if (reading->ended || reading->too_long || !read_component(reading))
            return false;
    } while (reading->at < reading->length);
    return true;
}

static bool all_digits(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!decimal_is_digit(text[i]))
            return false;
    }
    return length > 0;
}

/* Says what is wrong with a text that is no duration. */
static enum status refuse(const struct reading *reading, struct error *err)
{
    struct excerpt shown = excerpt(reading->text, reading->length);
    char last = reading->at < reading->length ? reading->text[reading->at] : '\0';

    if (reading->length == 0)
        return error_set(err, STATUS_MALFORMED, NULL, "is empty: " RIGHT_FORM);
    if (reading->text[0] == '-')
        return error_set(err, STATUS_MALFORMED, NULL, "%s is negative: " RIGHT_FORM, shown.text);
    if (all_digits(reading->text, reading->length))
        return error_set(err, STATUS_MALFORMED, NULL, "%s has no unit: " RIGHT_FORM, shown.text);
    if (reading->notation == NOTATION_ISO_DATE && (last == 'Y' || last == 'M'))
        return error_set(err, STATUS_MALFORMED, NULL,
                         "%s counts years or months, whose length varies: write days, "
                         "for example P30D",
                         shown.text);
    return error_set(err, STATUS_MALFORMED, NULL, "%s is not a duration: " RIGHT_FORM, shown.text);
}

enum status parse_duration_ms(const char *text, size_t length, int64_t *out, struct error *err)
{
    struct reading reading = {.text = text, .length = length};

    if (length == 1 && text[0] == '0') {
        *out = 0;
        return STATUS_OK;
    }
    if (length > 0 && text[0] == 'P') {
        reading.notation = NOTATION_ISO_DATE;
        reading.at = 1;
    }
    if (!read_components(&reading) && !reading.too_long)
        return refuse(&reading, err);
    if (reading.too_long || reading.total_ms > (uint64_t)PARSE_DURATION_MAX_MS)
        return error_set(err, STATUS_MALFORMED, NULL,
                         "%s is too long: at most 3650000 days can be given",
                         excerpt(text, length).text);
    *out = (int64_t)reading.total_ms;
    return STATUS_OK;
}
