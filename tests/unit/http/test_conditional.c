#include <check.h>

#include "base/timestamp.h"
#include "fake.h"
#include "http/conditional.h"
#include "http/date.h"

/* 2026-08-07T10:00:00.250Z: the fraction is not in Last-Modified. */
#define MODIFIED_MS INT64_C(1786096800250)

static const struct conditional_facts file = {"\"abc\"", MODIFIED_MS};

static enum conditional_verdict check(struct fake_fields fields)
{
    struct http_request request = fake_request("GET", &fields);

    return conditional_check(&request, &file);
}

static bool range_holds(const char *if_range)
{
    struct fake_fields fields = {{"If-Range", if_range}};
    struct http_request request = fake_request("GET", &fields);

    return conditional_range_holds(&request, &file);
}

static enum conditional_verdict check_one(const char *name, const char *value)
{
    return check((struct fake_fields){{name, value}});
}

START_TEST(if_none_match_compares_weakly)
{
    static const char *const same[] = {
        "\"abc\"",        "W/\"abc\"", "*", " * ", "\"x\", \"abc\"", ",, \"x\" ,W/\"abc\"",
        "\"a,b\",\"abc\""};
    static const char *const other[] = {"\"abd\"",   "abc",         "\"abc",         "",
                                        "w/\"abc\"", "* , \"abc\"", "\"x\" \"abc\"", "\"\"",
                                        "\"ABC\""};

    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        ck_assert_int_eq(check_one("If-None-Match", same[i]), CONDITIONAL_NOT_MODIFIED);
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        ck_assert_msg(check_one("If-None-Match", other[i]) == CONDITIONAL_PROCEED, "%s", other[i]);
}
END_TEST

START_TEST(if_match_compares_strongly)
{
    ck_assert_int_eq(check_one("If-Match", "\"abc\""), CONDITIONAL_PROCEED);
    ck_assert_int_eq(check_one("If-Match", "*"), CONDITIONAL_PROCEED);
    ck_assert_int_eq(check_one("If-Match", "\"x\",\"abc\""), CONDITIONAL_PROCEED);
    ck_assert_int_eq(check_one("If-Match", "W/\"abc\""), CONDITIONAL_FAILED);
    ck_assert_int_eq(check_one("If-Match", "\"x\""), CONDITIONAL_FAILED);
}
END_TEST

START_TEST(dates_count_in_seconds)
{
    const char *before = "Fri, 07 Aug 2026 09:59:59 GMT", *at = "Fri, 07 Aug 2026 10:00:00 GMT";

    ck_assert_int_eq(check_one("If-Modified-Since", at), CONDITIONAL_NOT_MODIFIED);
    ck_assert_int_eq(check_one("If-Modified-Since", before), CONDITIONAL_PROCEED);
    ck_assert_int_eq(check_one("If-Modified-Since", "yesterday"), CONDITIONAL_PROCEED);
    ck_assert_int_eq(check_one("If-Unmodified-Since", at), CONDITIONAL_PROCEED);
    ck_assert_int_eq(check_one("If-Unmodified-Since", before), CONDITIONAL_FAILED);
    ck_assert_int_eq(check_one("If-Unmodified-Since", ""), CONDITIONAL_PROCEED);
}
END_TEST

START_TEST(tags_go_before_dates)
{
    const char *before = "Fri, 07 Aug 2026 09:59:59 GMT", *at = "Fri, 07 Aug 2026 10:00:00 GMT";

    ck_assert_int_eq(
        check((struct fake_fields){{"If-None-Match", "\"x\"", "If-Modified-Since", at}}),
        CONDITIONAL_PROCEED);
    ck_assert_int_eq(
        check((struct fake_fields){{"If-Match", "\"abc\"", "If-Unmodified-Since", before}}),
        CONDITIONAL_PROCEED);
    ck_assert_int_eq(check((struct fake_fields){{"If-Match", "\"x\"", "If-None-Match", "\"abc\""}}),
                     CONDITIONAL_FAILED);
}
END_TEST

START_TEST(if_range_is_strong)
{
    ck_assert(range_holds(NULL));
    ck_assert(range_holds("\"abc\""));
    ck_assert(!range_holds("W/\"abc\""));
    ck_assert(!range_holds("\"x\""));
    ck_assert(!range_holds("*"));
    ck_assert(range_holds("Fri, 07 Aug 2026 10:00:00 GMT"));
    ck_assert(!range_holds("Fri, 07 Aug 2026 10:00:01 GMT"));
    ck_assert(!range_holds("Fri, 07 Aug 2026 09:59:59 GMT"));
}
END_TEST

START_TEST(reads_three_forms_of_dates)
{
    static const char *const forms[] = {"Sun, 06 Nov 1994 08:49:37 GMT",
                                        "Sunday, 06-Nov-94 08:49:37 GMT",
                                        "Sun Nov  6 08:49:37 1994", "Sun Nov 06 08:49:37 1994"};
    int64_t at_ms;
    char text[30];

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        ck_assert_msg(http_date_read(forms[i], &at_ms), "%s", forms[i]);
        ck_assert_int_eq(at_ms, INT64_C(784111777000));
    }
    timestamp_write_http(text, at_ms);
    ck_assert_str_eq(text, forms[0]);
    ck_assert(http_date_read("Friday, 07-Aug-26 10:00:00 GMT", &at_ms));
    ck_assert_int_eq(at_ms, INT64_C(1786096800000));
}
END_TEST

START_TEST(refuses_other_dates)
{
    static const char *const wrong[] = {
        "",
        "Sun",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nox 1994 08:49:37 GMT",
        "Sux, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 0000 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 29 Feb 2026 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Moonday-day, 06-Nov-94 08:49:37 GMT",
        "2026-08-07T10:00:00Z",
    };
    int64_t at_ms = 5;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(!http_date_read(wrong[i], &at_ms), "%s", wrong[i]);
    ck_assert_int_eq(at_ms, 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("conditional");
    TCase *tcase = tcase_create("conditional");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, if_none_match_compares_weakly);
    tcase_add_test(tcase, if_match_compares_strongly);
    tcase_add_test(tcase, dates_count_in_seconds);
    tcase_add_test(tcase, tags_go_before_dates);
    tcase_add_test(tcase, if_range_is_strong);
    tcase_add_test(tcase, reads_three_forms_of_dates);
    tcase_add_test(tcase, refuses_other_dates);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
