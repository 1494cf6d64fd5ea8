#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "app/log.h"

static int ends[2]; /* of a pipe: what is read, what is written */
static struct log log_under_test;

static void set_up(void)
{
    ck_assert_int_eq(pipe(ends), 0);
    log_init(&log_under_test, LOG_TEXT, ends[1]);
}

static void tear_down(void)
{
    log_release(&log_under_test);
    close(ends[0]);
    close(ends[1]);
}

static void add_line(const char *path)
{
    struct log_entry entry = {.method = "GET", .path = path, .status = 200, .sent_bytes = 7};

    log_request(&log_under_test, &entry);
}

/* Reads what is in the pipe now; gives how many lines. */
static size_t read_lines(char *last, size_t capacity)
{
    char bytes[4096];
    size_t lines = 0, kept = 0;
    ssize_t got;

    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    while ((got = read(ends[0], bytes, sizeof bytes)) > 0) {
        for (ssize_t i = 0; i < got; i++) {
            if (bytes[i] == '\n') {
                lines++;
                last[kept] = '\0';
                kept = 0;
            } else if (kept + 1 < capacity) {
                last[kept++] = bytes[i];
            }
        }
    }
    return lines;
}

START_TEST(lines_wait_until_they_are_flushed)
{
    char last[256];

    add_line("/a");
    ck_assert_uint_eq(read_lines(last, sizeof last), 0);
    log_flush(&log_under_test);
    ck_assert_uint_eq(read_lines(last, sizeof last), 1);
    ck_assert_str_eq(last, "1970-01-01T00:00:00.000Z GET /a 200 7");
}
END_TEST

START_TEST(control_characters_are_escaped)
{
    char last[256];

    add_line("/a\x1b[2J\xff b");
    log_flush(&log_under_test);
    ck_assert_uint_eq(read_lines(last, sizeof last), 1);
    ck_assert_str_eq(last, "1970-01-01T00:00:00.000Z GET /a%1B[2J%FF%20b 200 7");
}
END_TEST

START_TEST(a_reader_that_is_slow_misses_nothing)
{
    char last[256];
    size_t lines;

    for (int i = 0; i < 5000; i++)
        add_line("/some/path/that/fills/the/pipe");
    log_flush(&log_under_test);
    lines = read_lines(last, sizeof last);
    ck_assert_uint_lt(lines, 5000);
    while (lines < 5000) {
        size_t length = log_under_test.lines.length;

        log_flush(&log_under_test);
        ck_assert_uint_lt(log_under_test.lines.length, length);
        lines += read_lines(last, sizeof last);
    }
    ck_assert_uint_eq(lines, 5000);
    ck_assert_uint_eq(log_under_test.lines.length, 0);
}
END_TEST

START_TEST(a_reader_that_reads_nothing_costs_no_more_than_the_cap)
{
    for (int i = 0; i < 50000; i++)
        add_line("/some/path/that/fills/the/pipe/and/then/the/memory");
    ck_assert_uint_lt(log_under_test.lines.length, LOG_MAX_BYTES + 1024);
}
END_TEST

START_TEST(nothing_is_kept_for_a_reader_that_went_away)
{
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN);
    add_line("/a");
    log_flush(&log_under_test);
    ck_assert_uint_eq(log_under_test.lines.length, 0);
    ends[0] = dup(ends[1]);
}
END_TEST

START_TEST(says_where_nobody_can_tell_how_much_was_sent)
{
    struct log_entry entry = {
        .method = "GET", .path = "/x", .status = 200, .sent_is_unknown = true, .aborted = true};
    char last[256];

    log_request(&log_under_test, &entry);
    log_flush(&log_under_test);
    ck_assert_uint_eq(read_lines(last, sizeof last), 1);
    ck_assert_str_eq(last, "1970-01-01T00:00:00.000Z GET /x 200 - aborted");
    entry.sent_is_unknown = false;
    log_request(&log_under_test, &entry);
    log_flush(&log_under_test);
    ck_assert_uint_eq(read_lines(last, sizeof last), 1);
    ck_assert_str_eq(last, "1970-01-01T00:00:00.000Z GET /x 200 0 aborted");
}
END_TEST

START_TEST(a_refusal_is_one_line)
{
    struct log_entry entry = {.status = 403};
    struct strbuf body = STRBUF_INIT;
    char last[256];

    strbuf_append_text(&body, "<Error>\n<Code>x</Code>\r\n</Error>");
    log_refusal(&log_under_test, &entry, &body);
    log_flush(&log_under_test);
    ck_assert_uint_eq(read_lines(last, sizeof last), 1);
    ck_assert_str_eq(last, "1970-01-01T00:00:00.000Z refused: <Error><Code>x</Code></Error>");
    strbuf_release(&body);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("log");
    TCase *tcase = tcase_create("log");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, lines_wait_until_they_are_flushed);
    tcase_add_test(tcase, control_characters_are_escaped);
    tcase_add_test(tcase, a_reader_that_is_slow_misses_nothing);
    tcase_add_test(tcase, a_reader_that_reads_nothing_costs_no_more_than_the_cap);
    tcase_add_test(tcase, nothing_is_kept_for_a_reader_that_went_away);
    tcase_add_test(tcase, says_where_nobody_can_tell_how_much_was_sent);
    tcase_add_test(tcase, a_refusal_is_one_line);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
