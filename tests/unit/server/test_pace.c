#include <check.h>

#include "server/pace.h"

#define START_REAL_MS 1000000

/* Sends length bytes without being late; gives how long that took until the last piece left. */
static int64_t send_all(uint64_t rate, uint64_t length)
{
    struct pace pace = pace_begin(rate, START_REAL_MS);
    int64_t now_real_ms = START_REAL_MS;

    for (uint64_t sent = 0; sent < length; sent += pace_piece_bytes(rate)) {
        int64_t due_real_ms = pace_due_real_ms(&pace, sent);

        ck_assert_int_ge(due_real_ms, now_real_ms);
        now_real_ms = due_real_ms;
        pace_leave(&pace, sent, now_real_ms);
    }
    return now_real_ms - START_REAL_MS;
}

START_TEST(pieces_are_small)
{
    ck_assert_uint_eq(pace_piece_bytes(1), 1);
    ck_assert_uint_eq(pace_piece_bytes(9), 1);
    ck_assert_uint_eq(pace_piece_bytes(20), 2);
    ck_assert_uint_eq(pace_piece_bytes(100000), 10000);
    ck_assert_uint_eq(pace_piece_bytes(655359), 65535);
    ck_assert_uint_eq(pace_piece_bytes(655360), 65536);
    ck_assert_uint_eq(pace_piece_bytes(UINT64_MAX), 65536);
}
END_TEST

START_TEST(the_first_piece_leaves_at_once_and_the_others_evenly)
{
    struct pace pace = pace_begin(100000, START_REAL_MS);

    ck_assert_int_eq(pace_due_real_ms(&pace, 0), START_REAL_MS);
    for (int i = 0; i < 50; i++) {
        uint64_t sent = (uint64_t)i * 10000;

        ck_assert_int_eq(pace_due_real_ms(&pace, sent), START_REAL_MS + i * 100);
        pace_leave(&pace, sent, START_REAL_MS + i * 100);
    }
}
END_TEST

START_TEST(a_rate_is_kept)
{
    ck_assert_int_eq(send_all(1, 11), 10000);
    ck_assert_int_eq(send_all(3, 4), 1000);
    ck_assert_int_eq(send_all(7, 71), 10000);
    ck_assert_int_eq(send_all(100000, 1010000), 10000);
    ck_assert_int_eq(send_all(1000000000, 1000000000 + 1), 999); /* pieces of 64 KiB */
}
END_TEST

START_TEST(what_is_a_little_late_is_made_up_for)
{
    struct pace pace = pace_begin(1000, START_REAL_MS);

    pace_leave(&pace, 0, START_REAL_MS);
    pace_leave(&pace, 100, START_REAL_MS + 340);
    ck_assert_int_eq(pace_due_real_ms(&pace, 200), START_REAL_MS + 200);
    ck_assert_int_eq(pace_due_real_ms(&pace, 1000), START_REAL_MS + 1000);
}
END_TEST

START_TEST(what_is_very_late_is_not)
{
    struct pace pace = pace_begin(1000, START_REAL_MS);

    pace_leave(&pace, 0, START_REAL_MS);
    pace_leave(&pace, 100, START_REAL_MS + 60100);
    ck_assert_int_eq(pace_due_real_ms(&pace, 100), START_REAL_MS + 60100 - 250);
    ck_assert_int_eq(pace_due_real_ms(&pace, 1100), START_REAL_MS + 61100 - 250);
}
END_TEST

START_TEST(huge_numbers_do_not_overflow)
{
    struct pace slow = pace_begin(1, START_REAL_MS);
    struct pace fast = pace_begin(UINT64_MAX, START_REAL_MS);

    ck_assert_int_gt(pace_due_real_ms(&slow, UINT64_MAX), INT64_MAX / 5);
    pace_leave(&slow, UINT64_MAX, INT64_MAX / 2);
    ck_assert_int_gt(pace_due_real_ms(&slow, UINT64_MAX), INT64_MAX / 5);
    ck_assert_int_eq(pace_due_real_ms(&fast, UINT64_C(1000000000000)), START_REAL_MS + 1000);
    ck_assert_int_eq(pace_due_real_ms(&fast, UINT64_MAX), START_REAL_MS + 18446744073);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pace");
    TCase *tcase = tcase_create("pace");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, pieces_are_small);
    tcase_add_test(tcase, the_first_piece_leaves_at_once_and_the_others_evenly);
    tcase_add_test(tcase, a_rate_is_kept);
    tcase_add_test(tcase, what_is_a_little_late_is_made_up_for);
    tcase_add_test(tcase, what_is_very_late_is_not);
    tcase_add_test(tcase, huge_numbers_do_not_overflow);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
