#include "fake.h"

#include <stdio.h>

#include "base/timestamp.h"

static struct fake fake;

static void setup(void)
{
    memset(&fake, 0, sizeof fake);
}

static void teardown(void)
{
    fake_release(&fake);
}

static int32_t day(int year, int month, int number)
{
    return day_from_civil((struct civil_date){year, month, number});
}

START_TEST(serve_has_the_documented_defaults)
{
    const struct settings *s = fake_settings(&fake, "");

    ck_assert_int_eq(s->command, COMMAND_SERVE);
    ck_assert_str_eq(s->bind_address, "127.0.0.1");
    ck_assert_uint_eq(s->port, 8080);
    ck_assert(!s->ready_file && !s->public_url && !s->admin_token && !s->network_is_trusted);
    ck_assert_int_eq(s->log_format, LOG_TEXT);
    ck_assert_int_eq(s->verbosity, 0);
    ck_assert_int_eq(s->api_day, day(2026, 8, 7));
    ck_assert(!s->strict && !s->tokens_file && !s->has_rate_limit && !s->has_now);
    ck_assert_int_eq(s->storage, STORAGE_AZURE);
    ck_assert_uint_eq(s->max_exports, 1000000);
    ck_assert_int_eq(s->lifecycle.outcome, OUTCOME_SUCCESS);
    ck_assert_int_eq(s->lifecycle.pending.duration_ms, 2000);
    ck_assert_uint_eq(s->lifecycle.pending.polls, 0);
    ck_assert_int_eq(s->lifecycle.processing.duration_ms, 5000);
    ck_assert_int_eq(s->lifecycle.kept_ms, 7 * MS_PER_DAY);
    ck_assert_int_eq(s->link_validity_ms, 10 * MS_PER_MINUTE);
    ck_assert(s->speed == 1.0);
    ck_assert_ptr_null(s->fixtures_dir);
}
END_TEST

START_TEST(the_data_set_has_its_defaults)
{
    const struct dataset_config *config = &fake_settings(&fake, "serve")->dataset;

    ck_assert_uint_eq(config->seed, 1);
    ck_assert_int_eq(config->size, SIZE_SMALL);
    ck_assert_uint_eq(config->max_file_bytes, 1200000);
    ck_assert_uint_eq(config->hazards, 0);
    ck_assert_int_eq(config->api_day, day(2026, 8, 7));
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++)
        ck_assert_int_eq(config->rows[i], -1);
}
END_TEST

START_TEST(generate_has_its_defaults)
{
    const struct settings *s = fake_settings(&fake, "generate");

    ck_assert_int_eq(s->command, COMMAND_GENERATE);
    ck_assert(!s->has_entity_type);
    ck_assert_str_eq(s->out_dir, ".");
    ck_assert_int_eq(s->pricing, PRICING_GROSS);
    ck_assert(!s->has_updated_start && !s->has_updated_end);
    ck_assert(!s->has_posting_start && !s->has_posting_end);
    ck_assert_uint_eq(s->dataset.max_file_bytes, 1200000);
}
END_TEST

START_TEST(operands_are_kept_in_their_order)
{
    const struct settings *s = fake_settings(&fake, "scenarios");

    ck_assert_int_eq(s->command, COMMAND_SCENARIOS);
    ck_assert_uint_eq(s->operand_count, 0);
    s = fake_settings(&fake, "scenarios show happy");
    ck_assert_uint_eq(s->operand_count, 2);
    ck_assert_str_eq(s->operands[0], "show");
    ck_assert_str_eq(s->operands[1], "happy");
    s = fake_settings(&fake, "scenarios check -- --odd-name");
    ck_assert_uint_eq(s->operand_count, 2);
    ck_assert_str_eq(s->operands[1], "--odd-name");
    s = fake_settings(&fake, "scenarios check -");
    ck_assert_str_eq(s->operands[1], "-");
    s = fake_settings(&fake, "--public-url http://a --public-url http://b --scenario happy");
    ck_assert_str_eq(s->scenario, "happy");
    ck_assert_uint_eq(s->operand_count, 0);
}
END_TEST

#define ID "3fa85f64-5717-4562-b3fc-2c963f66afa"

START_TEST(reads_what_to_verify)
{
    const struct settings *s =
        fake_settings(&fake, "verify a --url http://a/b/ --export " ID "6," ID "7 - --export " ID
                             "7 --export " ID "8 --admin-token T");

    ck_assert_int_eq(s->command, COMMAND_VERIFY);
    ck_assert_str_eq(s->url, "http://a/b");
    ck_assert_str_eq(s->admin_token, "T");
    ck_assert_int_eq(s->format, REPORT_TEXT);
    ck_assert_uint_eq(s->export_count, 3);
    ck_assert_uint_eq(s->export_ids[2].bytes[15], 0xa8);
    ck_assert_uint_eq(s->operand_count, 2);
    ck_assert_str_eq(s->operands[1], "-");
    s = fake_settings(&fake, "verify a --url=https://a --export=" ID "6 --format=json");
    ck_assert_int_eq(s->format, REPORT_JSON);
    ck_assert_uint_eq(s->export_count, 1);
}
END_TEST

START_TEST(reads_where_to_listen)
{
    const struct settings *s =
        fake_settings(&fake, "--port 0 --bind=0.0.0.0 --ready-file r.txt --admin-token s3cret! "
                             "--public-url https://mock.example:8443/base// --log json");

    ck_assert_uint_eq(s->port, 0);
    ck_assert_str_eq(s->bind_address, "0.0.0.0");
    ck_assert_str_eq(s->ready_file, "r.txt");
    ck_assert_str_eq(s->public_url, "https://mock.example:8443/base");
    ck_assert_str_eq(s->admin_token, "s3cret!");
    ck_assert_int_eq(s->log_format, LOG_JSON);
    ck_assert_uint_eq(fake_settings(&fake, "serve --port=65535")->port, 65535);
    ck_assert_int_eq(fake_settings(&fake, "--log off")->log_format, LOG_OFF);
    ck_assert_int_eq(fake_settings(&fake, "--log text")->log_format, LOG_TEXT);
}
END_TEST

START_TEST(public_urls_may_have_any_host)
{
    static const char *const urls[] = {
        "http://a",          "http://localhost:8080", "http://[::1]",       "http://[fe80::1]:80",
        "http://10.0.0.1:1", "https://a-b.c/x/y%20z", "http://host:65535/x"};
    char words[96];

    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        snprintf(words, sizeof words, "--public-url=%s", urls[i]);
        ck_assert_str_eq(fake_settings(&fake, words)->public_url, words + 13);
    }
    ck_assert_str_eq(
        fake_settings(&fake, "--public-url http://a/ --public-url http://b/")->public_url,
        "http://b");
}
END_TEST

START_TEST(only_a_reachable_address_needs_a_token)
{
    static const char *const own[] = {"--bind 127.0.0.1",   "--bind ::1",
                                      "--bind [::1]",       "--bind localhost",
                                      "--bind 127.255.0.9", "--bind ::ffff:127.0.0.1"};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        ck_assert_ptr_null(fake_settings(&fake, own[i])->admin_token);
    ck_assert(fake_settings(&fake, "--bind :: --admin-token none")->network_is_trusted);
    ck_assert_ptr_null(fake.settings.admin_token);
    ck_assert(!fake_settings(&fake, "--admin-token none --admin-token x")->network_is_trusted);
    ck_assert_str_eq(fake.settings.admin_token, "x");
}
END_TEST

START_TEST(reads_the_emulated_api)
{
    const struct settings *s =
        fake_settings(&fake, "--api-date 2024-08-21 --strict --tokens t.json --storage gcs "
                             "--rate-limit 5/1h30m --max-exports 10000000");

    ck_assert_int_eq(s->api_day, day(2024, 8, 21));
    ck_assert_int_eq(s->dataset.api_day, day(2024, 8, 21));
    ck_assert(s->strict);
    ck_assert_str_eq(s->tokens_file, "t.json");
    ck_assert_int_eq(s->storage, STORAGE_GCS);
    ck_assert(s->has_rate_limit);
    ck_assert_uint_eq(s->rate_limit.requests, 5);
    ck_assert_int_eq(s->rate_limit.window_ms, 90 * MS_PER_MINUTE);
    ck_assert_uint_eq(s->max_exports, 10000000);
    s = fake_settings(&fake, "--rate-limit off --max-exports 1 --api-date 2031-01-01");
    ck_assert(s->has_rate_limit);
    ck_assert_uint_eq(s->rate_limit.requests, 0);
    ck_assert_int_eq(s->api_day, day(2031, 1, 1));
}
END_TEST

/* The words of a metavar stand for the values of an enum in their order. */
START_TEST(words_have_the_order_of_their_enum)
{
    char words[64];

    for (int i = 0; i < STORAGE_KIND_COUNT; i++) {
        snprintf(words, sizeof words, "--storage %s", storage_kind_name((enum storage_kind)i));
        ck_assert_int_eq(fake_settings(&fake, words)->storage, i);
    }
    for (int i = 0; i < SIZE_COUNT; i++) {
        snprintf(words, sizeof words, "--size %s", dataset_size_name((enum dataset_size)i));
        ck_assert_int_eq(fake_settings(&fake, words)->dataset.size, i);
    }
    ck_assert_int_eq(fake_settings(&fake, "generate --pricing gross")->pricing, PRICING_GROSS);
    ck_assert_int_eq(fake_settings(&fake, "generate --pricing net")->pricing, PRICING_NET);
}
END_TEST

START_TEST(reads_time)
{
    const struct settings *s =
        fake_settings(&fake, "--pending 2_polls --processing PT1M --expires 0 --link-validity 1ms "
                             "--now 2026-01-02T03:04:05.006Z --speed 0.5");

    ck_assert_uint_eq(s->lifecycle.pending.polls, 2);
    ck_assert_int_eq(s->lifecycle.processing.duration_ms, MS_PER_MINUTE);
    ck_assert_uint_eq(s->lifecycle.processing.polls, 0);
    ck_assert_int_eq(s->lifecycle.kept_ms, 0);
    ck_assert_int_eq(s->link_validity_ms, 1);
    ck_assert(s->has_now);
    ck_assert_int_eq(s->now_ms, INT64_C(1767323045006));
    ck_assert(s->speed == 0.5);
    s = fake_settings(&fake, "--pending 1_poll --pending 3s --processing 1000000polls --speed 0");
    ck_assert_uint_eq(s->lifecycle.pending.polls, 0);
    ck_assert_int_eq(s->lifecycle.pending.duration_ms, 3000);
    ck_assert_uint_eq(s->lifecycle.processing.polls, 1000000);
    ck_assert(s->speed == 0);
    ck_assert(fake_settings(&fake, "--speed 1000000000")->speed == 1e9);
    ck_assert_int_eq(fake_settings(&fake, "--now 1970-01-01T00:00:00Z")->now_ms, 0);
    fake_settings(&fake, "--now 9989-12-31T23:59:59.999Z");
}
END_TEST

START_TEST(reads_the_data_set)
{
    const struct dataset_config *config =
        &fake_settings(&fake, "--seed 18446744073709551615 --size huge --rows Payment=7 "
                              "--rows=Bill=0,Customer=10000000000 --rows Payment=8 "
                              "--max-file-size 1000 --hazards crlf,unicode "
                              "--hazards=null-rows --hazards crlf --fixtures dir")
             ->dataset;

    ck_assert_uint_eq(config->seed, UINT64_MAX);
    ck_assert_int_eq(config->rows[ENTITY_PAYMENT], 8);
    ck_assert_int_eq(config->rows[ENTITY_BILL], 0);
    ck_assert_int_eq(config->rows[ENTITY_CUSTOMER], INT64_C(10000000000));
    ck_assert_int_eq(config->rows[ENTITY_RESERVATION], -1);
    ck_assert_uint_eq(config->max_file_bytes, 1000);
    ck_assert_uint_eq(config->hazards,
                      1 << HAZARD_CRLF | 1 << HAZARD_UNICODE | 1 << HAZARD_NULL_ROWS);
    ck_assert_str_eq(fake.settings.fixtures_dir, "dir");
    ck_assert_uint_eq(fake_settings(&fake, "--max-file-size 1.5MiB")->dataset.max_file_bytes,
                      1572864);
    ck_assert_uint_eq(fake_settings(&fake, "--max-file-size 1000TB")->dataset.max_file_bytes,
                      UINT64_C(1000000000000000));
}
END_TEST

START_TEST(reads_what_to_generate)
{
    const struct settings *s = fake_settings(
        &fake, "generate --entity-type LedgerEntry --out o --seed 3 --now 2026-08-07T00:00:00Z "
               "--posting-start 2026-07-01 --posting-end 2026-07-01");

    ck_assert(s->has_entity_type);
    ck_assert_int_eq(s->entity_type, ENTITY_LEDGER_ENTRY);
    ck_assert_str_eq(s->out_dir, "o");
    ck_assert_uint_eq(s->dataset.seed, 3);
    ck_assert(s->has_now && s->has_posting_start && s->has_posting_end);
    ck_assert_int_eq(s->posting_start_day, day(2026, 7, 1));
    ck_assert_int_eq(s->posting_end_day, day(2026, 7, 1));
    s = fake_settings(&fake, "generate --entity-type Bill --entity-type all "
                             "--updated-start 2026-08-01T00:00:00Z "
                             "--updated-end 2026-08-02T00:00:00Z");
    ck_assert(!s->has_entity_type);
    ck_assert_int_eq(s->updated_end_ms - s->updated_start_ms, MS_PER_DAY);
}
END_TEST

START_TEST(the_last_of_the_same_option_counts)
{
    ck_assert_uint_eq(fake_settings(&fake, "--port 1 --port=2 --port 3")->port, 3);
    ck_assert_int_eq(fake_settings(&fake, "-v -q")->verbosity, -1);
    ck_assert_int_eq(fake_settings(&fake, "-qv")->verbosity, 1);
    ck_assert_int_eq(fake_settings(&fake, "--quiet --verbose")->verbosity, 1);
    ck_assert_int_eq(fake_settings(&fake, "-v --")->verbosity, 1);
}
END_TEST

START_TEST(the_flag_beats_the_environment_beats_the_default)
{
    static const char *const environment[] = {"EXPORTS_MOCK_PORT",
                                              "9000",
                                              "EXPORTS_MOCK_READY_FILE",
                                              "env.txt",
                                              "EXPORTS_MOCK_ROWS",
                                              "Bill=1,Payment=2",
                                              "EXPORTS_MOCK_HAZARDS",
                                              "no-file,crlf",
                                              "EXPORTS_MOCK_MAX_FILE_SIZE",
                                              "",
                                              NULL};

    memcpy(fake.environment, environment, sizeof environment);
    ck_assert_uint_eq(fake_settings(&fake, "")->port, 9000);
    ck_assert_str_eq(fake.settings.ready_file, "env.txt");
    ck_assert_int_eq(fake.settings.dataset.rows[ENTITY_BILL], 1);
    ck_assert_int_eq(fake.settings.dataset.rows[ENTITY_PAYMENT], 2);
    ck_assert_uint_eq(fake.settings.dataset.hazards, 1 << HAZARD_NO_FILE | 1 << HAZARD_CRLF);
    ck_assert_uint_eq(fake.settings.dataset.max_file_bytes, 1200000);
    ck_assert_uint_eq(fake_settings(&fake, "--port 1 --rows Bill=5 --hazards unicode")->port, 1);
    ck_assert_int_eq(fake.settings.dataset.rows[ENTITY_BILL], 5);
    ck_assert_int_eq(fake.settings.dataset.rows[ENTITY_PAYMENT], -1);
    ck_assert_uint_eq(fake.settings.dataset.hazards, 1 << HAZARD_UNICODE);
}
END_TEST

START_TEST(an_overruled_or_foreign_variable_is_not_looked_at)
{
    fake.environment[0] = "EXPORTS_MOCK_PORT";
    fake.environment[1] = "nonsense";
    ck_assert_uint_eq(fake_settings(&fake, "--port 7")->port, 7);
    fake_settings(&fake, "generate");
}
END_TEST

START_TEST(flags_have_variables_that_say_on_or_off)
{
    static const char *const on[] = {"1", "true", "yes", "on", "YES"};
    static const char *const off[] = {"0", "false", "no", "off", "", "Off"};

    fake.environment[0] = "EXPORTS_MOCK_STRICT";
    for (size_t i = 0; i < sizeof on / sizeof *on; i++) {
        fake.environment[1] = on[i];
        ck_assert(fake_settings(&fake, "")->strict);
    }
    for (size_t i = 0; i < sizeof off / sizeof *off; i++) {
        fake.environment[1] = off[i];
        ck_assert(!fake_settings(&fake, "")->strict);
    }
    ck_assert(fake_settings(&fake, "--strict")->strict);
    fake.environment[0] = "EXPORTS_MOCK_QUIET";
    fake.environment[1] = "on";
    ck_assert_int_eq(fake_settings(&fake, "")->verbosity, -1);
    ck_assert_int_eq(fake_settings(&fake, "-v")->verbosity, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("settings");
    TCase *tests = tcase_create("settings");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, serve_has_the_documented_defaults);
    tcase_add_test(tests, the_data_set_has_its_defaults);
    tcase_add_test(tests, generate_has_its_defaults);
    tcase_add_test(tests, operands_are_kept_in_their_order);
    tcase_add_test(tests, reads_what_to_verify);
    tcase_add_test(tests, reads_where_to_listen);
    tcase_add_test(tests, public_urls_may_have_any_host);
    tcase_add_test(tests, only_a_reachable_address_needs_a_token);
    tcase_add_test(tests, reads_the_emulated_api);
    tcase_add_test(tests, words_have_the_order_of_their_enum);
    tcase_add_test(tests, reads_time);
    tcase_add_test(tests, reads_the_data_set);
    tcase_add_test(tests, reads_what_to_generate);
    tcase_add_test(tests, the_last_of_the_same_option_counts);
    tcase_add_test(tests, the_flag_beats_the_environment_beats_the_default);
    tcase_add_test(tests, an_overruled_or_foreign_variable_is_not_looked_at);
    tcase_add_test(tests, flags_have_variables_that_say_on_or_off);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
