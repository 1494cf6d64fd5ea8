/* Hazards: the bytes stay a function of offset, sizes agree, and what was promised is there. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "base/strbuf.h"
#include "sample.h"

#define BIT(hazard) (UINT32_C(1) << (hazard))
#define ALL_BITS    (BIT(HAZARD_COUNT) - 1)
#define ALL_FILES   (ALL_BITS & ~BIT(HAZARD_NO_FILE))

#define EVERY_TYPE(type) \
    for (enum entity_type type = (enum entity_type)0; type < ENTITY_TYPE_COUNT; type++)

/* The sets that every test of bytes goes through: each hazard alone, all, all that leave files. */
#define SET_COUNT (HAZARD_COUNT + 2)

static uint32_t set_at(int index)
{
    return index < HAZARD_COUNT ? BIT(index) : index == HAZARD_COUNT ? ALL_BITS : ALL_FILES;
}

static struct dataset *dataset_with(uint32_t hazards, uint64_t max_file_bytes)
{
    struct dataset_config config = sample_config(SIZE_TINY);

    config.hazards = hazards;
    config.max_file_bytes = max_file_bytes;
    return dataset_new(&config);
}

/* All files, read whole, one after the other; sizes[i] of each. Caller releases. */
struct reading {
    struct strbuf bytes;
    uint64_t *sizes; /* owned */
    uint32_t count;
};

static struct reading read_all(struct dataset *dataset, const struct dataset_query *query)
{
    struct reading reading = {.count = dataset_file_count(dataset, query)};

    reading.sizes = calloc(reading.count + 1, sizeof *reading.sizes);
    for (uint32_t i = 0; i < reading.count; i++) {
        struct source file = dataset_file_open(dataset, query, i);
        char *bytes = sample_read(&file);

        ck_assert_uint_eq(file.size_bytes, dataset_file_size(dataset, query, i));
        strbuf_append(&reading.bytes, bytes, (size_t)file.size_bytes);
        reading.sizes[i] = file.size_bytes;
        free(bytes);
        source_release(&file);
    }
    ck_assert_uint_eq(dataset_file_size(dataset, query, reading.count), 0);
    return reading;
}

static void reading_release(struct reading *reading)
{
    strbuf_release(&reading->bytes);
    free(reading->sizes);
}

static struct reading read_with(uint32_t hazards, uint64_t max_file_bytes,
                                const struct dataset_query *query)
{
    struct dataset *dataset = dataset_with(hazards, max_file_bytes);
    struct reading reading = read_all(dataset, query);

    dataset_free(dataset);
    return reading;
}

static bool has(const struct reading *reading, const char *text)
{
    return memmem(reading->bytes.data, reading->bytes.length, text, strlen(text)) != NULL;
}

static uint64_t count(const char *bytes, uint64_t length, char wanted)
{
    uint64_t found = 0;

    for (uint64_t i = 0; i < length; i++)
        found += bytes[i] == wanted;
    return found;
}

static void check_chunks(const struct source *file, const char *whole, uint64_t dice)
{
    static char chunk[20000];

    for (int i = 0; i < 60 && file->size_bytes > 0; i++) {
        uint64_t from_end = (dice = rng_mix(dice)) % 5000;
        uint64_t at = (dice = rng_mix(dice)) % file->size_bytes;
        uint64_t length = 1 + (dice = rng_mix(dice)) % (i % 3 ? 900 : sizeof chunk);

        if (i % 4 == 0 && from_end < file->size_bytes)
            at = file->size_bytes - 1 - from_end; /* where repeated rows and line ends are */
        if (length > file->size_bytes - at)
            length = file->size_bytes - at;
        ck_assert_int_eq(file->read_at(file->state, at, chunk, (size_t)length), STATUS_OK);
        ck_assert_mem_eq(chunk, whole + at, (size_t)length);
    }
}

static void check_files_in_chunks(uint32_t hazards, uint64_t max_file_bytes, enum entity_type type)
{
    struct dataset_query query = sample_query(type, 3);
    struct dataset *dataset = dataset_with(hazards, max_file_bytes);
    struct reading reading = read_all(dataset, &query);
    const char *at = reading.bytes.data;

    for (uint32_t i = 0; i < reading.count; i++) {
        struct source file = dataset_file_open(dataset, &query, i);

        ck_assert_uint_eq(file.size_bytes, reading.sizes[i]);
        check_chunks(&file, at, i + type);
        at += reading.sizes[i];
        source_release(&file);
    }
    reading_release(&reading);
    dataset_free(dataset);
}

START_TEST(any_chunks_give_the_same_bytes)
{
    EVERY_TYPE(type)
    {
        check_files_in_chunks(set_at(_i), 60000, type);
        check_files_in_chunks(set_at(_i), INT64_MAX, type);
    }
}
END_TEST

START_TEST(single_bytes_give_the_same_bytes)
{
    struct dataset_query query = sample_query(ENTITY_RESOURCE_BLOCK, 2);
    struct dataset *dataset = dataset_with(set_at(_i), 1);
    struct reading reading = read_all(dataset, &query);
    uint64_t at = 0;

    for (uint32_t i = 0; i < reading.count; i++) {
        struct source file = dataset_file_open(dataset, &query, i);

        for (uint64_t k = 0; k < file.size_bytes; k++) {
            char byte = 0;

            ck_assert_int_eq(file.read_at(file.state, k, &byte, 1), STATUS_OK);
            ck_assert_int_eq(byte, reading.bytes.data[at++]);
        }
        source_release(&file);
    }
    ck_assert_uint_eq(at, reading.bytes.length);
    reading_release(&reading);
    dataset_free(dataset);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_bytes)
{
    EVERY_TYPE(type)
    {
        struct dataset_query query = sample_query(type, 2);
        struct reading plain = read_with(0, 50000, &query);
        struct reading once = read_with(set_at(_i), 50000, &query);
        struct reading again = read_with(set_at(_i), 50000, &query);
        bool same =
            plain.count == once.count && plain.bytes.length == once.bytes.length &&
            memcmp(strbuf_text(&plain.bytes), strbuf_text(&once.bytes), plain.bytes.length) == 0;
        bool may_be_same = _i == HAZARD_LONG_STRINGS; /* these types have no such strings */

        may_be_same =
            may_be_same && (type == ENTITY_LEDGER_ENTRY || type == ENTITY_AVAILABILITY_ADJUSTMENT);
        ck_assert_int_eq(same, may_be_same);
        ck_assert_uint_eq(once.count, again.count);
        ck_assert_uint_eq(once.bytes.length, again.bytes.length);
        ck_assert_str_eq(strbuf_text(&once.bytes), strbuf_text(&again.bytes));
        reading_release(&plain);
        reading_release(&once);
        reading_release(&again);
    }
}
END_TEST

START_TEST(rows_are_counted_as_they_are_written)
{
    static const uint64_t sizes[] = {1, 60000, INT64_MAX};

    for (size_t i = 0; i < 3; i++) {
        EVERY_TYPE(type)
        {
            struct dataset_query query = sample_query(type, 3);
            struct dataset *dataset = dataset_with(set_at(_i), sizes[i]);
            struct reading reading = read_all(dataset, &query);
            uint64_t lines = count(reading.bytes.data, reading.bytes.length, '\n');

            if (hazard_in(set_at(_i), HAZARD_NO_LAST_NEWLINE))
                for (uint32_t k = 0; k < reading.count; k++)
                    lines += reading.sizes[k] > 0;
            ck_assert_uint_eq(lines, dataset_row_count(dataset, &query));
            reading_release(&reading);
            dataset_free(dataset);
        }
    }
}
END_TEST

START_TEST(files_without_rows_are_the_ones_asked_for)
{
    EVERY_TYPE(type)
    {
        struct dataset_query query = sample_query(type, 3);
        struct reading reading = read_with(set_at(_i), 1, &query);
        bool more = hazard_in(set_at(_i), HAZARD_EMPTY_FILE);

        if (hazard_in(set_at(_i), HAZARD_NO_FILE)) {
            ck_assert_uint_eq(reading.count, 0);
        } else {
            ck_assert_uint_ge(reading.count, 1);
            for (uint32_t i = 0; i + more < reading.count; i++)
                ck_assert_uint_gt(reading.sizes[i], 100);
            if (more)
                ck_assert_uint_eq(reading.sizes[reading.count - 1], 0);
        }
        reading_release(&reading);
    }
}
END_TEST

START_TEST(a_query_without_rows_has_no_other_file)
{
    struct dataset_query query = sample_query(ENTITY_BILL, 0);
    struct reading reading = read_with(set_at(_i), 5000, &query);
    bool more = hazard_in(set_at(_i), HAZARD_EMPTY_FILE) && !hazard_in(set_at(_i), HAZARD_NO_FILE);

    ck_assert_uint_eq(reading.count, more);
    ck_assert_uint_eq(reading.bytes.length, 0);
    reading_release(&reading);
}
END_TEST

START_TEST(rows_have_what_was_promised)
{
    static const struct {
        enum dataset_hazard hazard;
        enum entity_type type;
        const char *text;
    } samples[] = {
        {HAZARD_UNICODE, ENTITY_CUSTOMER, "\\uD83D\\uDE00"},
        {HAZARD_UNICODE, ENTITY_COMPANY, "\xe2\x80\xa8"},
        {HAZARD_UNICODE, ENTITY_RESERVATION, "\\/"},
        {HAZARD_UNICODE, ENTITY_LEDGER_ENTRY, "\"\\u0052evenue\""},
        {HAZARD_UNICODE, ENTITY_AVAILABILITY_ADJUSTMENT, "\"\\u0041ctive\""},
        {HAZARD_LONG_STRINGS, ENTITY_BILL, "xyz abcdefghijklmnopqrstuvwxyz abc"},
        {HAZARD_UNKNOWN_PROPERTIES, ENTITY_LEDGER_ENTRY, ",\"NewFlag\":true"},
        {HAZARD_UNKNOWN_ENUM_VALUES, ENTITY_CUSTOMER, "\"Classifications\":[\"NotInAnyDocs\"]"},
        {HAZARD_UNKNOWN_ENUM_VALUES, ENTITY_COMPANY, "{\"Basic\":\"NotInAnyDocs\"}"},
        {HAZARD_NULL_ROWS, ENTITY_LEDGER_ENTRY, "\"TransactionId\":null"},
        {HAZARD_NULL_ROWS, ENTITY_COMPANY, "\"UpdatedUtc\":null"},
        {HAZARD_CRLF, ENTITY_ORDER_ITEM, "}\r\n{"},
    };

    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct dataset_query query = sample_query(samples[i].type, 2);
        struct reading plain = read_with(0, 50000, &query);
        struct reading strange = read_with(BIT(samples[i].hazard), 50000, &query);

        ck_assert_msg(!has(&plain, samples[i].text), "%s is there without", samples[i].text);
        ck_assert_msg(has(&strange, samples[i].text), "%s is missing", samples[i].text);
        reading_release(&plain);
        reading_release(&strange);
    }
}
END_TEST

/* Ten tera-bytes and more, read at both ends and in between. */
START_TEST(huge_files_stay_cheap)
{
    struct dataset_config config = sample_config(SIZE_HUGE);
    struct dataset_query query = sample_query(ENTITY_ORDER_ITEM, SAMPLE_ENTERPRISES);
    struct dataset *dataset;
    struct source file;
    char bytes[65536], end[40001];

    config.hazards = ALL_FILES;
    dataset = dataset_new(&config);
    file = dataset_file_open(dataset, &query, 0);
    ck_assert_uint_gt(file.size_bytes, UINT64_C(10000000000000));
    ck_assert_uint_eq(dataset_file_count(dataset, &query), 2);
    for (uint64_t i = 0; i < 40; i++) {
        uint64_t at = file.size_bytes / 40 * i;
        const char *line;

        ck_assert_int_eq(file.read_at(file.state, at, bytes, sizeof bytes), STATUS_OK);
        line = memchr(bytes, '\n', sizeof bytes - 8);
        ck_assert_ptr_nonnull(line);
        ck_assert_mem_eq(line - 2, "}\r\n{\"Id\":\"", 10);
    }
    ck_assert_int_eq(file.read_at(file.state, file.size_bytes - 40000, end, 40000), STATUS_OK);
    ck_assert_int_eq(end[39999], '}');
    source_release(&file);
    dataset_free(dataset);
}
END_TEST

START_TEST(there_are_not_too_many_files)
{
    struct dataset_config config = sample_config(SIZE_HUGE);
    struct dataset_query query = sample_query(ENTITY_LEDGER_ENTRY, 2);
    struct dataset *dataset;

    config.max_file_bytes = 1200000;
    config.hazards = ALL_FILES;
    dataset = dataset_new(&config);
    ck_assert_uint_eq(dataset_file_count(dataset, &query), DATASET_MAX_FILES);
    ck_assert_uint_gt(dataset_file_size(dataset, &query, DATASET_MAX_FILES - 2), 0);
    ck_assert_uint_eq(dataset_file_size(dataset, &query, DATASET_MAX_FILES - 1), 0);
    dataset_free(dataset);
}
END_TEST

START_TEST(identity_depends_on_hazards)
{
    struct dataset_query query = sample_query(ENTITY_BILL, 2);
    uint8_t identities[SET_COUNT + 1][16];

    for (int i = 0; i <= SET_COUNT; i++) {
        struct dataset *dataset = dataset_with(i < SET_COUNT ? set_at(i) : 0, 5000);

        dataset_file_identity(dataset, &query, 0, identities[i]);
        for (int k = 0; k < i; k++)
            ck_assert_mem_ne(identities[k], identities[i], 16);
        dataset_free(dataset);
    }
}
END_TEST

START_TEST(hazards_have_names)
{
    enum dataset_hazard hazard = HAZARD_COUNT;

    for (int i = 0; i < HAZARD_COUNT; i++) {
        const struct hazard_entry *entry = &hazard_table[i];

        ck_assert(hazard_find(entry->name, strlen(entry->name), &hazard));
        ck_assert_int_eq((int)hazard, i);
        ck_assert_uint_gt(strlen(entry->summary), 10);
    }
    ck_assert(!hazard_find("crl", 3, &hazard));
    ck_assert(!hazard_find("", 0, &hazard));
    ck_assert(!hazard_find("CRLF", 4, &hazard));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hazards");
    TCase *tcase = tcase_create("hazards");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, any_chunks_give_the_same_bytes, 0, SET_COUNT);
    tcase_add_loop_test(tcase, single_bytes_give_the_same_bytes, 0, SET_COUNT);
    tcase_add_loop_test(tcase, the_same_seed_gives_the_same_bytes, 0, SET_COUNT);
    tcase_add_loop_test(tcase, rows_are_counted_as_they_are_written, 0, SET_COUNT);
    tcase_add_loop_test(tcase, files_without_rows_are_the_ones_asked_for, 0, SET_COUNT);
    tcase_add_loop_test(tcase, a_query_without_rows_has_no_other_file, 0, SET_COUNT);
    tcase_add_test(tcase, rows_have_what_was_promised);
    tcase_add_test(tcase, huge_files_stay_cheap);
    tcase_add_test(tcase, there_are_not_too_many_files);
    tcase_add_test(tcase, identity_depends_on_hazards);
    tcase_add_test(tcase, hazards_have_names);
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
