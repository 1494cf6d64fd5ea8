/*
 * The bytes of small exports, as hashes: no byte changes by accident.
 *
 *   unit_data_golden --print    prints the table below anew
 *
 * When a change is meant: raise DATASET_REVISION (dataset.c), print, and paste.
 */
#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "sample.h"

struct golden {
    const char *type;
    const char *api_date;
    uint64_t rows;
    uint64_t size_bytes;
    uint64_t hash;
};

/* One identity, so that raising the revision shows as well. */
static const char golden_identity[] = "3c412fd29eab55e3b61f748b4d455f81";

static const struct golden goldens[] = {
    {"OrderItem", "2024-08-21", 804, 1288966, UINT64_C(0xdc8489bb3d6e5a91)},
    {"OrderItem", "2025-08-22", 832, 1429816, UINT64_C(0xa44ef554af80ad6a)},
    {"OrderItem", "2026-08-07", 832, 1429828, UINT64_C(0x6970db67d758eb11)},
    {"Payment", "2024-08-21", 228, 333446, UINT64_C(0x31928705434fdc23)},
    {"Payment", "2025-08-22", 236, 365049, UINT64_C(0x5c3cf41395567c05)},
    {"Payment", "2026-08-07", 236, 376551, UINT64_C(0x3ae5ca62979d041c)},
    {"Reservation", "2024-08-21", 168, 289296, UINT64_C(0x44b7378027a85d7a)},
    {"Reservation", "2025-08-22", 168, 289296, UINT64_C(0x44b7378027a85d7a)},
    {"Reservation", "2026-08-07", 168, 289296, UINT64_C(0x52b5fe18b104dc19)},
    {"Customer", "2024-08-21", 200, 194040, UINT64_C(0xf29a498efca3c96c)},
    {"Customer", "2025-08-22", 200, 291062, UINT64_C(0xebeebf18988b90a3)},
    {"Customer", "2026-08-07", 200, 312002, UINT64_C(0x001142e435e99f38)},
    {"Company", "2024-08-21", 34, 38610, UINT64_C(0x058766858208d980)},
    {"Company", "2025-08-22", 34, 38610, UINT64_C(0x058766858208d980)},
    {"Company", "2026-08-07", 34, 38610, UINT64_C(0x058766858208d980)},
    {"Bill", "2024-08-21", 194, 381217, UINT64_C(0xf6dc89ba7f41dcc0)},
    {"Bill", "2025-08-22", 194, 332663, UINT64_C(0x571d89625e94202d)},
    {"Bill", "2026-08-07", 194, 332663, UINT64_C(0x571d89625e94202d)},
    {"AvailabilityAdjustment", "2024-08-21", 60, 29190, UINT64_C(0xe46b0bf042fb175c)},
    {"AvailabilityAdjustment", "2025-08-22", 60, 31770, UINT64_C(0x7aef2578d82c3d21)},
    {"AvailabilityAdjustment", "2026-08-07", 60, 31770, UINT64_C(0x7aef2578d82c3d21)},
    {"AvailabilityBlock", "2024-08-21", 20, 12434, UINT64_C(0x029c66f822bfacb2)},
    {"AvailabilityBlock", "2025-08-22", 20, 18058, UINT64_C(0xbf554e315f6ab7a6)},
    {"AvailabilityBlock", "2026-08-07", 20, 20968, UINT64_C(0x91ab4e322c6b3ff5)},
    {"ResourceBlock", "2024-08-21", 20, 6738, UINT64_C(0xb18557cab9da1add)},
    {"ResourceBlock", "2025-08-22", 20, 7206, UINT64_C(0xccf8b6b20c1b54e5)},
    {"ResourceBlock", "2026-08-07", 20, 8286, UINT64_C(0xef07f506a9354c17)},
    {"LedgerEntry", "2024-08-21", 2338, 1276116, UINT64_C(0x1dd36eeb7dd629b0)},
    {"LedgerEntry", "2025-08-22", 2410, 1315380, UINT64_C(0xfa8525319b6a1d2e)},
    {"LedgerEntry", "2026-08-07", 2410, 1315380, UINT64_C(0xfa8525319b6a1d2e)},
};

#define GOLDEN_COUNT (sizeof goldens / sizeof *goldens)

static const struct civil_date api_dates[] = {{2024, 8, 21}, {2025, 8, 22}, {2026, 8, 7}};

#define API_DATE_COUNT (sizeof api_dates / sizeof *api_dates)

/* What is held for the type and docs date of a line of the table. */
static struct golden make(size_t line, char api_date[11])
{
    enum entity_type type = (enum entity_type)(line / API_DATE_COUNT);
    struct dataset_config config = sample_config(SIZE_TINY);
    struct dataset_query query = sample_query(type, 2);
    struct golden golden = {.type = entity_name(type), .api_date = api_date};
    struct dataset *dataset;
    struct source file;
    char *bytes;

    config.api_day = day_from_civil(api_dates[line % API_DATE_COUNT]);
    date_write(api_date, config.api_day);
    api_date[DATE_LENGTH] = '\0';
    dataset = dataset_new(&config);
    golden.rows = dataset_row_count(dataset, &query);
    file = dataset_file_open(dataset, &query, 0);
    golden.size_bytes = file.size_bytes;
    bytes = sample_read(&file);
    golden.hash = rng_hash(1, bytes, (size_t)file.size_bytes);
    free(bytes);
    source_release(&file);
    dataset_free(dataset);
    return golden;
}

static void make_identity(char text[33])
{
    struct dataset_config config = sample_config(SIZE_TINY);
    struct dataset_query query = sample_query(ENTITY_RESERVATION, 2);
    struct dataset *dataset = dataset_new(&config);
    uint8_t identity[16];

    dataset_file_identity(dataset, &query, 0, identity);
    for (size_t i = 0; i < sizeof identity; i++)
        snprintf(text + 2 * i, 3, "%02x", identity[i]);
    dataset_free(dataset);
}

START_TEST(bytes_are_the_same_as_ever)
{
    const struct golden *golden = &goldens[_i];
    char api_date[11];
    struct golden held = make((size_t)_i, api_date);

    ck_assert_str_eq(held.type, golden->type);
    ck_assert_str_eq(held.api_date, golden->api_date);
    ck_assert_uint_eq(held.rows, golden->rows);
    ck_assert_uint_eq(held.size_bytes, golden->size_bytes);
    ck_assert_uint_eq(held.hash, golden->hash);
}
END_TEST

START_TEST(no_export_is_left_out)
{
    ck_assert_uint_eq(GOLDEN_COUNT, ENTITY_TYPE_COUNT * API_DATE_COUNT);
}
END_TEST

START_TEST(identities_are_the_same_as_ever)
{
    char identity[33];

    make_identity(identity);
    ck_assert_str_eq(identity, golden_identity);
}
END_TEST

static void print_table(void)
{
    char api_date[11], identity[33];

    make_identity(identity);
    printf("static const char golden_identity[] = \"%s\";\n\n", identity);
    printf("static const struct golden goldens[] = {\n");
    for (size_t line = 0; line < ENTITY_TYPE_COUNT * API_DATE_COUNT; line++) {
        struct golden golden = make(line, api_date);

        printf("    {\"%s\", \"%s\", %" PRIu64 ", %" PRIu64 ", UINT64_C(0x%016" PRIx64 ")},\n",
               golden.type, golden.api_date, golden.rows, golden.size_bytes, golden.hash);
    }
    printf("};\n");
}

int main(int argc, char **argv)
{
    Suite *suite = suite_create("golden");
    TCase *tcase = tcase_create("golden");
    SRunner *runner;
    int failed;

    if (argc > 1 && strcmp(argv[1], "--print") == 0) {
        print_table();
        return EXIT_SUCCESS;
    }
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, bytes_are_the_same_as_ever, 0, (int)GOLDEN_COUNT);
    tcase_add_test(tcase, no_export_is_left_out);
    tcase_add_test(tcase, identities_are_the_same_as_ever);
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
