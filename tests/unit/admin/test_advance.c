#include <check.h>
#include <stdarg.h>
#include <stdio.h>

#include "admin/transitions.h"
#include "rig.h"

/* A transition as it is answered. Instants are of the day on which a rig starts. */
#define TRANSITION(before, after, time) \
    "{\"exportId\":\"%s\",\"entityType\":\"Bill\",\"previousStatus\":\"" before \
    "\",\"status\":\"" after "\",\"at\":\"2026-08-07T" time "\"}"
#define EMPTY "\"transitions\":[],\"transitionCount\":0}"
#define STILL "{\"from\":\"2026-08-07T10:00:00Z\",\"to\":\"2026-08-07T10:00:00Z\"," EMPTY

static void advance(const char *body)
{
    ask("POST", "/clock/advance", body);
}

/* As expect(200), of a format. */
static void expect_text(const char *fmt, ...) PRINTF_LIKE(1, 2);

static void expect_text(const char *fmt, ...)
{
    char text[4096];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    expect(200, text);
}

START_TEST(transitions_are_listed_up_to_the_instant_itself)
{
    const char *id = id_text(rig_add("a", ENTITY_BILL));

    advance("{\"by\":\"1999ms\"}");
    expect_text("{\"from\":\"2026-08-07T10:00:00Z\",\"to\":\"2026-08-07T10:00:01.999Z\"," EMPTY);
    advance("{\"by\":\"1ms\"}");
    expect_text("{\"from\":\"2026-08-07T10:00:01.999Z\",\"to\":\"2026-08-07T10:00:02Z\","
                "\"transitions\":[" TRANSITION("Pending", "Processing",
                                               "10:00:02Z") "],"
                                                            "\"transitionCount\":1}",
                id);
    advance("{\"to\":\"2026-08-07T10:00:06.999Z\"}");
    expect_text("{\"from\":\"2026-08-07T10:00:02Z\",\"to\":\"2026-08-07T10:00:06.999Z\"," EMPTY);
    advance("{\"to\":\"2026-08-07T10:00:07Z\"}");
    expect_text("{\"from\":\"2026-08-07T10:00:06.999Z\",\"to\":\"2026-08-07T10:00:07Z\","
                "\"transitions\":[" TRANSITION("Processing", "Success",
                                               "10:00:07Z") "],"
                                                            "\"transitionCount\":1}",
                id);
    advance("{\"by\":\"PT0S\"}");
    expect_text("{\"from\":\"2026-08-07T10:00:07Z\",\"to\":\"2026-08-07T10:00:07Z\"," EMPTY);
}
END_TEST

START_TEST(no_state_is_skipped)
{
    const char *id = id_text(rig_add("a", ENTITY_BILL));

    advance("{\"by\":\"30d\"}");
    expect_text("{\"from\":\"2026-08-07T10:00:00Z\",\"to\":\"2026-09-06T10:00:00Z\","
                "\"transitions\":[" TRANSITION("Pending", "Processing", "10:00:02Z") "," TRANSITION(
                    "Processing", "Success", "10:00:07Z") ","
                                                          "{\"exportId\":\"%s\",\"entityType\":"
                                                          "\"Bill\",\"previousStatus\":\"Success\","
                                                          "\"status\":\"Expired\",\"at\":\"2026-08-"
                                                          "14T10:00:07Z\"}],\"transitionCount\":3}",
                id, id, id);
}
END_TEST

START_TEST(transitions_of_several_exports_are_in_the_order_of_time)
{
    const char *first = id_text(rig_add("a", ENTITY_BILL)), *second, *same;

    advance("{\"by\":\"1s\"}");
    second = id_text(rig_add("b", ENTITY_BILL));
    same = id_text(rig_add("c", ENTITY_BILL));
    advance("{\"by\":\"2s\"}");
    expect_text("{\"from\":\"2026-08-07T10:00:01Z\",\"to\":\"2026-08-07T10:00:03Z\","
                "\"transitions\":[" TRANSITION("Pending", "Processing", "10:00:02Z") "," TRANSITION(
                    "Pending", "Processing",
                    "10:00:03Z") "," TRANSITION("Pending", "Processing",
                                                "10:00:03Z") "],\"transitionCount\":3}",
                first, second, same);
}
END_TEST

START_TEST(the_next_event_is_where_the_clock_stops)
{
    const char *first = id_text(rig_add("a", ENTITY_BILL));
    const char *second = id_text(rig_add("b", ENTITY_BILL));

    advance("{\"until\":\"next-event\"}");
    expect_text("{\"from\":\"2026-08-07T10:00:00Z\",\"to\":\"2026-08-07T10:00:02Z\","
                "\"transitions\":[" TRANSITION("Pending", "Processing", "10:00:02Z") "," TRANSITION(
                    "Pending", "Processing", "10:00:02Z") "],\"transitionCount\":2}",
                first, second);
    check("GET", "/clock", NULL, 200, "{\"now\":\"2026-08-07T10:00:02Z\",\"speed\":0}");
    for (int i = 0; i < 2; i++)
        advance("{\"until\":\"next-event\"}");
    expect_parts(200, "\"to\":\"2026-08-14T10:00:07Z\"", "\"transitionCount\":2}", NULL);
    advance("{\"until\":\"next-event\"}");
    expect_text("{\"from\":\"2026-08-14T10:00:07Z\",\"to\":\"2026-08-14T10:00:07Z\"," EMPTY);
}
END_TEST

START_TEST(an_export_that_waits_for_polls_plans_nothing)
{
    static const struct lifecycle lifecycle = {.pending = {.polls = 1}, .kept_ms = MS_PER_DAY};
    struct export *export;

    rig_stop();
    rig_start_with(&lifecycle);
    export = rig_add("a", ENTITY_BILL);
    advance("{\"until\":\"next-event\"}");
    expect_text(STILL);
    advance("{\"by\":\"1h\"}");
    expect_text("{\"from\":\"2026-08-07T10:00:00Z\",\"to\":\"2026-08-07T11:00:00Z\"," EMPTY);
    schedule_note_poll(&export->schedule, RIG_START_MS + MS_PER_HOUR);
    advance("{\"until\":\"next-event\"}");
    expect_parts(200, "\"to\":\"2026-08-08T11:00:00Z\"", "\"previousStatus\":\"Success\"", NULL);
}
END_TEST

START_TEST(a_state_that_lasts_no_time_is_not_seen)
{
    static const struct lifecycle lifecycle = {.pending = {.duration_ms = 1000},
                                               .kept_ms = MS_PER_DAY};
    const char *id;

    rig_stop();
    rig_start_with(&lifecycle);
    id = id_text(rig_add("a", ENTITY_BILL));
    advance("{\"by\":\"1s\"}");
    expect_text(
        "{\"from\":\"2026-08-07T10:00:00Z\",\"to\":\"2026-08-07T10:00:01Z\","
        "\"transitions\":[" TRANSITION("Pending", "Success", "10:00:01Z") "],"
                                                                          "\"transitionCount\":1}",
        id);
}
END_TEST

START_TEST(a_running_clock_runs_on)
{
    ask("PUT", "/clock", "{\"speed\":10}");
    rig.now_real_ms += 100;
    advance("{\"by\":\"1h\"}");
    expect_text("{\"from\":\"2026-08-07T10:00:01Z\",\"to\":\"2026-08-07T11:00:01Z\"," EMPTY);
    rig.now_real_ms += 100;
    check("GET", "/clock", NULL, 200, "{\"now\":\"2026-08-07T11:00:02Z\",\"speed\":10}");
}
END_TEST

START_TEST(a_tenant_is_advanced_alone)
{
    const char *own = id_text(rig_add("a", ENTITY_BILL));
    const char *other = id_text(rig_add("b", ENTITY_BILL));

    ask("POST", "/clock/advance?accessToken=a", "{\"by\":\"2s\"}");
    expect_text("{\"from\":\"2026-08-07T10:00:00Z\",\"to\":\"2026-08-07T10:00:02Z\","
                "\"transitions\":[" TRANSITION("Pending", "Processing",
                                               "10:00:02Z") "],"
                                                            "\"transitionCount\":1}",
                own);
    check("GET", "/clock", NULL, 200, "{\"now\":\"2026-08-07T10:00:00Z\",\"speed\":0}");
    advance("{\"until\":\"next-event\"}");
    expect_text("{\"from\":\"2026-08-07T10:00:00Z\",\"to\":\"2026-08-07T10:00:02Z\","
                "\"transitions\":[" TRANSITION("Pending", "Processing",
                                               "10:00:02Z") "],"
                                                            "\"transitionCount\":1}",
                other);
    check("POST", "/clock/advance?accessToken=nobody", "{\"until\":\"next-event\"}", 200,
          "{\"from\":\"2026-08-07T10:00:02Z\",\"to\":\"2026-08-07T10:00:02Z\"," EMPTY);
}
END_TEST

START_TEST(wrong_ways_are_explained_and_change_nothing)
{
    static const struct {
        const char *body, *details;
    } cases[] = {
        {NULL, "send JSON such as {\\\"by\\\":\\\"10m\\\"}"},
        {"{}", "give exactly one of"},
        {"{\"by\":\"1s\",\"until\":\"next-event\"}", "give exactly one of"},
        {"{\"by\":\"1s\",\"to\":\"2026-08-07T10:00:01Z\"}", "give exactly one of"},
        {"{\"by\":null}", "give exactly one of"},
        {"{\"by\":10}", "\"Details\":\"by: "},
        {"{\"by\":\"10 minutes\"}", "\"Details\":\"by: "},
        {"{\"by\":\"-1s\"}", "\"Details\":\"by: "},
        {"{\"until\":\"next\"}", "until: must be \\\"next-event\\\", but is \\\"next\\\""},
        {"{\"untill\":\"next-event\"}", "until"},
        {"{\"to\":\"2026-08-07T09:59:59.999Z\"}",
         "to: is in the past: the clock shows 2026-08-07T10:00:00.000Z; PUT /__admin/clock"},
    };

    rig_add("a", ENTITY_BILL);
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        advance(cases[i].body);
        expect_parts(400, cases[i].details, NULL);
        ck_assert_int_eq(store_now_ms(rig.store, NULL, rig.now_real_ms), RIG_START_MS);
    }
    ask("POST", "/clock/advance?accessToken=a", "{\"to\":\"2026-08-07T09:59:59.999Z\"}");
    expect_parts(400, NULL);
    ck_assert(!store_find_tenant(rig.store, "a")->has_clock);
    advance("{\"to\":\"2026-08-07T10:00:00Z\"}");
    expect_text(STILL);
}
END_TEST

START_TEST(time_ends_with_the_year_9999)
{
    advance("{\"by\":\"3650000d\"}");
    expect_parts(200, "\"to\":\"9999-12-31T23:59:59.999Z\"", NULL);
}
END_TEST

/* Adds count exports, each of a tenant of its own, 1 ms after the other, the last one first. */
static void add_many(int count)
{
    char token[16];

    for (int i = 0; i < count; i++) {
        struct export *export;

        snprintf(token, sizeof token, "t%d", i);
        export = rig_add(token, ENTITY_BILL);
        export->schedule.processing_ms = RIG_START_MS + count - i;
        export->schedule.finished_ms = export->schedule.expires_ms = NEVER_MS;
    }
}

START_TEST(the_earliest_transitions_are_kept)
{
    struct transitions transitions;
    int count = 2 * TRANSITIONS_MAX + 500;

    add_many(count);
    transitions_find(&transitions, rig.store, NULL, RIG_START_MS, RIG_START_MS + count);
    ck_assert_uint_eq(transitions.found_count, (uint64_t)count);
    ck_assert_uint_eq(transitions.count, TRANSITIONS_MAX);
    for (size_t i = 0; i < transitions.count; i++)
        ck_assert_int_eq(transitions.items[i].at_ms, RIG_START_MS + 1 + (int64_t)i);
    transitions_release(&transitions);
    transitions_find(&transitions, rig.store, NULL, RIG_START_MS, RIG_START_MS + TRANSITIONS_MAX);
    ck_assert_uint_eq(transitions.found_count, TRANSITIONS_MAX);
    ck_assert_uint_eq(transitions.count, TRANSITIONS_MAX);
    transitions_release(&transitions);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("advance");
    TCase *tcase = tcase_create("advance");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_checked_fixture(tcase, rig_start, rig_stop);
    tcase_set_timeout(tcase, 120); /* sanitizers and valgrind take their time */
    tcase_add_test(tcase, transitions_are_listed_up_to_the_instant_itself);
    tcase_add_test(tcase, no_state_is_skipped);
    tcase_add_test(tcase, transitions_of_several_exports_are_in_the_order_of_time);
    tcase_add_test(tcase, the_next_event_is_where_the_clock_stops);
    tcase_add_test(tcase, an_export_that_waits_for_polls_plans_nothing);
    tcase_add_test(tcase, a_state_that_lasts_no_time_is_not_seen);
    tcase_add_test(tcase, a_running_clock_runs_on);
    tcase_add_test(tcase, a_tenant_is_advanced_alone);
    tcase_add_test(tcase, wrong_ways_are_explained_and_change_nothing);
    tcase_add_test(tcase, time_ends_with_the_year_9999);
    tcase_add_test(tcase, the_earliest_transitions_are_kept);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
