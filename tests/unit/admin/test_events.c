/* What a reader of events gets when: told by its clock, without a socket. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "rig.h"

static char got[1 << 16];

/* Reads once as the server does, with room for so many bytes; gives how many came. */
static size_t read_some(size_t room)
{
    const struct http_stream *stream = &rig.response.stream;
    size_t length = stream->read(stream->state, rig.now_real_ms, got, room);

    ck_assert_uint_le(length, room);
    got[length] = '\0';
    return length;
}

static bool is_ready(void)
{
    return rig.response.stream.is_ready(rig.response.stream.state);
}

static void start(void)
{
    rig_start();
    rig.content_type = "text/event-stream";
    ask("GET", "/events", NULL);
    ck_assert_int_eq(rig.response.body, HTTP_BODY_STREAM);
    ck_assert_uint_gt(read_some(sizeof got - 1), 0);
    ck_assert_ptr_nonnull(strstr(got, "event: hello\n"));
}

static void stop(void)
{
    rig.content_type = NULL;
    rig_stop();
}

static void add_events(int count)
{
    for (int i = 0; i < count; i++)
        ck_assert_ptr_nonnull(events_add(&rig.events, EVENT_CLOCK));
}

START_TEST(nothing_comes_while_nothing_happens)
{
    ck_assert(!is_ready());
    ck_assert_uint_eq(read_some(100), 0);
    add_events(1);
    ck_assert(is_ready());
    ck_assert_uint_gt(read_some(sizeof got - 1), 0);
    ck_assert_ptr_nonnull(strstr(got, "event: clock\ndata: {"));
    ck_assert(!is_ready());
}
END_TEST

START_TEST(silence_is_broken_by_a_comment)
{
    ck_assert_int_eq(rig.response.stream.quiet_real_ms, 15000);
    rig.now_real_ms += 14999;
    ck_assert_uint_eq(read_some(100), 0);
    rig.now_real_ms++;
    ck_assert_uint_gt(read_some(100), 0);
    ck_assert_int_eq(got[0], ':');
    ck_assert_str_eq(got + strlen(got) - 2, "\n\n");
    ck_assert_uint_eq(read_some(100), 0);
}
END_TEST

START_TEST(frames_pass_through_any_room)
{
    char whole[4096];
    size_t length = 0, some;

    add_events(3);
    while ((some = read_some(7))) {
        memcpy(whole + length, got, some + 1);
        length += some;
    }
    for (const char *at = whole, *end; *at; at = end + 2) {
        end = strstr(at, "\n\n");
        ck_assert_ptr_nonnull(end);
        ck_assert_int_eq(strncmp(at, "id: ", 4), 0);
    }
    ck_assert(!is_ready());
}
END_TEST

START_TEST(a_crowd_comes_in_pieces)
{
    size_t count = 0;

    add_events(1000);
    while (read_some(sizeof got - 1)) {
        ck_assert_uint_lt(strlen(got), (16u << 10) + 1024);
        for (const char *at = got; (at = strstr(at, "event: clock")); at++)
            count++;
    }
    ck_assert_uint_eq(count, 1000);
}
END_TEST

START_TEST(who_lags_is_told_and_goes_on)
{
    add_events(EVENTS_MAX + 5);
    ck_assert_uint_gt(read_some(sizeof got - 1), 0);
    ck_assert_ptr_nonnull(strstr(got, "-5\nevent: lost\n"));
    ck_assert_ptr_nonnull(strstr(got, "-6\nevent: clock\n"));
}
END_TEST

START_TEST(readers_are_counted)
{
    ck_assert_uint_eq(rig.admin.reader_count, 1);
    http_response_reset(&rig.response);
    ck_assert_uint_eq(rig.admin.reader_count, 0);
    rig.admin.reader_count = 256;
    rig.content_type = NULL;
    ask("GET", "/events", NULL);
    expect_parts(503, "256 look on already", NULL);
    rig.admin.reader_count = 0;
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("reader of events");
    TCase *tests = tcase_create("reader of events");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, nothing_comes_while_nothing_happens);
    tcase_add_test(tests, silence_is_broken_by_a_comment);
    tcase_add_test(tests, frames_pass_through_any_room);
    tcase_add_test(tests, a_crowd_comes_in_pieces);
    tcase_add_test(tests, who_lags_is_told_and_goes_on);
    tcase_add_test(tests, readers_are_counted);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
