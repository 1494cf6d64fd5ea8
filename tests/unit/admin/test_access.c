#include <check.h>
#include <string.h>

#include "rig.h"

#define HEALTHY "{\"status\":\"healthy\",\"version\":\"1.2.3\",\"uptimeInSeconds\":0}"
#define CLOCK   "{\"now\":\"2026-08-07T10:00:00Z\",\"speed\":0}"

static const char *header(const char *name)
{
    const char *value = http_response_find_header(&rig.response, name);

    return value ? value : "(none)";
}

START_TEST(health_tells_version_and_uptime)
{
    check("GET", "/health", NULL, 200, HEALTHY);
    rig.now_real_ms += 12999;
    check("HEAD", "/health", NULL, 200,
          "{\"status\":\"healthy\",\"version\":\"1.2.3\",\"uptimeInSeconds\":12}");
    rig.now_real_ms += 1;
    check("GET", "/health", NULL, 200,
          "{\"status\":\"healthy\",\"version\":\"1.2.3\",\"uptimeInSeconds\":13}");
}
END_TEST

START_TEST(a_token_opens_all_and_health_needs_none)
{
    static const char *const good[] = {"Bearer secret", "bearer secret", "BEARER  secret"};
    static const char *const bad[] = {
        "Bearer secre",  "Bearer secrets", "Bearer ",        "Bearer", "Basic secret", "secret", "",
        "Bearer SECRET", "Bearersecret x", "Bearer secret x"};

    rig.admin.config.token = "secret";
    rig.host = "far.example"; /* the token is enough */
    rig.origin = "https://far.example";
    for (unsigned i = 0; i < sizeof good / sizeof *good; i++) {
        rig.authorization = good[i];
        check("GET", "/clock", NULL, 200, CLOCK);
    }
    for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++) {
        rig.authorization = bad[i];
        ask("GET", "/clock", NULL);
        expect_parts(401, "\"Message\":\"The admin token is missing or wrong.\"",
                     "\"Details\":\"Authorization: ", "--admin-token", NULL);
        ck_assert_str_eq(header("WWW-Authenticate"), "Bearer");
    }
    rig.authorization = NULL;
    ask("POST", "/reset", NULL);
    expect_parts(401, "no bearer token was sent", NULL);
    ask("GET", "/nothing", NULL);
    expect_parts(401, NULL);
    ask("PUT", "/health", NULL);
    expect_parts(401, NULL);
    check("GET", "/health", NULL, 200, HEALTHY);
}
END_TEST

START_TEST(hosts_of_this_machine_are_taken)
{
    static const char *const good[] = {"localhost",  "LocalHost:8080", "127.0.0.1:1",
                                       "127.9.8.7",  "[::1]",          "[::1]:8080",
                                       "localhost:", "10.0.0.5:80",    "[::ffff:127.0.0.1]:80"};
    static const char *const bad[] = {"far.example",
                                      "far.example:8080",
                                      "localhost.far.example",
                                      "127.0.0.1.far.example",
                                      "128.0.0.1",
                                      "126.255.255.255",
                                      "[::2]",
                                      "::1",
                                      "",
                                      ":8080",
                                      "localhost:80x",
                                      "localhost/x",
                                      "[::1",
                                      "[::1]x",
                                      "127.1",
                                      "10.0.0.51"};

    rig.admin.config.bind_address = "10.0.0.5";
    for (unsigned i = 0; i < sizeof good / sizeof *good; i++) {
        rig.host = good[i];
        check("GET", "/clock", NULL, 200, CLOCK);
    }
    for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++) {
        rig.host = bad[i];
        ask("GET", "/clock", NULL);
        expect_parts(403, "\"Details\":\"Host: \\\"", "--admin-token none", NULL);
        ask("GET", "/health", NULL);
        expect_parts(403, NULL);
    }
    rig.host = NULL; /* HTTP/1.0; no browser sends that */
    check("GET", "/clock", NULL, 200, CLOCK);
    rig.admin.config.bind_address = "fe80::1";
    rig.host = "[fe80::1]:8080";
    check("GET", "/clock", NULL, 200, CLOCK);
    rig.host = "[fe80::2]:8080";
    ask("GET", "/clock", NULL);
    expect_parts(403, NULL);
}
END_TEST

START_TEST(origins_of_this_machine_are_taken)
{
    static const char *const good[] = {"http://localhost:3000", "https://127.0.0.1",
                                       "HTTP://[::1]:8080"};
    static const char *const bad[] = {"null",
                                      "",
                                      "https://far.example",
                                      "http://localhost.far.example",
                                      "ftp://localhost",
                                      "localhost",
                                      "http://localhost/",
                                      "http://localhost@far.example",
                                      "http://"};

    for (unsigned i = 0; i < sizeof good / sizeof *good; i++) {
        rig.origin = good[i];
        check("POST", "/clock/advance", "{\"by\":\"0\"}", 200,
              "{\"from\":\"2026-08-07T10:00:00Z\",\"to\":\"2026-08-07T10:00:00Z\","
              "\"transitions\":[],\"transitionCount\":0}");
    }
    for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++) {
        rig.origin = bad[i];
        ask("POST", "/reset", NULL);
        expect_parts(403, "\"Message\":\"The admin API refuses requests of other sites.\"",
                     "\"Details\":\"Origin: \\\"", NULL);
    }
    ck_assert_int_eq(store_now_ms(rig.store, NULL, rig.now_real_ms), RIG_START_MS);
}
END_TEST

START_TEST(in_a_trusted_network_everybody_is_taken)
{
    rig.admin.config.network_is_trusted = true;
    rig.host = "mock.example";
    rig.origin = "null";
    check("GET", "/clock", NULL, 200, CLOCK);
}
END_TEST

START_TEST(an_unknown_path_lists_what_there_is)
{
    static const char *const paths[] = {"/nothing",       "/clock/",           "/Clock",
                                        "/exports//",     "/exports/a/state/", "/exports/a/b",
                                        "/exports//state"};

    for (unsigned i = 0; i < sizeof paths / sizeof *paths; i++) {
        ask("GET", paths[i], NULL);
        expect_parts(404,
                     "{\"Message\":\"Not found.\",\"RequestId\":"
                     "\"00000000-0000-0000-0000-000000000000\",\"Details\":\"nothing is at ",
                     NULL);
    }
    ask("GET", "/nothing/near/this", NULL);
    expect_parts(404, "; there are /__admin/health, /__admin/reset, /__admin/clock, ",
                 "/__admin/exports/{id}/state, ", NULL);
    ask("POST", "/cloc/advance", NULL);
    expect_parts(404, "did you mean /__admin/clock/advance?", NULL);
}
END_TEST

START_TEST(a_wrong_method_is_told_the_right_ones)
{
    static const struct {
        const char *method, *target, *allowed;
    } cases[] = {
        {"POST", "/health", "GET, HEAD"},
        {"GET", "/reset", "POST"},
        {"HEAD", "/reset", "POST"},
        {"POST", "/clock", "GET, HEAD, PUT"},
        {"OPTIONS", "/clock", "GET, HEAD, PUT"},
        {"PUT", "/clock/advance", "POST"},
        {"DELETE", "/exports", "GET, HEAD, POST"},
        {"PUT", "/exports/x", "GET, HEAD"},
        {"GET", "/exports/x/state", "PUT"},
        {"get", "/health", "GET, HEAD"},
    };

    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        ask(cases[i].method, cases[i].target, NULL);
        expect_parts(405, "\"Message\":\"Method not allowed.\"", cases[i].allowed, NULL);
        ck_assert_str_eq(header("Allow"), cases[i].allowed);
    }
}
END_TEST

START_TEST(query_parameters_are_read_strictly)
{
    static const struct {
        const char *target, *details;
    } cases[] = {
        {"/clock?acessToken=a", "did you mean \\\"accessToken\\\"?"},
        {"/clock?limit=1", "no query parameter \\\"limit\\\""},
        {"/clock?accessToken=a&AccessToken=a", "no query parameter \\\"AccessToken\\\""},
        {"/clock?%61ccessToken=a", "no query parameter"},
        {"/clock?=a", "no query parameter \\\"\\\""},
        {"/clock?accessToken=a&accessToken=a", "accessToken: is in the query twice"},
        {"/clock?accessToken=%4", "accessToken: is in the query twice, or has an escape"},
        {"/clock?accessToken=%00", "accessToken: "},
        {"/clock?accessToken=", "accessToken: has no value"},
        {"/clock?accessToken", "accessToken: has no value"},
        {"/exports?limt=1", "did you mean \\\"limit\\\"?"},
    };

    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        ask("GET", cases[i].target, NULL);
        expect_parts(400, cases[i].details, NULL);
    }
    check("GET", "/clock?accessToken=%61%2Bb&", NULL, 200, CLOCK);
    check("GET", "/clock?&&", NULL, 200, CLOCK);
}
END_TEST

START_TEST(a_token_may_be_as_long_as_the_apis)
{
    char target[600] = "/clock?accessToken=";

    memset(target + strlen(target), 'x', TOKEN_MAX_LENGTH);
    check("GET", target, NULL, 200, CLOCK);
    target[strlen(target)] = 'x';
    ask("GET", target, NULL);
    expect_parts(400, "\"Message\":\"Invalid accessToken.\"", "512 are the most", NULL);
}
END_TEST

START_TEST(a_body_over_the_cap_is_refused)
{
    rig.body_too_large = true;
    ask("PUT", "/clock", NULL);
    expect_parts(413, "\"Message\":\"The body is too large.\"", NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("access");
    TCase *tcase = tcase_create("access");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, rig_start, rig_stop);
    tcase_add_test(tcase, health_tells_version_and_uptime);
    tcase_add_test(tcase, a_token_opens_all_and_health_needs_none);
    tcase_add_test(tcase, hosts_of_this_machine_are_taken);
    tcase_add_test(tcase, origins_of_this_machine_are_taken);
    tcase_add_test(tcase, in_a_trusted_network_everybody_is_taken);
    tcase_add_test(tcase, an_unknown_path_lists_what_there_is);
    tcase_add_test(tcase, a_wrong_method_is_told_the_right_ones);
    tcase_add_test(tcase, query_parameters_are_read_strictly);
    tcase_add_test(tcase, a_token_may_be_as_long_as_the_apis);
    tcase_add_test(tcase, a_body_over_the_cap_is_refused);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
