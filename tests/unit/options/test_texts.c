#include "fake.h"

#include <ctype.h>
#include <stdio.h>

#include "options/completion.h"
#include "options/help.h"
#include "options/manual.h"
#include "options/markdown.h"

static struct fake fake;
static struct strbuf text;

static void setup(void)
{
    memset(&fake, 0, sizeof fake);
    strbuf_reset(&text);
}

static void teardown(void)
{
    fake_release(&fake);
    strbuf_release(&text);
}

static void expect_part(const char *all, const char *part)
{
    ck_assert_msg(strstr(all, part) != NULL, "\"%s\" is not in:\n%s", part, all);
}

/* True when the text has the option as a word of its own. */
static bool has_option(const char *all, const char *name)
{
    char word[64];
    size_t length = (size_t)snprintf(word, sizeof word, "--%s", name);

    for (const char *at = all; (at = strstr(at, word)) != NULL; at += length) {
        if (!isalnum((unsigned char)at[length]) && at[length] != '-')
            return true;
    }
    return false;
}

/* What --help of a command prints. */
static const char *help_of(const char *words)
{
    ck_assert_int_eq(fake_read(&fake, words), STATUS_OK);
    ck_assert_uint_gt(fake.print.length, 0);
    return strbuf_text(&fake.print);
}

START_TEST(the_version_is_one_line)
{
    char line[64];

    snprintf(line, sizeof line, "exports-mock %s\n", options_version());
    ck_assert_str_eq(help_of("--version"), line);
    ck_assert_str_eq(help_of("-V"), line);
    ck_assert_str_eq(help_of("generate --version"), line);
    ck_assert_str_eq(help_of("-vV --help"), line);
}
END_TEST

START_TEST(help_shows_every_option_of_the_command_and_no_other)
{
    static const char *const words[COMMAND_COUNT] = {
        "--help", "run --help", "certify -h", "generate -h", "verify -h", "scenarios --help"};

    for (int command = 0; command < COMMAND_COUNT; command++) {
        const char *help = help_of(words[command]);

        for (size_t i = 0; i < option_count; i++) {
            const char *fallback = option_shown_default(&option_table[i], (enum command)command);
            char form[80];

            if (!option_is_for(&option_table[i], (enum command)command))
                continue;
            snprintf(form, sizeof form, "--%s %s", option_table[i].name,
                     option_table[i].metavar ? option_table[i].metavar : "");
            expect_part(help, form);
            if (fallback)
                expect_part(help, "(default:");
        }
    }
    ck_assert(!has_option(help_of("generate --help"), "storage"));
    ck_assert(!has_option(help_of("serve --help"), "entity-type"));
}
END_TEST

START_TEST(help_fits_a_terminal)
{
    const char *line = help_of("--help");

    while (*line) {
        size_t length = strcspn(line, "\n");

        ck_assert_msg(length <= 80, "%.*s", (int)length, line);
        ck_assert_msg(length == 0 || line[length - 1] != ' ', "blank at the end: %.*s", (int)length,
                      line);
        line += length + (line[length] == '\n');
    }
}
END_TEST

START_TEST(help_says_how_the_environment_works)
{
    const char *help = help_of("--help");

    expect_part(help, "EXPORTS_MOCK_READY_FILE");
    expect_part(help, "Usage: exports-mock [serve] [OPTIONS]");
    expect_part(help, "exports-mock generate [OPTIONS]");
    expect_part(help_of("generate --help"), "Usage: exports-mock generate [OPTIONS]");
    ck_assert_ptr_null(strstr(strbuf_text(&fake.print), "[serve]"));
}
END_TEST

START_TEST(texts_tell_what_a_command_takes_besides_options)
{
    expect_part(help_of("--help"),
                "       exports-mock scenarios [list | show NAME | check FILE]\n");
    expect_part(help_of("scenarios --help"),
                "Usage: exports-mock scenarios [list | show NAME | check FILE]\n");
    expect_part(strbuf_text(&fake.print),
                "\nArguments:\n  [list | show NAME | check FILE]: list names");
    ck_assert_ptr_null(strstr(help_of("generate --help"), "Arguments:"));
    manual_write(&text);
    expect_part(strbuf_text(&text),
                ".B exports\\-mock\nscenarios [list | show NAME | check FILE]\n");
    expect_part(strbuf_text(&text), "check your own: list names the built\\-in ones");
    strbuf_reset(&text);
    completion_write_fish(&text);
    expect_part(strbuf_text(&text),
                "-n '__exports_mock_command scenarios' -F -a 'list show check ");
    strbuf_reset(&text);
    completion_write_zsh(&text);
    expect_part(strbuf_text(&text), "'*:argument:_exports_mock_scenarios'");
    expect_part(strbuf_text(&text), "_exports_mock_scenarios()\n{\n    _alternative 'words:word:("
                                    "list show check already-running ");
}
END_TEST

/* What comes before --help has to be right; what comes after it is not looked at. */
START_TEST(help_wins_over_what_follows)
{
    help_of("--help --nonsense");
    help_of("--port x --help");
    ck_assert_int_ne(fake_read(&fake, "--nonsense --help"), STATUS_OK);
    fake.environment[0] = "EXPORTS_MOCK_PORT";
    fake.environment[1] = "nonsense";
    help_of("--help");
}
END_TEST

/* The table itself. */
START_TEST(entries_are_complete)
{
    for (size_t i = 0; i < option_count; i++) {
        const struct option *option = &option_table[i];

        ck_assert_ptr_eq(option_find(option->name, strlen(option->name)), option);
        ck_assert_int_eq(
            (option->read != NULL) + (option->turn_on != NULL) + (option->print != NULL), 1);
        ck_assert_int_eq(option->read != NULL, option->metavar != NULL);
        ck_assert_msg(!option->metavar || option->example || option->fallback, "%s", option->name);
        ck_assert(islower((unsigned char)option->help[0]) ||
                  isupper((unsigned char)option->help[0]));
        ck_assert_int_ne(option->help[strlen(option->help) - 1], '.');
        ck_assert_ptr_null(strpbrk(option->help, "'`\n"));
        ck_assert_uint_ne(option->commands & ((1u << COMMAND_COUNT) - 1), 0);
        ck_assert_uint_lt(strlen(option->name) + sizeof ENVIRONMENT_PREFIX, ENVIRONMENT_NAME_SIZE);
    }
}
END_TEST

/* Examples are good values. */
START_TEST(examples_can_be_read)
{
    for (size_t i = 0; i < option_count; i++) {
        const struct option *option = &option_table[i];
        struct settings settings;
        struct error err;

        if (!option->example)
            continue;
        memset(&settings, 0, sizeof settings);
        ck_assert_msg(option->read(option, option->example, &settings, &err) == STATUS_OK, "%s",
                      option->name);
        settings_release(&settings);
    }
}
END_TEST

START_TEST(every_text_has_every_option)
{
    static void (*const writers[])(struct strbuf * out) = {completion_write_bash,
                                                           completion_write_zsh, markdown_write};

    for (size_t w = 0; w < sizeof writers / sizeof *writers; w++) {
        strbuf_reset(&text);
        writers[w](&text);
        for (size_t i = 0; i < option_count; i++)
            ck_assert_msg(has_option(strbuf_text(&text), option_table[i].name), "%s",
                          option_table[i].name);
    }
}
END_TEST

START_TEST(the_man_page_has_every_option_and_variable)
{
    manual_write(&text);
    expect_part(strbuf_text(&text), ".TH EXPORTS\\-MOCK 1 ");
    expect_part(strbuf_text(&text), ".B exports\\-mock\ngenerate [OPTIONS]\n");
    expect_part(strbuf_text(&text), "\\-\\-max\\-file\\-size \\fIBYTES\\fR");
    expect_part(strbuf_text(&text), ".B \\-v\\fR, \\fB\\-\\-verbose\n");
    for (size_t i = 0; i < option_count; i++) {
        char name[ENVIRONMENT_NAME_SIZE];

        option_environment_name(&option_table[i], name);
        if (option_has_environment(&option_table[i]))
            expect_part(strbuf_text(&text), name);
        else
            ck_assert_ptr_null(strstr(strbuf_text(&text), name));
    }
}
END_TEST

START_TEST(completion_offers_words_types_files_and_folders)
{
    completion_write_bash(&text);
    expect_part(strbuf_text(&text), "compgen -W 'azure s3 gcs plain'");
    expect_part(strbuf_text(&text), "compgen -W 'off'");
    expect_part(strbuf_text(&text), "compgen -W 'all OrderItem Payment");
    expect_part(strbuf_text(&text), "compgen -W 'OrderItem= Payment=");
    strbuf_reset(&text);
    completion_write_fish(&text);
    expect_part(strbuf_text(&text), " -l log -d ");
    expect_part(strbuf_text(&text), " -x -a 'text json off'");
    expect_part(strbuf_text(&text), " -s v -l verbose -d ");
    strbuf_reset(&text);
    completion_write_zsh(&text);
    expect_part(strbuf_text(&text), "'--log=[how requests are logged to stderr, one line each]"
                                    ":value:(text json off)'");
    expect_part(strbuf_text(&text), "'*--rows=[");
}
END_TEST

START_TEST(bars_are_escaped_in_tables)
{
    markdown_write(&text);
    expect_part(strbuf_text(&text),
                "| `--log text\\|json\\|off` | `text`; `run`: `off`; `certify`: `off` | how ");
    expect_part(strbuf_text(&text), "| `--timeout DURATION` | none; `certify`: `60s` | real ");
    expect_part(strbuf_text(&text), "| `-v, --verbose` | | log also why requests are refused |\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("texts");
    TCase *tests = tcase_create("texts");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_version_is_one_line);
    tcase_add_test(tests, help_shows_every_option_of_the_command_and_no_other);
    tcase_add_test(tests, help_fits_a_terminal);
    tcase_add_test(tests, texts_tell_what_a_command_takes_besides_options);
    tcase_add_test(tests, help_says_how_the_environment_works);
    tcase_add_test(tests, help_wins_over_what_follows);
    tcase_add_test(tests, entries_are_complete);
    tcase_add_test(tests, examples_can_be_read);
    tcase_add_test(tests, every_text_has_every_option);
    tcase_add_test(tests, the_man_page_has_every_option_and_variable);
    tcase_add_test(tests, completion_offers_words_types_files_and_folders);
    tcase_add_test(tests, bars_are_escaped_in_tables);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
