#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options/options.h"
#include "scenarios/builtin.h"
#include "trial/bundle.h"
#include "trial/replay.h"
#include "trial/reproduce.h"

#define WORDS_MAX 32

static struct bundle bundle;
static struct strbuf text;
static struct error err;
static char *line; /* settings borrow from it */

static void setup(void)
{
    memset(&bundle, 0, sizeof bundle);
    memset(&text, 0, sizeof text);
}

static void teardown(void)
{
    bundle_release(&bundle);
    strbuf_release(&text);
    free(line);
    line = NULL;
}

static const char *no_environment(const char *name, void *state)
{
    (void)name;
    (void)state;
    return NULL;
}

/* Reads a command line, whose words stand between blanks. */
static struct settings settings_of(const char *words)
{
    struct options_input input = {.environment = no_environment};
    struct strbuf print = STRBUF_INIT;
    static char *argv[WORDS_MAX];
    struct settings settings;
    char *at;

    free(line);
    at = line = strdup(words);
    while (at && input.argc < WORDS_MAX)
        argv[input.argc++] = strsep(&at, " ");
    input.argv = argv;
    ck_assert_msg(options_read(&input, &settings, &print, &err) == STATUS_OK, "%s", err.message);
    strbuf_release(&print);
    return settings;
}

/* The value of an option of the bundle; "" when it has none. */
static const char *value_of(const char *name)
{
    for (size_t i = 0; i < bundle.option_count; i++) {
        if (strcmp(bundle.options[i].option->name, name) == 0)
            return bundle.options[i].value;
    }
    return "";
}

static void write_story(const struct settings *settings)
{
    static const struct journal empty;
    const struct bundle_story story = {settings, {ENDED_BY_ITSELF, 3}, &empty};

    bundle_write(&text, &story);
    ck_assert_msg(bundle_read(text.data, text.length, &bundle, &err) == STATUS_OK, "%s: %s",
                  err.field, err.message);
}

START_TEST(what_is_written_is_read)
{
    struct settings given = settings_of(
        "exports-mock run --rows Bill=1 --port 0 --rows Company=2 --size tiny --size huge --strict "
        "--scenario fails --now 2026-08-07T10:00:00.5Z -- sh -c \"x'");
    struct settings pinned;

    ck_assert_int_eq(story_pin(&given, &pinned, &err), STATUS_OK);
    write_story(&pinned);
    ck_assert_str_eq(bundle.command[0], "sh");
    ck_assert_str_eq(bundle.command[2], "\001\"x'");
    ck_assert_ptr_null(bundle.command[3]);
    ck_assert_str_eq(value_of("rows"), "Bill=1,Company=2");
    ck_assert_str_eq(value_of("size"), "huge");
    ck_assert_str_eq(value_of("strict"), "1");
    ck_assert_str_eq(value_of("seed"), "1");
    ck_assert_str_eq(value_of("now"), "2026-08-07T10:00:00.500Z");
    ck_assert_str_eq(value_of("port"), "");
    ck_assert_str_eq(bundle.scenario->name, "fails");
    ck_assert_int_eq(bundle.scenario->expect, EXPECT_FAILURE);
    ck_assert_ptr_nonnull(strstr(strbuf_text(&text), "\"exit\":{\"how\":\"exited\",\"code\":3}"));
    scenario_unref(pinned.scenario_value);
    settings_release(&given);
}
END_TEST

START_TEST(without_a_scenario_there_is_none)
{
    struct settings given = settings_of("exports-mock run -- true");
    struct settings pinned;

    ck_assert_int_eq(story_pin(&given, &pinned, &err), STATUS_OK);
    ck_assert(pinned.has_now);
    write_story(&pinned);
    ck_assert_ptr_null(bundle.scenario);
    settings_release(&given);
}
END_TEST

START_TEST(mistakes_are_told_with_their_place)
{
    static const struct {
        const char *text, *field, *message;
    } cases[] = {
        {"{}", "exportsMockBundle", "is missing"},
        {"[]", "", "object"},
        {"", "", ""},
        {"{\"exportsMockBundle\":2}", "exportsMockBundle", "must be 1"},
        {"{\"exportsMockBundle\":1.5}", "exportsMockBundle", "whole"},
        {"{\"exportsMockBundle\":1}", "command", "1 to 4096 words"},
        {"{\"exportsMockBundle\":1,\"command\":[]}", "command", "1 to 4096 words"},
        {"{\"exportsMockBundle\":1,\"command\":[1]}", "command[0]", "string"},
        {"{\"exportsMockBundle\":1,\"command\":[\"a\\u0000b\"]}", "", ""},
        {"{\"exportsMockBundle\":1,\"command\":[\"a\"],\"x\":1}", "x", ""},
        {"{\"exportsMockBundle\":1,\"command\":[\"a\"],\"options\":[]}", "options", "object"},
        {"{\"exportsMockBundle\":1,\"command\":[\"a\"],\"options\":{\"nonsense\":\"1\"}}",
         "options.nonsense", "no option"},
        {"{\"exportsMockBundle\":1,\"command\":[\"a\"],\"options\":{\"port\":\"1\"}}",
         "options.port", "no option"},
        {"{\"exportsMockBundle\":1,\"command\":[\"a\"],\"options\":{\"help\":\"1\"}}",
         "options.help", "no option"},
        {"{\"exportsMockBundle\":1,\"command\":[\"a\"],\"options\":{\"scenario\":\"fails\"}}",
         "options.scenario", "no option"},
        {"{\"exportsMockBundle\":1,\"command\":[\"a\"],\"options\":{\"seed\":1}}", "options.seed",
         "string"},
        {"{\"exportsMockBundle\":1,\"command\":[\"a\"],\"options\":{\"seed\":\"\"}}",
         "options.seed", "has no value"},
        {"{\"exportsMockBundle\":1,\"command\":[\"a\"],\"options\":{\"seed\":\"x\"}}",
         "options.seed", "whole number"},
        {"{\"exportsMockBundle\":1,\"command\":[\"a\"],\"options\":{\"strict\":\"x\"}}",
         "options.strict", "neither on nor off"},
        {"{\"exportsMockBundle\":1,\"command\":[\"a\"],\"options\":{\"seed\":\"1\",\"seed\":\"1\"}"
         "}",
         "options.seed", ""},
        {"{\"exportsMockBundle\":1,\"command\":[\"a\"],\"scenario\":{\"nonsense\":1}}",
         "scenario.nonsense", ""},
        {"{\"exportsMockBundle\":1,\"command\":[\"a\"],\"requests\":{}}", "requests", "array"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum status status = bundle_read(cases[i].text, strlen(cases[i].text), &bundle, &err);

        ck_assert_msg(status != STATUS_OK, "%s was taken", cases[i].text);
        ck_assert_msg(strcmp(err.field, cases[i].field) == 0 &&
                          strstr(err.message, cases[i].message),
                      "%s: %s: %s", cases[i].text, err.field, err.message);
    }
}
END_TEST

/* Every beginning of a sound bundle is refused, and frees what it took. */
START_TEST(beginnings_are_refused)
{
    struct settings given =
        settings_of("exports-mock run --scenario slow-answers --rows Bill=1 -- true");
    struct settings pinned;

    ck_assert_int_eq(story_pin(&given, &pinned, &err), STATUS_OK);
    write_story(&pinned);
    for (size_t length = 0; length + 2 < text.length; length++) {
        struct bundle part;

        ck_assert_int_ne(bundle_read(text.data, length, &part, &err), STATUS_OK);
    }
    scenario_unref(pinned.scenario_value);
    settings_release(&given);
}
END_TEST

START_TEST(each_scenario_has_a_file_of_its_own)
{
    static const char *const cases[][3] = {
        {"b.json", "fails", "b-fails.json"},
        {"a.d/bundle", "by-polls", "a.d/bundle-by-polls"},
        {"/x/.hidden", "a/b c.jsonc", "/x/.hidden-a-b-c-jsonc"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *path = bundle_path_of(cases[i][0], cases[i][1]);

        ck_assert_str_eq(path, cases[i][2]);
        free(path);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bundle");
    TCase *tests = tcase_create("bundle");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, what_is_written_is_read);
    tcase_add_test(tests, without_a_scenario_there_is_none);
    tcase_add_test(tests, mistakes_are_told_with_their_place);
    tcase_add_test(tests, beginnings_are_refused);
    tcase_add_test(tests, each_scenario_has_a_file_of_its_own);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
