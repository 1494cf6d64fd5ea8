#include <check.h>

#include "core/announce.h"

#define NOW INT64_C(1754560800000)

static struct store *store;
static struct events events;
static struct announcer announcer;
static int64_t now_real_ms;

static void start(void)
{
    struct store_config config = {
        .seed = 1,
        .start_ms = NOW,
        .speed = 10,
        .lifecycle = {{2000, 0}, {5000, 0}, OUTCOME_SUCCESS, 7 * MS_PER_DAY},
        .max_exports = 1000,
    };

    now_real_ms = 1000;
    store = store_new(&config, now_real_ms);
    events = (struct events){0};
    announcer = (struct announcer){0};
    events_begin(&events);
}

static void stop(void)
{
    events_release(&events);
    store_free(store);
}

static struct export *add(void)
{
    struct export_request request = {.entity_type = ENTITY_RESERVATION};
    struct export *export = NULL;
    struct error err;

    ck_assert_int_eq(store_sign_in(store, "client", "the-access-token", &request.integration, &err),
                     STATUS_OK);
    request.scope = request.integration->scope;
    ck_assert_int_eq(store_add_export(store, &request, now_real_ms, &export, &err), STATUS_OK);
    announce_touch(&announcer);
    return export;
}

/* Looks as soon as that is due. */
static void look(void)
{
    if (now_real_ms < announce_due_real_ms(&announcer))
        now_real_ms = announce_due_real_ms(&announcer);
    announce_look(&announcer, store, &events, now_real_ms);
}

static const struct event *next(uint64_t after)
{
    bool lost;
    const struct event *event = events_next(&events, after, &lost);

    ck_assert(!lost);
    ck_assert_ptr_nonnull(event);
    return event;
}

static void expect_state(uint64_t after, enum export_state previous, enum export_state state,
                         int64_t at_ms)
{
    const struct event *event = next(after);

    ck_assert_int_eq(event->type, EVENT_EXPORT_STATE);
    ck_assert_int_eq(event->previous, previous);
    ck_assert_int_eq(event->state, state);
    ck_assert_int_eq(event->at_ms, at_ms);
}

START_TEST(nothing_is_kept_until_somebody_looks_on)
{
    events_release(&events);
    ck_assert_ptr_null(events_add(&events, EVENT_CLOCK));
    ck_assert_uint_eq(events.last_id, 0);
    events_begin(&events);
    ck_assert_uint_eq(events_add(&events, EVENT_CLOCK)->id, 1);
}
END_TEST

START_TEST(the_oldest_go_and_that_is_told)
{
    bool lost;

    for (int i = 0; i < EVENTS_MAX + 3; i++)
        events_add(&events, EVENT_REQUEST)->number = (uint64_t)i;
    ck_assert_uint_eq(events_next(&events, 2, &lost)->id, 4);
    ck_assert(lost);
    ck_assert_uint_eq(events_next(&events, 3, &lost)->id, 4);
    ck_assert(!lost);
    ck_assert_ptr_null(events_next(&events, EVENTS_MAX + 3, &lost));
    ck_assert(!lost);
    (void)events_next(&events, EVENTS_MAX + 4, &lost);
    ck_assert(lost);
}
END_TEST

START_TEST(an_export_is_told_of_and_each_transition_at_its_instant)
{
    struct export *export = add();

    look();
    ck_assert_int_eq(next(0)->type, EVENT_EXPORT_ADDED);
    ck_assert(uuid_equal(&next(0)->export_id, &export->id));
    ck_assert_str_eq(next(0)->token, "the-…");
    look(); /* 2 s of virtual time are 200 ms */
    ck_assert_int_ge(now_real_ms, 1200);
    ck_assert_int_le(now_real_ms, 1201);
    expect_state(1, EXPORT_PENDING, EXPORT_PROCESSING, NOW + 2000);
    look();
    expect_state(2, EXPORT_PROCESSING, EXPORT_SUCCESS, NOW + 7000);
    ck_assert_uint_eq(events.last_id, 3);
}
END_TEST

START_TEST(a_jump_tells_all_that_lies_between)
{
    add();
    look();
    clock_set_ms(store_own_clock(store, NULL), NOW + 8 * MS_PER_DAY, now_real_ms);
    announce_touch(&announcer);
    look();
    expect_state(1, EXPORT_PENDING, EXPORT_PROCESSING, NOW + 2000);
    expect_state(2, EXPORT_PROCESSING, EXPORT_SUCCESS, NOW + 7000);
    expect_state(3, EXPORT_SUCCESS, EXPORT_EXPIRED, NOW + 7000 + 7 * MS_PER_DAY);
    ck_assert_uint_eq(events.last_id, 4);
    ck_assert_int_eq(announce_due_real_ms(&announcer), INT64_MAX);
}
END_TEST

START_TEST(a_forced_state_is_one_event)
{
    struct export *export = add();
    struct error err;

    look();
    ck_assert_int_eq(store_force_state(store, export, EXPORT_FAILED, now_real_ms, &err), STATUS_OK);
    announce_touch(&announcer);
    look();
    ck_assert_int_eq(next(1)->state, EXPORT_FAILED);
    ck_assert_uint_eq(events.last_id, 2);
}
END_TEST

START_TEST(a_clock_that_is_set_back_tells_the_state_before)
{
    add();
    look();
    clock_set_ms(store_own_clock(store, NULL), NOW + 3000, now_real_ms);
    announce_touch(&announcer);
    look();
    clock_set_speed(store_own_clock(store, NULL), 0, now_real_ms);
    clock_set_ms(store_own_clock(store, NULL), NOW + 1000, now_real_ms);
    announce_touch(&announcer);
    look();
    expect_state(2, EXPORT_PROCESSING, EXPORT_PENDING, NOW + 1000);
    ck_assert_int_eq(announce_due_real_ms(&announcer), INT64_MAX); /* frozen */
}
END_TEST

START_TEST(looks_keep_their_distance)
{
    add();
    look();
    announce_touch(&announcer);
    ck_assert_int_eq(announce_due_real_ms(&announcer), now_real_ms + 50);
    announce_look(&announcer, store, &events, now_real_ms + 49);
    ck_assert(announcer.is_touched);
    announce_look(&announcer, store, &events, now_real_ms + 50);
    ck_assert(!announcer.is_touched);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("events");
    TCase *tests = tcase_create("events");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, nothing_is_kept_until_somebody_looks_on);
    tcase_add_test(tests, the_oldest_go_and_that_is_told);
    tcase_add_test(tests, an_export_is_told_of_and_each_transition_at_its_instant);
    tcase_add_test(tests, a_jump_tells_all_that_lies_between);
    tcase_add_test(tests, a_forced_state_is_one_event);
    tcase_add_test(tests, a_clock_that_is_set_back_tells_the_state_before);
    tcase_add_test(tests, looks_keep_their_distance);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
