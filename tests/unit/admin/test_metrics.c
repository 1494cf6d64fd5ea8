#include <check.h>
#include <string.h>

#include "rig.h"

static void start(void)
{
    rig_start();
    rig.content_type = "text/plain; version=0.0.4; charset=utf-8";
}

static uint64_t three(void *connections)
{
    ck_assert_ptr_eq(connections, &rig);
    return 3;
}

START_TEST(nothing_was_counted_yet)
{
    ask("GET", "/metrics", NULL);
    expect_parts(200, "\nexports_mock_build_info{version=\"1.2.3\"} 1\n",
                 "\n# TYPE exports_mock_requests_total counter\n# HELP ",
                 "\nexports_mock_exports{state=\"Pending\"} 0\n",
                 "\nexports_mock_faults_total{operation=\"add\"} 0\n",
                 "\nexports_mock_request_seconds_sum 0.000000\n"
                 "exports_mock_request_seconds_count 0\n",
                 "\nexports_mock_journal_dropped_total 0\n", NULL);
    ck_assert_ptr_null(strstr(strbuf_text(&rig.response.text), "connections"));
}
END_TEST

START_TEST(requests_are_counted)
{
    metrics_count_request(&rig.metrics, NOTE_ADD, 200, 0);
    metrics_count_request(&rig.metrics, NOTE_ADD, 200, 5);
    metrics_count_request(&rig.metrics, NOTE_ADD, 599, 1);
    metrics_count_request(&rig.metrics, NOTE_OTHER, 100, 0);
    metrics_count_request(&rig.metrics, NOTE_OTHER, 99, 0);
    metrics_count_request(&rig.metrics, NOTE_OTHER, 600, 0);
    metrics_count_end(&rig.metrics, UINT64_C(1) << 40, false);
    metrics_count_end(&rig.metrics, 7, true);
    ask("GET", "/metrics", NULL);
    expect_parts(200,
                 "\nexports_mock_requests_total{operation=\"other\",status=\"100\"} 1\n"
                 "exports_mock_requests_total{operation=\"add\",status=\"200\"} 2\n"
                 "exports_mock_requests_total{operation=\"add\",status=\"599\"} 1\n# HELP",
                 "\nexports_mock_faults_total{operation=\"add\"} 3\n",
                 "\nexports_mock_sent_bytes_total 1099511627783\n",
                 "\nexports_mock_downloads_aborted_total 1\n", NULL);
}
END_TEST

START_TEST(times_fall_into_buckets)
{
    static const int64_t times_us[] = {-1, 0, 25, 26, 1000000, 1000001};

    for (size_t i = 0; i < sizeof times_us / sizeof *times_us; i++)
        metrics_count_time(&rig.metrics, times_us[i]);
    ask("GET", "/metrics", NULL);
    expect_parts(200, "_bucket{le=\"0.000025\"} 3\n", "_bucket{le=\"0.000050\"} 4\n",
                 "_bucket{le=\"0.100000\"} 4\n", "_bucket{le=\"1.000000\"} 5\n",
                 "_bucket{le=\"+Inf\"} 6\nexports_mock_request_seconds_sum 2.000052\n"
                 "exports_mock_request_seconds_count 6\n",
                 NULL);
}
END_TEST

START_TEST(exports_are_counted_by_their_state_now)
{
    rig_add("one", ENTITY_BILL);
    rig.content_type = NULL;
    ask("POST", "/clock/advance", "{\"by\":\"2s\"}");
    rig_add("two", ENTITY_BILL);
    rig.content_type = "text/plain; version=0.0.4; charset=utf-8";
    ask("GET", "/metrics", NULL);
    expect_parts(200, "{state=\"Pending\"} 1\n", "{state=\"Processing\"} 1\n",
                 "{state=\"Success\"} 0\n", NULL);
}
END_TEST

START_TEST(version_is_escaped_and_connections_are_asked_for)
{
    rig.admin.config.version = "a\"b\\c\nd";
    rig.admin.config.count_connections = three;
    rig.admin.config.connections = &rig;
    ask("GET", "/metrics", NULL);
    expect_parts(200, "{version=\"a\\\"b\\\\c\\nd\"} 1\n", "\nexports_mock_connections 3\n", NULL);
}
END_TEST

START_TEST(metrics_are_of_the_server)
{
    rig.content_type = NULL;
    ask("GET", "/metrics?accessToken=a", NULL);
    expect_parts(400, "accessToken: ", "whole server", NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("metrics");
    TCase *tests = tcase_create("metrics");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tests, start, rig_stop);
    tcase_add_test(tests, nothing_was_counted_yet);
    tcase_add_test(tests, requests_are_counted);
    tcase_add_test(tests, times_fall_into_buckets);
    tcase_add_test(tests, exports_are_counted_by_their_state_now);
    tcase_add_test(tests, version_is_escaped_and_connections_are_asked_for);
    tcase_add_test(tests, metrics_are_of_the_server);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
