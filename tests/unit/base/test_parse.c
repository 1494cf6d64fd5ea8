#include <check.h>
#include <string.h>

#include "base/parse.h"
#include "base/timestamp.h"

START_TEST(reads_whole_numbers)
{
    uint64_t value = 7;
    int64_t number = 7;

    ck_assert(parse_u64("0", 1, &value) && value == 0);
    ck_assert(parse_u64("18446744073709551615", 20, &value) && value == UINT64_MAX);
    ck_assert(parse_u64("008080x", 6, &value) && value == 8080);
    ck_assert(parse_i64("-9223372036854775808", 20, &number) && number == INT64_MIN);
    ck_assert(parse_i64("9223372036854775807", 19, &number) && number == INT64_MAX);
    ck_assert(parse_i64("-0", 2, &number) && number == 0);
    ck_assert(parse_i64("-12", 3, &number) && number == -12);
}
END_TEST

START_TEST(refuses_what_is_no_whole_number)
{
    static const char *const texts[] = {"",
                                        "-",
                                        "+1",
                                        " 1",
                                        "1 ",
                                        "1.0",
                                        "1.",
                                        "0x1",
                                        "1e3",
                                        "--1",
                                        "a",
                                        "1\n",
                                        "18446744073709551616"};
    uint64_t value = 7;
    int64_t number = 7;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ck_assert_msg(!parse_u64(texts[i], strlen(texts[i]), &value), "%s", texts[i]);
        ck_assert_msg(!parse_i64(texts[i], strlen(texts[i]), &number), "%s", texts[i]);
    }
    ck_assert(!parse_u64("-1", 2, &value));
    ck_assert(!parse_i64("9223372036854775808", 19, &number));
    ck_assert(!parse_i64("-9223372036854775809", 20, &number));
    ck_assert(!parse_u64("1\0002", 3, &value));
    ck_assert_uint_eq(value, 7);
    ck_assert_int_eq(number, 7);
}
END_TEST

static void expect_decimal(const char *text, double expected)
{
    double value = -1;

    ck_assert_msg(parse_decimal(text, strlen(text), &value), "%s is refused", text);
    ck_assert_msg(value == expected, "%s gives %.17g", text, value);
}

START_TEST(reads_decimals_as_a_double_is_rounded)
{
    expect_decimal("0", 0.0);
    expect_decimal("60", 60.0);
    expect_decimal("0.5", 0.5);
    expect_decimal("0.1", 0.1);
    expect_decimal("0.3333333333333333", 0.3333333333333333);
    expect_decimal("1.10", 1.1);
    expect_decimal("9007199254740992", 9007199254740992.0);
    expect_decimal("0.00000000000000000000000000000001", 0.0);
    expect_decimal("12.500000000000000000000000000000", 12.5);
}
END_TEST

START_TEST(refuses_what_is_no_decimal)
{
    static const char *const texts[] = {"",    ".",    ".5",    "5.",  "-1",
                                        "+1",  "1e3",  "1,5",   "nan", "inf",
                                        "0x1", "1..2", "1.2.3", " 1",  "9007199254740993"};
    double value = 7;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(!parse_decimal(texts[i], strlen(texts[i]), &value), "%s", texts[i]);
    ck_assert(value == 7);
}
END_TEST

static void expect_bytes(const char *text, uint64_t expected)
{
    uint64_t value = 7;

    ck_assert_msg(parse_bytes(text, strlen(text), &value), "%s is refused", text);
    ck_assert_msg(value == expected, "%s gives %llu", text, (unsigned long long)value);
}

START_TEST(reads_sizes)
{
    expect_bytes("0", 0);
    expect_bytes("1200000", 1200000);
    expect_bytes("17B", 17);
    expect_bytes("64KB", 64000);
    expect_bytes("64kb", 64000);
    expect_bytes("64KiB", 65536);
    expect_bytes("1.2MB", 1200000);
    expect_bytes("0.5MiB", 524288);
    expect_bytes("10GB", UINT64_C(10000000000));
    expect_bytes("1GiB", UINT64_C(1) << 30);
    expect_bytes("2TB", UINT64_C(2000000000000));
    expect_bytes("1.999999999TiB", UINT64_C(2199023254452));
    expect_bytes("1.5B", 1);
    expect_bytes("18446744073709551615", UINT64_MAX);
}
END_TEST

START_TEST(refuses_what_is_no_size)
{
    static const char *const texts[] = {
        "",
        "KB",
        "-1",
        "1.5",
        "1 KB",
        "1K",
        "1M",
        "1KBB",
        "1.KB",
        ".5MB",
        "1e3B",
        "+1",
        "64kg",
        "18446744073709551616",
        "18446744073709551.616KB",
        "99999999TiB",
    };
    uint64_t value = 7;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(!parse_bytes(texts[i], strlen(texts[i]), &value), "%s", texts[i]);
    ck_assert_uint_eq(value, 7);
}
END_TEST

static void expect_duration(const char *text, int64_t expected)
{
    struct error err = {0};
    int64_t value = -1;
    enum status status = parse_duration_ms(text, strlen(text), &value, &err);

    ck_assert_msg(status == STATUS_OK, "%s is refused: %s", text, err.message);
    ck_assert_msg(value == expected, "%s gives %lld", text, (long long)value);
}

START_TEST(reads_durations)
{
    expect_duration("0", 0);
    expect_duration("0s", 0);
    expect_duration("250ms", 250);
    expect_duration("2s", 2000);
    expect_duration("10m", 600000);
    expect_duration("1h", 3600000);
    expect_duration("7d", 604800000);
    expect_duration("1.5h", 5400000);
    expect_duration("1h30m", 5400000);
    expect_duration("1d2h3m4s5ms", 93784005);
    expect_duration("0.0019s", 1);
    expect_duration("3650000d", PARSE_DURATION_MAX_MS);
}
END_TEST

START_TEST(reads_durations_of_iso_8601)
{
    expect_duration("PT10M", 600000);
    expect_duration("P7D", 604800000);
    expect_duration("P1DT2H30M", 95400000);
    expect_duration("PT0.25S", 250);
    expect_duration("P2W", 1209600000);
    expect_duration("P1W1D", 691200000);
    expect_duration("PT0S", 0);
    expect_duration("P0M7DT0H0M0S", 604800000);
    expect_duration("P0Y0M0W0DT0H0M1S", 1000);
    expect_duration("P0Y", 0);
}
END_TEST

static void refuse_duration(const char *text, const char *message)
{
    struct error err = {0};
    int64_t value = -1;

    ck_assert_msg(parse_duration_ms(text, strlen(text), &value, &err) == STATUS_MALFORMED,
                  "%s is read", text);
    ck_assert_int_eq(value, -1);
    ck_assert_int_eq(err.status, STATUS_MALFORMED);
    ck_assert_str_eq(err.field, "");
    ck_assert_msg(strstr(err.message, message), "%s: %s", text, err.message);
}

START_TEST(teaches_how_durations_are_written)
{
    static const char *const texts[] = {
        "s",       "1x",
        "1 s",     "10S",
        "1m1h",    "1s1s",
        "1.5h30m", "1h30",
        "1.s",     ".5s",
        "P",       "PT",
        "P1DT",    "P1H",
        "PT1D",    "PT1.5H1M",
        "p1d",     "PT1",
        "P1DT1",   "+1s",
        "1e3s",    "1s ",
        "P-1D",    "PT1MT1S",
        "1mss",    "999999999999999999999d",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        refuse_duration(texts[i], "is not a duration: write for example 250ms, 2s, 10m");
    refuse_duration("", "is empty: write for example 250ms");
    refuse_duration("10", "\"10\" has no unit: write for example 250ms");
    refuse_duration("-2s", "\"-2s\" is negative");
    refuse_duration("P1Y", "\"P1Y\" counts years or months, whose length varies: write days");
    refuse_duration("P1DT1HP", "is not a duration");
    refuse_duration("P2M", "whose length varies");
    refuse_duration("P0Y2M", "whose length varies");
    refuse_duration("P0.0M1D", "whose length varies");
    refuse_duration("P0M0Y", "whose length varies");
    refuse_duration("0y", "is not a duration");
    refuse_duration("3650001d", "too long: at most 3650000 days");
    refuse_duration("P3650000DT0.001S", "too long");
    refuse_duration("18446744073709551615d", "too long");
}
END_TEST

static void expect_instant(const char *text, int64_t expected)
{
    struct error err = {0};
    int64_t value = -1;
    enum status status = parse_timestamp_ms(text, strlen(text), &value, &err);

    ck_assert_msg(status == STATUS_OK, "%s is refused: %s", text, err.message);
    ck_assert_msg(value == expected, "%s gives %lld", text, (long long)value);
}

START_TEST(reads_instants)
{
    const int64_t base = INT64_C(1786096800000);

    expect_instant("2026-08-07T10:00:00Z", base);
    expect_instant("2026-08-07t10:00:00z", base);
    expect_instant("2026-08-07T12:00:00+02:00", base);
    expect_instant("2026-08-07T12:00:00+0200", base);
    expect_instant("2026-08-07T12:00:00+02", base);
    expect_instant("2026-08-07T06:30:00-03:30", base);
    expect_instant("2026-08-07T10:00:00.2Z", base + 200);
    expect_instant("2026-08-07T10:00:00.250Z", base + 250);
    expect_instant("2026-08-07T10:00:00.2509999Z", base + 250);
    expect_instant("2026-08-07T10:00:00.999999999-00:00", base + 999);
    expect_instant("1970-01-01T00:00:00Z", 0);
    expect_instant("1969-12-31T23:59:59.999Z", -1);
    expect_instant("2024-02-29T00:00:00Z", INT64_C(1709164800000));
    expect_instant("0001-01-01T00:00:00Z", TIMESTAMP_MIN_MS);
    expect_instant("9999-12-31T23:59:59.999Z", TIMESTAMP_MAX_MS);
}
END_TEST

START_TEST(counts_a_leap_second_as_the_next)
{
    expect_instant("2016-12-31T23:59:60Z", INT64_C(1483228800000));
    expect_instant("2016-12-31T23:59:60.5Z", INT64_C(1483228800500));
    expect_instant("2017-01-01T00:59:60+01:00", INT64_C(1483228800000));
}
END_TEST

static void refuse_instant(const char *text, const char *message)
{
    struct error err = {0};
    int64_t value = 7;

    ck_assert_msg(parse_timestamp_ms(text, strlen(text), &value, &err) == STATUS_MALFORMED,
                  "%s is read", text);
    ck_assert_int_eq(value, 7);
    ck_assert_msg(strstr(err.message, message), "%s: %s", text, err.message);
}

START_TEST(teaches_how_instants_are_written)
{
    static const char *const texts[] = {
        "",
        "now",
        "2026-08-07 10:00:00Z",
        "2026-08-07T10:00Z",
        "2026-08-07T10:00:00.Z",
        "2026-08-07T10:00:00.0123456789Z",
        "2026-08-07T10:00:00,5Z",
        "2026-02-29T10:00:00Z",
        "2026-13-01T10:00:00Z",
        "2026-00-01T10:00:00Z",
        "2026-01-00T10:00:00Z",
        "0000-01-01T10:00:00Z",
        "2026-08-07T24:00:00Z",
        "2026-08-07T10:60:00Z",
        "2026-08-07T10:00:61Z",
        "2026-08-07T10:00:60Z",
        "2026-08-07T23:59:60+01:00",
        "2026-08-07T10:00:00ZZ",
        "2026-08-07T10:00:00+2",
        "2026-08-07T10:00:00+24:00",
        "2026-08-07T10:00:00+02:60",
        "2026-08-07T10:00:00+02-00",
        "2026-08-07T10:00:00+020",
        "2026-08-07T10:00:00 +02:00",
        "+2026-08-07T10:00:00Z",
        "12026-08-07T10:00:00Z",
        "2026-8-7T10:00:00Z",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        refuse_instant(texts[i], "is not an instant: write for example 2026-08-07T10:00:00Z");
    refuse_instant("2026-08-07T10:00:00",
                   "offset from UTC: write for example 2026-08-07T10:00:00Z");
    refuse_instant("2026-08-07T10:00:00.5", "does not say its offset");
    refuse_instant("2026-08-07", "does not say its offset");
    refuse_instant("0001-01-01T00:00:00+00:01", "outside the years");
    refuse_instant("9999-12-31T23:59:59-00:01", "outside the years");
    refuse_instant("9999-12-31T23:59:60Z", "outside the years");
}
END_TEST

START_TEST(reads_dates)
{
    struct error err;
    int32_t day = 7;

    ck_assert_int_eq(parse_date_day("2026-08-07", 10, &day, &err), STATUS_OK);
    ck_assert_int_eq(day, 20672);
    ck_assert_int_eq(parse_date_day("2024-02-29", 10, &day, &err), STATUS_OK);
    ck_assert_int_eq(parse_date_day("2000-02-29", 10, &day, &err), STATUS_OK);
    ck_assert_int_eq(parse_date_day("0001-01-01", 10, &day, NULL), STATUS_OK);
    ck_assert_int_eq((int64_t)day * MS_PER_DAY, TIMESTAMP_MIN_MS);
    ck_assert_int_eq(parse_date_day("1900-02-29", 10, &day, &err), STATUS_MALFORMED);
    ck_assert_str_eq(err.message, "\"1900-02-29\" is not a date: write for example 2026-08-07");
    ck_assert_int_eq(parse_date_day("2026-08-07T00:00:00Z", 20, &day, &err), STATUS_MALFORMED);
    ck_assert_int_eq(parse_date_day("2026-04-31", 10, &day, &err), STATUS_MALFORMED);
    ck_assert_int_eq(parse_date_day("2026/04/30", 10, &day, &err), STATUS_MALFORMED);
    ck_assert_int_eq((int64_t)day * MS_PER_DAY, TIMESTAMP_MIN_MS);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("parse");
    TCase *tests = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, reads_whole_numbers);
    tcase_add_test(tests, refuses_what_is_no_whole_number);
    tcase_add_test(tests, reads_decimals_as_a_double_is_rounded);
    tcase_add_test(tests, refuses_what_is_no_decimal);
    tcase_add_test(tests, reads_sizes);
    tcase_add_test(tests, refuses_what_is_no_size);
    tcase_add_test(tests, reads_durations);
    tcase_add_test(tests, reads_durations_of_iso_8601);
    tcase_add_test(tests, teaches_how_durations_are_written);
    tcase_add_test(tests, reads_instants);
    tcase_add_test(tests, counts_a_leap_second_as_the_next);
    tcase_add_test(tests, teaches_how_instants_are_written);
    tcase_add_test(tests, reads_dates);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
