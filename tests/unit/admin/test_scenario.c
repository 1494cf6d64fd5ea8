#include <check.h>
#include <stdio.h>

#include "rig.h"

static void set_up(void)
{
    rig_start();
}

static void tear_down(void)
{
    rig_stop();
}

START_TEST(nothing_is_in_force_at_the_start)
{
    check("GET", "/scenario", NULL, 200, "{}");
    check("GET", "/scenario?accessToken=a", NULL, 200, "{}");
    ck_assert_ptr_null(store_find_tenant(rig.store, "a"));
}
END_TEST

START_TEST(a_scenario_is_named_in_four_ways)
{
    static const char *const bodies[] = {"\"fails\"", "fails", "{\"name\":\"fails\"}",
                                         "// one of them\n\"fails\""};

    for (unsigned i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        ask("DELETE", "/scenario", NULL);
        ask("PUT", "/scenario", bodies[i]);
        expect_parts(200, "\"name\":\"fails\"", "\"lifecycle\":{\"outcome\":\"Failed\"}", NULL);
        ask("GET", "/scenario", NULL);
        expect_parts(200, "\"name\":\"fails\"", NULL);
        ck_assert_int_eq(store_scenario(rig.store, NULL)->lifecycle.outcome, OUTCOME_FAILED);
    }
}
END_TEST

START_TEST(an_object_is_a_scenario)
{
    check("PUT", "/scenario", "{\"name\":\"mine\",\"rateLimit\":{\"requests\":3,\"per\":\"10s\"}}",
          200, "{\"name\":\"mine\",\"rateLimit\":{\"requests\":3,\"per\":\"10s\"}}");
    check("DELETE", "/scenario", NULL, 200, "{}");
}
END_TEST

START_TEST(mistakes_are_told_with_their_place)
{
    ask("PUT", "/scenario", "\"fals\"");
    expect_parts(400, "there is no scenario \\\"fals\\\"; did you mean \\\"fails\\\"?", NULL);
    ask("PUT", "/scenario", "{\"faults\":[{\"on\":\"add\",\"delay\":\"1s\"},{\"on\":\"getall\"}]}");
    expect_parts(400, "faults[1].on: ", "did you mean getAll?", NULL);
    ask("PUT", "/scenario", "");
    expect_parts(400, "the body is empty", NULL);
    ask("PUT", "/scenario", "[1]");
    expect_parts(400, "must be the name of a built-in scenario in quotes, or an object", NULL);
    ask("PUT", "/scenario", "{\"lifecycle\":{\"outcome\":\"Fails\"}}");
    expect_parts(400, "lifecycle.outcome", "Failed", NULL);
    check("GET", "/scenario", NULL, 200, "{}");
}
END_TEST

START_TEST(a_tenant_has_its_own)
{
    ask("PUT", "/scenario", "\"happy\"");
    ask("PUT", "/scenario?accessToken=a", "\"fails\"");
    ask("GET", "/scenario?accessToken=a", NULL);
    expect_parts(200, "\"name\":\"fails\"", NULL);
    ask("GET", "/scenario?accessToken=b", NULL);
    expect_parts(200, "\"name\":\"happy\"", NULL);
    ck_assert_int_eq(rig_add("a", ENTITY_BILL)->schedule.outcome, OUTCOME_FAILED);
    ask("DELETE", "/scenario?accessToken=a", NULL);
    expect_parts(200, "\"name\":\"happy\"", NULL);
}
END_TEST

START_TEST(reset_forgets_it)
{
    ask("PUT", "/scenario", "\"fails\"");
    ask("POST", "/reset", NULL);
    check("GET", "/scenario", NULL, 200, "{}");
}
END_TEST

START_TEST(every_built_in_one_is_listed)
{
    ask("GET", "/scenarios", NULL);
    expect_parts(200, "\"name\":\"already-running\"", "\"name\":\"happy\"",
                 "\"name\":\"wrong-size\"", "\"description\":\"", "\"expect\":\"failure\"", NULL);
}
END_TEST

#define PLANT "/exports?accessToken=a"

START_TEST(an_export_is_planted_in_any_state)
{
    static const char *const states[] = {"Pending", "Processing", "Success", "Failed", "Expired"};

    for (unsigned i = 0; i < sizeof states / sizeof *states; i++) {
        char body[200];

        snprintf(body, sizeof body,
                 "{\"EntityType\":\"Bill\",\"Status\":\"%s\",\"ClientToken\":\"c\"}", states[i]);
        ask("POST", PLANT, body);
        snprintf(body, sizeof body, "\"Status\":\"%s\",\"EntityType\":\"Bill\"", states[i]);
        expect_parts(201, body, "\"Planted\":true", NULL);
        ask("POST", "/reset", NULL);
    }
}
END_TEST

START_TEST(a_strangers_export_blocks_and_ends_when_it_should)
{
    struct export_request request = {.entity_type = ENTITY_BILL};
    struct export *export;
    struct error err;

    ask("POST", PLANT,
        "{\"EntityType\":\"Bill\",\"Status\":\"Processing\",\"Stranger\":true,"
        "\"Duration\":\"20s\",\"ClientToken\":\"ClientToken1\"}");
    expect_parts(201, "\"AtUtc\":\"2026-08-07T10:00:20Z\"", NULL);
    ck_assert_int_eq(store_sign_in(rig.store, "ClientToken1", "a", &request.integration, &err),
                     STATUS_OK);
    request.scope = request.integration->scope;
    ck_assert_int_eq(store_add_export(rig.store, &request, rig.now_real_ms, &export, &err),
                     STATUS_CONFLICT);
    ask("POST", "/clock/advance", "{\"by\":\"20s\"}");
    ck_assert_int_eq(store_add_export(rig.store, &request, rig.now_real_ms, &export, &err),
                     STATUS_OK);
}
END_TEST

START_TEST(planting_tells_what_is_missing)
{
    check("POST", "/exports", "{\"EntityType\":\"Bill\",\"Status\":\"Failed\"}", 400,
          "{\"Message\":\"Invalid "
          "accessToken.\",\"RequestId\":\"00000000-0000-0000-0000-000000000000\","
          "\"Details\":\"accessToken: is missing: say in the query for which AccessToken, as in "
          "POST /__admin/exports?accessToken=T\"}");
    ask("POST", PLANT, "{\"EntityType\":\"Bill\",\"Status\":\"Failed\"}");
    expect_parts(400, "ClientToken: is missing: this AccessToken was not used yet", NULL);
    ask("POST", PLANT, "{\"Status\":\"Failed\"}");
    expect_parts(400, "EntityType: is missing", NULL);
    ask("POST", PLANT, "{\"EntityType\":\"Bil\",\"Status\":\"Failed\"}");
    expect_parts(400, "did you mean Bill", NULL);
    ask("POST", PLANT, "{\"EntityType\":\"Bill\"}");
    expect_parts(400, "Status: is missing", NULL);
    ask("POST", PLANT, "{\"EntityTyp\":\"Bill\",\"Status\":\"Failed\"}");
    expect_parts(400, "EntityTyp", "EntityType", NULL);
    ask("POST", PLANT, "{\"EntityType\":\"Bill\",\"Status\":\"Failed\",\"Duration\":5}");
    expect_parts(400, "Duration", NULL);
    ask("POST", PLANT,
        "{\"EntityType\":\"Bill\",\"Status\":\"Failed\",\"ClientToken\":\"c\","
        "\"Scope\":{\"EnterpriseIds\":[\"3fa85f64-5717-4562-b3fc-2c963f66afa6\"]}}");
    expect_parts(400, "EnterpriseIds", NULL);
    ck_assert_uint_eq(store_export_count(rig.store), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scenario");
    TCase *tcase = tcase_create("scenario");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, nothing_is_in_force_at_the_start);
    tcase_add_test(tcase, a_scenario_is_named_in_four_ways);
    tcase_add_test(tcase, an_object_is_a_scenario);
    tcase_add_test(tcase, mistakes_are_told_with_their_place);
    tcase_add_test(tcase, a_tenant_has_its_own);
    tcase_add_test(tcase, reset_forgets_it);
    tcase_add_test(tcase, every_built_in_one_is_listed);
    tcase_add_test(tcase, an_export_is_planted_in_any_state);
    tcase_add_test(tcase, a_strangers_export_blocks_and_ends_when_it_should);
    tcase_add_test(tcase, planting_tells_what_is_missing);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
