#include <check.h>
#include <string.h>

#include "core/fault.h"

static struct fault faults[3];
static uint32_t counts[3];

static void set_up(void)
{
    memset(faults, 0, sizeof faults);
    memset(counts, 0, sizeof counts);
    for (int i = 0; i < 3; i++) {
        faults[i].targets = 1u << FAULT_GET_ALL;
        faults[i].probability = 1;
    }
}

static uint64_t decide(size_t count, struct fault_event event, struct fault_decision *out)
{
    struct fault_decision decision;

    fault_decide(faults, count, counts, 7, &event, &decision);
    if (out)
        *out = decision;
    return decision.fired;
}

static uint64_t get_all(void)
{
    return decide(1, (struct fault_event){.target = FAULT_GET_ALL}, NULL);
}

START_TEST(a_fault_is_for_its_operation)
{
    faults[0].answer.status = 500;
    ck_assert_uint_eq(decide(1, (struct fault_event){.target = FAULT_ADD}, NULL), 0);
    ck_assert_uint_eq(decide(1, (struct fault_event){.target = FAULT_DOWNLOAD}, NULL), 0);
    ck_assert_uint_eq(get_all(), 1);
    ck_assert_uint_eq(counts[0], 1);
}
END_TEST

START_TEST(nth_has_both_its_ends)
{
    static const uint64_t fires[] = {0, 1, 1, 1, 0, 0};

    faults[0].nth = (struct turn_range){2, 4};
    for (size_t i = 0; i < sizeof fires / sizeof *fires; i++)
        ck_assert_uint_eq(get_all(), fires[i]);
}
END_TEST

START_TEST(every_third_is_the_third)
{
    faults[0].every = 3;
    for (int i = 1; i <= 9; i++)
        ck_assert_uint_eq(get_all(), i % 3 == 0);
}
END_TEST

START_TEST(only_requests_that_match_are_counted)
{
    struct fault_event bill = {.target = FAULT_GET_ALL, .entity_types = 1u << ENTITY_BILL};
    struct fault_event other = {.target = FAULT_GET_ALL, .entity_types = 1u << ENTITY_PAYMENT};

    faults[0].entity_types = 1u << ENTITY_BILL;
    faults[0].nth = (struct turn_range){2, 2};
    ck_assert_uint_eq(decide(1, other, NULL), 0);
    ck_assert_uint_eq(decide(1, other, NULL), 0);
    ck_assert_uint_eq(decide(1, bill, NULL), 0);
    ck_assert_uint_eq(decide(1, other, NULL), 0);
    ck_assert_uint_eq(decide(1, bill, NULL), 1);
}
END_TEST

START_TEST(a_download_is_matched_by_file_and_attempt)
{
    struct fault_event event = {.target = FAULT_DOWNLOAD, .file = 2, .attempt = 1};

    faults[0].targets = 1u << FAULT_DOWNLOAD;
    faults[0].file = 2;
    faults[0].attempt = (struct turn_range){1, 1};
    ck_assert_uint_eq(decide(1, event, NULL), 1);
    event.attempt = 2;
    ck_assert_uint_eq(decide(1, event, NULL), 0);
    event.attempt = 1;
    event.file = 1;
    ck_assert_uint_eq(decide(1, event, NULL), 0);
}
END_TEST

START_TEST(chance_repeats_and_keeps_its_share)
{
    uint64_t first[2000];
    int fired = 0;

    faults[0].probability = 0.1;
    for (int i = 0; i < 2000; i++) {
        first[i] = get_all();
        fired += (int)first[i];
    }
    counts[0] = 0;
    for (int i = 0; i < 2000; i++)
        ck_assert_uint_eq(get_all(), first[i]);
    ck_assert_int_gt(fired, 150);
    ck_assert_int_lt(fired, 250);
}
END_TEST

START_TEST(each_that_matches_applies)
{
    struct fault_decision decision;

    faults[0].delivery.delay_real_ms = 100;
    faults[0].delivery.bytes_per_real_s = 500;
    faults[1].delivery.delay_real_ms = 20;
    faults[1].delivery.bytes_per_real_s = 400;
    faults[1].answer.status = 503;
    faults[2].answer.status = 500;
    faults[2].delivery.cut = CUT_RESET;
    faults[2].delivery.cut_after_bytes = 5;
    ck_assert_uint_eq(decide(3, (struct fault_event){.target = FAULT_GET_ALL}, &decision), 7);
    ck_assert_int_eq(decision.delivery.delay_real_ms, 120);
    ck_assert_uint_eq(decision.delivery.bytes_per_real_s, 400);
    ck_assert_int_eq(decision.answer->status, 503);
    ck_assert_int_eq(decision.delivery.cut, CUT_RESET);
    ck_assert_uint_eq(decision.delivery.cut_after_bytes, 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fault");
    TCase *tcase = tcase_create("fault");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_checked_fixture(tcase, set_up, NULL);
    tcase_add_test(tcase, a_fault_is_for_its_operation);
    tcase_add_test(tcase, nth_has_both_its_ends);
    tcase_add_test(tcase, every_third_is_the_third);
    tcase_add_test(tcase, only_requests_that_match_are_counted);
    tcase_add_test(tcase, a_download_is_matched_by_file_and_attempt);
    tcase_add_test(tcase, chance_repeats_and_keeps_its_share);
    tcase_add_test(tcase, each_that_matches_applies);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
