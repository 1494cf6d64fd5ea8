#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "trial/child.h"
#include "trial/environment.h"
#include "trial/folder.h"

static struct signals signals;

static void setup(void)
{
    struct error err;

    ck_assert_int_eq(signals_open(&signals, &err), STATUS_OK);
}

static void teardown(void)
{
    signals_close(&signals);
}

static struct signal_event wait_for_signal(void)
{
    struct pollfd ready = {.fd = signals.fd, .events = POLLIN};
    struct signal_event event = {0, false};

    while (!signals_next(&signals, &event))
        ck_assert_int_eq(poll(&ready, 1, -1), 1);
    return event;
}

static struct ending run(const char *const *command)
{
    struct child_config config = {.command = command,
                                  .environment = environ,
                                  .signals = &signals,
                                  .stdin_fd = -1,
                                  .stdout_fd = -1,
                                  .stderr_fd = -1};
    struct ending ending;
    struct child child;
    struct error err;

    if (child_start(&config, &child, &ending, &err) != STATUS_OK)
        return ending;
    while (!child_reap(&child))
        ck_assert_int_eq(wait_for_signal().number, SIGCHLD);
    return child.ending;
}

START_TEST(ends_are_told)
{
    const char *const exits[] = {"sh", "-c", "exit 3", NULL};
    const char *const dies[] = {"sh", "-c", "kill -KILL $$", NULL};
    const char *const is_missing[] = {"/nowhere/at/all", NULL};
    const char *const is_no_program[] = {"/etc/passwd", NULL};

    ck_assert_int_eq(run(exits).code, 3);
    ck_assert_int_eq(run(dies).kind, ENDED_BY_SIGNAL);
    ck_assert_int_eq(run(is_missing).kind, NOT_STARTED);
    ck_assert_int_eq(run(is_missing).code, 127);
    ck_assert_int_eq(run(is_no_program).code, 126);
}
END_TEST

START_TEST(signals_arrive_one_by_one_and_say_who_sent_them)
{
    struct signal_event event;

    ck_assert(!signals_next(&signals, &event));
    kill(getpid(), SIGTERM);
    event = wait_for_signal();
    ck_assert_int_eq(event.number, SIGTERM);
    ck_assert(!event.is_of_terminal);
    ck_assert(!signals_next(&signals, &event));
}
END_TEST

START_TEST(the_alarm_rings_once_unless_it_is_put_off)
{
    struct signal_event event;

    signals_set_alarm(1);
    ck_assert_int_eq(wait_for_signal().number, SIGALRM);
    signals_set_alarm(INT64_C(3650000) * 86400000);
    signals_set_alarm(0);
    ck_assert(!signals_next(&signals, &event));
}
END_TEST

START_TEST(variables_replace_those_of_the_same_name)
{
    const struct variable variables[] = {{"TRIAL_A", "1=2"}, {"TRIAL_B", ""}};
    struct environment *environment;
    size_t count = 0, found = 0;

    setenv("TRIAL_A", "old", 1);
    setenv("TRIAL_AA", "kept", 1);
    environment = environment_new(variables, 2);
    for (char **text = environment_texts(environment); *text; text++, count++)
        found += strcmp(*text, "TRIAL_A=1=2") == 0 || strcmp(*text, "TRIAL_B=") == 0 ||
                 strcmp(*text, "TRIAL_AA=kept") == 0;
    ck_assert_uint_eq(found, 3);
    for (char **text = environ; *text; text++)
        count--;
    ck_assert_uint_eq(count, 1);
    environment_free(environment);
    unsetenv("TRIAL_A");
    unsetenv("TRIAL_AA");
}
END_TEST

START_TEST(folders_are_empty_and_go_away)
{
    struct strbuf inner = STRBUF_INIT;
    struct error err;
    char *path;
    int fd;

    ck_assert_int_eq(folder_make(&path, &err), STATUS_OK);
    strbuf_appendf(&inner, "%s/inner", path);
    ck_assert_int_eq(mkdir(strbuf_text(&inner), 0700), 0);
    ck_assert(!folder_has_files(path));
    strbuf_append_text(&inner, "/file");
    fd = open(strbuf_text(&inner), O_WRONLY | O_CREAT, 0600);
    ck_assert_int_ge(fd, 0);
    close(fd);
    ck_assert(folder_has_files(path));
    folder_remove(path);
    ck_assert_int_ne(access(path, F_OK), 0);
    strbuf_release(&inner);
    free(path);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("child");
    TCase *tests = tcase_create("child");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, ends_are_told);
    tcase_add_test(tests, signals_arrive_one_by_one_and_say_who_sent_them);
    tcase_add_test(tests, the_alarm_rings_once_unless_it_is_put_off);
    tcase_add_test(tests, variables_replace_those_of_the_same_name);
    tcase_add_test(tests, folders_are_empty_and_go_away);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
