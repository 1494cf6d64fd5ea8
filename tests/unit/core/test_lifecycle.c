#include <check.h>

#include "core/clock.h"
#include "core/lifecycle.h"

#define CREATED INT64_C(1754560800000)
#define DAY     MS_PER_DAY
#define BY_TIME(ms) \
    { \
        ms, 0 \
    }
#define BY_POLLS(n) \
    { \
        0, n \
    }

static const struct lifecycle usual = {BY_TIME(2000), BY_TIME(5000), OUTCOME_SUCCESS, 7 * DAY};

/* What a plan shows at an instant, counted from its creation. */
struct expected {
    struct lifecycle lifecycle;
    int64_t after_ms;
    enum export_state state;
};

static const struct expected table[] = {
    {{BY_TIME(2000), BY_TIME(5000), OUTCOME_SUCCESS, 7 * DAY}, 0, EXPORT_PENDING},
    {{BY_TIME(2000), BY_TIME(5000), OUTCOME_SUCCESS, 7 * DAY}, 1999, EXPORT_PENDING},
    {{BY_TIME(2000), BY_TIME(5000), OUTCOME_SUCCESS, 7 * DAY}, 2000, EXPORT_PROCESSING},
    {{BY_TIME(2000), BY_TIME(5000), OUTCOME_SUCCESS, 7 * DAY}, 6999, EXPORT_PROCESSING},
    {{BY_TIME(2000), BY_TIME(5000), OUTCOME_SUCCESS, 7 * DAY}, 7000, EXPORT_SUCCESS},
    {{BY_TIME(2000), BY_TIME(5000), OUTCOME_SUCCESS, 7 * DAY}, 7 * DAY + 6999, EXPORT_SUCCESS},
    {{BY_TIME(2000), BY_TIME(5000), OUTCOME_SUCCESS, 7 * DAY}, 7 * DAY + 7000, EXPORT_EXPIRED},
    {{BY_TIME(2000), BY_TIME(5000), OUTCOME_FAILED, 7 * DAY}, 6999, EXPORT_PROCESSING},
    {{BY_TIME(2000), BY_TIME(5000), OUTCOME_FAILED, 7 * DAY}, 7000, EXPORT_FAILED},
    {{BY_TIME(2000), BY_TIME(5000), OUTCOME_FAILED, 7 * DAY}, 4000 * DAY, EXPORT_FAILED},
    {{BY_TIME(2000), BY_TIME(5000), OUTCOME_STUCK, 7 * DAY}, 1999, EXPORT_PENDING},
    {{BY_TIME(2000), BY_TIME(5000), OUTCOME_STUCK, 7 * DAY}, 4000 * DAY, EXPORT_PROCESSING},
    {{BY_TIME(NEVER_MS), BY_TIME(5000), OUTCOME_STUCK, 7 * DAY}, 4000 * DAY, EXPORT_PENDING},
    {{BY_TIME(0), BY_TIME(0), OUTCOME_SUCCESS, 7 * DAY}, 0, EXPORT_SUCCESS},
    {{BY_TIME(0), BY_TIME(0), OUTCOME_SUCCESS, 0}, 0, EXPORT_EXPIRED},
    {{BY_TIME(0), BY_TIME(1), OUTCOME_SUCCESS, 1}, 0, EXPORT_PROCESSING},
    {{BY_TIME(0), BY_TIME(1), OUTCOME_SUCCESS, 1}, 1, EXPORT_SUCCESS},
    {{BY_TIME(0), BY_TIME(1), OUTCOME_SUCCESS, 1}, 2, EXPORT_EXPIRED},
    {{BY_POLLS(2), BY_TIME(5000), OUTCOME_SUCCESS, 7 * DAY}, 4000 * DAY, EXPORT_PENDING},
    {{BY_TIME(2000), BY_POLLS(1), OUTCOME_SUCCESS, 7 * DAY}, 4000 * DAY, EXPORT_PROCESSING},
};

START_TEST(state_follows_plan_and_clock)
{
    const struct expected *row = &table[_i];
    struct schedule schedule = schedule_make(&row->lifecycle, CREATED);

    ck_assert_int_eq(schedule_state_at(&schedule, CREATED + row->after_ms), row->state);
}
END_TEST

START_TEST(before_its_creation_an_export_is_pending)
{
    struct schedule schedule = schedule_make(&usual, CREATED);

    ck_assert_int_eq(schedule_state_at(&schedule, CREATED - 1), EXPORT_PENDING);
}
END_TEST

START_TEST(polls_end_a_stage_once_it_was_shown_so_often)
{
    struct lifecycle lifecycle = {BY_POLLS(2), BY_POLLS(1), OUTCOME_SUCCESS, DAY};
    struct schedule schedule = schedule_make(&lifecycle, CREATED);

    schedule_note_poll(&schedule, CREATED + 10);
    ck_assert_int_eq(schedule_state_at(&schedule, CREATED + 10), EXPORT_PENDING);
    schedule_note_poll(&schedule, CREATED + 20);
    ck_assert_int_eq(schedule_state_at(&schedule, CREATED + 19), EXPORT_PENDING);
    ck_assert_int_eq(schedule_state_at(&schedule, CREATED + 20), EXPORT_PROCESSING);
    schedule_note_poll(&schedule, CREATED + 30);
    ck_assert_int_eq(schedule_state_at(&schedule, CREATED + 29), EXPORT_PROCESSING);
    ck_assert_int_eq(schedule_state_at(&schedule, CREATED + 30), EXPORT_SUCCESS);
    ck_assert_int_eq(schedule_state_at(&schedule, CREATED + 30 + DAY), EXPORT_EXPIRED);
}
END_TEST

START_TEST(polls_mix_with_time)
{
    struct lifecycle lifecycle = {BY_POLLS(1), BY_TIME(5000), OUTCOME_FAILED, DAY};
    struct schedule schedule = schedule_make(&lifecycle, CREATED);

    schedule_note_poll(&schedule, CREATED + 100);
    schedule_note_poll(&schedule, CREATED + 200);
    ck_assert_int_eq(schedule_state_at(&schedule, CREATED + 5099), EXPORT_PROCESSING);
    ck_assert_int_eq(schedule_state_at(&schedule, CREATED + 5100), EXPORT_FAILED);
}
END_TEST

START_TEST(polls_of_a_finished_export_change_nothing)
{
    struct schedule schedule = schedule_make(&usual, CREATED), before = schedule;

    schedule_note_poll(&schedule, CREATED + 7000);
    schedule_note_poll(&schedule, CREATED + 1);
    ck_assert_mem_eq(&schedule, &before, sizeof schedule);
}
END_TEST

START_TEST(a_forced_state_begins_at_once)
{
    for (int from = 0; from < 5; from++) {
        const int64_t instants[] = {0, 2000, 7000, 8000, 8 * DAY};
        struct schedule schedule = schedule_make(&usual, CREATED);
        int64_t now_ms = CREATED + instants[from];

        schedule_force(&schedule, &usual, (enum export_state)_i, now_ms);
        ck_assert_int_eq(schedule_state_at(&schedule, now_ms), _i);
        ck_assert_int_eq(schedule.created_ms, CREATED);
    }
}
END_TEST

START_TEST(a_forced_state_goes_on_by_the_plan)
{
    struct schedule schedule = schedule_make(&usual, CREATED);
    int64_t now_ms = CREATED + 9000;

    schedule_force(&schedule, &usual, EXPORT_PENDING, now_ms);
    ck_assert_int_eq(schedule_state_at(&schedule, now_ms + 1999), EXPORT_PENDING);
    ck_assert_int_eq(schedule_state_at(&schedule, now_ms + 2000), EXPORT_PROCESSING);
    ck_assert_int_eq(schedule_state_at(&schedule, now_ms + 7000), EXPORT_SUCCESS);
    schedule_force(&schedule, &usual, EXPORT_SUCCESS, now_ms);
    ck_assert_int_eq(schedule_state_at(&schedule, now_ms + 7 * DAY - 1), EXPORT_SUCCESS);
    ck_assert_int_eq(schedule_state_at(&schedule, now_ms + 7 * DAY), EXPORT_EXPIRED);
}
END_TEST

START_TEST(next_gives_every_transition_once)
{
    struct schedule schedule = schedule_make(&usual, CREATED);
    enum export_state state;

    ck_assert_int_eq(schedule_next(&schedule, CREATED, &state), CREATED + 2000);
    ck_assert_int_eq(state, EXPORT_PROCESSING);
    ck_assert_int_eq(schedule_next(&schedule, CREATED + 2000, &state), CREATED + 7000);
    ck_assert_int_eq(state, EXPORT_SUCCESS);
    ck_assert_int_eq(schedule_next(&schedule, CREATED + 7000, &state), CREATED + 7000 + 7 * DAY);
    ck_assert_int_eq(state, EXPORT_EXPIRED);
    ck_assert_int_eq(schedule_next(&schedule, CREATED + 7000 + 7 * DAY, &state), NEVER_MS);
}
END_TEST

START_TEST(a_stage_without_an_end_has_no_next)
{
    struct lifecycle lifecycle = {BY_TIME(2000), BY_TIME(NEVER_MS), OUTCOME_SUCCESS, DAY};
    struct schedule schedule = schedule_make(&lifecycle, CREATED);
    enum export_state state;

    ck_assert_int_eq(schedule_next(&schedule, CREATED, &state), CREATED + 2000);
    ck_assert_int_eq(state, EXPORT_PROCESSING);
    ck_assert_int_eq(schedule_next(&schedule, CREATED + 2000, &state), NEVER_MS);
    ck_assert_int_eq(schedule_state_at(&schedule, CREATED + 9000 * DAY), EXPORT_PROCESSING);
}
END_TEST

START_TEST(next_of_several_at_once_is_the_last)
{
    struct lifecycle lifecycle = {BY_TIME(2000), BY_TIME(0), OUTCOME_SUCCESS, DAY};
    struct schedule schedule = schedule_make(&lifecycle, CREATED);
    enum export_state state;

    ck_assert_int_eq(schedule_next(&schedule, CREATED, &state), CREATED + 2000);
    ck_assert_int_eq(state, EXPORT_SUCCESS);
}
END_TEST

START_TEST(far_instants_do_not_overflow)
{
    struct lifecycle lifecycle = {BY_TIME(INT64_MAX / 2), BY_TIME(INT64_MAX - 1), OUTCOME_SUCCESS,
                                  INT64_MAX - 1};
    struct schedule schedule = schedule_make(&lifecycle, TIMESTAMP_MAX_MS - 1);

    ck_assert_int_eq(schedule.processing_ms, TIMESTAMP_MAX_MS);
    ck_assert_int_eq(schedule.expires_ms, TIMESTAMP_MAX_MS);
}
END_TEST

START_TEST(names_are_those_of_the_contract)
{
    enum export_state state;

    ck_assert(export_state_read("Expired", &state));
    ck_assert_int_eq(state, EXPORT_EXPIRED);
    ck_assert(!export_state_read("expired", &state));
    ck_assert(!export_state_read("", &state));
    for (int i = 0; i < EXPORT_STATE_COUNT; i++) {
        ck_assert(export_state_read(export_state_name((enum export_state)i), &state));
        ck_assert_int_eq((int)state, i);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lifecycle");
    TCase *tcase = tcase_create("lifecycle");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_loop_test(tcase, state_follows_plan_and_clock, 0, sizeof table / sizeof *table);
    tcase_add_test(tcase, before_its_creation_an_export_is_pending);
    tcase_add_test(tcase, polls_end_a_stage_once_it_was_shown_so_often);
    tcase_add_test(tcase, polls_mix_with_time);
    tcase_add_test(tcase, polls_of_a_finished_export_change_nothing);
    tcase_add_loop_test(tcase, a_forced_state_begins_at_once, 0, EXPORT_STATE_COUNT);
    tcase_add_test(tcase, a_forced_state_goes_on_by_the_plan);
    tcase_add_test(tcase, next_gives_every_transition_once);
    tcase_add_test(tcase, a_stage_without_an_end_has_no_next);
    tcase_add_test(tcase, next_of_several_at_once_is_the_last);
    tcase_add_test(tcase, far_instants_do_not_overflow);
    tcase_add_test(tcase, names_are_those_of_the_contract);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
