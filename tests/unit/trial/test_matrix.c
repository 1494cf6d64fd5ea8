#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "trial/matrix.h"
#include "trial/shell.h"

#define ENDED(code) ((struct ending){ENDED_BY_ITSELF, (code)})

static struct cell cell;
static struct strbuf text;

static void setup(void)
{
    cell = (struct cell){.scenario = memory_copy_text("happy", 5),
                         .collected = {.exports = {1, 1, 0, 0}}};
    memset(&text, 0, sizeof text);
}

static void teardown(void)
{
    cell_release(&cell);
    strbuf_release(&text);
}

static const char *reasons(enum fail_on fail_on)
{
    cell_judge(&cell, fail_on, 1500);
    ck_assert_int_eq(cell.passed, cell.reasons.length == 0);
    return strbuf_text(&cell.reasons);
}

START_TEST(endings_are_held_to_the_expectation)
{
    static const struct {
        enum expectation expect;
        struct ending ending;
        bool passes;
    } cases[] = {
        {EXPECT_SUCCESS, {ENDED_BY_ITSELF, 0}, true},
        {EXPECT_SUCCESS, {ENDED_BY_ITSELF, 1}, false},
        {EXPECT_SUCCESS, {ENDED_BY_SIGNAL, SIGKILL}, false},
        {EXPECT_SUCCESS, {ENDED_BY_TIMEOUT, 0}, false},
        {EXPECT_FAILURE, {ENDED_BY_ITSELF, 0}, false},
        {EXPECT_FAILURE, {ENDED_BY_ITSELF, 255}, true},
        {EXPECT_FAILURE, {ENDED_BY_SIGNAL, SIGTERM}, false},
        {EXPECT_FAILURE, {ENDED_BY_TIMEOUT, 0}, false},
        {EXPECT_EITHER, {ENDED_BY_ITSELF, 0}, true},
        {EXPECT_EITHER, {ENDED_BY_ITSELF, 1}, true},
        {EXPECT_EITHER, {ENDED_BY_SIGNAL, SIGSEGV}, false},
        {EXPECT_EITHER, {ENDED_BY_TIMEOUT, 0}, false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cell.expect = cases[i].expect;
        cell.ending = cases[i].ending;
        ck_assert_msg((*reasons(FAIL_ON_ERROR) == '\0') == cases[i].passes, "case %zu", i);
    }
}
END_TEST

START_TEST(reasons_say_what_was_wrong)
{
    cell.ending = (struct ending){ENDED_BY_TIMEOUT, 0};
    ck_assert_str_eq(reasons(FAIL_ON_ERROR),
                     "exit: time-out after 1s500ms; a sound client ends by itself\n");
    cell.ending = ENDED(0);
    cell.rules = 1u << RULE_LEAKED_TOKEN | 1u << RULE_POLLED_TOO_FAST;
    ck_assert_str_eq(reasons(FAIL_ON_ERROR), "conduct: leaked-token (error)\n");
    ck_assert_str_eq(reasons(FAIL_ON_WARNING),
                     "conduct: leaked-token (error), polled-too-fast (warning)\n");
    ck_assert_str_eq(reasons(FAIL_ON_NEVER), "");
}
END_TEST

START_TEST(rows_count_where_the_client_says_it_has_them)
{
    cell.collected = (struct collected){.exports = {1, 1, 0, 0},
                                        .is_there = true,
                                        .expected_count = 10,
                                        .row_count = 9,
                                        .missing_count = 2,
                                        .damaged_count = 1};
    ck_assert_str_eq(reasons(FAIL_ON_ERROR), "rows: 2 missing, 1 damaged, of 10; yet it ends with "
                                             "0\n");
    ck_assert_str_eq(reasons(FAIL_ON_NEVER), "");
    cell.expect = EXPECT_EITHER;
    cell.ending = ENDED(1);
    ck_assert_str_eq(reasons(FAIL_ON_ERROR), "");
    cell.ending = ENDED(0);
    cell.collected.is_complete = true;
    ck_assert_str_eq(reasons(FAIL_ON_ERROR), "");
    cell.collected.is_complete = false;
    cell.collected.is_there = false;
    ck_assert_str_eq(reasons(FAIL_ON_ERROR), "");
}
END_TEST

START_TEST(nothing_collected_is_no_success)
{
    cell.collected = (struct collected){.exports = {1, 0, 0, 0}};
    ck_assert_str_eq(reasons(FAIL_ON_INFO),
                     "rows: no export that CMD added became Success; yet it ends with 0\n");
    ck_assert_str_eq(reasons(FAIL_ON_NEVER), "");
    cell.collected.exports.success_count = 3;
    ck_assert_str_eq(reasons(FAIL_ON_ERROR), "");
    cell.collected.exports.not_fetched_count = 2;
    ck_assert_str_eq(reasons(FAIL_ON_ERROR),
                     "rows: of 2 of 3 exports not every file was fetched to its end; yet it ends "
                     "with 0\n");
    cell.collected.is_there = cell.collected.is_complete = true;
    ck_assert_str_eq(reasons(FAIL_ON_ERROR), "");
    cell.collected.exports = (struct export_counts){.added_count = 3, .success_count = 2};
    cell.collected.exports.left_count = 1;
    ck_assert_str_eq(reasons(FAIL_ON_ERROR),
                     "rows: 1 of 3 exports failed or had not ended, and CMD did not add one of "
                     "that type again; yet it ends with 0\n");
    cell.collected = (struct collected){.exports = {0, 0, 0, 0}};
    ck_assert_str_eq(reasons(FAIL_ON_ERROR),
                     "rows: nothing was collected, for CMD added no export; yet it ends with 0\n");
    cell.expect = EXPECT_EITHER;
    ck_assert_str_eq(reasons(FAIL_ON_ERROR), "");
}
END_TEST

/* A matrix of the one cell; borrowed. */
static struct matrix judged(void)
{
    cell_judge(&cell, FAIL_ON_ERROR, 0);
    cell.took_real_ms = 1234;
    strbuf_reset(&cell.command);
    strbuf_append_text(&cell.command, "exports-mock run -- true");
    return (struct matrix){.cells = &cell, .count = 1, .planned_count = 1, .took_real_ms = 2005};
}

START_TEST(a_matrix_for_people)
{
    struct matrix matrix;

    cell.collected = (struct collected){
        .exports = {1, 1, 0, 0}, .is_there = true, .is_complete = true, .expected_count = 12};
    cell.conduct.counts[CONDUCT_WARNING] = 1;
    matrix = judged();
    matrix_write_text(&text, &matrix, false);
    ck_assert_str_eq(strbuf_text(&text),
                     "scenario  expects     exit  conduct                         rows  verdict "
                     "seconds\n"
                     "happy     success        0  1 warning                         12  passed  "
                     "1.23\n"
                     "\n1 of 1 passed, in 2.00 s\n");
}
END_TEST

START_TEST(what_failed_is_explained)
{
    struct matrix matrix;

    cell.ending = (struct ending){ENDED_BY_SIGNAL, SIGKILL};
    matrix = judged();
    matrix.planned_count = 3;
    matrix_write_text(&text, &matrix, true);
    ck_assert_ptr_nonnull(strstr(strbuf_text(&text), "  KILL  -  "));
    ck_assert_ptr_nonnull(strstr(strbuf_text(&text), "\033[31mFAILED\033[0m"));
    ck_assert_ptr_nonnull(strstr(strbuf_text(&text),
                                 "\nhappy failed\n  exit: signal 9 (KILL); a sound client ends by "
                                 "itself\n  alone: exports-mock run -- true\n"));
    ck_assert_ptr_nonnull(
        strstr(strbuf_text(&text), "\n0 of 3 passed, 1 failed, 2 not run, in 2.00 s\n"));
    ck_assert(!matrix_is_passed(&matrix));
}
END_TEST

START_TEST(a_matrix_for_programs)
{
    struct matrix matrix = judged();

    matrix_write_json(&text, &matrix);
    ck_assert_str_eq(strbuf_text(&text),
                     "{\"verdict\":\"passed\",\"passed\":1,\"failed\":0,\"notRun\":0,"
                     "\"seconds\":2.005,\"cells\":[{\"scenario\":\"happy\",\"verdict\":\"passed\","
                     "\"expect\":\"success\",\"exit\":{\"how\":\"exited\",\"code\":0},"
                     "\"conduct\":{\"errors\":0,\"warnings\":0,\"infos\":0,\"rules\":[]},"
                     "\"rows\":null,\"seconds\":1.234,\"reasons\":[],\"bundle\":null,"
                     "\"command\":\"exports-mock run -- true\"}]}\n");
    strbuf_reset(&text);
    matrix_write_junit(&text, &matrix);
    ck_assert_ptr_nonnull(strstr(strbuf_text(&text), "<testcase classname=\"exports-mock.certify\" "
                                                     "name=\"happy\" time=\"1.234\"></testcase>"));
}
END_TEST

START_TEST(nothing_in_a_name_acts_on_the_terminal)
{
    struct matrix matrix;

    free(cell.scenario);
    cell.scenario = memory_copy_text("a\033[2Jb", 6);
    cell.ending = ENDED(1);
    matrix = judged();
    matrix_write_text(&text, &matrix, false);
    ck_assert_ptr_null(strchr(strbuf_text(&text), '\033'));
}
END_TEST

START_TEST(words_are_quoted_for_a_shell)
{
    static const char *const cases[][2] = {
        {"plain-1.0/x=%y", "plain-1.0/x=%y"},
        {"", "''"},
        {"a b", "'a b'"},
        {"it's", "'it'\\''s'"},
        {"$(x)", "'$(x)'"},
        {"~", "'~'"},
        {"a\nb", "'a\nb'"},
        {"\033b\\'", "$'\\x1bb\\\\\\''"},
        {"\303\244", "'\303\244'"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        strbuf_reset(&text);
        shell_append(&text, cases[i][0]);
        ck_assert_str_eq(strbuf_text(&text), cases[i][1]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("matrix");
    TCase *tests = tcase_create("matrix");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, endings_are_held_to_the_expectation);
    tcase_add_test(tests, reasons_say_what_was_wrong);
    tcase_add_test(tests, rows_count_where_the_client_says_it_has_them);
    tcase_add_test(tests, nothing_collected_is_no_success);
    tcase_add_test(tests, a_matrix_for_people);
    tcase_add_test(tests, what_failed_is_explained);
    tcase_add_test(tests, a_matrix_for_programs);
    tcase_add_test(tests, nothing_in_a_name_acts_on_the_terminal);
    tcase_add_test(tests, words_are_quoted_for_a_shell);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
