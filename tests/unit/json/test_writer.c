#include <check.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/timestamp.h"
#include "json/writer.h"

static struct strbuf buf = STRBUF_INIT;

/* A writer on an empty buffer. */
static struct json_writer begin(void)
{
    strbuf_reset(&buf);
    return json_writer(&buf);
}

START_TEST(writes_every_type)
{
    struct json_writer json = begin();
    struct uuid id;

    ck_assert(uuid_read("851DF8C8-90F2-4C4A-8E01-A4FC46B25178", UUID_LENGTH, &id));
    json_begin_object(&json, NULL);
    json_write_uuid(&json, "Id", &id);
    json_write_text(&json, "Text", "a\"b\xc3\xa9\n");
    json_write_text_n(&json, "Part", "abc\0def", 5);
    json_write_plain(&json, "Plain", "Pending...", 7);
    json_write_raw(&json, "Raw", "[{}]", 4);
    json_write_i64(&json, "Low", INT64_MIN);
    json_write_u64(&json, "High", UINT64_MAX);
    json_write_i64(&json, "Zero", 0);
    json_write_bool(&json, "Yes", true);
    json_write_bool(&json, "No", false);
    json_write_null(&json, "Null");
    json_write_date(&json, "Day", 20672);
    json_end_object(&json);
    ck_assert_str_eq(
        buf.data, "{\"Id\":\"851df8c8-90f2-4c4a-8e01-a4fc46b25178\",\"Text\":\"a\\\"b\xc3\xa9\\n\","
                  "\"Part\":\"abc\\u0000d\",\"Plain\":\"Pending\",\"Raw\":[{}],"
                  "\"Low\":-9223372036854775808,\"High\":18446744073709551615,\"Zero\":0,"
                  "\"Yes\":true,\"No\":false,\"Null\":null,\"Day\":\"2026-08-07\"}");
    ck_assert_uint_eq(buf.length, strlen(buf.data));
}
END_TEST

START_TEST(puts_commas_between_values_only)
{
    struct json_writer json = begin();

    json_begin_array(&json, NULL);
    json_begin_array(&json, NULL);
    json_end_array(&json);
    json_begin_object(&json, NULL);
    json_begin_array(&json, "a");
    json_write_i64(&json, NULL, 1);
    json_write_i64(&json, NULL, -2);
    json_end_array(&json);
    json_begin_object(&json, "b");
    json_end_object(&json);
    json_write_name(&json, "c\"", 2);
    json_write_null(&json, NULL);
    json_write_name(&json, "d", 1);
    json_begin_array(&json, NULL);
    json_end_array(&json);
    json_end_object(&json);
    json_write_text(&json, NULL, "");
    json_end_array(&json);
    ck_assert_str_eq(buf.data, "[[],{\"a\":[1,-2],\"b\":{},\"c\\\"\":null,\"d\":[]},\"\"]");
}
END_TEST

START_TEST(writes_instants)
{
    const int64_t at_ms = INT64_C(1786096800000);
    struct json_writer json = begin();

    json_begin_array(&json, NULL);
    json_write_seconds(&json, NULL, at_ms);
    json_write_seconds(&json, NULL, at_ms + 999);
    json_write_millis(&json, NULL, at_ms);
    json_write_millis(&json, NULL, at_ms + 250);
    json_write_millis(&json, NULL, at_ms + 7);
    json_write_seconds(&json, NULL, at_ms + MS_PER_DAY - 1);
    json_write_millis(&json, NULL, -1);
    json_write_seconds(&json, NULL, -1);
    json_write_seconds(&json, NULL, TIMESTAMP_MIN_MS);
    json_write_millis(&json, NULL, TIMESTAMP_MAX_MS);
    json_write_seconds(&json, NULL, NEVER_MS);
    json_write_seconds(&json, NULL, INT64_MIN);
    json_end_array(&json);
    ck_assert_str_eq(buf.data,
                     "[\"2026-08-07T10:00:00Z\",\"2026-08-07T10:00:00Z\",\"2026-08-07T10:00:00Z\","
                     "\"2026-08-07T10:00:00.250Z\",\"2026-08-07T10:00:00.007Z\","
                     "\"2026-08-08T09:59:59Z\",\"1969-12-31T23:59:59.999Z\","
                     "\"1969-12-31T23:59:59Z\",\"0001-01-01T00:00:00Z\","
                     "\"9999-12-31T23:59:59.999Z\",null,null]");
}
END_TEST

/* Both ways to write an instant say the same, on every day and across its end. */
START_TEST(agrees_with_timestamp_write)
{
    for (int64_t at_ms = TIMESTAMP_MIN_MS; at_ms < TIMESTAMP_MAX_MS; at_ms += 12345678901237) {
        char expected[TIMESTAMP_MILLIS_LENGTH + 3] = "\"";
        struct json_writer json = begin();

        timestamp_write_millis(expected + 1, at_ms);
        expected[TIMESTAMP_MILLIS_LENGTH + 1] = '"';
        json_write_millis(&json, NULL, at_ms);
        if (at_ms % 1000 != 0)
            ck_assert_str_eq(buf.data, expected);
    }
}
END_TEST

START_TEST(writes_null_for_what_is_not_there)
{
    struct json_writer json = begin();

    json_begin_object(&json, NULL);
    json_write_text(&json, "a", NULL);
    json_write_text_n(&json, "b", NULL, 0);
    json_write_uuid(&json, "c", NULL);
    json_write_double(&json, "d", NAN);
    json_write_double(&json, "e", -INFINITY);
    json_end_object(&json);
    ck_assert_str_eq(buf.data, "{\"a\":null,\"b\":null,\"c\":null,\"d\":null,\"e\":null}");
}
END_TEST

static void expect_double(double value, const char *expected)
{
    struct json_writer json = begin();

    json_write_double(&json, NULL, value);
    ck_assert_str_eq(buf.data, expected);
}

START_TEST(writes_the_shortest_number_that_reads_back)
{
    expect_double(0, "0");
    expect_double(1, "1");
    expect_double(60, "60");
    expect_double(-1200000, "-1200000");
    expect_double(-0.5, "-0.5");
    expect_double(0.1, "0.1");
    expect_double(1.0 / 3, "0.3333333333333333");
    expect_double(0.1 + 0.2, "0.30000000000000004");
    expect_double(1e22, "1e+22");
    expect_double(DBL_MAX, "1.7976931348623157e+308");
    expect_double(5e-324, "5e-324");
}
END_TEST

/* Texts that begin clean, so that the fast way is left in the middle, in buffers that must grow. */
START_TEST(escapes_behind_a_clean_beginning)
{
    char text[300];

    for (size_t length = 1; length < sizeof text; length++) {
        struct strbuf fresh = STRBUF_INIT;
        struct json_writer json = json_writer(&fresh);

        memset(text, 'x', length);
        text[length - 1] = '\n';
        json_write_text_n(&json, NULL, text, length);
        ck_assert_uint_eq(fresh.length, length + 3);
        ck_assert_str_eq(fresh.data + length - 1, length > 1 ? "x\\n\"" : "\"\\n\"");
        strbuf_release(&fresh);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("writer");
    TCase *tests = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, writes_every_type);
    tcase_add_test(tests, puts_commas_between_values_only);
    tcase_add_test(tests, writes_instants);
    tcase_add_test(tests, agrees_with_timestamp_write);
    tcase_add_test(tests, writes_null_for_what_is_not_there);
    tcase_add_test(tests, writes_the_shortest_number_that_reads_back);
    tcase_add_test(tests, escapes_behind_a_clean_beginning);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    strbuf_release(&buf);
    return failed ? 1 : 0;
}
