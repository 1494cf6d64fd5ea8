/* Where rows lie, against the line ends of whole files. */
#include <check.h>
#include <stdlib.h>

#include "base/rng.h"
#include "sample.h"

#define HAZARD(name) (1u << HAZARD_##name)

/* Holds every row of a file to where its line ends; gives the number of rows. */
static uint64_t check_file(struct dataset *dataset, const struct dataset_query *query,
                           uint32_t index)
{
    struct source file = dataset_file_open(dataset, query, index);
    char *bytes = sample_read(&file);
    uint64_t row = 0;
    struct row_span span;

    for (uint64_t at = 0; at < file.size_bytes; row++) {
        const char *end = memchr(bytes + at, '\n', (size_t)(file.size_bytes - at));
        uint64_t next = end ? (uint64_t)(end + 1 - bytes) : file.size_bytes;

        ck_assert(dataset_find_row(dataset, query, index, row, &span));
        ck_assert_uint_eq(span.offset_bytes, at);
        ck_assert_uint_eq(span.length_bytes, next - at);
        at = next;
    }
    ck_assert(!dataset_find_row(dataset, query, index, row, &span));
    ck_assert(!dataset_find_row(dataset, query, index, row + 1, &span));
    ck_assert(!dataset_find_row(dataset, query, index, UINT64_MAX, &span));
    free(bytes);
    source_release(&file);
    return row;
}

static void check_export(const struct dataset_config *config, const struct dataset_query *query)
{
    struct dataset *dataset = dataset_new(config);
    uint32_t count = dataset_file_count(dataset, query);
    uint64_t rows = 0;

    for (uint32_t index = 0; index <= count; index++)
        rows += check_file(dataset, query, index);
    ck_assert_uint_eq(rows, dataset_row_count(dataset, query));
    dataset_free(dataset);
}

START_TEST(every_row_of_every_type_is_found)
{
    for (int type = 0; type < ENTITY_TYPE_COUNT; type++) {
        struct dataset_config config = sample_config(SIZE_TINY);
        struct dataset_query query = sample_query((enum entity_type)type, SAMPLE_ENTERPRISES);

        check_export(&config, &query);
        config.max_file_bytes = 100000;
        query.enterprise_count = 2;
        query.has_updated = true;
        query.updated_end_ms = query.as_of_ms;
        query.updated_start_ms = query.as_of_ms - 400 * MS_PER_DAY;
        check_export(&config, &query);
        query.enterprise_count = 0;
        check_export(&config, &query);
    }
}
END_TEST

/* Houses, and plans that begin in the middle of a block. */
START_TEST(the_last_rows_of_many_are_found)
{
    static const int64_t rows[] = {0, 1, 2, 159, 1000, 3333};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct dataset_config config = sample_config(SIZE_LARGE);
        struct dataset_query query = sample_query(ENTITY_RESERVATION, 3);

        config.max_file_bytes = 200000;
        config.rows[ENTITY_RESERVATION] = rows[i];
        check_export(&config, &query);
    }
}
END_TEST

START_TEST(hazards_move_rows)
{
    static const uint32_t sets[] = {
        HAZARD(REPEATED_ROW),
        HAZARD(CRLF) | HAZARD(NO_LAST_NEWLINE),
        HAZARD(REPEATED_ROW) | HAZARD(NO_LAST_NEWLINE) | HAZARD(EMPTY_FILE),
        HAZARD(LONG_STRINGS) | HAZARD(UNICODE),
        HAZARD(NO_FILE),
    };

    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        struct dataset_config config = sample_config(SIZE_TINY);
        struct dataset_query query = sample_query(ENTITY_CUSTOMER, 2);

        config.hazards = sets[i];
        check_export(&config, &query);
        config.max_file_bytes = 50000;
        check_export(&config, &query);
    }
}
END_TEST

/* Rows of 10^12 bytes: neighbours meet, and each span is one line. */
START_TEST(rows_of_huge_files_are_found)
{
    struct dataset_config config = sample_config(SIZE_HUGE);
    struct dataset_query query = sample_query(ENTITY_ORDER_ITEM, SAMPLE_ENTERPRISES);
    struct dataset *dataset = dataset_new(&config);
    uint64_t rows = dataset_row_count(dataset, &query);
    struct source file = dataset_file_open(dataset, &query, 0);

    ck_assert_uint_gt(rows, 1000000000);
    for (uint64_t i = 0; i < 2000; i++) {
        uint64_t row = i == 0 ? rows - 2 : rng_at(1, 1, i) % (rows - 1);
        struct row_span span, next;
        char bytes[SAMPLE_ROW_MAX_BYTES];
        size_t length;

        ck_assert(dataset_find_row(dataset, &query, 0, row, &span));
        ck_assert(dataset_find_row(dataset, &query, 0, row + 1, &next));
        ck_assert_uint_eq(span.offset_bytes + span.length_bytes, next.offset_bytes);
        ck_assert_uint_lt(span.length_bytes, sizeof bytes);
        length = (size_t)span.length_bytes;
        ck_assert_int_eq(file.read_at(file.state, span.offset_bytes, bytes, length), STATUS_OK);
        ck_assert_ptr_eq(memchr(bytes, '\n', length), bytes + length - 1);
        ck_assert_int_eq(bytes[0], '{');
    }
    source_release(&file);
    dataset_free(dataset);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("find_row");
    TCase *tcase = tcase_create("find_row");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, every_row_of_every_type_is_found);
    tcase_add_test(tcase, the_last_rows_of_many_are_found);
    tcase_add_test(tcase, hazards_move_rows);
    tcase_add_test(tcase, rows_of_huge_files_are_found);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
