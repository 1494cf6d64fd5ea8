#include "http/date.h"

#include <string.h>

#include "base/timestamp.h"

static const char weekdays[] = "SunMonTueWedThuFriSat";
static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

struct fields {
    int year, month, day, hour, minute, second;
};

/* 0 to 11 or 0 to 6: the place of the three letters at text in names; -1 when not there. */
static int name_index(const char *names, const char *text)
{
    for (int i = 0; names[3 * i]; i++) {
        if (strncmp(names + 3 * i, text, 3) == 0)
            return i;
    }
    return -1;
}

static int digits_value(const char *text, int count)
{
    int value = 0;

    while (count-- > 0)
        value = value * 10 + (*text++ - '0');
    return value;
}

/*
 * Compares text with a pattern: '9' stands for a digit, '_' for a digit or a space, 'x' for a
 * letter, anything else for itself. The lengths must be the same.
 */
static bool has_shape(const char *text, const char *pattern)
{
    for (; *pattern; pattern++, text++) {
        bool digit = *text >= '0' && *text <= '9';
        bool letter = (*text | 0x20) >= 'a' && (*text | 0x20) <= 'z';

        if (*pattern == '9'   ? !digit
            : *pattern == '_' ? !digit && *text != ' '
            : *pattern == 'x' ? !letter
                              : *text != *pattern)
            return false;
    }
    return *text == '\0';
}

static void read_clock(const char *text, struct fields *out)
{
    out->hour = digits_value(text, 2);
    out->minute = digits_value(text + 3, 2);
    out->second = digits_value(text + 6, 2);
}

static bool read_fixdate(const char *text, struct fields *out)
{
    if (!has_shape(text, "xxx, 99 xxx 9999 99:99:99 GMT"))
        return false;
    out->day = digits_value(text + 5, 2);
    out->month = name_index(months, text + 8) + 1;
    out->year = digits_value(text + 12, 4);
    read_clock(text + 17, out);
    return name_index(weekdays, text) >= 0;
}

static bool read_rfc850(const char *text, struct fields *out)
{
    const char *comma = strchr(text, ',');

    if (!comma || comma - text < 6 || comma - text > 9 || memcmp(comma - 3, "day", 3) != 0 ||
        !has_shape(comma, ", 99-xxx-99 99:99:99 GMT"))
        return false;
    out->day = digits_value(comma + 2, 2);
    out->month = name_index(months, comma + 5) + 1;
    out->year = digits_value(comma + 9, 2);
    out->year += out->year < 70 ? 2000 : 1900;
    read_clock(comma + 12, out);
    return name_index(weekdays, text) >= 0;
}

static bool read_asctime(const char *text, struct fields *out)
{
    if (!has_shape(text, "xxx xxx _9 99:99:99 9999"))
        return false;
    out->month = name_index(months, text + 4) + 1;
    out->day = text[8] == ' ' ? text[9] - '0' : digits_value(text + 8, 2);
    read_clock(text + 11, out);
    out->year = digits_value(text + 20, 4);
    return name_index(weekdays, text) >= 0;
}

bool http_date_read(const char *text, int64_t *out_ms)
{
    struct fields at;
    struct civil_date date, same;
    int32_t day;

    if (!read_fixdate(text, &at) && !read_rfc850(text, &at) && !read_asctime(text, &at))
        return false;
    if (at.year < 1 || at.month < 1 || at.day < 1 || at.hour > 23 || at.minute > 59 ||
        at.second > 60)
        return false;
    date = (struct civil_date){at.year, at.month, at.day};
    day = day_from_civil(date);
    same = civil_from_day(day);
    if (same.day != date.day || same.month != date.month)
        return false;
    *out_ms = day * MS_PER_DAY + at.hour * MS_PER_HOUR + at.minute * MS_PER_MINUTE +
              at.second * MS_PER_SECOND;
    return true;
}
