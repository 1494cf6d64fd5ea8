/* Sizes, files and bytes of exports as the server and `generate` see them. */
#include <check.h>
#include <stdlib.h>

#include "base/rng.h"
#include "sample.h"

#define EVERY_TYPE(type) \
    for (enum entity_type type = (enum entity_type)0; type < ENTITY_TYPE_COUNT; type++)

/* The whole export as one file. Caller frees. */
static char *read_export(const struct dataset_config *config, const struct dataset_query *query,
                         uint64_t *size_bytes)
{
    struct dataset_config one = *config;
    struct dataset *dataset;
    struct source file;
    char *bytes;

    one.max_file_bytes = INT64_MAX;
    dataset = dataset_new(&one);
    file = dataset_file_open(dataset, query, 0);
    ck_assert_uint_le(dataset_file_count(dataset, query), 1);
    *size_bytes = file.size_bytes;
    bytes = sample_read(&file);
    source_release(&file);
    dataset_free(dataset);
    return bytes;
}

static uint64_t count_lines(const char *bytes, uint64_t size_bytes)
{
    uint64_t lines = 0;

    for (uint64_t i = 0; i < size_bytes; i++)
        lines += bytes[i] == '\n';
    return lines;
}

START_TEST(rows_are_counted_as_they_are_written)
{
    struct dataset_config config = sample_config(SIZE_TINY);
    struct dataset *dataset = dataset_new(&config);

    EVERY_TYPE(type)
    {
        struct dataset_query query = sample_query(type, SAMPLE_ENTERPRISES);
        uint64_t size_bytes;
        char *bytes = read_export(&config, &query, &size_bytes);

        ck_assert_uint_eq(count_lines(bytes, size_bytes), dataset_row_count(dataset, &query));
        ck_assert_uint_eq(size_bytes, dataset_file_size(dataset, &query, 0));
        ck_assert_int_eq(bytes[size_bytes - 1], '\n');
        free(bytes);
    }
    dataset_free(dataset);
}
END_TEST

static void check_files(const struct dataset_config *config, const struct dataset_query *query,
                        const char *bytes, uint64_t size_bytes)
{
    struct dataset *dataset = dataset_new(config);
    uint32_t count = dataset_file_count(dataset, query);
    uint64_t most = config->max_file_bytes < SAMPLE_ROW_MAX_BYTES ? SAMPLE_ROW_MAX_BYTES
                                                                  : config->max_file_bytes;
    uint64_t at = 0;

    most += SAMPLE_ROW_MAX_BYTES; /* no row is longer */
    for (uint32_t i = 0; i < count; i++) {
        struct source file = dataset_file_open(dataset, query, i);
        char *part = sample_read(&file);

        ck_assert_uint_gt(file.size_bytes, 0);
        ck_assert_uint_eq(file.size_bytes, dataset_file_size(dataset, query, i));
        ck_assert_uint_le(file.size_bytes, most);
        ck_assert_uint_le(file.size_bytes, size_bytes - at);
        ck_assert_mem_eq(part, bytes + at, (size_t)file.size_bytes);
        ck_assert_int_eq(part[file.size_bytes - 1], '\n');
        at += file.size_bytes;
        free(part);
        source_release(&file);
    }
    ck_assert_uint_eq(at, size_bytes);
    ck_assert_uint_eq(dataset_file_size(dataset, query, count), 0);
    dataset_free(dataset);
}

START_TEST(files_are_the_export_cut_at_row_ends)
{
    static const uint64_t sizes[] = {0, 1, 4096, 5000, 33333, 400000, UINT64_MAX};

    EVERY_TYPE(type)
    {
        struct dataset_config config = sample_config(SIZE_TINY);
        struct dataset_query query = sample_query(type, 3);
        uint64_t size_bytes;
        char *bytes = read_export(&config, &query, &size_bytes);

        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            config.max_file_bytes = sizes[i];
            if (sizes[i] == UINT64_MAX)
                config.max_file_bytes = size_bytes; /* exactly one file */
            check_files(&config, &query, bytes, size_bytes);
        }
        free(bytes);
    }
}
END_TEST

START_TEST(any_chunks_give_the_same_bytes)
{
    EVERY_TYPE(type)
    {
        struct dataset_config config = sample_config(SIZE_TINY);
        struct dataset_query query = sample_query(type, SAMPLE_ENTERPRISES);
        struct dataset *dataset = dataset_new(&config);
        uint64_t size_bytes, dice = type;
        char *bytes = read_export(&config, &query, &size_bytes);
        char *chunk = malloc((size_t)size_bytes);
        struct source file = dataset_file_open(dataset, &query, 0);

        for (uint64_t at = 0; at < size_bytes;) {
            uint64_t longest = dice % 7 == 0 ? 40000 : dice % 2 ? 600 : 3;
            uint64_t length = 1 + dice / 16 % longest;

            if (length > size_bytes - at)
                length = size_bytes - at;
            ck_assert_int_eq(file.read_at(file.state, at, chunk, (size_t)length), STATUS_OK);
            ck_assert_mem_eq(chunk, bytes + at, (size_t)length);
            at += length;
            dice = rng_mix(dice);
        }
        for (int i = 0; i < 400; i++) {
            uint64_t at = (dice = rng_mix(dice)) % size_bytes;
            uint64_t length = (dice = rng_mix(dice)) % (i % 10 ? 5000 : size_bytes);

            if (length > size_bytes - at)
                length = size_bytes - at;
            ck_assert_int_eq(file.read_at(file.state, at, chunk, (size_t)length), STATUS_OK);
            ck_assert_mem_eq(chunk, bytes + at, (size_t)length);
        }
        source_release(&file);
        dataset_free(dataset);
        free(chunk);
        free(bytes);
    }
}
END_TEST

START_TEST(single_bytes_give_the_same_bytes)
{
    struct dataset_config config = sample_config(SIZE_TINY);
    struct dataset_query query = sample_query(ENTITY_AVAILABILITY_BLOCK, 3);
    uint64_t size_bytes;
    char *bytes = read_export(&config, &query, &size_bytes);
    struct dataset *dataset;

    config.max_file_bytes = 30000; /* borders of files and enterprises */
    dataset = dataset_new(&config);
    for (uint32_t i = 0, at = 0; i < dataset_file_count(dataset, &query); i++) {
        struct source file = dataset_file_open(dataset, &query, i);

        for (uint64_t k = 0; k < file.size_bytes; k++, at++) {
            char byte = 0;

            ck_assert_int_eq(file.read_at(file.state, k, &byte, 1), STATUS_OK);
            ck_assert_int_eq(byte, bytes[at]);
        }
        source_release(&file);
    }
    dataset_free(dataset);
    free(bytes);
}
END_TEST

/* Many files at once: more exports, layouts and enterprises than are kept. */
START_TEST(files_read_side_by_side_do_not_disturb_each_other)
{
    enum { FILES = 80, CHUNK = 777 };
    struct dataset_config config = sample_config(SIZE_TINY);
    struct dataset *dataset = dataset_new(&config);
    struct source files[FILES];
    char *bytes[FILES];

    for (int i = 0; i < FILES; i++) {
        struct dataset_query query = sample_query((enum entity_type)(i % ENTITY_TYPE_COUNT), 4);
        uint64_t size_bytes;

        query.as_of_ms -= i * 9 * MS_PER_DAY;
        files[i] = dataset_file_open(dataset, &query, 0);
        bytes[i] = read_export(&config, &query, &size_bytes);
        ck_assert_uint_eq(files[i].size_bytes, size_bytes);
    }
    dataset_trim(dataset);
    for (uint64_t at = 0; at < 60 * CHUNK; at += CHUNK) {
        for (int i = 0; i < FILES; i++) {
            char chunk[CHUNK];

            if (at + CHUNK > files[i].size_bytes)
                continue;
            ck_assert_int_eq(files[i].read_at(files[i].state, at, chunk, CHUNK), STATUS_OK);
            ck_assert_mem_eq(chunk, bytes[i] + at, CHUNK);
        }
    }
    for (int i = 0; i < FILES; i++) {
        source_release(&files[i]);
        free(bytes[i]);
    }
    dataset_free(dataset);
}
END_TEST

/* A file of more than 10^12 bytes: a row begins where the one before ends, wherever one looks. */
static void check_rows_near(const struct source *file, uint64_t offset)
{
    char bytes[16384];
    const char *first, *row;
    char again[sizeof bytes];

    ck_assert_int_eq(file->read_at(file->state, offset, bytes, sizeof bytes), STATUS_OK);
    first = memchr(bytes, '\n', sizeof bytes);
    ck_assert_ptr_nonnull(first);
    row = first + 1;
    while (row < bytes + sizeof bytes) {
        const char *end = memchr(row, '\n', (size_t)(bytes + sizeof bytes - row));

        ck_assert_int_eq(memcmp(row, "{\"Id\":\"",
                                (size_t)(bytes + sizeof bytes - row) < 7
                                    ? (size_t)(bytes + sizeof bytes - row)
                                    : 7),
                         0);
        if (!end)
            break;
        ck_assert_int_eq(end[-1], '}');
        row = end + 1;
    }
    offset += (uint64_t)(first + 1 - bytes);
    ck_assert_int_eq(file->read_at(file->state, offset, again, 4096), STATUS_OK);
    ck_assert_mem_eq(again, first + 1,
                     (size_t)(bytes + sizeof bytes - first - 1) < 4096
                         ? (size_t)(bytes + sizeof bytes - first - 1)
                         : 4096);
}

START_TEST(huge_files_are_found_anywhere)
{
    struct dataset_config config = sample_config(SIZE_HUGE);
    struct dataset_query query = sample_query(ENTITY_ORDER_ITEM, SAMPLE_ENTERPRISES);
    struct dataset *dataset = dataset_new(&config);
    struct source file = dataset_file_open(dataset, &query, 0);
    char end[2];

    ck_assert_uint_gt(dataset_row_count(dataset, &query), UINT64_C(1000000000));
    ck_assert_uint_gt(file.size_bytes, UINT64_C(10000000000000));
    check_rows_near(&file, 0);
    check_rows_near(&file, UINT64_C(1000000000000));
    check_rows_near(&file, UINT64_C(9999999999999));
    check_rows_near(&file, file.size_bytes - 16384);
    for (uint64_t i = 1; i < 40; i++)
        check_rows_near(&file, file.size_bytes / 40 * i);
    ck_assert_int_eq(file.read_at(file.state, file.size_bytes - 2, end, 2), STATUS_OK);
    ck_assert_mem_eq(end, "}\n", 2);
    source_release(&file);
    dataset_free(dataset);
}
END_TEST

START_TEST(an_export_has_not_too_many_files)
{
    struct dataset_config config = sample_config(SIZE_HUGE);
    struct dataset_query query = sample_query(ENTITY_LEDGER_ENTRY, 2);
    struct dataset *dataset;
    uint64_t total = 0;
    uint32_t count;

    config.max_file_bytes = 1200000;
    dataset = dataset_new(&config);
    count = dataset_file_count(dataset, &query);
    ck_assert_uint_eq(count, DATASET_MAX_FILES);
    for (uint32_t i = 0; i < count; i++)
        total += dataset_file_size(dataset, &query, i);
    dataset_free(dataset);
    config.max_file_bytes = UINT64_MAX;
    dataset = dataset_new(&config);
    ck_assert_uint_eq(dataset_file_count(dataset, &query), 1);
    ck_assert_uint_eq(dataset_file_size(dataset, &query, 0), total);
    dataset_free(dataset);
}
END_TEST

START_TEST(exactly_the_rows_wanted)
{
    EVERY_TYPE(type)
    {
        struct dataset_config config = sample_config(SIZE_TINY);
        struct dataset_query query = sample_query(type, 3);
        uint64_t size_bytes;
        char *bytes;

        config.rows[type] = 123;
        bytes = read_export(&config, &query, &size_bytes);
        ck_assert_uint_eq(count_lines(bytes, size_bytes), 3 * 123);
        free(bytes);
    }
}
END_TEST

static void check_empty(struct dataset *dataset, const struct dataset_query *query)
{
    struct source file = dataset_file_open(dataset, query, 0);

    ck_assert_uint_eq(dataset_row_count(dataset, query), 0);
    ck_assert_uint_eq(dataset_file_count(dataset, query), 0);
    ck_assert_uint_eq(dataset_file_size(dataset, query, 0), 0);
    ck_assert_uint_eq(file.size_bytes, 0);
    source_release(&file);
}

START_TEST(nothing_asked_for_is_no_file)
{
    struct dataset_config config = sample_config(SIZE_SMALL);
    struct dataset_query query = sample_query(ENTITY_BILL, 0);
    struct dataset *dataset;

    config.rows[ENTITY_PAYMENT] = 0;
    dataset = dataset_new(&config);
    check_empty(dataset, &query);
    query = sample_query(ENTITY_PAYMENT, 2);
    check_empty(dataset, &query);
    query = sample_query(ENTITY_BILL, 2);
    query.has_updated = true;
    query.updated_start_ms = query.updated_end_ms = query.as_of_ms + MS_PER_SECOND;
    check_empty(dataset, &query);
    query.updated_start_ms = query.as_of_ms;
    query.updated_end_ms = sample_instant(2022, 1, 1, 0);
    check_empty(dataset, &query);
    query = sample_query(ENTITY_LEDGER_ENTRY, 2);
    query.has_posting = true;
    query.posting_start_day = INT32_MAX;
    query.posting_end_day = INT32_MIN;
    check_empty(dataset, &query);
    dataset_free(dataset);
}
END_TEST

/* Whatever an admin sets the clock to, and whatever window a client asks for. */
START_TEST(extreme_instants_are_answered)
{
    static const int64_t instants[] = {INT64_MIN, TIMESTAMP_MIN_MS, -1,
                                       0,         TIMESTAMP_MAX_MS, INT64_MAX};
    struct dataset_config config = sample_config(SIZE_TINY);
    struct dataset *dataset;

    config.max_file_bytes = 100000;
    dataset = dataset_new(&config);
    for (size_t i = 0; i < 6 * 6 * 6; i++) {
        struct dataset_query query = sample_query(ENTITY_RESERVATION, 2);
        uint32_t count;

        query.as_of_ms = instants[i % 6];
        query.has_updated = true;
        query.updated_start_ms = instants[i / 6 % 6];
        query.updated_end_ms = instants[i / 36];
        count = dataset_file_count(dataset, &query);
        if (count > 0) {
            struct source file = dataset_file_open(dataset, &query, count - 1);
            char *bytes = sample_read(&file);

            ck_assert_int_eq(bytes[file.size_bytes - 1], '\n');
            free(bytes);
            source_release(&file);
        }
    }
    dataset_free(dataset);
}
END_TEST

/* An event of a second shows from that second on, whatever the fraction. */
START_TEST(whole_seconds_decide)
{
    struct dataset_config config = sample_config(SIZE_MEDIUM);
    struct dataset *dataset = dataset_new(&config);
    struct dataset_query query = sample_query(ENTITY_RESERVATION, 1);
    uint64_t rows;

    query.as_of_ms = sample_instant(2026, 8, 7, 6); /* a booking comes in at 06:00 UTC exactly */
    rows = dataset_row_count(dataset, &query);
    query.as_of_ms += 999;
    ck_assert_uint_eq(dataset_row_count(dataset, &query), rows);
    query.as_of_ms -= 1000;
    ck_assert_uint_eq(dataset_row_count(dataset, &query), rows - 1);
    query.as_of_ms = sample_instant(2026, 8, 7, 6);
    query.has_updated = true;
    query.updated_start_ms = query.updated_end_ms = query.as_of_ms;
    rows = dataset_row_count(dataset, &query);
    ck_assert_uint_ge(rows, 1);
    query.updated_end_ms++;
    ck_assert_uint_eq(dataset_row_count(dataset, &query), rows);
    query.updated_start_ms++;
    ck_assert_uint_eq(dataset_row_count(dataset, &query), 0);
    query.updated_end_ms = query.updated_start_ms;
    ck_assert_uint_eq(dataset_row_count(dataset, &query), 0);
    dataset_free(dataset);
}
END_TEST

static void check_identity_differs(const struct dataset_config *config,
                                   const struct dataset_query *query, uint32_t index,
                                   const uint8_t identity[16])
{
    struct dataset *dataset = dataset_new(config);
    uint8_t other[16];

    dataset_file_identity(dataset, query, index, other);
    ck_assert_mem_ne(other, identity, sizeof other);
    dataset_free(dataset);
}

START_TEST(identity_names_configuration_query_and_file)
{
    struct dataset_config config = sample_config(SIZE_TINY), changed = config;
    struct dataset_query query = sample_query(ENTITY_BILL, 2), other = query;
    struct dataset *dataset = dataset_new(&config);
    uint8_t identity[16], again[16];

    dataset_file_identity(dataset, &query, 0, identity);
    dataset_row_count(dataset, &query);
    dataset_file_identity(dataset, &query, 0, again);
    ck_assert_mem_eq(identity, again, sizeof again);
    check_identity_differs(&config, &query, 1, identity);
    changed.seed++;
    check_identity_differs(&changed, &query, 0, identity);
    changed = config;
    changed.rows[ENTITY_COMPANY] = 7;
    check_identity_differs(&changed, &query, 0, identity);
    changed = config;
    changed.max_file_bytes--;
    check_identity_differs(&changed, &query, 0, identity);
    changed = config;
    changed.api_day--;
    check_identity_differs(&changed, &query, 0, identity);
    other.as_of_ms++;
    check_identity_differs(&config, &other, 0, identity);
    other = query;
    other.has_updated = true;
    check_identity_differs(&config, &other, 0, identity);
    other = query;
    other.enterprise_count = 1;
    check_identity_differs(&config, &other, 0, identity);
    dataset_free(dataset);
}
END_TEST

START_TEST(sizes_have_names)
{
    static const char *const names[SIZE_COUNT] = {"tiny", "small", "medium", "large", "huge"};

    for (int size = 0; size < SIZE_COUNT; size++)
        ck_assert_str_eq(dataset_size_name((enum dataset_size)size), names[size]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dataset");
    TCase *tcase = tcase_create("dataset");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, rows_are_counted_as_they_are_written);
    tcase_add_test(tcase, files_are_the_export_cut_at_row_ends);
    tcase_add_test(tcase, any_chunks_give_the_same_bytes);
    tcase_add_test(tcase, single_bytes_give_the_same_bytes);
    tcase_add_test(tcase, files_read_side_by_side_do_not_disturb_each_other);
    tcase_add_test(tcase, huge_files_are_found_anywhere);
    tcase_add_test(tcase, an_export_has_not_too_many_files);
    tcase_add_test(tcase, exactly_the_rows_wanted);
    tcase_add_test(tcase, nothing_asked_for_is_no_file);
    tcase_add_test(tcase, extreme_instants_are_answered);
    tcase_add_test(tcase, whole_seconds_decide);
    tcase_add_test(tcase, identity_names_configuration_query_and_file);
    tcase_add_test(tcase, sizes_have_names);
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
