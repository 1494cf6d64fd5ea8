#include <check.h>

#include "http/range.h"

static void expect(const char *value, uint64_t size, enum range_kind kind, uint64_t offset,
                   uint64_t length)
{
    struct range range = range_read(value, size);

    ck_assert_msg(range.kind == kind, "%s of %llu: kind %d, not %d", value ? value : "(none)",
                  (unsigned long long)size, range.kind, kind);
    if (kind == RANGE_PARTIAL) {
        ck_assert_uint_eq(range.offset_bytes, offset);
        ck_assert_uint_eq(range.length_bytes, length);
    }
}

START_TEST(reads_spans)
{
    expect("bytes=0-0", 10, RANGE_PARTIAL, 0, 1);
    expect("bytes=2-5", 10, RANGE_PARTIAL, 2, 4);
    expect("bytes=9-9", 10, RANGE_PARTIAL, 9, 1);
    expect("bytes=0-", 10, RANGE_PARTIAL, 0, 10);
    expect("bytes=5-", 10, RANGE_PARTIAL, 5, 5);
    expect("bytes=5-99", 10, RANGE_PARTIAL, 5, 5);
    expect("BYTES=5-6 ", 10, RANGE_PARTIAL, 5, 2);
    expect("bytes=007-8", 10, RANGE_PARTIAL, 7, 2);
}
END_TEST

START_TEST(reads_suffixes)
{
    expect("bytes=-1", 10, RANGE_PARTIAL, 9, 1);
    expect("bytes=-10", 10, RANGE_PARTIAL, 0, 10);
    expect("bytes=-11", 10, RANGE_PARTIAL, 0, 10);
    expect("bytes=-0", 10, RANGE_UNSATISFIABLE, 0, 0);
}
END_TEST

START_TEST(refuses_what_lies_behind_the_end)
{
    expect("bytes=10-", 10, RANGE_UNSATISFIABLE, 0, 0);
    expect("bytes=10-10", 10, RANGE_UNSATISFIABLE, 0, 0);
    expect("bytes=99999999999999999999999-", 10, RANGE_UNSATISFIABLE, 0, 0);
}
END_TEST

START_TEST(knows_the_empty_file)
{
    expect("bytes=0-", 0, RANGE_UNSATISFIABLE, 0, 0);
    expect("bytes=0-0", 0, RANGE_UNSATISFIABLE, 0, 0);
    expect("bytes=-5", 0, RANGE_FULL, 0, 0);
    expect("bytes=-0", 0, RANGE_UNSATISFIABLE, 0, 0);
    expect(NULL, 0, RANGE_FULL, 0, 0);
}
END_TEST

START_TEST(ignores_what_is_no_single_range)
{
    static const char *const values[] = {
        "",           "bytes",     "bytes=",        "bytes=-",     "bytes=a-b",  "bytes=1",
        "bytes=5-4",  "rows=0-1",  "bytes=0-1,3-4", "bytes=0-1,",  "bytes=1-2x", "bytes=--1",
        "bytes=+1-2", "bytes 0-1", "bytes=1 - 2",   "bytes=1-2-3", "=1-2",
    };

    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        expect(values[i], 10, RANGE_FULL, 0, 0);
    expect(NULL, 10, RANGE_FULL, 0, 0);
}
END_TEST

START_TEST(does_not_overflow)
{
    uint64_t huge = UINT64_C(1) << 63;

    expect("bytes=9223372036854775807-9223372036854775807", huge, RANGE_PARTIAL, huge - 1, 1);
    expect("bytes=9223372036854775808-", huge, RANGE_UNSATISFIABLE, 0, 0);
    expect("bytes=0-18446744073709551615", huge, RANGE_PARTIAL, 0, huge);
    expect("bytes=1-18446744073709551616", huge, RANGE_PARTIAL, 1, huge - 1);
    expect("bytes=-18446744073709551616", huge, RANGE_PARTIAL, 0, huge);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("range");
    TCase *tcase = tcase_create("range");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, reads_spans);
    tcase_add_test(tcase, reads_suffixes);
    tcase_add_test(tcase, refuses_what_lies_behind_the_end);
    tcase_add_test(tcase, knows_the_empty_file);
    tcase_add_test(tcase, ignores_what_is_no_single_range);
    tcase_add_test(tcase, does_not_overflow);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
