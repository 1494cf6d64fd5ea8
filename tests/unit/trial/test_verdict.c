#include <check.h>
#include <signal.h>
#include <stdlib.h>

#include "trial/verdict.h"

#define ENDED(code) ((struct ending){ENDED_BY_ITSELF, (code)})

START_TEST(each_ending_has_its_exit_code)
{
    ck_assert_int_eq(ending_exit_code(ENDED(0)), 0);
    ck_assert_int_eq(ending_exit_code(ENDED(255)), 255);
    ck_assert_int_eq(ending_exit_code((struct ending){ENDED_BY_SIGNAL, SIGKILL}), 137);
    ck_assert_int_eq(ending_exit_code((struct ending){ENDED_BY_TIMEOUT, 0}), 124);
    ck_assert_int_eq(ending_exit_code((struct ending){NOT_STARTED, 127}), 127);
}
END_TEST

START_TEST(endings_are_read_from_wait)
{
    struct ending ending = ending_from_wait(3 << 8);

    ck_assert_int_eq(ending.kind, ENDED_BY_ITSELF);
    ck_assert_int_eq(ending.code, 3);
    ending = ending_from_wait(SIGSEGV | 0x80); /* with a core */
    ck_assert_int_eq(ending.kind, ENDED_BY_SIGNAL);
    ck_assert_int_eq(ending.code, SIGSEGV);
}
END_TEST

START_TEST(endings_are_told_in_words)
{
    static const struct {
        struct ending ending;
        const char *text;
    } cases[] = {
        {{ENDED_BY_ITSELF, 3}, "exit code 3"},
        {{ENDED_BY_SIGNAL, SIGKILL}, "signal 9 (KILL)"},
        {{ENDED_BY_SIGNAL, 1000}, "signal 1000 (?)"},
        {{ENDED_BY_TIMEOUT, 0}, "time-out"},
        {{NOT_STARTED, 127}, "not started"},
    };
    struct strbuf text = STRBUF_INIT;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        strbuf_reset(&text);
        ending_write(&text, cases[i].ending);
        ck_assert_str_eq(strbuf_text(&text), cases[i].text);
    }
    strbuf_release(&text);
}
END_TEST

START_TEST(findings_fail_from_their_level_on)
{
    static const struct conduct_totals totals[] = {
        {.counts = {0, 0, 0}}, {.counts = {1, 0, 0}}, {.counts = {0, 1, 0}}, {.counts = {0, 0, 1}}};
    /* by fail_on, then by totals */
    static const bool fails[4][4] = {[FAIL_ON_ERROR] = {false, true, false, false},
                                     [FAIL_ON_WARNING] = {false, true, true, false},
                                     [FAIL_ON_INFO] = {false, true, true, true},
                                     [FAIL_ON_NEVER] = {false, false, false, false}};

    for (int fail_on = 0; fail_on < 4; fail_on++) {
        for (int i = 0; i < 4; i++)
            ck_assert_int_eq(verdict_conduct_fails(&totals[i], (enum fail_on)fail_on),
                             fails[fail_on][i]);
    }
}
END_TEST

START_TEST(the_commands_own_failure_comes_first)
{
    struct evidence_of_trial evidence = {
        .ending = ENDED(5), .conduct = {.counts = {1, 0, 0}}, .collected = {.is_there = true}};

    ck_assert_int_eq(verdict_exit_code(&evidence, FAIL_ON_ERROR), 5);
    ck_assert_int_eq(verdict_exit_code(&evidence, FAIL_ON_NEVER), 5);
    evidence.ending = (struct ending){ENDED_BY_TIMEOUT, 0};
    ck_assert_int_eq(verdict_exit_code(&evidence, FAIL_ON_ERROR), 124);
}
END_TEST

START_TEST(rows_and_conduct_fail_a_command_that_says_it_is_fine)
{
    struct evidence_of_trial evidence = {.ending = ENDED(0)};

    ck_assert_int_eq(verdict_exit_code(&evidence, FAIL_ON_INFO), EXIT_SUCCESS);
    evidence.collected.is_there = true;
    ck_assert_int_eq(verdict_exit_code(&evidence, FAIL_ON_ERROR), EXIT_FAILURE);
    ck_assert_int_eq(verdict_exit_code(&evidence, FAIL_ON_NEVER), EXIT_SUCCESS);
    evidence.collected.is_complete = true;
    ck_assert_int_eq(verdict_exit_code(&evidence, FAIL_ON_INFO), EXIT_SUCCESS);
    evidence.conduct.counts[CONDUCT_WARNING] = 1;
    ck_assert_int_eq(verdict_exit_code(&evidence, FAIL_ON_ERROR), EXIT_SUCCESS);
    ck_assert_int_eq(verdict_exit_code(&evidence, FAIL_ON_WARNING), EXIT_FAILURE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("verdict");
    TCase *tests = tcase_create("verdict");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tests, each_ending_has_its_exit_code);
    tcase_add_test(tests, endings_are_read_from_wait);
    tcase_add_test(tests, endings_are_told_in_words);
    tcase_add_test(tests, findings_fail_from_their_level_on);
    tcase_add_test(tests, the_commands_own_failure_comes_first);
    tcase_add_test(tests, rows_and_conduct_fail_a_command_that_says_it_is_fine);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
