#include <check.h>
#include <string.h>

#include "rig.h"

/* Counts requests of a pair as the API does. */
static void admit(const char *client, const char *token, enum operation operation, int count)
{
    struct integration *integration;
    int64_t wait_ms;
    struct error err;

    ck_assert_int_eq(store_sign_in(rig.store, client, token, &integration, &err), STATUS_OK);
    while (count-- > 0)
        store_admit(rig.store, integration, operation,
                    store_now_ms(rig.store, integration->tenant, rig.now_real_ms), &wait_ms);
}

static void start(void)
{
    rig_start();
    admit("client-one", "access-one", OPERATION_ADD, 2);
    admit("client-one", "access-two", OPERATION_GET_ALL, 9);
}

#define NONE "\"count\":0,\"remaining\":5,\"began\":null,\"ends\":null}"

START_TEST(rules_and_windows)
{
    check("GET", "/limits?accessToken=access-one", NULL, 200,
          "{\"limits\":[{\"accessToken\":\"acce…\",\"clientToken\":\"clie…\","
          "\"now\":\"2026-08-07T10:00:00Z\",\"rules\":["
          "{\"of\":\"ClientToken\",\"operation\":null,\"requests\":9,\"perSeconds\":30,"
          "\"count\":7,\"remaining\":2,\"began\":\"2026-08-07T10:00:00Z\","
          "\"ends\":\"2026-08-07T10:00:30Z\"},"
          "{\"of\":\"AccessToken\",\"operation\":null,\"requests\":7,\"perSeconds\":10.5,"
          "\"count\":2,\"remaining\":5,\"began\":\"2026-08-07T10:00:00Z\","
          "\"ends\":\"2026-08-07T10:00:10.500Z\"},"
          "{\"of\":\"AccessToken\",\"operation\":\"add\",\"requests\":5,\"perSeconds\":1,"
          "\"count\":2,\"remaining\":3,\"began\":\"2026-08-07T10:00:00Z\","
          "\"ends\":\"2026-08-07T10:00:01Z\"},"
          "{\"of\":\"AccessToken\",\"operation\":\"getAll\",\"requests\":5,\"perSeconds\":1," NONE
          "]}],\"total\":1}");
}
END_TEST

START_TEST(windows_end)
{
    ask("POST", "/clock/advance", "{\"by\":\"1s\"}");
    ask("GET", "/limits?accessToken=access-one", NULL);
    expect_parts(200, "\"operation\":\"add\",\"requests\":5,\"perSeconds\":1," NONE,
                 "\"requests\":7,\"perSeconds\":10.5,\"count\":2", NULL);
}
END_TEST

START_TEST(pages_of_all)
{
    check("GET", "/limits?limit=0", NULL, 200, "{\"limits\":[],\"total\":2}");
    ask("GET", "/limits?limit=1&offset=1", NULL);
    expect_parts(200, "{\"limits\":[{\"accessToken\":\"acce…\"", "\"remaining\":0", "\"total\":2}",
                 NULL);
    check("GET", "/limits?offset=2", NULL, 200, "{\"limits\":[],\"total\":2}");
    check("GET", "/limits?accessToken=nobody", NULL, 200, "{\"limits\":[],\"total\":0}");
}
END_TEST

START_TEST(reset_ends_windows)
{
    ask("POST", "/reset?accessToken=access-one", NULL);
    ask("GET", "/limits?accessToken=access-one", NULL);
    expect_parts(200, "\"operation\":\"add\",\"requests\":5,\"perSeconds\":1," NONE, NULL);
}
END_TEST

START_TEST(mistakes_are_explained)
{
    ask("GET", "/limits?limit=1001", NULL);
    expect_parts(400, "limit: ", "from 0 to 1000", NULL);
    ask("GET", "/limits?ofset=1", NULL);
    expect_parts(400, "did you mean \\\"offset\\\"", NULL);
    ask("POST", "/limits", NULL);
    expect_parts(405, "GET, HEAD", NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("limits");
    TCase *tests = tcase_create("limits");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tests, start, rig_stop);
    tcase_add_test(tests, rules_and_windows);
    tcase_add_test(tests, windows_end);
    tcase_add_test(tests, pages_of_all);
    tcase_add_test(tests, reset_ends_windows);
    tcase_add_test(tests, mistakes_are_explained);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
