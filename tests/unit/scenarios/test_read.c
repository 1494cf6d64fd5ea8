#include <stdlib.h>

#include "base/timestamp.h"
#include "data/hazard.h"
#include "same.h"

static struct scenario *scenario;
static struct error err;

static void given(const char *text)
{
    enum status status = scenario_read(text, strlen(text), &scenario, &err);

    ck_assert_msg(status == STATUS_OK, "%s: %s", err.field, err.message);
}

static void done(void)
{
    check_round_trip(scenario);
    scenario_unref(scenario);
}

START_TEST(nothing_said_is_nothing_changed)
{
    given(" { } // nothing");
    ck_assert_str_eq(scenario->name, "");
    ck_assert_int_eq(scenario->expect, EXPECT_SUCCESS);
    ck_assert(!scenario->has_rate && !scenario->lifecycle.has_pending && !scenario->data.has_size);
    ck_assert_uint_eq(scenario->export_count + scenario->planted_count + scenario->fault_count, 0);
    done();
    given("{\"name\":null,\"lifecycle\":{},\"exports\":[],\"data\":null,\"rateLimit\":null,"
          "\"planted\":[],\"faults\":[]}");
    done();
}
END_TEST

START_TEST(a_life_is_read)
{
    given("{\"lifecycle\":{\"pending\":\"250ms\",\"processing\":\"3 polls\",\"outcome\":\"stuck\","
          "\"expires\":\"PT10M\",\"linkValidity\":\"1h30m\"}}");
    ck_assert_int_eq(scenario->lifecycle.pending.duration_ms, 250);
    ck_assert_uint_eq(scenario->lifecycle.processing.polls, 3);
    ck_assert_int_eq(scenario->lifecycle.outcome, OUTCOME_STUCK);
    ck_assert_int_eq(scenario->lifecycle.kept_ms, 600000);
    ck_assert_int_eq(scenario->lifecycle.link_validity_ms, 5400000);
    done();
    given("{\"lifecycle\":{\"pending\":\"never\",\"expires\":\"0\"}}");
    ck_assert_int_eq(scenario->lifecycle.pending.duration_ms, NEVER_MS);
    ck_assert(scenario->lifecycle.has_kept && scenario->lifecycle.kept_ms == 0);
    ck_assert(!scenario->lifecycle.has_processing && !scenario->lifecycle.has_outcome);
    done();
}
END_TEST

START_TEST(rules_for_exports_are_read)
{
    given("{\"exports\":["
          "{\"match\":{\"entityType\":\"Payment\",\"nth\":2},\"lifecycle\":{\"pending\":\"0\"}},"
          "{\"match\":{\"entityType\":[\"Bill\",\"Payment\"],\"nth\":\"2-4\"},\"data\":{"
          "\"hazards\":[]}},"
          "{\"match\":{\"nth\":\"5-\"},\"data\":{\"size\":\"tiny\"}},"
          "{\"lifecycle\":{\"outcome\":\"Failed\"}}]}");
    ck_assert_uint_eq(scenario->export_count, 4);
    ck_assert_uint_eq(scenario->exports[0].entity_types, 1u << ENTITY_PAYMENT);
    ck_assert_uint_eq(scenario->exports[0].nth.first, 2);
    ck_assert_uint_eq(scenario->exports[0].nth.last, 2);
    ck_assert_uint_eq(scenario->exports[1].entity_types, 1u << ENTITY_PAYMENT | 1u << ENTITY_BILL);
    ck_assert_uint_eq(scenario->exports[1].nth.last, 4);
    ck_assert_uint_eq(scenario->exports[2].nth.first, 5);
    ck_assert_uint_eq(scenario->exports[2].nth.last, UINT32_MAX);
    ck_assert_uint_eq(scenario->exports[3].entity_types, 0);
    ck_assert_uint_eq(scenario->exports[3].nth.first, 0);
    ck_assert_int_eq(scenario->exports[3].lifecycle.outcome, OUTCOME_FAILED);
    scenario_unref(scenario);
}
END_TEST

START_TEST(rules_of_which_none_hides_another_are_fine)
{
    given(
        "{\"exports\":["
        "{\"match\":{\"entityType\":\"Bill\",\"nth\":\"2-4\"},\"lifecycle\":{\"pending\":\"0\"}},"
        "{\"match\":{\"entityType\":\"Bill\",\"nth\":\"3-5\"},\"lifecycle\":{\"pending\":\"1s\"}},"
        "{\"match\":{\"entityType\":\"Bill\"},\"lifecycle\":{\"pending\":\"2s\"}},"
        "{\"match\":{\"entityType\":[\"Bill\",\"Company\"]},\"lifecycle\":{\"pending\":\"3s\"}}]}");
    done();
}
END_TEST

START_TEST(data_is_read)
{
    given("{\"data\":{\"size\":\"huge\",\"rows\":{\"Bill\":0,\"Company\":10000000000},"
          "\"maxFileSize\":\"1.2MB\",\"hazards\":[\"crlf\",\"unicode\"]}}");
    ck_assert_int_eq(scenario->data.size, SIZE_HUGE);
    ck_assert(scenario->data.has_rows[ENTITY_BILL] && !scenario->data.has_rows[ENTITY_PAYMENT]);
    ck_assert_int_eq(scenario->data.rows[ENTITY_COMPANY], INT64_C(10000000000));
    ck_assert_uint_eq(scenario->data.max_file_bytes, 1200000);
    ck_assert_uint_eq(scenario->data.hazards, 1u << HAZARD_CRLF | 1u << HAZARD_UNICODE);
    done();
    given("{\"data\":{\"maxFileSize\":1000,\"hazards\":[]}}");
    ck_assert_uint_eq(scenario->data.max_file_bytes, 1000);
    ck_assert(scenario->data.has_hazards && scenario->data.hazards == 0);
    done();
    given("{\"data\":{\"hazards\":\"no-file\"}}");
    ck_assert_uint_eq(scenario->data.hazards, 1u << HAZARD_NO_FILE);
    done();
}
END_TEST

START_TEST(rates_and_expectations_are_read)
{
    given("{\"rateLimit\":{\"requests\":200,\"per\":\"30s\"},\"expect\":\"failure\"}");
    ck_assert(scenario->has_rate);
    ck_assert_uint_eq(scenario->rate.requests, 200);
    ck_assert_int_eq(scenario->rate.window_ms, 30000);
    ck_assert_int_eq(scenario->expect, EXPECT_FAILURE);
    done();
    given("{\"rateLimit\":\"off\",\"expect\":\"either\"}");
    ck_assert(scenario->has_rate && scenario->rate.requests == 0);
    ck_assert_int_eq(scenario->expect, EXPECT_EITHER);
    done();
}
END_TEST

START_TEST(planted_exports_are_read)
{
    given("{\"planted\":[{\"status\":\"Processing\",\"for\":\"20s\"},"
          "{\"entityType\":\"Bill\",\"status\":\"Failed\"}]}");
    ck_assert_uint_eq(scenario->planted_count, 2);
    ck_assert_uint_eq(scenario->planted[0].entity_types, 0);
    ck_assert_int_eq(scenario->planted[0].state, EXPORT_PROCESSING);
    ck_assert_int_eq(scenario->planted[0].lasts_ms, 20000);
    ck_assert_uint_eq(scenario->planted[1].entity_types, 1u << ENTITY_BILL);
    ck_assert_int_eq(scenario->planted[1].state, EXPORT_FAILED);
    done();
}
END_TEST

START_TEST(which_requests_a_fault_is_for_is_read)
{
    const struct fault *faults;

    given("{\"faults\":["
          "{\"on\":[\"getAll\",\"add\"],\"match\":{\"entityType\":\"Bill\"},\"nth\":\"2-4\","
          "\"every\":3,\"probability\":0.25,\"delay\":\"1s\"},"
          "{\"on\":\"download\",\"match\":{\"file\":2,\"attempt\":\"1-2\"},\"delay\":\"1ms\"}]}");
    faults = scenario->faults;
    ck_assert_uint_eq(faults[0].targets, 1u << FAULT_ADD | 1u << FAULT_GET_ALL);
    ck_assert_uint_eq(faults[0].entity_types, 1u << ENTITY_BILL);
    ck_assert_uint_eq(faults[0].nth.first, 2);
    ck_assert_uint_eq(faults[0].nth.last, 4);
    ck_assert_uint_eq(faults[0].every, 3);
    ck_assert(faults[0].probability == 0.25);
    ck_assert_uint_eq(faults[1].targets, 1u << FAULT_DOWNLOAD);
    ck_assert_uint_eq(faults[1].file, 2);
    ck_assert_uint_eq(faults[1].attempt.first, 1);
    ck_assert_uint_eq(faults[1].attempt.last, 2);
    ck_assert_uint_eq(faults[1].nth.first, 0);
    ck_assert(faults[1].probability == 1);
    done();
}
END_TEST

START_TEST(what_a_fault_does_is_read)
{
    const struct fault *faults;

    given("{\"faults\":["
          "{\"on\":\"add\",\"respond\":{\"status\":429,\"retryAfter\":\"3s\",\"body\":\"\"}},"
          "{\"on\":\"add\",\"respond\":{\"status\":500},\"delay\":\"1h\",\"throttle\":\"100KB/s\"},"
          "{\"on\":\"download\",\"throttle\":1,\"cut\":{\"afterBytes\":0,\"how\":\"stall\"}},"
          "{\"on\":\"download\",\"cut\":{\"how\":\"reset\"}},"
          "{\"on\":\"add\",\"respond\":{\"status\":200,\"body\":\"\\\"\\u00e9\"}},"
          "{\"on\":\"add\",\"respond\":{\"status\":204,\"body\":\"\",\"retryAfter\":\"0\"}}]}");
    faults = scenario->faults;
    ck_assert_int_eq(faults[0].answer.status, 429);
    ck_assert_int_eq(faults[0].answer.retry_after_ms, 3000);
    ck_assert_str_eq(faults[0].answer.body, "");
    ck_assert_ptr_null(faults[1].answer.body);
    ck_assert(!faults[1].answer.has_retry_after);
    ck_assert_int_eq(faults[1].delivery.delay_real_ms, 3600000);
    ck_assert_uint_eq(faults[1].delivery.bytes_per_real_s, 100000);
    ck_assert_uint_eq(faults[2].delivery.bytes_per_real_s, 1);
    ck_assert_int_eq(faults[2].delivery.cut, CUT_STALL);
    ck_assert(!faults[2].delivery.cut_before_answer);
    ck_assert_int_eq(faults[3].delivery.cut, CUT_RESET);
    ck_assert(faults[3].delivery.cut_before_answer);
    ck_assert_str_eq(faults[4].answer.body, "\"\xc3\xa9");
    ck_assert(faults[5].answer.has_retry_after);
    done();
}
END_TEST

START_TEST(every_corruption_is_read)
{
    static const struct {
        const char *on, *members;
        struct corruption wanted;
    } cases[] = {
        {"download", "\"row\":17,\"how\":\"cut-in-utf8\"", {CORRUPT_CUT_IN_UTF8, false, 17, 0, 0}},
        {"download", "\"row\":1,\"how\":\"cut-row\"", {CORRUPT_CUT_ROW, false, 1, 0, 0}},
        {"download", "\"row\":1,\"how\":\"no-line-end\"", {CORRUPT_NO_LINE_END, false, 1, 0, 0}},
        {"download", "\"row\":1,\"how\":\"not-json\"", {CORRUPT_NOT_JSON, false, 1, 0, 0}},
        {"download", "\"byte\":0,\"how\":\"flip-bit\"", {CORRUPT_FLIP_BIT, true, 0, 0, 0}},
        {"download", "\"row\":3,\"how\":\"flip-bit\"", {CORRUPT_FLIP_BIT, false, 3, 0, 0}},
        {"download", "\"byte\":9,\"how\":\"nul\"", {CORRUPT_NUL, true, 0, 9, 0}},
        {"download", "\"row\":3,\"how\":\"nul\"", {CORRUPT_NUL, false, 3, 0, 0}},
        {"download", "\"how\":\"no-last-newline\"", {CORRUPT_NO_LAST_NEWLINE, false, 0, 0, 0}},
        {"getAll", "\"how\":\"wrong-size\",\"by\":-5", {CORRUPT_WRONG_SIZE, false, 0, 0, -5}},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct strbuf text = STRBUF_INIT;

        strbuf_appendf(&text, "{\"faults\":[{\"on\":\"%s\",\"corrupt\":{%s}}]}", cases[i].on,
                       cases[i].members);
        given(text.data);
        ck_assert_int_eq(scenario->faults[0].corruption.how, cases[i].wanted.how);
        ck_assert_int_eq(scenario->faults[0].corruption.has_byte, cases[i].wanted.has_byte);
        ck_assert_uint_eq(scenario->faults[0].corruption.row, cases[i].wanted.row);
        ck_assert_uint_eq(scenario->faults[0].corruption.byte, cases[i].wanted.byte);
        ck_assert_int_eq(scenario->faults[0].corruption.by_bytes, cases[i].wanted.by_bytes);
        done();
        strbuf_release(&text);
    }
}
END_TEST

START_TEST(only_what_is_said_is_written)
{
    struct strbuf text = STRBUF_INIT;
    struct json_writer writer = json_writer(&text);

    given("{\"name\":\"x\",\"expect\":\"success\",\"lifecycle\":{\"expires\":\"90s\"},"
          "\"data\":{\"rows\":{}},\"exports\":[],\"faults\":[{\"on\":[\"add\"],"
          "\"match\":{\"entityType\":[\"Bill\"]},\"probability\":1,\"throttle\":\"1KB/s\"}]}");
    json_begin_object(&writer, NULL);
    scenario_write(&writer, "scenario", scenario);
    json_end_object(&writer);
    ck_assert_str_eq(text.data,
                     "{\"scenario\":{\"name\":\"x\",\"lifecycle\":{\"expires\":\"1m30s\"},"
                     "\"faults\":[{\"on\":\"add\",\"match\":{\"entityType\":\"Bill\"},"
                     "\"throttle\":1000}]}}");
    strbuf_release(&text);
    done();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scenario");
    TCase *tcase = tcase_create("scenario");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, nothing_said_is_nothing_changed);
    tcase_add_test(tcase, a_life_is_read);
    tcase_add_test(tcase, rules_for_exports_are_read);
    tcase_add_test(tcase, rules_of_which_none_hides_another_are_fine);
    tcase_add_test(tcase, data_is_read);
    tcase_add_test(tcase, rates_and_expectations_are_read);
    tcase_add_test(tcase, planted_exports_are_read);
    tcase_add_test(tcase, which_requests_a_fault_is_for_is_read);
    tcase_add_test(tcase, what_a_fault_does_is_read);
    tcase_add_test(tcase, every_corruption_is_read);
    tcase_add_test(tcase, only_what_is_said_is_written);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
