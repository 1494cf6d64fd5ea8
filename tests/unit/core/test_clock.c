#include <check.h>

#include "core/clock.h"
#include "core/limiter.h"

#define NOW INT64_C(1754560800000)

START_TEST(runs_as_fast_as_it_is_told)
{
    struct clock clock = clock_at(NOW, 100, 1);

    ck_assert_int_eq(clock_now_ms(&clock, 100), NOW);
    ck_assert_int_eq(clock_now_ms(&clock, 350), NOW + 250);
    clock = clock_at(NOW, 100, 60);
    ck_assert_int_eq(clock_now_ms(&clock, 1100), NOW + 60000);
    clock = clock_at(NOW, 100, 0.5);
    ck_assert_int_eq(clock_now_ms(&clock, 103), NOW + 1);
}
END_TEST

START_TEST(stands_still_when_frozen)
{
    struct clock clock = clock_at(NOW, 100, 0);

    ck_assert_int_eq(clock_now_ms(&clock, INT64_C(1) << 50), NOW);
}
END_TEST

START_TEST(never_runs_backwards)
{
    struct clock clock = clock_at(NOW, 100, 2);

    ck_assert_int_eq(clock_now_ms(&clock, 50), NOW);
}
END_TEST

START_TEST(keeps_its_hand_when_the_speed_changes)
{
    struct clock clock = clock_at(NOW, 100, 10);

    clock_set_speed(&clock, 0, 200);
    ck_assert_int_eq(clock_now_ms(&clock, 900), NOW + 1000);
    clock_set_speed(&clock, 1, 1000);
    ck_assert_int_eq(clock_now_ms(&clock, 1001), NOW + 1001);
    clock_set_ms(&clock, NOW, 2000);
    ck_assert_int_eq(clock_now_ms(&clock, 2005), NOW + 5);
}
END_TEST

START_TEST(ends_with_the_last_instant_that_can_be_written)
{
    struct clock clock = clock_at(NOW, 0, CLOCK_MAX_SPEED);

    ck_assert_int_eq(clock_now_ms(&clock, INT64_C(1) << 40), TIMESTAMP_MAX_MS);
    ck_assert_int_eq(instant_after(TIMESTAMP_MAX_MS - 5, 5), TIMESTAMP_MAX_MS);
    ck_assert_int_eq(instant_after(TIMESTAMP_MAX_MS - 5, 6), TIMESTAMP_MAX_MS);
    ck_assert_int_eq(instant_after(TIMESTAMP_MIN_MS, INT64_MAX), TIMESTAMP_MAX_MS);
}
END_TEST

START_TEST(retry_after_is_the_real_wait_rounded_up)
{
    struct clock clock = clock_at(NOW, 0, 1);

    ck_assert_int_eq(clock_retry_after_s(&clock, 30000), 30);
    ck_assert_int_eq(clock_retry_after_s(&clock, 29001), 30);
    ck_assert_int_eq(clock_retry_after_s(&clock, 1), 1);
    clock.speed = 60;
    ck_assert_int_eq(clock_retry_after_s(&clock, 30000), 1);
    ck_assert_int_eq(clock_retry_after_s(&clock, 120001), 3);
    clock.speed = 0;
    ck_assert_int_eq(clock_retry_after_s(&clock, 30000), 30);
}
END_TEST

static const struct rate rate = {3, 10000};

/* Counts a request when it is allowed; 0, or the wait. */
static int64_t ask(struct burst *burst, int64_t now_ms)
{
    int64_t wait_ms = 0;

    if (!burst_allows(burst, &rate, now_ms, &wait_ms))
        return wait_ms;
    burst_count(burst, &rate, now_ms);
    return 0;
}

START_TEST(a_burst_is_anchored_at_its_first_request)
{
    struct burst burst = {0};

    ck_assert_int_eq(ask(&burst, NOW + 7777), 0);
    ck_assert_int_eq(ask(&burst, NOW + 8000), 0);
    ck_assert_int_eq(ask(&burst, NOW + 17776), 0);
    ck_assert_int_eq(ask(&burst, NOW + 17776), 1);
    ck_assert_int_eq(ask(&burst, NOW + 17777), 0);
    ck_assert_int_eq(ask(&burst, NOW + 17778), 0);
    ck_assert_int_eq(ask(&burst, NOW + 17779), 0);
    ck_assert_int_eq(ask(&burst, NOW + 17780), 9997);
}
END_TEST

START_TEST(a_clock_that_is_set_back_begins_a_new_burst)
{
    struct burst burst = {0};

    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(ask(&burst, NOW), 0);
    ck_assert_int_ne(ask(&burst, NOW), 0);
    ck_assert_int_eq(ask(&burst, NOW - 1), 0);
}
END_TEST

START_TEST(no_requests_means_no_limit)
{
    struct burst burst = {0};
    struct rate none = {0, 0};
    int64_t wait_ms;

    for (int i = 0; i < 1000; i++) {
        ck_assert(burst_allows(&burst, &none, NOW, &wait_ms));
        burst_count(&burst, &none, NOW);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("clock");
    TCase *tcase = tcase_create("clock");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, runs_as_fast_as_it_is_told);
    tcase_add_test(tcase, stands_still_when_frozen);
    tcase_add_test(tcase, never_runs_backwards);
    tcase_add_test(tcase, keeps_its_hand_when_the_speed_changes);
    tcase_add_test(tcase, ends_with_the_last_instant_that_can_be_written);
    tcase_add_test(tcase, retry_after_is_the_real_wait_rounded_up);
    tcase_add_test(tcase, a_burst_is_anchored_at_its_first_request);
    tcase_add_test(tcase, a_clock_that_is_set_back_begins_a_new_burst);
    tcase_add_test(tcase, no_requests_means_no_limit);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
