#include <check.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/strbuf.h"
#include "base/timestamp.h"
#include "base/uuid.h"

#define ID "851df8c8-90f2-4c4a-8e01-a4fc46b25178"

START_TEST(reads_and_writes_uuids)
{
    struct uuid id, same;
    char text[UUID_LENGTH];

    ck_assert(uuid_read(ID, UUID_LENGTH, &id));
    ck_assert_uint_eq(id.bytes[0], 0x85);
    ck_assert_uint_eq(id.bytes[15], 0x78);
    uuid_write(text, &id);
    ck_assert_mem_eq(text, ID, UUID_LENGTH);
    ck_assert(uuid_read("851DF8C8-90F2-4C4A-8E01-A4FC46B25178", UUID_LENGTH, &same));
    ck_assert(uuid_equal(&id, &same));
    for (unsigned i = 0; i < 256; i++) {
        memset(id.bytes, (int)i, sizeof id.bytes);
        uuid_write(text, &id);
        ck_assert(uuid_read(text, UUID_LENGTH, &same));
        ck_assert(uuid_equal(&id, &same));
    }
}
END_TEST

/* Every byte at every place, so that no place takes what only another may hold. */
START_TEST(refuses_uuids_with_any_wrong_byte)
{
    static const char hex[] = "0123456789abcdefABCDEF";

    for (size_t at = 0; at < UUID_LENGTH; at++) {
        for (int c = 0; c < 256; c++) {
            char text[UUID_LENGTH + 1] = ID;
            bool good = ID[at] == '-' ? c == '-' : c != 0 && strchr(hex, c) != NULL;
            struct uuid id = {{7}};

            text[at] = (char)c;
            ck_assert_msg(uuid_read(text, UUID_LENGTH, &id) == good, "byte %d at %zu", c, at);
            ck_assert(good || id.bytes[0] == 7);
        }
    }
    ck_assert(!uuid_read(ID, UUID_LENGTH - 1, &(struct uuid){{0}}));
    ck_assert(!uuid_read(ID "0", UUID_LENGTH + 1, &(struct uuid){{0}}));
    ck_assert(!uuid_read("", 0, &(struct uuid){{0}}));
}
END_TEST

START_TEST(makes_ids_as_the_platform_does)
{
    struct uuid id = uuid_platform(UINT64_MAX, 0, INT64_C(1790170972000));
    char text[UUID_LENGTH];

    uuid_write(text, &id);
    /* contract/protocol.json, serialization.id_pattern: ...b4ce00e202d1 = 2026-09-23T13:42:52Z */
    ck_assert_mem_eq(text, "ffffffff-ffff-4fff-8000-b4ce00e2", 32);
}
END_TEST

/* gmtime_r() as the judge, every 37 hours of three thousand years. */
START_TEST(writes_instants_like_the_calendar)
{
    for (int64_t at_ms = INT64_C(-30000000000000); at_ms < INT64_C(60000000000000);
         at_ms += 37 * MS_PER_HOUR + 61001) {
        int64_t seconds = at_ms / 1000 - (at_ms % 1000 < 0);
        time_t at = (time_t)seconds;
        char text[TIMESTAMP_MILLIS_LENGTH + 1] = "", http[30] = "", expected[64];
        struct tm parts;

        gmtime_r(&at, &parts);
        timestamp_write_millis(text, at_ms);
        snprintf(expected, sizeof expected, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                 parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min,
                 parts.tm_sec, (int)(at_ms - seconds * 1000));
        if (strcmp(text, expected) != 0)
            ck_abort_msg("%s is written %s", expected, text);
        timestamp_write_http(http, at_ms);
        strftime(expected, sizeof expected, "%a, %d %b %Y %H:%M:%S GMT", &parts);
        if (strcmp(http, expected) != 0)
            ck_abort_msg("%s is written %s", expected, http);
    }
}
END_TEST

START_TEST(counts_every_day_of_the_calendar)
{
    struct civil_date date = {1, 1, 1};
    int32_t first = day_from_civil(date), last = day_from_civil((struct civil_date){9999, 12, 31});

    ck_assert_int_eq((int64_t)first * MS_PER_DAY, TIMESTAMP_MIN_MS);
    ck_assert_int_eq(((int64_t)last + 1) * MS_PER_DAY - 1, TIMESTAMP_MAX_MS);
    for (int32_t day = first; day <= last; day++) {
        struct civil_date next = civil_from_day(day);
        bool follows = (next.day == date.day + 1 && next.month == date.month) ||
                       (next.day == 1 && (next.month == date.month + 1 || next.month == 1));

        /* Check notes each assertion that holds, which is slow for millions */
        if ((day != first && !follows) || day_from_civil(next) != day)
            ck_abort_msg("day %d is %d-%d-%d", day, next.year, next.month, next.day);
        date = next;
    }
    ck_assert_int_eq(weekday_of_day(0), 4);
    ck_assert_int_eq(weekday_of_day(-4), 0);
    ck_assert_int_eq(day_of_ms(-1), -1);
}
END_TEST

START_TEST(grows_buffers)
{
    struct strbuf buf = STRBUF_INIT;

    ck_assert_str_eq(strbuf_text(&buf), "");
    for (int i = 0; i < 1000; i++) {
        strbuf_append_char(&buf, 'x');
        ck_assert_uint_gt(buf.capacity, buf.length);
        ck_assert_int_eq(buf.data[buf.length], '\0');
    }
    strbuf_reset(&buf);
    ck_assert_str_eq(strbuf_text(&buf), "");
    strbuf_append_i64(&buf, INT64_MIN);
    strbuf_appendf(&buf, " %s", "and more");
    strbuf_append(&buf, "", 0);
    ck_assert_str_eq(buf.data, "-9223372036854775808 and more");
    strbuf_reserve(&buf, 5000);
    ck_assert_uint_ge(buf.capacity, buf.length + 5001);
    ck_assert_str_eq(buf.data, "-9223372036854775808 and more");
    strbuf_release(&buf);
    ck_assert_uint_eq(buf.capacity, 0);
}
END_TEST

START_TEST(cuts_errors_at_the_end_of_a_character)
{
    struct error err;
    char text[400] = "";

    for (int i = 0; i < 130; i++)
        memcpy(text + 3 * i, "\xe2\x82\xac", 4);
    ck_assert_int_eq(error_set(&err, STATUS_LIMIT, text, "x%s", text), STATUS_LIMIT);
    ck_assert_int_eq(err.status, STATUS_LIMIT);
    ck_assert_uint_eq(strlen(err.field), 93);
    ck_assert_uint_eq(strlen(err.message), 319 - 319 % 3 + 1);
    ck_assert_int_eq(error_set(NULL, STATUS_IO, NULL, "nobody listens"), STATUS_IO);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("values");
    TCase *tests = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, reads_and_writes_uuids);
    tcase_add_test(tests, refuses_uuids_with_any_wrong_byte);
    tcase_add_test(tests, makes_ids_as_the_platform_does);
    tcase_add_test(tests, writes_instants_like_the_calendar);
    tcase_add_test(tests, counts_every_day_of_the_calendar);
    tcase_add_test(tests, grows_buffers);
    tcase_add_test(tests, cuts_errors_at_the_end_of_a_character);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
