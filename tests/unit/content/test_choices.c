/* Exports with a data set of their own: which bytes they get, and how long data sets are kept. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "content/content.h"
#include "content/variants.h"
#include "folder.h"
#include "sample.h"

#define CHUNK 1000

static struct content *make_content(const struct dataset_config *config, const char *fixtures_dir)
{
    struct content *content = NULL;
    struct error err;

    ck_assert_int_eq(content_new(config, fixtures_dir, &content, &err), STATUS_OK);
    return content;
}

static struct source open_first(struct content *content, const struct dataset_query *query,
                                const struct data_choice *choice)
{
    struct source source;
    struct error err;

    ck_assert_int_eq(content_file_open(content, query, choice, 0, &source, &err), STATUS_OK);
    return source;
}

/* A choice that differs from every other number's. */
static struct data_choice choice_of(uint64_t number)
{
    return (struct data_choice){.has_max_file_bytes = true, .max_file_bytes = 100000 + number};
}

/* Holds file 0 of a choice to that of a data set made for it alone. */
static void check_choice(struct content *content, const struct dataset_config *config,
                         const struct dataset_query *query, const struct data_choice *choice)
{
    struct dataset_config own = dataset_config_choose(config, choice);
    struct dataset *dataset = dataset_new(&own);
    struct source expected = dataset_file_open(dataset, query, 0);
    struct source file = open_first(content, query, choice);
    char *right = sample_read(&expected), *bytes = sample_read(&file);

    ck_assert_uint_gt(expected.size_bytes, 0);
    ck_assert_uint_eq(file.size_bytes, expected.size_bytes);
    ck_assert_int_eq(file.fd, -1);
    ck_assert_mem_eq(bytes, right, (size_t)file.size_bytes);
    ck_assert_uint_eq(content_file_size(content, query, choice, 0), expected.size_bytes);
    ck_assert_uint_eq(content_file_count(content, query, choice),
                      dataset_file_count(dataset, query));
    free(right);
    free(bytes);
    source_release(&expected);
    source_release(&file);
    dataset_free(dataset);
}

static const struct data_choice choices[] = {
    {.has_size = false},
    {.has_size = true, .size = SIZE_SMALL},
    {.has_max_file_bytes = true, .max_file_bytes = 7000},
    {.has_hazards = true, .hazards = 1u << HAZARD_UNICODE | 1u << HAZARD_CRLF},
    {.has_hazards = true, .hazards = 0},
    {.has_rows = {[ENTITY_RESERVATION] = true}, .rows = {[ENTITY_RESERVATION] = 11}},
    {.has_rows = {[ENTITY_RESERVATION] = true}, .rows = {[ENTITY_RESERVATION] = -1}},
};
#define CHOICES (sizeof choices / sizeof *choices)

static struct dataset_config server_config(void)
{
    struct dataset_config config = sample_config(SIZE_TINY);

    config.rows[ENTITY_RESERVATION] = 90;
    config.hazards = 1u << HAZARD_NULL_ROWS;
    return config;
}

START_TEST(a_choice_gives_the_bytes_of_its_configuration)
{
    struct dataset_config config = server_config();
    struct dataset_query query = sample_query(ENTITY_RESERVATION, 2);
    struct content *content = make_content(&config, NULL);

    for (int round = 0; round < 2; round++) {
        check_choice(content, &config, &query, NULL);
        for (size_t i = 0; i < CHOICES; i++)
            check_choice(content, &config, &query, &choices[i]);
        content_trim(content);
    }
    content_free(content);
}
END_TEST

START_TEST(identity_differs_as_the_configuration_does)
{
    struct dataset_config config = server_config();
    struct dataset_query query = sample_query(ENTITY_RESERVATION, 2);
    struct content *content = make_content(&config, NULL);
    struct data_choice same = {
        .has_size = true, .size = config.size, .has_hazards = true, .hazards = config.hazards};
    uint64_t server = content_file_identity(content, &query, NULL, 0);

    ck_assert_uint_eq(content_file_identity(content, &query, &choices[0], 0), server);
    ck_assert_uint_eq(content_file_identity(content, &query, &same, 0), server);
    for (size_t i = 1; i < CHOICES; i++) {
        uint64_t identity = content_file_identity(content, &query, &choices[i], 0);

        ck_assert_uint_eq(identity, content_file_identity(content, &query, &choices[i], 0));
        for (size_t j = 0; j < i; j++)
            ck_assert_uint_ne(identity, content_file_identity(content, &query, &choices[j], 0));
    }
    content_free(content);
}
END_TEST

/* Twice as many as are kept, one after the other and all again. */
START_TEST(choices_without_end_keep_their_bytes)
{
    struct dataset_config config = sample_config(SIZE_TINY);
    struct dataset_query query = sample_query(ENTITY_COMPANY, 1);
    struct content *content = make_content(&config, NULL);

    for (uint64_t i = 0; i < 4 * VARIANTS_KEPT; i++) {
        struct data_choice choice = choice_of(i % (2 * VARIANTS_KEPT));

        check_choice(content, &config, &query, &choice);
    }
    content_free(content);
}
END_TEST

/* More data sets with an open file than are kept. */
START_TEST(open_files_keep_their_data_set)
{
    enum { FILES = VARIANTS_KEPT + 8 };
    struct dataset_config config = sample_config(SIZE_TINY);
    struct dataset_query query = sample_query(ENTITY_COMPANY, 1);
    struct content *content = make_content(&config, NULL);
    struct source files[FILES], plain = open_first(content, &query, NULL);
    char *bytes = sample_read(&plain), chunk[CHUNK];

    for (uint64_t i = 0; i < FILES; i++) {
        struct data_choice choice = choice_of(i);

        files[i] = open_first(content, &query, &choice);
        ck_assert_uint_ge(files[i].size_bytes, 2 * CHUNK);
        ck_assert_int_eq(files[i].read_at(files[i].state, 0, chunk, CHUNK), STATUS_OK);
    }
    content_trim(content);
    for (int i = 0; i < FILES; i++) {
        ck_assert_int_eq(files[i].read_at(files[i].state, CHUNK, chunk, CHUNK), STATUS_OK);
        ck_assert_mem_eq(chunk, bytes + CHUNK, CHUNK);
        source_release(&files[i]);
    }
    source_release(&plain);
    content_free(content);
    free(bytes);
}
END_TEST

/* Once files are closed, no more data sets are kept than should be. */
START_TEST(closed_files_let_go_of_their_data_set)
{
    enum { FILES = VARIANTS_KEPT + 8 };
    struct dataset_config config = sample_config(SIZE_TINY);
    struct dataset_query query = sample_query(ENTITY_COMPANY, 1);
    struct data_choice choice;
    struct source files[FILES];
    struct variants variants;

    variants_init(&variants, &config);
    for (uint64_t i = 0; i < FILES; i++) {
        choice = choice_of(i);
        files[i] = variants_open(&variants, &choice, &query, 0);
    }
    ck_assert_uint_eq(variants.count, FILES + 1);
    for (uint64_t i = 0; i < FILES; i++)
        source_release(&files[i]);
    choice = choice_of(FILES);
    ck_assert_ptr_nonnull(variants_get(&variants, &choice));
    ck_assert_uint_eq(variants.count, VARIANTS_KEPT);
    variants_release(&variants);
}
END_TEST

static struct data_choice dense_choice(uint64_t number)
{
    return (struct data_choice){.has_rows = {[ENTITY_ORDER_ITEM] = true},
                                .rows = {[ENTITY_ORDER_ITEM] = 100000 + 5000 * (int64_t)number}};
}

/* Files of a dozen data sets, each of which needs some megabytes to be read, read in turn. */
START_TEST(data_sets_share_a_bounded_memory)
{
    enum { FILES = 12, ROUNDS = 3 };
    struct dataset_config config = sample_config(SIZE_TINY);
    struct dataset_query query = sample_query(ENTITY_ORDER_ITEM, 1);
    struct source files[FILES];
    struct variants variants;
    size_t bytes = 0, most = 0;
    char first[FILES][CHUNK], again[CHUNK];

    variants_init(&variants, &config);
    for (uint64_t i = 0; i < FILES; i++) {
        struct data_choice choice = dense_choice(i);

        files[i] = variants_open(&variants, &choice, &query, 0);
        bytes = dataset_memory(variants_get(&variants, &choice));
        ck_assert_uint_gt(bytes, VARIANTS_MAX_BYTES / 4);
        most = bytes > most ? bytes : most;
    }
    for (int i = 0; i < FILES * ROUNDS; i++) {
        const struct source *file = &files[i % FILES];

        char *chunk = i < FILES ? first[i] : again;

        ck_assert_int_eq(file->read_at(file->state, CHUNK, chunk, CHUNK), STATUS_OK);
        ck_assert_mem_eq(chunk, first[i % FILES], CHUNK);
        ck_assert_uint_le(variants_memory(&variants), VARIANTS_MAX_BYTES + most);
    }
    variants_trim(&variants);
    ck_assert_uint_eq(variants_memory(&variants), 0);
    for (int i = 0; i < FILES; i++)
        source_release(&files[i]);
    variants_release(&variants);
}
END_TEST

/* Data sets that fit are not made again and again. */
START_TEST(small_data_sets_stay)
{
    struct dataset_config config = sample_config(SIZE_TINY);
    struct dataset_query query = sample_query(ENTITY_CUSTOMER, 1);
    struct variants variants;
    size_t bytes;

    variants_init(&variants, &config);
    ck_assert_uint_eq(variants_memory(&variants), 0);
    for (size_t i = 0; i < CHOICES; i++)
        dataset_file_count(variants_get(&variants, &choices[i]), &query);
    bytes = variants_memory(&variants);
    ck_assert_uint_gt(bytes, VARIANTS_MAX_BYTES / 4);
    for (size_t i = 0; i < CHOICES; i++)
        variants_get(&variants, &choices[i]);
    ck_assert_uint_eq(variants_memory(&variants), bytes);
    variants_release(&variants);
}
END_TEST

START_TEST(a_folder_wins_over_any_choice)
{
    struct dataset_config config = sample_config(SIZE_TINY);
    struct dataset_query query = sample_query(ENTITY_COMPANY, 1);
    struct data_choice choice = choice_of(1);
    struct folder folder;
    struct content *content;
    struct source source;
    char *bytes;

    folder_init(&folder, "Company", "{\"Id\":1}\n", 9);
    content = make_content(&config, folder.path);
    source = open_first(content, &query, &choice);
    bytes = sample_read(&source);
    ck_assert_uint_eq(source.size_bytes, 9);
    ck_assert_int_ge(source.fd, 0);
    ck_assert_mem_eq(bytes, "{\"Id\":1}\n", 9);
    ck_assert_uint_eq(content_file_count(content, &query, &choice), 1);
    ck_assert_uint_eq(content_file_size(content, &query, &choice, 0), 9);
    ck_assert_uint_eq(content_file_identity(content, &query, &choice, 0),
                      content_file_identity(content, &query, NULL, 0));
    query.entity_type = ENTITY_BILL;
    check_choice(content, &config, &query, &choice);
    free(bytes);
    source_release(&source);
    content_free(content);
    folder_release(&folder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("choices");
    TCase *tcase = tcase_create("choices");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, a_choice_gives_the_bytes_of_its_configuration);
    tcase_add_test(tcase, identity_differs_as_the_configuration_does);
    tcase_add_test(tcase, choices_without_end_keep_their_bytes);
    tcase_add_test(tcase, open_files_keep_their_data_set);
    tcase_add_test(tcase, closed_files_let_go_of_their_data_set);
    tcase_add_test(tcase, data_sets_share_a_bounded_memory);
    tcase_add_test(tcase, small_data_sets_stay);
    tcase_add_test(tcase, a_folder_wins_over_any_choice);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
