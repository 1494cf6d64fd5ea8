#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "same.h"
#include "scenarios/builtin.h"
#include "scenarios/load.h"

static struct scenario *scenario;
static struct error err;

START_TEST(every_one_can_be_read_and_says_what_it_is_for)
{
    for (size_t i = 0; i < scenario_builtin_count(); i++) {
        const struct builtin *builtin = scenario_builtin_at(i);
        enum status status =
            scenario_builtin_find(builtin->name, strlen(builtin->name), &scenario, &err);

        ck_assert_msg(status == STATUS_OK, "%s: %s: %s", builtin->name, err.field, err.message);
        ck_assert_str_eq(scenario->name, builtin->name);
        ck_assert_ptr_nonnull(strstr(scenario->description, ". "));
        ck_assert_uint_eq(strlen(builtin->text), builtin->length);
        ck_assert_ptr_nonnull(strstr(builtin->text, "\"expect\""));
        check_round_trip(scenario);
        scenario_unref(scenario);
    }
}
END_TEST

START_TEST(they_come_in_the_order_of_their_names)
{
    ck_assert_uint_ge(scenario_builtin_count(), 28);
    for (size_t i = 1; i < scenario_builtin_count(); i++)
        ck_assert_int_lt(strcmp(scenario_builtin_at(i - 1)->name, scenario_builtin_at(i)->name), 0);
}
END_TEST

/* The names that the interface promises, section 5. */
START_TEST(the_promised_ones_are_there)
{
    static const char *const names[] = {
        "happy",          "instant",         "slow",
        "by-polls",       "stuck-pending",   "stuck-processing",
        "fails",          "fails-once",      "expires-early",
        "links-expire",   "already-running", "rate-limited",
        "server-errors",  "timeouts",        "slow-answers",
        "download-reset", "download-stalls", "dropped-connections",
        "download-slow",  "wrong-size",      "download-truncated",
        "corrupt-row",    "many-files",      "download-unavailable-once",
        "one-big-file",   "empty",           "unicode",
        "future-api"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ck_assert_msg(scenario_builtin_find(names[i], strlen(names[i]), &scenario, &err) ==
                          STATUS_OK,
                      "%s", names[i]);
        scenario_unref(scenario);
    }
}
END_TEST

static void expect_unknown(const char *name, size_t length, const char *message)
{
    ck_assert_int_eq(scenario_builtin_find(name, length, &scenario, &err), STATUS_NOT_FOUND);
    ck_assert_str_eq(err.field, "");
    ck_assert_str_eq(err.message, message);
}

START_TEST(an_unknown_name_is_told_the_nearest)
{
    expect_unknown("hapy", 4, "there is no scenario \"hapy\"; did you mean \"happy\"?");
    expect_unknown("happy", 4, "there is no scenario \"happ\"; did you mean \"happy\"?");
    expect_unknown("Happy", 5, "there is no scenario \"Happy\"; did you mean \"happy\"?");
    expect_unknown("", 0, "there is no scenario \"\"; \"exports-mock scenarios\" lists them");
    expect_unknown("happy\0", 6, "there is no scenario \"happy?\"; did you mean \"happy\"?");
}
END_TEST

/* A file of a test, in the folder of the test. */
static void given_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void expect_load_error(const char *name, enum status status, const char *message)
{
    ck_assert_int_eq(scenario_load(name, &scenario, &err), status);
    ck_assert_int_eq(err.status, status);
    ck_assert_str_eq(err.field, "");
    ck_assert_str_eq(err.message, message);
}

START_TEST(a_name_or_a_file_is_loaded)
{
    ck_assert_int_eq(scenario_load("empty", &scenario, &err), STATUS_OK);
    scenario_unref(scenario);
    given_file("scenario-test.jsonc", "// mine\n{\"name\": \"mine\"}");
    ck_assert_int_eq(scenario_load("scenario-test.jsonc", &scenario, &err), STATUS_OK);
    ck_assert_str_eq(scenario->name, "mine");
    scenario_unref(scenario);
    ck_assert_int_eq(scenario_load("./scenario-test.jsonc", &scenario, &err), STATUS_OK);
    scenario_unref(scenario);
    ck_assert_int_eq(rename("scenario-test.jsonc", "scenario-test"), 0);
    ck_assert_int_eq(scenario_load("scenario-test", &scenario, &err), STATUS_OK);
    scenario_unref(scenario);
    ck_assert_int_eq(unlink("scenario-test"), 0);
}
END_TEST

START_TEST(errors_of_files_name_the_file_and_the_path)
{
    given_file("scenario-test.jsonc", "{\"faults\": [{\"on\": \"add\"}]}");
    expect_load_error("scenario-test.jsonc", STATUS_INVALID,
                      "scenario-test.jsonc: faults[0]: does nothing: give respond, delay, "
                      "throttle, cut or corrupt");
    given_file("scenario-test.jsonc", "[]");
    expect_load_error("scenario-test.jsonc", STATUS_MALFORMED,
                      "scenario-test.jsonc: must be an object, but is an array");
    ck_assert_int_eq(unlink("scenario-test.jsonc"), 0);
    expect_load_error("scenario-test.jsonc", STATUS_IO,
                      "cannot read scenario-test.jsonc: No such file or directory");
    expect_load_error("/", STATUS_IO, "cannot read /: Is a directory");
    expect_load_error("/dev/zero", STATUS_LIMIT, "/dev/zero is longer than 1 MiB");
    expect_load_error("hapy", STATUS_NOT_FOUND,
                      "there is no scenario \"hapy\"; did you mean \"happy\"?");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("builtin");
    TCase *tcase = tcase_create("builtin");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, every_one_can_be_read_and_says_what_it_is_for);
    tcase_add_test(tcase, they_come_in_the_order_of_their_names);
    tcase_add_test(tcase, the_promised_ones_are_there);
    tcase_add_test(tcase, an_unknown_name_is_told_the_nearest);
    tcase_add_test(tcase, a_name_or_a_file_is_loaded);
    tcase_add_test(tcase, errors_of_files_name_the_file_and_the_path);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
