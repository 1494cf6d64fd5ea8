#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "api/file_host.h"
#include "contract/limits.h"
#include "rig.h"

#define UNKNOWN_ID "3fa85f64-5717-4562-b3fc-2c963f66afa6"

/* The path of an export's endpoint; the last two texts stay. */
static const char *path_of(const struct export *export, const char *rest)
{
    static char paths[2][128];
    static unsigned next;
    char *path = paths[next++ % 2];

    snprintf(path, sizeof paths[0], "/exports/%s%s", id_text(export), rest);
    return path;
}

static void advance(const char *by)
{
    char body[64];

    snprintf(body, sizeof body, "{\"by\":\"%s\"}", by);
    ask("POST", "/clock/advance", body);
    expect_parts(200, NULL);
}

static void force(const struct export *export, const char *state, int status)
{
    char body[64];

    snprintf(body, sizeof body, "{\"Status\":\"%s\"}", state);
    ask("PUT", path_of(export, "/state"), body);
    expect_parts(status, NULL);
}

/* The body of an export of type Company that is Pending, as it is answered. */
static void write_company(char *out, size_t size, const struct export *export)
{
    char chain[UUID_LENGTH];

    uuid_write(chain, &export->scope->chains[0]);
    snprintf(
        out, size,
        "{\"Id\":\"%s\",\"Status\":\"Pending\",\"EntityType\":\"Company\","
        "\"Scope\":{\"EnterpriseIds\":null,\"ChainIds\":[\"%.*s\"]},\"Files\":[],"
        "\"ExpiresUtc\":null,\"Filters\":null,\"AccessToken\":\"Acce…\","
        "\"ClientToken\":\"Clie…\",\"CreatedUtc\":\"2026-08-07T10:00:00.500Z\",\"Planted\":false,"
        "\"Plan\":{\"Pending\":\"2s\",\"Processing\":\"5s\",\"Outcome\":\"Success\","
        "\"Kept\":\"7d\",\"PollsLeft\":null},"
        "\"Transitions\":[{\"Status\":\"Pending\",\"AtUtc\":\"2026-08-07T10:00:00.500Z\"},"
        "{\"Status\":\"Processing\",\"AtUtc\":\"2026-08-07T10:00:02.500Z\"},"
        "{\"Status\":\"Success\",\"AtUtc\":\"2026-08-07T10:00:07.500Z\"},"
        "{\"Status\":\"Expired\",\"AtUtc\":\"2026-08-14T10:00:07.500Z\"}]}",
        id_text(export), UUID_LENGTH, chain);
}

START_TEST(an_export_is_shown_whole)
{
    char body[2048], list[2100];
    struct export *export;

    advance("500ms");
    export = rig_add("AccessToken1", ENTITY_COMPANY);
    write_company(body, sizeof body, export);
    check("GET", path_of(export, ""), NULL, 200, body);
    check("HEAD", path_of(export, "?accessToken=AccessToken1"), NULL, 200, body);
    snprintf(list, sizeof list, "{\"Exports\":[%s],\"Total\":1}", body);
    check("GET", "/exports", NULL, 200, list);
    check("HEAD", "/exports?accessToken=AccessToken1", NULL, 200, list);
}
END_TEST

START_TEST(files_have_links_and_downloads)
{
    struct export *export = rig_add("AccessToken1", ENTITY_RESERVATION);
    char path[128], part[256];

    advance("6999ms");
    ask("GET", path_of(export, ""), NULL);
    expect_parts(200, "\"Status\":\"Processing\"", "\"Files\":[]", "\"ExpiresUtc\":null", NULL);
    advance("1ms");
    ask("GET", path_of(export, ""), NULL);
    snprintf(path, sizeof path, "/exports/%s-1.jsonl", id_text(export));
    snprintf(part, sizeof part, "\"Files\":[{\"Url\":\"http://localhost:8080%s?", path);
    expect_parts(200, "\"Status\":\"Success\"", part, "\"ExpiresUtc\":\"2026-08-14T10:00:07Z\"",
                 NULL);
    ck_assert_ptr_nonnull(export->files);
    snprintf(part, sizeof part,
             "\",\"SizeInBytes\":%llu,\"Downloads\":{\"RequestCount\":0,\"CompletedCount\":0,"
             "\"SentBytes\":0,\"Ranges\":[]}}",
             (unsigned long long)export->files->items[0].size_bytes);
    expect_parts(200, part, NULL);
    file_host_completed(
        &rig.api,
        &(struct http_completion){
            .method = "GET", .path = path, .status = 200, .sent_bytes = 1000, .aborted = true});
    file_host_completed(
        &rig.api,
        &(struct http_completion){.method = "GET", .path = path, .status = 206, .sent_bytes = 234});
    ask("GET", path_of(export, ""), NULL);
    expect_parts(200, "{\"RequestCount\":2,\"CompletedCount\":1,\"SentBytes\":1234,", NULL);
}
END_TEST

/* Follows a link of the last answer by the API; true when it gives the file. */
static bool link_works(void)
{
    const char *text = strbuf_text(&rig.response.text);
    const char *url = strstr(text, "http://localhost:8080/");
    char target[1024];
    char *query;
    struct http_response response;
    struct http_request request = {
        .method = HTTP_GET, .method_name = "GET", .path = target, .body = ""};
    struct api_call call = {&rig.api, &request, &response, rig.now_real_ms, {{0}}};
    int status;

    ck_assert_ptr_nonnull(url);
    url += strlen("http://localhost:8080");
    snprintf(target, sizeof target, "%.*s", (int)strcspn(url, "\""), url);
    query = strchr(target, '?');
    ck_assert_ptr_nonnull(query);
    *query = '\0';
    request.query = query + 1;
    http_response_init(&response);
    api_dispatch(&call);
    status = response.status;
    http_response_release(&response);
    return status == 200;
}

START_TEST(links_of_the_admin_api_work)
{
    struct export *export = rig_add("AccessToken1", ENTITY_RESERVATION);

    advance("1h");
    ask("GET", path_of(export, ""), NULL);
    ck_assert(link_works());
}
END_TEST

START_TEST(plans_are_told_in_the_words_of_the_options)
{
    static const struct {
        struct lifecycle lifecycle;
        const char *plan;
    } cases[] = {
        {{.pending = {.polls = 3}, .processing = {.polls = 1}, .kept_ms = 5400000},
         "\"Plan\":{\"Pending\":\"3 polls\",\"Processing\":\"1 poll\",\"Outcome\":\"Success\","
         "\"Kept\":\"1h30m\",\"PollsLeft\":3},\"Transitions\":[{\"Status\":\"Pending\",\"AtUtc\":"
         "\"2026-08-07T10:00:00Z\"},{\"Status\":\"Processing\",\"AtUtc\":null},"
         "{\"Status\":\"Success\",\"AtUtc\":null},{\"Status\":\"Expired\",\"AtUtc\":null}]}"},
        {{.pending = {.duration_ms = 90061001}, .outcome = OUTCOME_FAILED, .kept_ms = 1},
         "\"Plan\":{\"Pending\":\"1d1h1m1s1ms\",\"Processing\":\"0s\",\"Outcome\":\"Failed\","
         "\"Kept\":\"1ms\",\"PollsLeft\":null},\"Transitions\":[{\"Status\":\"Pending\",\"AtUtc\":"
         "\"2026-08-07T10:00:00Z\"},{\"Status\":\"Processing\",\"AtUtc\":"
         "\"2026-08-08T11:01:01.001Z\"},{\"Status\":\"Failed\",\"AtUtc\":"
         "\"2026-08-08T11:01:01.001Z\"}]}"},
        {{.pending = {.duration_ms = 1}, .outcome = OUTCOME_STUCK, .kept_ms = 1},
         "\"Plan\":{\"Pending\":\"1ms\",\"Processing\":null,\"Outcome\":\"stuck\",\"Kept\":\"1ms\","
         "\"PollsLeft\":null},\"Transitions\":[{\"Status\":\"Pending\",\"AtUtc\":"
         "\"2026-08-07T10:00:00Z\"},{\"Status\":\"Processing\",\"AtUtc\":"
         "\"2026-08-07T10:00:00.001Z\"}]}"},
        {{.pending = {.duration_ms = NEVER_MS}, .outcome = OUTCOME_STUCK, .kept_ms = 1},
         "\"Plan\":{\"Pending\":null,\"Processing\":null,"},
    };

    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        rig_stop();
        rig_start_with(&cases[i].lifecycle);
        ask("GET", path_of(rig_add("a", ENTITY_BILL), ""), NULL);
        expect_parts(200, cases[i].plan, NULL);
    }
}
END_TEST

START_TEST(a_look_at_an_export_is_no_poll)
{
    static const struct lifecycle lifecycle = {.pending = {.polls = 2}, .kept_ms = 1};
    struct export *export;

    rig_stop();
    rig_start_with(&lifecycle);
    export = rig_add("a", ENTITY_BILL);
    for (int i = 0; i < 3; i++)
        ask("GET", path_of(export, ""), NULL);
    expect_parts(200, "\"Status\":\"Pending\"", "\"PollsLeft\":2", NULL);
    schedule_note_poll(&export->schedule, RIG_START_MS);
    ask("GET", path_of(export, ""), NULL);
    expect_parts(200, "\"Pending\":\"2 polls\"", "\"PollsLeft\":1", NULL);
}
END_TEST

START_TEST(tokens_are_never_shown_whole)
{
    static const struct {
        const char *token, *shown;
    } cases[] = {{"a", "\"AccessToken\":\"…\""},
                 {"ab", "\"AccessToken\":\"a…\""},
                 {"abcdefg", "\"AccessToken\":\"abc…\""},
                 {"abcdefgh", "\"AccessToken\":\"abcd…\""},
                 {"abcdefghijkl", "\"AccessToken\":\"abcd…\""},
                 {"äöüß€äöüß€", "\"AccessToken\":\"äöüß…\""},
                 {"\xff\xff\xff\xff", "\"AccessToken\":\"…\""}};

    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        ask("GET", path_of(rig_add(cases[i].token, ENTITY_BILL), ""), NULL);
        expect_parts(200, cases[i].shown, NULL);
    }
}
END_TEST

START_TEST(the_list_is_in_the_order_of_creation)
{
    struct export *exports[] = {rig_add("b", ENTITY_BILL), rig_add("a", ENTITY_BILL),
                                rig_add("b", ENTITY_PAYMENT)};
    const char *text, *places[3];

    ask("GET", "/exports", NULL);
    text = strbuf_text(&rig.response.text);
    for (int i = 0; i < 3; i++)
        ck_assert_ptr_nonnull(places[i] = strstr(text, id_text(exports[i])));
    ck_assert(places[0] < places[1] && places[1] < places[2]);
    expect_parts(200, "\"Total\":3}", NULL);
    ask("GET", "/exports?accessToken=b", NULL);
    expect_parts(200, id_text(exports[0]), id_text(exports[2]), "\"Total\":2}", NULL);
    ck_assert_ptr_null(strstr(strbuf_text(&rig.response.text), id_text(exports[1])));
    check("GET", "/exports?accessToken=nobody", NULL, 200, "{\"Exports\":[],\"Total\":0}");
}
END_TEST

/* How many exports the last answer has. */
static int count_exports(void)
{
    const char *text = strbuf_text(&rig.response.text);
    int count = 0;

    while ((text = strstr(text, "{\"Id\":\""))) {
        text++;
        count++;
    }
    return count;
}

START_TEST(the_list_has_pages)
{
    static const struct {
        const char *target;
        int count;
        const char *total;
    } cases[] = {
        {"/exports?limit=0", 0, "\"Total\":5}"},
        {"/exports?limit=2", 2, "\"Total\":5}"},
        {"/exports?limit=10000&offset=1", 4, "\"Total\":5}"},
        {"/exports?limit=2&offset=4", 1, "\"Total\":5}"},
        {"/exports?offset=5", 0, "\"Total\":5}"},
        {"/exports?offset=18446744073709551615", 0, "\"Total\":5}"},
        {"/exports?accessToken=t1&limit=3&offset=1", 0, "\"Total\":1}"},
    };
    char token[8];

    for (int i = 0; i < 5; i++) {
        snprintf(token, sizeof token, "t%d", i);
        rig_add(token, ENTITY_BILL);
    }
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        ask("GET", cases[i].target, NULL);
        expect_parts(200, cases[i].total, NULL);
        ck_assert_int_eq(count_exports(), cases[i].count);
    }
}
END_TEST

START_TEST(a_page_has_a_thousand_exports)
{
    char token[8];

    for (int i = 0; i <= 1000; i++) {
        snprintf(token, sizeof token, "t%d", i);
        rig_add(token, ENTITY_BILL);
    }
    ask("GET", "/exports", NULL);
    expect_parts(200, "\"Total\":1001}", NULL);
    ck_assert_int_eq(count_exports(), 1000);
}
END_TEST

/* A scope that takes 39 KB to write. */
static struct scope *make_wide_scope(void)
{
    static struct enterprise enterprises[SCOPE_IDS_MAX];

    for (unsigned i = 0; i < SCOPE_IDS_MAX; i++) {
        enterprises[i].id.bytes[0] = (uint8_t)i;
        enterprises[i].id.bytes[1] = (uint8_t)(i >> 8);
    }
    return scope_new(enterprises, SCOPE_IDS_MAX, NULL, 0);
}

START_TEST(a_page_ends_before_it_is_too_large)
{
    struct scope *wide = make_wide_scope();
    char token[8], target[32];
    int shown;

    for (int i = 0; i < 1000; i++) {
        struct export *export;

        snprintf(token, sizeof token, "t%d", i);
        export = rig_add(token, ENTITY_BILL);
        scope_unref(export->scope);
        export->scope = scope_ref(wide);
    }
    scope_unref(wide);
    ask("GET", "/exports", NULL);
    expect_parts(200, "\"Total\":1000}", NULL);
    shown = count_exports();
    ck_assert_int_lt(shown, 1000);
    ck_assert_uint_lt(rig.response.text.length, 33u << 20);
    snprintf(target, sizeof target, "/exports?offset=%d", shown);
    ask("GET", target, NULL);
    ck_assert_int_eq(shown + count_exports(), 1000);
}
END_TEST

START_TEST(wrong_pages_are_explained)
{
    static const struct {
        const char *target, *details;
    } cases[] = {
        {"/exports?limit=10001", "limit: \\\"10001\\\" is not a whole number from 0 to 10000"},
        {"/exports?limit=-1", "limit: "},
        {"/exports?limit=", "limit: has no value"},
        {"/exports?limit=1&limit=1", "limit: is in the query twice"},
        {"/exports?offset=1.5", "offset: "},
        {"/exports?offset=18446744073709551616", "offset: "},
        {"/exports?offset=%20", "\"Message\":\"Invalid offset.\""},
    };

    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        ask("GET", cases[i].target, NULL);
        expect_parts(400, cases[i].details, NULL);
    }
}
END_TEST

START_TEST(an_export_that_is_not_there_is_explained)
{
    struct export *export = rig_add("a", ENTITY_BILL);

    ask("GET", "/exports/" UNKNOWN_ID, NULL);
    expect_parts(404, "no export has the id \\\"" UNKNOWN_ID "\\\"", NULL);
    ask("GET", "/exports/x%20y", NULL);
    expect_parts(404, "\"Details\":\"id: \\\"x%20y\\\" is not an id", NULL);
    ask("GET", path_of(export, "?accessToken=b"), NULL);
    expect_parts(404, "was made with another AccessToken", NULL);
    ask("PUT", path_of(export, "/state?accessToken=b"), "{\"Status\":\"Failed\"}");
    expect_parts(404, NULL);
    ask("PUT", "/exports/" UNKNOWN_ID "/state", "nonsense");
    expect_parts(404, NULL);
    ck_assert_int_eq(store_export_state(rig.store, export, rig.now_real_ms), EXPORT_PENDING);
}
END_TEST

START_TEST(every_state_can_be_forced)
{
    static const char *const states[] = {"Failed",  "Success",    "Expired", "Pending",
                                         "Success", "Processing", "Expired", "Success"};
    struct export *export = rig_add("a", ENTITY_BILL);
    char part[64];

    advance("1s");
    for (unsigned i = 0; i < sizeof states / sizeof *states; i++) {
        force(export, states[i], 200);
        snprintf(part, sizeof part, "\"Status\":\"%s\",\"EntityType\"", states[i]);
        expect_parts(200, id_text(export), part, NULL);
    }
    force(export, "Failed", 200);
    expect_parts(200, "\"Outcome\":\"Failed\"",
                 "{\"Status\":\"Failed\",\"AtUtc\":\"2026-08-07T10:00:01Z\"}]}", NULL);
}
END_TEST

START_TEST(a_second_export_in_flight_is_a_conflict)
{
    struct export *first = rig_add("a", ENTITY_BILL), *second;

    force(first, "Success", 200);
    second = rig_add("a", ENTITY_BILL);
    force(first, "Processing", 409);
    expect_parts(409, "\"Message\":\"Conflict with the state of the server.\"", id_text(second),
                 NULL);
    ck_assert_int_eq(store_export_state(rig.store, first, rig.now_real_ms), EXPORT_SUCCESS);
    force(second, "Failed", 200);
    force(first, "Processing", 200);
}
END_TEST

START_TEST(wrong_states_are_explained)
{
    static const struct {
        const char *body, *details;
    } cases[] = {
        {NULL, "send JSON such as {\\\"Status\\\":\\\"Failed\\\"}"},
        {"{}",
         "Status: is missing; give one of Pending, Processing, Success, Failed and Expired\""},
        {"{\"Status\":null}", "is missing"},
        {"{\"Status\":\"failed\"}", "\\\"failed\\\"; give one of Pending, Processing, Success, "
                                    "Failed and Expired: did you mean Failed"},
        {"{\"Status\":\"Gone\"}", "Failed and Expired\""},
        {"{\"Status\":1}", "\"Message\":\"Invalid Status.\""},
        {"{\"State\":\"Failed\"}", "State"},
        {"{\"Status\":\"Failed\",\"x\":1}", "x"},
    };
    struct export *export = rig_add("a", ENTITY_BILL);

    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        ask("PUT", path_of(export, "/state"), cases[i].body);
        expect_parts(400, cases[i].details, NULL);
        ck_assert_int_eq(store_export_state(rig.store, export, rig.now_real_ms), EXPORT_PENDING);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exports");
    TCase *tcase = tcase_create("exports");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_checked_fixture(tcase, rig_start, rig_stop);
    tcase_set_timeout(tcase, 120); /* sanitizers and valgrind take their time */
    tcase_add_test(tcase, an_export_is_shown_whole);
    tcase_add_test(tcase, files_have_links_and_downloads);
    tcase_add_test(tcase, links_of_the_admin_api_work);
    tcase_add_test(tcase, plans_are_told_in_the_words_of_the_options);
    tcase_add_test(tcase, a_look_at_an_export_is_no_poll);
    tcase_add_test(tcase, tokens_are_never_shown_whole);
    tcase_add_test(tcase, the_list_is_in_the_order_of_creation);
    tcase_add_test(tcase, the_list_has_pages);
    tcase_add_test(tcase, a_page_has_a_thousand_exports);
    tcase_add_test(tcase, a_page_ends_before_it_is_too_large);
    tcase_add_test(tcase, wrong_pages_are_explained);
    tcase_add_test(tcase, an_export_that_is_not_there_is_explained);
    tcase_add_test(tcase, every_state_can_be_forced);
    tcase_add_test(tcase, a_second_export_in_flight_is_a_conflict);
    tcase_add_test(tcase, wrong_states_are_explained);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
