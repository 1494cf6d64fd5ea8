#include <check.h>
#include <stdio.h>
#include <string.h>

#include "rig.h"

#define CLOCK "{\"now\":\"2026-08-07T10:00:00Z\",\"speed\":0}"

START_TEST(the_clock_shows_milliseconds_when_it_has_some)
{
    check("PUT", "/clock", "{\"now\":\"2026-08-07T12:00:00.250+02:00\",\"speed\":1}", 200,
          "{\"now\":\"2026-08-07T10:00:00.250Z\",\"speed\":1}");
    rig.now_real_ms += 750;
    check("GET", "/clock", NULL, 200, "{\"now\":\"2026-08-07T10:00:01Z\",\"speed\":1}");
    rig.now_real_ms += 1;
    check("GET", "/clock", NULL, 200, "{\"now\":\"2026-08-07T10:00:01.001Z\",\"speed\":1}");
    ask("HEAD", "/clock", NULL);
    expect_parts(200, "10:00:01.001Z", NULL);
}
END_TEST

START_TEST(now_and_speed_are_set_one_by_one)
{
    check("PUT", "/clock", "{\"speed\":60}", 200,
          "{\"now\":\"2026-08-07T10:00:00Z\",\"speed\":60}");
    rig.now_real_ms += 1000;
    check("PUT", "/clock", "{\"speed\":0.5}", 200,
          "{\"now\":\"2026-08-07T10:01:00Z\",\"speed\":0.5}");
    rig.now_real_ms += 1000;
    check("PUT", "/clock", " {\"now\":\"2000-01-01T00:00:00Z\"} ", 200,
          "{\"now\":\"2000-01-01T00:00:00Z\",\"speed\":0.5}");
    rig.now_real_ms += 1000;
    check("PUT", "/clock", "{\"speed\":1e9}", 200,
          "{\"now\":\"2000-01-01T00:00:00.500Z\",\"speed\":1000000000}");
    check("PUT", "/clock", "{\"now\":null,\"speed\":-0.0}", 200,
          "{\"now\":\"2000-01-01T00:00:00.500Z\",\"speed\":0}");
}
END_TEST

START_TEST(wrong_clocks_are_explained_and_change_nothing)
{
    static const struct {
        const char *body, *details;
    } cases[] = {
        {NULL, "\"Details\":\"the body is empty; send JSON such as {"},
        {" \r\n", "the body is empty"},
        {"{}", "give \\\"now\\\" (an instant), \\\"speed\\\" (a number), or both"},
        {"{\"now\":null}", "give \\\"now\\\""},
        {"[]", "\"Message\":\"Invalid "},
        {"{\"now\":", "line 1"},
        {"{\"now\":\"2026-08-07T10:00:00\"}", "\"Details\":\"now: "},
        {"{\"now\":\"2030-01-01T00:00:00Z\",\"speed\":\"1\"}", "\"Message\":\"Invalid speed.\""},
        {"{\"now\":\"2030-01-01T00:00:00Z\",\"speed\":-0.1}", "speed: must be from 0"},
        {"{\"speed\":1000000000.1}", "to 1000000000"},
        {"{\"now\":\"2030-01-01T00:00:00Z\",\"sped\":1}", "speed"},
        {"{\"now\":\"2030-01-01T00:00:00Z\",\"now\":\"2031-01-01T00:00:00Z\"}", "now"},
        {"{\"Now\":\"2030-01-01T00:00:00Z\"}", "\\\"now\\\""},
    };

    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        ask("PUT", "/clock", cases[i].body);
        expect_parts(400, cases[i].details, NULL);
        check("GET", "/clock", NULL, 200, CLOCK);
    }
}
END_TEST

START_TEST(a_body_with_a_nul_byte_is_not_empty)
{
    struct http_response *response = &rig.response;
    struct http_request request = {.method = HTTP_POST,
                                   .method_name = "POST",
                                   .path = "/__admin/reset",
                                   .query = "",
                                   .body = "\0",
                                   .body_length = 1};
    struct admin_call call = {&rig.admin, &request, response, rig.now_real_ms, RIG_WALL_MS, {{0}}};

    admin_dispatch(&call);
    expect_parts(400, NULL);
}
END_TEST

START_TEST(a_tenant_has_its_own_clock_before_its_first_request)
{
    check("GET", "/clock?accessToken=a", NULL, 200, CLOCK);
    ck_assert_ptr_null(store_find_tenant(rig.store, "a"));
    check("PUT", "/clock?accessToken=a", "{\"speed\":1}", 200,
          "{\"now\":\"2026-08-07T10:00:00Z\",\"speed\":1}");
    check("PUT", "/clock", "{\"now\":\"2027-01-01T00:00:00Z\"}", 200,
          "{\"now\":\"2027-01-01T00:00:00Z\",\"speed\":0}");
    rig.now_real_ms += 1;
    check("GET", "/clock?accessToken=a", NULL, 200,
          "{\"now\":\"2026-08-07T10:00:00.001Z\",\"speed\":1}");
    check("GET", "/clock?accessToken=b", NULL, 200,
          "{\"now\":\"2027-01-01T00:00:00Z\",\"speed\":0}");
}
END_TEST

START_TEST(refused_changes_make_no_tenant)
{
    ask("PUT", "/clock?accessToken=a", "{\"speed\":-1}");
    expect_parts(400, NULL);
    ck_assert_ptr_null(store_find_tenant(rig.store, "a"));
}
END_TEST

START_TEST(one_tenant_too_many_is_refused)
{
    char token[16];
    struct tenant *tenant;
    struct error err;

    for (int i = 0; i < STORE_MAX_TENANTS; i++) {
        snprintf(token, sizeof token, "t%d", i);
        ck_assert_int_eq(store_get_tenant(rig.store, token, &tenant, &err), STATUS_OK);
    }
    ask("PUT", "/clock?accessToken=a", "{\"speed\":1}");
    expect_parts(503, "\"Message\":\"The server is full.\"", "/__admin/reset", NULL);
    ask("POST", "/clock/advance?accessToken=a", "{\"by\":\"1s\"}");
    expect_parts(503, NULL);
    check("PUT", "/clock?accessToken=t7", "{\"speed\":1}", 200,
          "{\"now\":\"2026-08-07T10:00:00Z\",\"speed\":1}");
}
END_TEST

START_TEST(a_reset_forgets_everything)
{
    rig_add("a", ENTITY_BILL);
    check("PUT", "/clock?accessToken=a", "{\"speed\":2}", 200,
          "{\"now\":\"2026-08-07T10:00:00Z\",\"speed\":2}");
    check("PUT", "/clock", "{\"speed\":3}", 200, "{\"now\":\"2026-08-07T10:00:00Z\",\"speed\":3}");
    check("POST", "/reset", NULL, 200, "{\"now\":\"2026-08-08T10:00:00Z\",\"speed\":0}");
    check("GET", "/exports", NULL, 200, "{\"Exports\":[],\"Total\":0}");
    check("GET", "/clock?accessToken=a", NULL, 200,
          "{\"now\":\"2026-08-08T10:00:00Z\",\"speed\":0}");
    rig.admin.config.has_start = true;
    rig.admin.config.start_ms = RIG_START_MS;
    check("POST", "/reset", "{}", 200, CLOCK);
}
END_TEST

START_TEST(a_reset_of_one_tenant_leaves_the_others)
{
    struct export *kept;

    rig_add("a", ENTITY_BILL);
    kept = rig_add("b", ENTITY_BILL);
    ask("PUT", "/clock?accessToken=a", "{\"speed\":2}");
    ask("PUT", "/clock?accessToken=b", "{\"speed\":2}");
    check("POST", "/reset?accessToken=a", NULL, 200, CLOCK);
    check("POST", "/reset?accessToken=nobody", NULL, 200, CLOCK);
    check("GET", "/clock?accessToken=b", NULL, 200,
          "{\"now\":\"2026-08-07T10:00:00Z\",\"speed\":2}");
    ask("GET", "/exports", NULL);
    expect_parts(200, id_text(kept), "\"Total\":1}", NULL);
}
END_TEST

START_TEST(a_reset_takes_no_body)
{
    static const char *const bodies[] = {"{\"accessToken\":\"a\"}", "x", "[]", "null"};

    rig_add("a", ENTITY_BILL);
    for (unsigned i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        ask("POST", "/reset", bodies[i]);
        expect_parts(400, NULL);
        ck_assert_uint_eq(store_export_count(rig.store), 1);
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
    tcase_add_checked_fixture(tcase, rig_start, rig_stop);
    tcase_set_timeout(tcase, 120); /* sanitizers and valgrind take their time */
    tcase_add_test(tcase, the_clock_shows_milliseconds_when_it_has_some);
    tcase_add_test(tcase, now_and_speed_are_set_one_by_one);
    tcase_add_test(tcase, wrong_clocks_are_explained_and_change_nothing);
    tcase_add_test(tcase, a_body_with_a_nul_byte_is_not_empty);
    tcase_add_test(tcase, a_tenant_has_its_own_clock_before_its_first_request);
    tcase_add_test(tcase, refused_changes_make_no_tenant);
    tcase_add_test(tcase, one_tenant_too_many_is_refused);
    tcase_add_test(tcase, a_reset_forgets_everything);
    tcase_add_test(tcase, a_reset_of_one_tenant_leaves_the_others);
    tcase_add_test(tcase, a_reset_takes_no_body);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
