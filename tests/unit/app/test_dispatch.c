/* The emulated API over the dispatch function: no socket, and the clock is an argument. */
#include <check.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/app.h"
#include "options/options.h"

#define CREDENTIALS "\"ClientToken\":\"client\",\"AccessToken\":\"access\",\"Client\":\"Test 1.0\""
#define ADD         "/api/connector/v1/exports/add"
#define GET_ALL     "/api/connector/v1/exports/getAll"
#define DAY_MS      INT64_C(86400000)

static struct settings settings;
static struct app *app;
static struct moment now;
static struct http_response response;
static const char *header_name, *header_value; /* of the next request */

static const char *no_environment(const char *name, void *state)
{
    (void)name;
    (void)state;
    return NULL;
}

static void stop(void)
{
    app_free(app);
    app = NULL;
    settings_release(&settings);
    http_response_release(&response);
}

#define WORDS_MAX 24

static char words[WORDS_MAX][64]; /* of the command line */
static char *arguments[WORDS_MAX];
static int word_count;

static void add_word(const char *word)
{
    snprintf(words[word_count], sizeof words[0], "%s", word);
    arguments[word_count] = words[word_count];
    word_count++;
}

/* Starts the program on a tiny data set with these options; NULL ends them. */
static void start(const char *first, ...)
{
    struct options_input input = {0, arguments, no_environment, NULL};
    struct strbuf print = STRBUF_INIT;
    struct error err;
    va_list more;

    if (app)
        stop();
    word_count = 0;
    add_word("exports-mock");
    add_word("--now=2026-08-07T10:00:00Z");
    add_word("--size=tiny");
    add_word("--log=off");
    va_start(more, first);
    for (const char *word = first; word; word = va_arg(more, const char *))
        add_word(word);
    va_end(more);
    input.argc = word_count;
    now = (struct moment){1000, 0};
    http_response_init(&response);
    ck_assert_int_eq(options_read(&input, &settings, &print, &err), STATUS_OK);
    ck_assert_int_eq(app_new(&settings, "http://127.0.0.1:1", now, &app, &err), STATUS_OK);
}

static const char *find_header(void *state, const char *name)
{
    (void)state;
    if (strcasecmp(name, "Host") == 0)
        return "localhost:8080";
    return header_name && strcasecmp(name, header_name) == 0 ? header_value : NULL;
}

/* Sends a request; its answer is in response. Gives the status. */
static int ask(const char *method, const char *path, const char *query, const char *body)
{
    struct http_request request = {
        .method = http_method_of(method),
        .method_name = method,
        .path = path,
        .query = query,
        .body = body,
        .body_length = strlen(body),
        .peer_is_loopback = true,
        .find_header = find_header,
    };

    http_response_reset(&response);
    app_dispatch(app, &request, &response, now);
    return response.status;
}

static int post(const char *path, const char *body)
{
    return ask("POST", path, "", body);
}

static int add(const char *rest)
{
    char body[4096];

    snprintf(body, sizeof body, "{" CREDENTIALS ",%s}", rest);
    return post(ADD, body);
}

static bool answer_has(const char *text)
{
    return strstr(strbuf_text(&response.text), text) != NULL;
}

/* The answer must be an error whose Details begin with the field. */
static void expect_error(int status, const char *message, const char *field)
{
    char expected[256];

    ck_assert_msg(response.status == status, "status %d: %s", response.status,
                  strbuf_text(&response.text));
    snprintf(expected, sizeof expected, "{\"Message\":\"%s\",\"RequestId\":\"", message);
    ck_assert_msg(strncmp(strbuf_text(&response.text), expected, strlen(expected)) == 0, "%s",
                  strbuf_text(&response.text));
    snprintf(expected, sizeof expected, "\"Details\":\"%s", field);
    ck_assert_msg(answer_has(expected), "%s has no %s", strbuf_text(&response.text), expected);
}

/* The id in the last answer of add. */
static void take_id(char id[37])
{
    const char *at = strstr(strbuf_text(&response.text), "\"Id\":\"");

    ck_assert_ptr_nonnull(at);
    memcpy(id, at + 6, 36);
    id[36] = '\0';
}

static int get_all(const char *ids)
{
    char body[65536];

    snprintf(body, sizeof body, "{" CREDENTIALS ",\"ExportIds\":[%s]}", ids);
    return post(GET_ALL, body);
}

/* What getAll shows of an export at a time after the start. */
static void expect_status(const char *id, int64_t after_ms, const char *status)
{
    char quoted[64], expected[64];

    now.real_ms = 1000 + after_ms;
    snprintf(quoted, sizeof quoted, "\"%s\"", id);
    ck_assert_int_eq(get_all(quoted), 200);
    snprintf(expected, sizeof expected, "\"Status\":\"%s\"", status);
    ck_assert_msg(answer_has(expected), "after %" PRId64 " ms not %s: %s", after_ms, status,
                  strbuf_text(&response.text));
}

START_TEST(an_export_lives_to_the_millisecond)
{
    char body[64], id[37];
    const char *filters =
        ",\"Filters\":{\"LedgerEntryFilters\":{\"Posting\":{\"Start\":\"2026-07-01\",\"End\":"
        "\"2026-07-31\"}}}";

    start(NULL);
    snprintf(body, sizeof body, "\"EntityType\":\"%s\"", entity_name((enum entity_type)_i));
    if (_i == ENTITY_LEDGER_ENTRY) {
        char with_filters[256];

        snprintf(with_filters, sizeof with_filters, "%s%s", body, filters);
        ck_assert_int_eq(add(with_filters), 200);
    } else {
        ck_assert_int_eq(add(body), 200);
    }
    ck_assert(answer_has("\"Status\":\"Pending\"") && answer_has("\"Files\":[]") &&
              answer_has("\"ExpiresUtc\":null"));
    take_id(id);
    expect_status(id, 0, "Pending");
    expect_status(id, 1999, "Pending");
    expect_status(id, 2000, "Processing");
    expect_status(id, 6999, "Processing");
    ck_assert(answer_has("\"Files\":[]") && answer_has("\"ExpiresUtc\":null"));
    expect_status(id, 7000, "Success");
    ck_assert(answer_has("\"Url\":\"http://localhost:8080/exports/") &&
              answer_has("\"ExpiresUtc\":\"2026-08-14T10:00:07Z\""));
    expect_status(id, 7 * DAY_MS + 6999, "Success");
    expect_status(id, 7 * DAY_MS + 7000, "Expired");
    ck_assert(answer_has("\"Files\":[]") && answer_has("\"ExpiresUtc\":\"2026-08-14T10:00:07Z\""));
}
END_TEST

START_TEST(add_answers_pending_even_when_that_state_has_no_length)
{
    char id[37];

    start("--pending", "0s", "--processing", "0s", NULL);
    ck_assert_int_eq(add("\"EntityType\":\"Bill\""), 200);
    ck_assert(answer_has("\"Status\":\"Pending\"") && answer_has("\"Files\":[]"));
    take_id(id);
    expect_status(id, 0, "Success");
}
END_TEST

START_TEST(stages_may_be_counted_in_polls)
{
    char id[37];

    start("--pending", "2 polls", "--processing", "1 polls", NULL);
    ck_assert_int_eq(add("\"EntityType\":\"Bill\""), 200);
    take_id(id);
    expect_status(id, 999999, "Pending");
    expect_status(id, 999999, "Pending");
    expect_status(id, 999999, "Processing");
    expect_status(id, 999999, "Success");
}
END_TEST

START_TEST(properties_stand_in_the_order_of_the_docs)
{
    start(NULL);
    ck_assert_int_eq(add("\"EntityType\":\"Customer\""), 200);
    ck_assert_ptr_nonnull(strstr(strbuf_text(&response.text),
                                 "\"EntityType\":\"Customer\",\"Scope\":{\"EnterpriseIds\":null,"
                                 "\"ChainIds\":[\""));
    ck_assert(answer_has("\"]},\"Files\":[],\"ExpiresUtc\":null,\"Filters\":null}}"));
    start("--api-date", "2025-08-21", NULL);
    ck_assert_int_eq(add("\"EntityType\":\"Customer\""), 200);
    ck_assert(answer_has(
        "\"Status\":\"Pending\",\"EntityType\":\"Customer\",\"Files\":[],\"ExpiresUtc\":null}}"));
}
END_TEST

static const struct {
    const char *rest;
    int status;
    const char *message;
    const char *field;
} bad_adds[] = {
    {"\"EntityType\":null", 400, "Invalid EntityType.", "EntityType: is missing"},
    {"\"X\":1", 400, "Invalid EntityType.", "EntityType: is missing"},
    {"\"EntityType\":7", 400, "Invalid JSON.", "EntityType: must be a string"},
    {"\"EntityType\":\"bill\"", 400, "Invalid JSON.", "EntityType: \\\"bill\\\""},
    {"\"EntityType\":\"Bill\",\"Scope\":[]", 400, "Invalid JSON.", "Scope: must be an object"},
    {"\"EntityType\":\"Bill\",\"Scope\":{\"EnterpriseIds\":[]}", 400, "Invalid EnterpriseIds.",
     "Scope.EnterpriseIds: must have 1 to 1000"},
    {"\"EntityType\":\"Bill\",\"Scope\":{\"EnterpriseIds\":[\"x\"]}", 400, "Invalid JSON.",
     "Scope.EnterpriseIds[0]: "},
    {"\"EntityType\":\"Bill\",\"Scope\":{\"EnterpriseIds\":[\"00000000-0000-0000-0000-"
     "000000000000\"]}",
     400, "Invalid EnterpriseIds.", "Scope.EnterpriseIds"},
    {"\"EntityType\":\"Company\",\"Scope\":{\"ChainIds\":[\"00000000-0000-0000-0000-"
     "000000000000\"]}",
     400, "Invalid ChainIds.", "Scope.ChainIds"},
    {"\"EntityType\":\"Company\",\"Scope\":{\"ChainIds\":[\"00000000-0000-0000-0000-"
     "000000000000\",\"x\"]}",
     400, "Invalid JSON.", "Scope.ChainIds[1]: "},
    {"\"EntityType\":\"Bill\",\"Filters\":{\"UpdatedUtc\":{}}", 400, "Invalid UpdatedUtc.",
     "Filters.UpdatedUtc.StartUtc: is missing"},
    {"\"EntityType\":\"Bill\",\"Filters\":{\"UpdatedUtc\":{\"StartUtc\":\"2026-08-01T00:00:00Z\"}}",
     400, "Invalid UpdatedUtc.", "Filters.UpdatedUtc.EndUtc: is missing"},
    {"\"EntityType\":\"Bill\",\"Filters\":{\"UpdatedUtc\":{\"StartUtc\":\"yesterday\"}}", 400,
     "Invalid JSON.", "Filters.UpdatedUtc.StartUtc: "},
    {"\"EntityType\":\"Bill\",\"Filters\":{\"UpdatedUtc\":{\"StartUtc\":\"2026-08-02T00:00:00Z\","
     "\"EndUtc\":\"2026-08-01T00:00:00Z\"}}",
     400, "Invalid UpdatedUtc.", "Filters.UpdatedUtc.StartUtc: is later"},
    {"\"EntityType\":\"Bill\",\"Filters\":{\"UpdatedUtc\":{\"StartUtc\":\"2026-08-02T00:00:00Z\","
     "\"EndUtc\":\"2026-08-07T09:55:00.001Z\"}}",
     400, "Invalid UpdatedUtc.", "Filters.UpdatedUtc.EndUtc: must not be later"},
    {"\"EntityType\":\"Bill\",\"Filters\":{\"UpdatedUtc\":{\"StartUtc\":\"2026-02-01T00:00:00Z\","
     "\"EndUtc\":\"2026-07-31T00:00:00.001Z\"}}",
     400, "The interval must not exceed 180D.", "Filters.UpdatedUtc: must not be longer"},
    {"\"EntityType\":\"LedgerEntry\"", 400, "Invalid LedgerEntryFilters.",
     "Filters.LedgerEntryFilters: is missing"},
    {"\"EntityType\":\"LedgerEntry\",\"Filters\":{\"UpdatedUtc\":{\"StartUtc\":\"2026-08-01T00:00:"
     "00Z\",\"EndUtc\":\"2026-08-02T00:00:00Z\"}}",
     400, "Invalid UpdatedUtc.", "Filters.UpdatedUtc: "},
    {"\"EntityType\":\"Bill\",\"Filters\":{\"LedgerEntryFilters\":{}}", 400,
     "Invalid LedgerEntryFilters.", "Filters.LedgerEntryFilters: "},
    {"\"EntityType\":\"LedgerEntry\",\"Filters\":{\"LedgerEntryFilters\":{}}", 400,
     "Invalid Posting.", "Filters.LedgerEntryFilters.Posting: needs"},
    {"\"EntityType\":\"LedgerEntry\",\"Filters\":{\"LedgerEntryFilters\":{\"Posting\":{\"Start\":"
     "\"2026-08-02\",\"End\":\"2026-08-01\"}}}",
     400, "Invalid Posting.", "Filters.LedgerEntryFilters.Posting.Start: is later"},
    {"\"EntityType\":\"LedgerEntry\",\"Filters\":{\"LedgerEntryFilters\":{\"Posting\":{\"Start\":"
     "\"2026-02-30\",\"End\":\"2026-08-01\"}}}",
     400, "Invalid JSON.", "Filters.LedgerEntryFilters.Posting.Start: "},
    {"\"EntityType\":\"Bill\",\"LanguageCode\":5", 400, "Invalid JSON.", "LanguageCode: "},
    {"\"EntityType\":\"Bill\",\"EntityType\":\"Bill\"", 400, "Invalid JSON.", "EntityType: "},
};

START_TEST(bad_adds_are_refused_and_name_the_field)
{
    start(NULL);
    add(bad_adds[_i].rest);
    expect_error(bad_adds[_i].status, bad_adds[_i].message, bad_adds[_i].field);
    ck_assert_int_eq(add("\"EntityType\":\"Bill\""), 200);
}
END_TEST

START_TEST(filters_at_their_limits_are_taken)
{
    start(NULL);
    ck_assert_int_eq(add("\"EntityType\":\"Bill\",\"Filters\":{\"UpdatedUtc\":{\"StartUtc\":"
                         "\"2026-02-08T09:55:00Z\",\"EndUtc\":\"2026-08-07T09:55:00Z\"}}"),
                     200);
    ck_assert(answer_has("\"Filters\":{\"UpdatedUtc\":{\"StartUtc\":\"2026-02-08T09:55:00Z\","
                         "\"EndUtc\":\"2026-08-07T09:55:00Z\"},\"LedgerEntryFilters\":null}"));
    ck_assert_int_eq(add("\"EntityType\":\"Payment\",\"Filters\":{\"UpdatedUtc\":{\"StartUtc\":"
                         "\"2026-08-07T11:55:00.0+02:00\",\"EndUtc\":\"2026-08-07T09:55:00Z\"}}"),
                     200);
    ck_assert_int_eq(add("\"EntityType\":\"Company\",\"Scope\":{\"EnterpriseIds\":[],\"ChainIds\":"
                         "null},\"Filters\":{}"),
                     200);
    ck_assert(answer_has("\"Filters\":{\"UpdatedUtc\":null,\"LedgerEntryFilters\":null}"));
}
END_TEST

START_TEST(get_all_takes_1_to_1000_ids)
{
    struct strbuf ids = STRBUF_INIT;

    start(NULL);
    get_all("");
    expect_error(400, "Invalid ExportIds.", "ExportIds: must have 1 to 1000");
    post(GET_ALL, "{" CREDENTIALS "}");
    expect_error(400, "Invalid ExportIds.", "ExportIds: is missing");
    get_all("7");
    expect_error(400, "Invalid JSON.", "ExportIds[0]: must be a string");
    get_all("\"00000000-0000-0000-0000-000000000000\",\"x\"");
    expect_error(400, "Invalid JSON.", "ExportIds[1]: ");
    for (int i = 1; i < 1000; i++)
        strbuf_append_text(&ids, "\"00000000-0000-0000-0000-000000000000\",");
    strbuf_append_text(&ids, "\"00000000-0000-0000-0000-000000000000\"");
    ck_assert_int_eq(get_all(strbuf_text(&ids)), 200);
    ck_assert_str_eq(strbuf_text(&response.text), "{\"Exports\":[]}");
    strbuf_append_text(&ids, ",\"00000000-0000-0000-0000-000000000000\"");
    get_all(strbuf_text(&ids));
    expect_error(400, "Invalid ExportIds.", "ExportIds: must have 1 to 1000 ids, but has 1001");
    strbuf_release(&ids);
}
END_TEST

START_TEST(get_all_answers_each_export_once_in_the_order_asked)
{
    char first[37], second[37], ids[512], *upper = ids;
    const char *at_first, *at_second;

    start(NULL);
    ck_assert_int_eq(add("\"EntityType\":\"Bill\""), 200);
    take_id(first);
    ck_assert_int_eq(add("\"EntityType\":\"Payment\""), 200);
    take_id(second);
    snprintf(ids, sizeof ids, "\"%s\",\"00000000-0000-0000-0000-000000000000\",\"%s\",\"%s\"",
             second, first, second);
    for (; *upper; upper++)
        *upper = *upper >= 'a' && *upper <= 'f' ? (char)(*upper - 32) : *upper;
    ck_assert_int_eq(get_all(ids), 200);
    at_first = strstr(strbuf_text(&response.text), first);
    at_second = strstr(strbuf_text(&response.text), second);
    ck_assert_ptr_nonnull(at_first);
    ck_assert_ptr_nonnull(at_second);
    ck_assert(at_second < at_first);
    ck_assert_ptr_null(strstr(at_first, second));
}
END_TEST

static const struct {
    const char *body;
    int status;
    const char *message;
    const char *details;
} bad_bodies[] = {
    {"", 400, "Invalid JSON.", ""},
    {"{", 400, "Invalid JSON.", "line 1, column"},
    {"[]", 400, "Invalid JSON.", ""},
    {"null", 400, "Invalid JSON.", ""},
    {"{" CREDENTIALS ",\"EntityType\":\"Bill\"} x", 400, "Invalid JSON.", ""},
    {"{" CREDENTIALS ",\"EntityType\":\"Bill\",}", 400, "Invalid JSON.", ""},
    {"{" CREDENTIALS ",\"EntityType\":\"B\xff\"}", 400, "Invalid JSON.", ""},
    {"{}", 401, "Cannot perform operation or session has expired.", "ClientToken: is missing"},
    {"{\"ClientToken\":\"c\"}", 401, "Cannot perform operation or session has expired.",
     "AccessToken: "},
    {"{\"ClientToken\":5,\"AccessToken\":\"a\"}", 400, "Invalid JSON.", "ClientToken: "},
    {"{\"ClientToken\":\"c\",\"AccessToken\":\"a\"}", 400, "Invalid Client.", "Client: "},
    {"{\"ClientToken\":\"c\",\"AccessToken\":\"a\",\"Client\":\"\"}", 400, "Invalid Client.",
     "Client: "},
    {"{\"ClientToken\":\"c\",\"AccessToken\":\"C66EF7B239D24632943D115EDE9CB810-"
     "EA00F8FD8294692C940F6B5A8F9453D\",\"Client\":\"x\"}",
     401, "Cannot perform operation or session has expired.", "ClientToken: "},
};

START_TEST(bad_bodies_are_refused)
{
    start(NULL);
    post(_i % 2 ? ADD : GET_ALL, bad_bodies[_i].body);
    expect_error(bad_bodies[_i].status, bad_bodies[_i].message, bad_bodies[_i].details);
}
END_TEST

static const struct {
    const char *method;
    const char *path;
} wrong_routes[] = {
    {"POST", "/"},
    {"GET", ADD},
    {"HEAD", GET_ALL},
    {"PATCH", ADD},
    {"POST", ADD "/"},
    {"POST", "/api/connector/v1/exports/Add"},
    {"POST", "/api/connector/v1/exports%2fadd"},
    {"POST", "/api/connector/v1/../v1/exports/add"},
    {"POST", "/api/connector/v1/bills/getAll"},
    {"GET", "/exports/4d9cbc39-ef7f-4745-8b8d-b49f00a4cb80-0.jsonl"},
    {"GET", "/exports/4D9CBC39-EF7F-4745-8B8D-B49F00A4CB80-1.jsonl"},
};

START_TEST(paths_and_methods_must_match_exactly)
{
    start(NULL);
    ask(wrong_routes[_i].method, wrong_routes[_i].path, "", "{}");
    expect_error(404, "Not found.", "");
}
END_TEST

START_TEST(strict_leaves_details_null_and_takes_no_more_than_it_knows)
{
    start("--strict", NULL);
    ck_assert_int_eq(add("\"EntityType\":\"Nothing\""), 400);
    ck_assert(answer_has(",\"Details\":null}"));
    ck_assert_int_eq(add("\"EntityType\":\"Bill\",\"Unknown\":1"), 400);
    ck_assert_int_eq(add("\"EntityType\":\"Bill\",\"Scope\":{\"Unknown\":1}"), 400);
    ck_assert_int_eq(add("\"EntityType\":\"Bill\",\"Filters\":{\"UpdatedUTC\":null}"), 400);
    ck_assert_int_eq(post("/exports/add", "{" CREDENTIALS ",\"EntityType\":\"Bill\"}"), 404);
    ck_assert_int_eq(add("\"EntityType\":\"Bill\",\"LanguageCode\":null,\"CultureCode\":null"),
                     200);
}
END_TEST

START_TEST(short_names_work_beside_the_long_ones)
{
    start(NULL);
    ck_assert_int_eq(post("/exports/add", "{" CREDENTIALS ",\"EntityType\":\"Bill\"}"), 200);
    ck_assert_int_eq(add("\"EntityType\":\"Bill\""), 400);
}
END_TEST

START_TEST(the_rate_limit_says_how_long_to_wait)
{
    start("--rate-limit", "2/10s", NULL);
    ck_assert_int_eq(add("\"EntityType\":\"Bill\""), 200);
    now.real_ms += 4000;
    ck_assert_int_eq(add("\"EntityType\":\"Payment\""), 200);
    add("\"EntityType\":\"Customer\"");
    expect_error(429, "Too many requests.", "");
    ck_assert_str_eq(http_response_find_header(&response, "Retry-After"), "6");
    now.real_ms += 5999;
    ck_assert_int_eq(add("\"EntityType\":\"Customer\""), 429);
    ck_assert_str_eq(http_response_find_header(&response, "Retry-After"), "1");
    now.real_ms += 1;
    ck_assert_int_eq(add("\"EntityType\":\"Customer\""), 200);
}
END_TEST

START_TEST(a_full_server_refuses_and_keeps_what_it_has)
{
    start("--max-exports", "1", NULL);
    ck_assert_int_eq(add("\"EntityType\":\"Bill\""), 200);
    ck_assert_int_eq(add("\"EntityType\":\"Payment\""), 503);
    ck_assert(answer_has("--max-exports"));
}
END_TEST

/* Splits the first link of the last getAll into path and query. */
static void take_link(char path[128], char query[512])
{
    const char *at = strstr(strbuf_text(&response.text), "http://localhost:8080/");
    size_t length = at ? strcspn(at + 21, "?") : 0;

    ck_assert_ptr_nonnull(at);
    at += 21;
    snprintf(path, 128, "%.*s", (int)length, at);
    at += length + 1;
    snprintf(query, 512, "%.*s", (int)strcspn(at, "\""), at);
}

START_TEST(a_link_works_to_the_millisecond)
{
    char id[37], path[128], query[512];

    start("--storage", storage_kind_name((enum storage_kind)_i), NULL);
    ck_assert_int_eq(add("\"EntityType\":\"Bill\""), 200);
    take_id(id);
    expect_status(id, 7250, "Success");
    take_link(path, query);
    ck_assert_int_eq(ask("GET", path, query, ""), 200);
    ck_assert_int_eq(response.body, HTTP_BODY_RANGE);
    ck_assert_int_eq(ask("HEAD", path, query, ""), 200);
    now.real_ms = 1000 + 7250 + 600000 - 1;
    ck_assert_int_eq(ask("GET", path, query, ""), 200);
    now.real_ms += 1;
    ck_assert_int_eq(ask("GET", path, query, ""), 403);
    now.real_ms = 1000 + 7250;
    query[strlen(query) - 1] ^= 1;
    ck_assert_int_eq(ask("GET", path, query, ""), 403);
    ck_assert_int_ge(ask("GET", path, "", ""), 400);
    header_name = "Authorization";
    header_value = "Bearer secret";
    query[strlen(query) - 1] ^= 1;
    ck_assert_int_ge(ask("GET", path, query, ""), 400);
    header_name = NULL;
}
END_TEST

START_TEST(old_links_are_stable_until_the_export_expires)
{
    char id[37], path[128], query[512], again[512];

    start("--api-date", "2025-08-04", NULL);
    ck_assert_int_eq(add("\"EntityType\":\"Bill\""), 200);
    take_id(id);
    expect_status(id, 7000, "Success");
    take_link(path, query);
    expect_status(id, 600000, "Success");
    take_link(path, again);
    ck_assert_str_eq(query, again);
    now.real_ms = 1000 + 7000 + 7 * DAY_MS - 1;
    ck_assert_int_eq(ask("GET", path, query, ""), 200);
    now.real_ms += 1;
    ck_assert_int_eq(ask("GET", path, query, ""), 403);
}
END_TEST

START_TEST(every_answer_has_its_own_request_id)
{
    char first[64];

    start(NULL);
    post("/nowhere", "");
    snprintf(first, sizeof first, "\"RequestId\":\"%s\"",
             http_response_find_header(&response, "Request-Id"));
    ck_assert(answer_has(first));
    post("/nowhere", "");
    ck_assert(!answer_has(first));
    ask("GET", "/__admin/health", "", "");
    ck_assert_ptr_nonnull(http_response_find_header(&response, "Request-Id"));
    start("--api-date", "2024-08-21", NULL);
    post("/nowhere", "");
    ck_assert(!answer_has("RequestId"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dispatch");
    TCase *tcase = tcase_create("dispatch");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_checked_fixture(tcase, NULL, stop);
    tcase_add_loop_test(tcase, an_export_lives_to_the_millisecond, 0, ENTITY_TYPE_COUNT);
    tcase_add_test(tcase, add_answers_pending_even_when_that_state_has_no_length);
    tcase_add_test(tcase, stages_may_be_counted_in_polls);
    tcase_add_test(tcase, properties_stand_in_the_order_of_the_docs);
    tcase_add_loop_test(tcase, bad_adds_are_refused_and_name_the_field, 0,
                        sizeof bad_adds / sizeof *bad_adds);
    tcase_add_test(tcase, filters_at_their_limits_are_taken);
    tcase_add_test(tcase, get_all_takes_1_to_1000_ids);
    tcase_add_test(tcase, get_all_answers_each_export_once_in_the_order_asked);
    tcase_add_loop_test(tcase, bad_bodies_are_refused, 0, sizeof bad_bodies / sizeof *bad_bodies);
    tcase_add_loop_test(tcase, paths_and_methods_must_match_exactly, 0,
                        sizeof wrong_routes / sizeof *wrong_routes);
    tcase_add_test(tcase, strict_leaves_details_null_and_takes_no_more_than_it_knows);
    tcase_add_test(tcase, short_names_work_beside_the_long_ones);
    tcase_add_test(tcase, the_rate_limit_says_how_long_to_wait);
    tcase_add_test(tcase, a_full_server_refuses_and_keeps_what_it_has);
    tcase_add_loop_test(tcase, a_link_works_to_the_millisecond, 0, STORAGE_KIND_COUNT);
    tcase_add_test(tcase, old_links_are_stable_until_the_export_expires);
    tcase_add_test(tcase, every_answer_has_its_own_request_id);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
