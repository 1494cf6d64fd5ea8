#include "fake.h"

static struct fake fake;

static void setup(void)
{
    memset(&fake, 0, sizeof fake);
}

static void teardown(void)
{
    fake_release(&fake);
}

/* Words and the one line they are answered with. */
struct refusal {
    const char *words;
    const char *message;
};

static void refuse_all(const struct refusal *refusals, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fake_refuse(&fake, refusals[i].words, refusals[i].message);
}

#define REFUSE(refusals) refuse_all(refusals, sizeof(refusals) / sizeof *(refusals))

START_TEST(options_that_are_not_known)
{
    static const struct refusal refusals[] = {
        {"--storag s3", "unknown option \"--storag\"; did you mean --storage?"},
        {"--storag=s3", "unknown option \"--storag\"; did you mean --storage?"},
        {"--max-file 5", "unknown option \"--max-file\"; did you mean --max-file-size?"},
        {"--PORT 5", "unknown option \"--PORT\"; did you mean --port?"},
        {"-port 5", "unknown option \"-port\"; did you mean --port?"},
        {"--xyzzy", "unknown option \"--xyzzy\"; \"exports-mock serve --help\" lists the known "
                    "ones"},
        {"generate -x", "unknown option \"-x\"; \"exports-mock generate --help\" lists the known "
                        "ones"},
        {"-vx", "unknown option \"-vx\"; \"exports-mock serve --help\" lists the known ones"},
        {"--=5", "unknown option \"--\"; \"exports-mock serve --help\" lists the known ones"},
        {"---port", "unknown option \"---port\"; did you mean --port?"},
        {"--a\nb", "unknown option \"--a?b\"; \"exports-mock serve --help\" lists the known ones"},
        {"generate --port 5", "--port is an option of \"exports-mock serve\" and not of "
                              "\"exports-mock generate\""},
        {"--timeout 5s", "--timeout is an option of \"exports-mock run\" and not of "
                         "\"exports-mock serve\""},
        {"--out x", "--out is an option of \"exports-mock generate\" and not of "
                    "\"exports-mock serve\""},
    };

    REFUSE(refusals);
}
END_TEST

START_TEST(values_that_are_missing_or_too_many)
{
    static const struct refusal refusals[] = {
        {"--port", "--port needs a value: write for example --port=8080"},
        {"--port=", "--port needs a value: write for example --port=8080"},
        {"--ready-file --strict",
         "--ready-file needs a value: write for example --ready-file=ready.txt"},
        {"--strict=yes", "--strict takes no value: write just --strict"},
        {"--help=x", "--help takes no value: write just --help"},
    };

    REFUSE(refusals);
}
END_TEST

START_TEST(words_that_are_no_options)
{
    static const struct refusal refusals[] = {
        {"generat", "unknown command \"generat\"; did you mean \"generate\"?"},
        {"frobnicate", "unknown command \"frobnicate\"; the commands are serve, run, "
                       "certify, generate, verify, scenarios"},
        {"serve 8080", "unexpected argument \"8080\": \"exports-mock serve\" takes only options, "
                       "which begin with --"},
        {"generate -- x", "unexpected argument \"x\": \"exports-mock generate\" takes only "
                          "options, which begin with --"},
        {"-- --port", "unexpected argument \"--port\": \"exports-mock serve\" takes only options, "
                      "which begin with --"},
        {"serve -", "unexpected argument \"-\": \"exports-mock serve\" takes only options, which "
                    "begin with --"},
        {"-v generate", "\"generate\" must come first: write exports-mock generate [OPTIONS]"},
    };

    REFUSE(refusals);
}
END_TEST

START_TEST(operands_that_do_not_fit)
{
    static const struct refusal refusals[] = {
        {"scenarios lst", "\"lst\" is not list, show or check; did you mean list?"},
        {"scenarios happy", "\"happy\" is not list, show or check"},
        {"scenarios show", "say which: write exports-mock scenarios show NAME"},
        {"scenarios check", "say which: write exports-mock scenarios check FILE"},
        {"scenarios list x", "unexpected argument \"x\": \"scenarios list\" lists all of them"},
        {"scenarios show a b", "unexpected argument \"b\": write exports-mock scenarios [list | "
                               "show NAME | check FILE]"},
        {"scenarios show -- a b", "unexpected argument \"b\": write exports-mock scenarios [list | "
                                  "show NAME | check FILE]"},
        {"scenarios --port 1", "--port is an option of \"exports-mock serve\" and not of "
                               "\"exports-mock scenarios\""},
    };

    REFUSE(refusals);
}
END_TEST

#define ID  "3fa85f64-5717-4562-b3fc-2c963f66afa6"
#define URL "--url http://127.0.0.1:8080"

START_TEST(what_to_verify)
{
    static const struct refusal refusals[] = {
        {"verify " URL " --export " ID,
         "verify lacks PATH, where the collected rows are"
         ": write exports-mock verify --url http://127.0.0.1:8080 --export ID PATH..."},
        {"verify", "verify lacks --url URL, the server that has the exports; --export ID, as "
                   "exports/add answered it; PATH, where the collected rows are"
                   ": write exports-mock verify --url http://127.0.0.1:8080 --export ID PATH..."},
        {"verify out --export " ID,
         "verify lacks --url URL, the server that has the exports"
         ": write exports-mock verify --url http://127.0.0.1:8080 --export ID PATH..."},
        {"verify " URL " out",
         "verify lacks --export ID, as exports/add answered it"
         ": write exports-mock verify --url http://127.0.0.1:8080 --export ID PATH..."},
        {"verify " URL " out --export " ID ",x",
         "--export: \"x\" is not an id: write for example " ID},
        {"verify " URL " out --export " ID ",",
         "--export: \"\" is not an id: write for example " ID},
        {"verify out --url localhost:8080", "--url: \"localhost:8080\" is not an http or https "
                                            "URL: write for example http://127.0.0.1:8080"},
        {"verify out --format xml", "--format: \"xml\" is not text, json or junit"},
        {"verify out --format junit", "--format junit is for certify: write text or json"},
        {"--export " ID, "--export is an option of \"exports-mock verify\" and not of "
                         "\"exports-mock serve\""},
    };

    REFUSE(refusals);
}
END_TEST

#define NO_PORT(text) \
    "--port: \"" text "\" is not a whole number from 0 to 65535: write for example 8080"
#define NO_URL(text, fault) \
    "--public-url: \"" text "\" is " fault ": write for example https://mock.example:8080"
#define NO_TOKEN \
    "--admin-token: the token has a blank, a control character or a letter beyond ASCII: write " \
    "for example a-long-secret"

START_TEST(where_to_listen)
{
    static const struct refusal refusals[] = {
        {"--port 65536", NO_PORT("65536")},
        {"--port -1", NO_PORT("-1")},
        {"--port 80x", NO_PORT("80x")},
        {"--port _80", NO_PORT(" 80")},
        {"--port 99999999999999999999999", NO_PORT("99999999999999999999999")},
        {"--bind 127.1", "--bind: \"127.1\" is not an address: write for example 127.0.0.1, "
                         "0.0.0.0 or ::1"},
        {"--bind 0.0.0.0",
         "--bind 0.0.0.0 can be reached by others: protect the admin API with --admin-token T, or "
         "say --admin-token none if the network is trusted"},
        {"--log txt", "--log: \"txt\" is not text, json or off; did you mean text?"},
        {"--log Off", "--log: \"Off\" is not text, json or off; did you mean off?"},
        {"--log xml", "--log: \"xml\" is not text, json or off"},
        {"--admin-token a_b", NO_TOKEN},
        {"--admin-token a\x01", NO_TOKEN},
        {"--admin-token caf\xc3\xa9", NO_TOKEN},
    };

    REFUSE(refusals);
}
END_TEST

START_TEST(public_urls)
{
    static const struct refusal refusals[] = {
        {"--public-url ftp://a", NO_URL("ftp://a", "not an http or https URL")},
        {"--public-url mock.example", NO_URL("mock.example", "not an http or https URL")},
        {"--public-url http://", NO_URL("http://", "a URL without a plain HOST or HOST:PORT")},
        {"--public-url http:///x", NO_URL("http:///x", "a URL without a plain HOST or HOST:PORT")},
        {"--public-url http://a:b@c",
         NO_URL("http://a:b@c", "a URL without a plain HOST or HOST:PORT")},
        {"--public-url http://a:", NO_URL("http://a:", "a URL without a plain HOST or HOST:PORT")},
        {"--public-url http://[::1",
         NO_URL("http://[::1", "a URL without a plain HOST or HOST:PORT")},
        {"--public-url http://[::1]x",
         NO_URL("http://[::1]x", "a URL without a plain HOST or HOST:PORT")},
        {"--public-url http://a/?b",
         NO_URL("http://a/?b", "a URL with a query or fragment, which links cannot go after")},
        {"--public-url http://a#b",
         NO_URL("http://a#b", "a URL with a query or fragment, which links cannot go after")},
        {"--public-url http://a/_b",
         NO_URL("http://a/ b", "not a URL, because of a character that must be percent-encoded")},
    };

    REFUSE(refusals);
}
END_TEST

START_TEST(texts_that_are_too_long)
{
    char words[4096];

    memset(words, 'a', sizeof words);
    memcpy(words, "--admin-token=", 14);
    words[14 + 513] = '\0';
    fake_refuse(&fake, words, "--admin-token: the token is longer than 512 bytes");
    words[14 + 512] = '\0';
    fake_settings(&fake, words);
    memset(words, 'a', sizeof words);
    memcpy(words, "--public-url=http://", 20);
    words[13 + 1025] = '\0';
    fake_refuse(&fake, words,
                "--public-url: \"http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"... is too long "
                "a URL: write for example https://mock.example:8080");
    words[13 + 1024] = '\0';
    fake_settings(&fake, words);
}
END_TEST

START_TEST(the_emulated_api)
{
    static const struct refusal refusals[] = {
        {"--api-date 2023-10-25", "--api-date: \"2023-10-25\" is before 2023-10-26, when exports "
                                  "were first documented: write for example 2026-08-07"},
        {"--api-date 2026-02-29", "--api-date: \"2026-02-29\" is not a date: write for example "
                                  "2026-08-07"},
        {"--storage azur", "--storage: \"azur\" is not azure, s3, gcs or plain; did you mean "
                           "azure?"},
        {"--storage ceph", "--storage: \"ceph\" is not azure, s3, gcs or plain"},
        {"--rate-limit 200", "--rate-limit: \"200\" is neither N/DURATION nor off: write for "
                             "example 200/30s"},
        {"--rate-limit 0/30s", "--rate-limit: \"0/30s\" does not begin with a number from 1 to "
                               "1000000000: write for example 200/30s or off"},
        {"--rate-limit 5/30", "--rate-limit: \"30\" has no unit: write for example 250ms, 2s, "
                              "10m, 1h, 7d or PT10M"},
        {"--rate-limit 5/0s", "--rate-limit: \"5/0s\" is a limit without time: write for example "
                              "200/30s"},
        {"--max-exports 0", "--max-exports: \"0\" is not a whole number from 1 to 10000000: write "
                            "for example 1000000"},
        {"--max-exports 10000001", "--max-exports: \"10000001\" is not a whole number from 1 to "
                                   "10000000: write for example 1000000"},
    };

    REFUSE(refusals);
}
END_TEST

#define NO_STAGE(name, text) \
    "--" name ": \"" text "\" is neither a duration nor a number of polls: write for example " \
    "250ms, 2s, 10m, PT10M or \"2 polls\""
#define NO_POLLS(name, text) \
    "--" name ": \"" text "\" is not a number of polls from 1 to 1000000: write for example \"2 " \
    "polls\""
#define NO_SPEED(text) \
    "--speed: \"" text "\" is not a number from 0 to 1000000000: write for example 1, 0.5 or 60"

START_TEST(time_and_clock)
{
    static const struct refusal refusals[] = {
        {"--pending 2", NO_STAGE("pending", "2")},
        {"--pending polls", NO_STAGE("pending", "polls")},
        {"--pending 0_polls", NO_POLLS("pending", "0 polls")},
        {"--processing x_poll", NO_POLLS("processing", "x poll")},
        {"--processing 1000001_polls", NO_POLLS("processing", "1000001 polls")},
        {"--expires 7", "--expires: \"7\" has no unit: write for example 250ms, 2s, 10m, 1h, 7d or "
                        "PT10M"},
        {"--expires 2_polls", "--expires: \"2 polls\" is not a duration: write for example 250ms, "
                              "2s, 10m, 1h, 7d or PT10M"},
        {"--link-validity 0s", "--link-validity: \"0s\" is too short: write for example 10m"},
        {"--now today", "--now: \"today\" is not an instant: write for example "
                        "2026-08-07T10:00:00Z"},
        {"--now 1969-12-31T23:59:59Z", "--now: \"1969-12-31T23:59:59Z\" lies outside the years "
                                       "1970 to 9989 that the virtual clock can show"},
        {"--now 9990-01-01T00:00:00Z", "--now: \"9990-01-01T00:00:00Z\" lies outside the years "
                                       "1970 to 9989 that the virtual clock can show"},
        {"--speed -1", NO_SPEED("-1")},
        {"--speed fast", NO_SPEED("fast")},
        {"--speed 1000000000.5", NO_SPEED("1000000000.5")},
    };

    REFUSE(refusals);
}
END_TEST

#define HAZARD_LIST \
    "unicode, long-strings, unknown-properties, unknown-enum-values, null-rows, empty-file, " \
    "no-file, crlf, no-last-newline, repeated-row"

#define ENTITY_LIST \
    "OrderItem, Payment, Reservation, Customer, Company, Bill, AvailabilityAdjustment, " \
    "AvailabilityBlock, ResourceBlock, LedgerEntry"

START_TEST(the_data_set)
{
    static const struct refusal refusals[] = {
        {"--seed -1", "--seed: \"-1\" is not a whole number from 0 to 18446744073709551615: write "
                      "for example 1"},
        {"--size big", "--size: \"big\" is not tiny, small, medium, large or huge"},
        {"--rows 5", "--rows: \"5\" is not TYPE=N: write for example Reservation=5000"},
        {"--rows Bill=5,", "--rows: \"\" is not TYPE=N: write for example Reservation=5000"},
        {"--rows Room=5", "--rows: \"Room\" is not an entity type; they are " ENTITY_LIST},
        {"--rows Bills=5", "--rows: \"Bills\" is not an entity type; did you mean Bill?"},
        {"--rows Bill=many", "--rows: \"Bill=many\" does not end in a whole number from 0 to "
                             "10000000000: write for example Reservation=5000"},
        {"--rows Bill=10000000001", "--rows: \"Bill=10000000001\" does not end in a whole number "
                                    "from 0 to 10000000000: write for example Reservation=5000"},
        {"--hazards crlf,crfl",
         "--hazards: \"crfl\" is not a hazard; did you mean crlf? they are " HAZARD_LIST},
        {"--hazards dragons", "--hazards: \"dragons\" is not a hazard; they are " HAZARD_LIST},
        {"--hazards crlf,", "--hazards: \"\" is not a hazard; they are " HAZARD_LIST},
        {"--max-file-size 999", "--max-file-size: \"999\" is not from 1000 bytes to 1000 TB"},
        {"--max-file-size 1001TB", "--max-file-size: \"1001TB\" is not from 1000 bytes to 1000 "
                                   "TB"},
        {"--max-file-size big", "--max-file-size: \"big\" is not a size: write for example "
                                "1200000, 64KB, 1.2MB or 1GiB"},
    };

    REFUSE(refusals);
}
END_TEST

START_TEST(what_to_generate)
{
    static const struct refusal refusals[] = {
        {"generate --entity-type Room",
         "--entity-type: \"Room\" is not an entity type; they are " ENTITY_LIST},
        {"generate --entity-type customers",
         "--entity-type: \"customers\" is not an entity type; did you mean Customer?"},
        {"generate --pricing nett", "--pricing: \"nett\" is not gross or net; did you mean net?"},
        {"generate --updated-start 2026-08-01T00:00:00Z",
         "--updated-start and --updated-end go together: give both or none"},
        {"generate --posting-end 2026-08-01",
         "--posting-start and --posting-end go together: give both or none"},
        {"generate --posting-start 2026-08-02 --posting-end 2026-08-01",
         "--posting-end lies before --posting-start"},
        {"generate --updated-start 2026-08-02T00:00:00Z --updated-end 2026-08-01T00:00:00Z",
         "--updated-end lies before --updated-start"},
        {"generate --updated-start 2026-08-02",
         "--updated-start: \"2026-08-02\" does not say its "
         "offset from UTC: write for example "
         "2026-08-07T10:00:00Z or 2026-08-07T12:00:00+02:00"},
        {"generate --posting-start 1.8.2026",
         "--posting-start: \"1.8.2026\" is not a date: write for example 2026-08-07"},
    };

    REFUSE(refusals);
}
END_TEST

/* The message names the variable, so that the flag is not looked for in vain. */
START_TEST(values_of_the_environment)
{
    static const char *const cases[][3] = {
        {"EXPORTS_MOCK_PORT", "x",
         "EXPORTS_MOCK_PORT: \"x\" is not a whole number from 0 to 65535: write for example 8080"},
        {"EXPORTS_MOCK_LINK_VALIDITY", "-5s",
         "EXPORTS_MOCK_LINK_VALIDITY: \"-5s\" is negative: write for example 250ms, 2s, 10m, 1h, "
         "7d or PT10M"},
        {"EXPORTS_MOCK_STRICT", "maybe",
         "EXPORTS_MOCK_STRICT: \"maybe\" is neither on nor off: write 1, true, yes or on, or 0, "
         "false, no or off"},
        {"EXPORTS_MOCK_BIND", "0.0.0.0",
         "--bind 0.0.0.0 can be reached by others: protect the admin API with --admin-token T, or "
         "say --admin-token none if the network is trusted"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fake.environment[0] = cases[i][0];
        fake.environment[1] = cases[i][1];
        fake_refuse(&fake, "", cases[i][2]);
    }
}
END_TEST

START_TEST(a_refusal_writes_no_settings)
{
    struct settings before;

    memset(&before, 0x5a, sizeof before);
    before.given = NULL;
    before.given_count = 0;
    before.only = before.skip = before.scenarios = (struct name_list){NULL, 0};
    before.public_url = NULL;
    before.operands = NULL;
    before.operand_count = 0;
    before.url = NULL;
    before.export_ids = NULL;
    before.export_count = 0;
    memcpy(&fake.settings, &before, sizeof before);
    ck_assert_int_ne(fake_read(&fake, "--public-url http://a --port x"), STATUS_OK);
    ck_assert_mem_eq(&fake.settings, &before, sizeof before);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("refusals");
    TCase *tests = tcase_create("refusals");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, options_that_are_not_known);
    tcase_add_test(tests, values_that_are_missing_or_too_many);
    tcase_add_test(tests, words_that_are_no_options);
    tcase_add_test(tests, operands_that_do_not_fit);
    tcase_add_test(tests, what_to_verify);
    tcase_add_test(tests, where_to_listen);
    tcase_add_test(tests, public_urls);
    tcase_add_test(tests, texts_that_are_too_long);
    tcase_add_test(tests, the_emulated_api);
    tcase_add_test(tests, time_and_clock);
    tcase_add_test(tests, the_data_set);
    tcase_add_test(tests, what_to_generate);
    tcase_add_test(tests, values_of_the_environment);
    tcase_add_test(tests, a_refusal_writes_no_settings);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
