#include "base/timestamp.h"

#include <stdio.h>
#include <string.h>

/*
 * Days and dates by counting years from March, so that the leap day ends a year:
 * 400 years have 146097 days, and (153 * m + 2) / 5 days lie before month m (March = 0).
 */
struct civil_date civil_from_day(int32_t day)
{
    int64_t z = (int64_t)day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    uint32_t day_of_era = (uint32_t)(z - era * 146097);
    uint32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    uint32_t month_from_march = (5 * day_of_year + 2) / 153;
    struct civil_date date;

    date.day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    date.month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    date.year = (int)(year_of_era + era * 400 + (date.month <= 2));
    return date;
}

int32_t day_from_civil(struct civil_date date)
{
    int64_t year = date.year - (date.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t month_from_march = date.month > 2 ? date.month - 3 : date.month + 9;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return (int32_t)(era * 146097 + day_of_era - 719468);
}

int32_t day_of_ms(int64_t at_ms)
{
    return (int32_t)((at_ms >= 0 ? at_ms : at_ms - (MS_PER_DAY - 1)) / MS_PER_DAY);
}

int weekday_of_day(int32_t day)
{
    return (int)((((int64_t)day + 4) % 7 + 7) % 7);
}

/* Writes value, 0 to 99, as two digits; one copy instead of two divisions. */
static void write_two(char *out, unsigned value)
{
    static const char digits[] = "00010203040506070809101112131415161718192021222324"
                                 "25262728293031323334353637383940414243444546474849"
                                 "50515253545556575859606162636465666768697071727374"
                                 "75767778798081828384858687888990919293949596979899";

    memcpy(out, digits + 2 * value, 2);
}

void date_write(char *out, int32_t day)
{
    struct civil_date date = civil_from_day(day);

    write_two(out, (unsigned)date.year / 100);
    write_two(out + 2, (unsigned)date.year % 100);
    out[4] = '-';
    write_two(out + 5, (unsigned)date.month);
    out[7] = '-';
    write_two(out + 8, (unsigned)date.day);
}

void timestamp_write_seconds(char *out, int64_t at_ms)
{
    int32_t day = day_of_ms(at_ms);
    unsigned second_of_day = (unsigned)(at_ms - day * MS_PER_DAY) / 1000;

    date_write(out, day);
    out[10] = 'T';
    write_two(out + 11, second_of_day / 3600);
    out[13] = ':';
    write_two(out + 14, second_of_day / 60 % 60);
    out[16] = ':';
    write_two(out + 17, second_of_day % 60);
    out[19] = 'Z';
}

void timestamp_write_millis(char *out, int64_t at_ms)
{
    unsigned ms = (unsigned)(at_ms - day_of_ms(at_ms) * MS_PER_DAY) % 1000;

    timestamp_write_seconds(out, at_ms);
    out[19] = '.';
    out[20] = (char)('0' + ms / 100);
    write_two(out + 21, ms % 100);
    out[23] = 'Z';
}

void timestamp_write_http(char out[30], int64_t at_ms)
{
    static const char weekdays[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int32_t day = day_of_ms(at_ms);
    struct civil_date date = civil_from_day(day);
    char clock[TIMESTAMP_SECONDS_LENGTH];

    timestamp_write_seconds(clock, at_ms);
    memcpy(out, weekdays + 3 * weekday_of_day(day), 3);
    memcpy(out + 3, ", ", 2);
    write_two(out + 5, (unsigned)date.day);
    out[7] = ' ';
    memcpy(out + 8, months + 3 * (date.month - 1), 3);
    out[11] = ' ';
    write_two(out + 12, (unsigned)date.year / 100);
    write_two(out + 14, (unsigned)date.year % 100);
    out[16] = ' ';
    memcpy(out + 17, clock + 11, 8);
    memcpy(out + 25, " GMT", 5);
}
