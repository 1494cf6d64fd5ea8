#include <check.h>
#include <stdio.h>
#include <string.h>

#include "rig.h"

#define ID "00000000-0000-0000-0000-00000000000"

static struct journal_span span(const char *text)
{
    return (struct journal_span){text, strlen(text), false};
}

/* Records a request as app/ does. */
static void record(uint64_t number, const char *token, enum note_kind kind, int status)
{
    struct journal_facts facts = {.number = number,
                                  .at_ms = RIG_START_MS,
                                  .tenant_key = token ? journal_tenant_key(token) : 0,
                                  .token = "my-t…",
                                  .kind = kind,
                                  .status = status,
                                  .entity_types = 1u << ENTITY_BILL,
                                  .faults = 1u << 2,
                                  .retry_after_s = status == 429 ? 3 : -1};
    struct journal_span texts[JOURNAL_TEXT_COUNT] = {0};
    struct uuid id = {{0}};

    id.bytes[15] = (uint8_t)number;
    texts[JOURNAL_METHOD] = span("POST");
    texts[JOURNAL_PATH] = span("/exports/getAll");
    texts[JOURNAL_WHY] = span("one\nand two");
    texts[JOURNAL_REQUEST] = span("{\"a\":1}");
    texts[JOURNAL_ANSWER] = span("?sig=abc&x");
    journal_add(&rig.journal, &facts, texts, &id, 1);
}

static void start(void)
{
    rig_start();
    record(1, "one", NOTE_ADD, 200);
    record(2, "two", NOTE_GET_ALL, 429);
    record(3, "one", NOTE_GET_ALL, 200);
    record(4, NULL, NOTE_OTHER, 404);
}

START_TEST(entries_are_listed)
{
    journal_complete(&rig.journal, 2, JOURNAL_COMPLETED, 99);
    check("GET", "/requests?operation=getAll&limit=1", NULL, 200,
          "{\"requests\":[{\"number\":2,\"requestId\":\"" ID "0\",\"at\":\"2026-08-07T10:00:00Z\","
          "\"accessToken\":\"my-t…\",\"operation\":\"getAll\",\"method\":\"POST\","
          "\"path\":\"/exports/getAll\",\"hasQuery\":false,\"status\":429,"
          "\"why\":[\"one\",\"and two\"],\"entityTypes\":[\"Bill\"],\"exportIds\":[\"" ID "2\"],"
          "\"file\":null,\"attempt\":null,\"faults\":[2],\"headers\":{\"contentType\":null,"
          "\"userAgent\":null,\"acceptEncoding\":null,\"range\":null,\"ifRange\":null,"
          "\"authorization\":false},\"retryAfterSeconds\":3,\"end\":\"completed\",\"offset\":0,"
          "\"length\":0,\"sentBytes\":99}],\"next\":2,\"dropped\":0}");
    ask("GET", "/requests?after=2&bodies=true", NULL);
    expect_parts(200, "{\"requests\":[{\"number\":3,", "\"end\":\"running\"", "\"sentBytes\":null",
                 "\"requestBody\":\"{\\\"a\\\":1}\",\"requestBodyIsCut\":false,"
                 "\"answerBody\":\"?sig=…&x\",\"answerBodyIsCut\":false",
                 "\"number\":4,", "\"accessToken\":null,\"operation\":\"other\"", "\"next\":null",
                 NULL);
}
END_TEST

static const struct {
    const char *query;
    const char *count;
} counts[] = {
    {"", "4"},
    {"?accessToken=one", "2"},
    {"?accessToken=nobody", "0"},
    {"?operation=getAll", "2"},
    {"?operation=download", "0"},
    {"?status=4xx", "2"},
    {"?status=429", "1"},
    {"?status=500", "0"},
    {"?export=" ID "3", "1"},
    {"?text=TWO", "4"},
    {"?text=three", "0"},
    {"?accessToken=one&operation=getAll&status=200", "1"},
};

START_TEST(filters_count)
{
    char target[256], answer[64];

    snprintf(target, sizeof target, "/requests/count%s", counts[_i].query);
    snprintf(answer, sizeof answer, "{\"count\":%s,\"dropped\":0}", counts[_i].count);
    check("GET", target, NULL, 200, answer);
}
END_TEST

static const struct {
    const char *body;
    const char *part;
} finds[] = {
    {"{}", "\"number\":1,"},
    {"{\"operation\":\"other\"}", "{\"requests\":[{\"number\":4,"},
    {"{\"status\":429}", "{\"requests\":[{\"number\":2,"},
    {"{\"status\":\"404\",\"bodies\":true}", "\"requestBody\":"},
    {"{\"accessToken\":\"one\",\"after\":1,\"limit\":1}", "{\"requests\":[{\"number\":3,"},
    {"{\"limit\":0}", "{\"requests\":[],\"next\":null"},
    {"{\"text\":\"nothing like this\"}", "{\"requests\":[],"},
    {"{\"export\":\"" ID "2\"}", "{\"requests\":[{\"number\":2,"},
};

START_TEST(bodies_find)
{
    ask("POST", "/requests/find", finds[_i].body);
    expect_parts(200, finds[_i].part, NULL);
}
END_TEST

static const struct {
    const char *method, *target, *body, *part;
} refusals[] = {
    {"GET", "/requests?operation=getall", NULL, "did you mean getAll"},
    {"GET", "/requests?status=6xx", NULL, "status: \\\"6xx\\\""},
    {"GET", "/requests?status=20", NULL, "status: \\\"20\\\""},
    {"GET", "/requests?export=1", NULL, "export: \\\"1\\\" is not an id"},
    {"GET", "/requests?bodies=yes", NULL, "neither true nor false"},
    {"GET", "/requests?limit=1001", NULL, "from 0 to 1000"},
    {"GET", "/requests?after=-1", NULL, "after: "},
    {"GET", "/requests?text=", NULL, "text: has no value"},
    {"GET", "/requests?textt=a", NULL, "did you mean \\\"text\\\""},
    {"GET", "/requests/count?limit=1", NULL, "no query parameter \\\"limit\\\""},
    {"POST", "/requests/find", NULL, "the body is empty"},
    {"POST", "/requests/find", "[]", "must be an object"},
    {"POST", "/requests/find", "{\"opration\":\"add\"}", "operation"},
    {"POST", "/requests/find", "{\"status\":20.5}", "status"},
    {"POST", "/requests/find", "{\"status\":1e300}", "status"},
    {"POST", "/requests/find", "{\"limit\":-1}", "must be from 0 to 1000"},
    {"POST", "/requests/find", "{\"bodies\":\"true\"}", "bodies"},
    {"POST", "/requests/find?accessToken=a", "{\"accessToken\":\"a\"}", "give it once"},
    {"DELETE", "/requests", "{\"a\":1}", "a: is not known here"},
};

START_TEST(mistakes_are_explained)
{
    ask(refusals[_i].method, refusals[_i].target, refusals[_i].body);
    expect_parts(400, refusals[_i].part, NULL);
}
END_TEST

START_TEST(delete_forgets)
{
    check("DELETE", "/requests?accessToken=one", NULL, 200, "{\"count\":2,\"dropped\":0}");
    check("GET", "/requests/count?accessToken=one", NULL, 200, "{\"count\":0,\"dropped\":0}");
    check("DELETE", "/requests", NULL, 200, "{\"count\":0,\"dropped\":0}");
}
END_TEST

START_TEST(reset_forgets)
{
    ask("POST", "/reset?accessToken=two", NULL);
    check("GET", "/requests/count", NULL, 200, "{\"count\":3,\"dropped\":0}");
    ask("POST", "/reset", NULL);
    check("GET", "/requests/count", NULL, 200, "{\"count\":0,\"dropped\":0}");
}
END_TEST

/* However many endpoints there are. */
START_TEST(unknown_path_lists_all)
{
    ask("GET", "/something/else/that/is/far/from/all", NULL);
    expect_parts(404, "/__admin/health, ", "/__admin/requests, ", "/__admin/requests/count", NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("requests");
    TCase *tests = tcase_create("requests");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tests, start, rig_stop);
    tcase_add_test(tests, entries_are_listed);
    tcase_add_loop_test(tests, filters_count, 0, (int)(sizeof counts / sizeof *counts));
    tcase_add_loop_test(tests, bodies_find, 0, (int)(sizeof finds / sizeof *finds));
    tcase_add_loop_test(tests, mistakes_are_explained, 0,
                        (int)(sizeof refusals / sizeof *refusals));
    tcase_add_test(tests, delete_forgets);
    tcase_add_test(tests, reset_forgets);
    tcase_add_test(tests, unknown_path_lists_all);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
