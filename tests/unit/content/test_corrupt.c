/* Files whose bytes are wrong on purpose, held to the same done on the whole file in memory. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/rng.h"
#include "base/utf8.h"
#include "content/corrupt.h"
#include "damage.h"
#include "folder.h"
#include "sample.h"

#define HAZARD(name) (1u << HAZARD_##name)

/* A file under test: of an export, or of a folder. */
struct subject {
    struct content *content;
    struct dataset_query query;
    uint32_t index;
    char *right; /* its bytes as they are, size_bytes of them */
    uint64_t size_bytes;
};

static struct source open_subject(const struct subject *subject)
{
    struct source source;
    struct error err;

    ck_assert_int_eq(
        content_file_open(subject->content, &subject->query, NULL, subject->index, &source, &err),
        STATUS_OK);
    return source;
}

static void read_right(struct subject *subject)
{
    struct source source = open_subject(subject);

    subject->right = sample_read(&source);
    subject->size_bytes = source.size_bytes;
    source_release(&source);
}

static struct source open_corrupt(const struct subject *subject, const struct corruption *list,
                                  size_t count)
{
    struct source source = open_subject(subject);
    struct error err;

    ck_assert_int_eq(content_corrupt(subject->content, &subject->query, NULL, subject->index, list,
                                     count, &source, &err),
                     STATUS_OK);
    return source;
}

/* Reads pieces of a source, here and there, and every byte near where it differs. */
static void check_pieces(const struct source *source, const char *expected, const char *right)
{
    uint64_t size_bytes = source->size_bytes;
    char piece[300];

    for (uint64_t i = 0; i < 30; i++) {
        uint64_t at = rng_at(size_bytes, 1, i) % size_bytes;
        uint64_t length = rng_at(size_bytes, 2, i) % sizeof piece;

        length = length < size_bytes - at ? length : size_bytes - at;
        ck_assert_int_eq(source->read_at(source->state, at, piece, (size_t)length), STATUS_OK);
        ck_assert_mem_eq(piece, expected + at, (size_t)length);
    }
    for (uint64_t at = 0; at < size_bytes; at++) {
        uint64_t length = size_bytes - at < 5 ? size_bytes - at : 5;

        if (memcmp(expected + at, right + at, (size_t)length) == 0)
            continue;
        for (uint64_t part = 1; part <= length; part++) {
            ck_assert_int_eq(source->read_at(source->state, at, piece, (size_t)part), STATUS_OK);
            ck_assert_mem_eq(piece, expected + at, (size_t)part);
        }
    }
}

static void check_corrupt(const struct subject *subject, const struct corruption *list,
                          size_t count)
{
    struct source source = open_corrupt(subject, list, count);
    char *expected = malloc((size_t)subject->size_bytes + 1), *bytes = sample_read(&source);
    uint64_t size_bytes = subject->size_bytes;

    memcpy(expected, subject->right, (size_t)size_bytes);
    for (size_t i = 0; i < count; i++)
        damage(&list[i], subject->right, subject->size_bytes, expected, &size_bytes);
    ck_assert_uint_eq(source.size_bytes, size_bytes);
    ck_assert_mem_eq(bytes, expected, (size_t)size_bytes);
    if (size_bytes < subject->size_bytes ||
        memcmp(expected, subject->right, (size_t)size_bytes) != 0)
        ck_assert_int_eq(source.fd, -1);
    if (size_bytes > 0)
        check_pieces(&source, expected, subject->right);
    free(expected);
    free(bytes);
    source_release(&source);
}

/* Everything that can be done to a row. */
static void check_row(const struct subject *subject, uint64_t row)
{
    for (int how = 0; how < CORRUPT_HOW_COUNT; how++) {
        struct corruption corruption = {.how = (enum corruption_how)how, .row = row, .by_bytes = 1};

        check_corrupt(subject, &corruption, 1);
    }
}

/* The first, the second, the middle, the last rows, and those that are not there. */
static void check_rows(struct subject *subject)
{
    uint64_t rows;

    read_right(subject);
    rows = damage_row_count(subject->right, subject->size_bytes);
    check_row(subject, 0);
    check_row(subject, 1);
    check_row(subject, 2);
    check_row(subject, rows / 2);
    check_row(subject, rows - 1);
    check_row(subject, rows);
    check_row(subject, rows + 1);
    check_row(subject, UINT64_MAX);
    free(subject->right);
}

static struct content *make_content(const struct dataset_config *config, const char *dir)
{
    struct content *content = NULL;
    struct error err;

    ck_assert_int_eq(content_new(config, dir, &content, &err), STATUS_OK);
    return content;
}

static const uint32_t hazards[] = {
    0,
    HAZARD(UNICODE),
    HAZARD(CRLF),
    HAZARD(NO_LAST_NEWLINE),
    HAZARD(CRLF) | HAZARD(NO_LAST_NEWLINE),
    HAZARD(REPEATED_ROW),
    HAZARD(REPEATED_ROW) | HAZARD(CRLF) | HAZARD(NO_LAST_NEWLINE) | HAZARD(UNICODE),
    HAZARD(EMPTY_FILE) | HAZARD(NULL_ROWS),
};

static void check_files(const struct dataset_config *config, enum entity_type type)
{
    struct subject subject = {.content = make_content(config, NULL),
                              .query = sample_query(type, 2)};
    uint32_t count = content_file_count(subject.content, &subject.query, NULL);

    for (subject.index = 0; subject.index <= count; subject.index++)
        if (subject.index <= 1 || subject.index + 2 > count)
            check_rows(&subject);
    content_free(subject.content);
}

START_TEST(computed_rows_are_corrupted_as_said)
{
    for (size_t i = 0; i < sizeof hazards / sizeof *hazards; i++) {
        struct dataset_config config = sample_config(SIZE_TINY);

        config.hazards = hazards[i];
        check_files(&config, ENTITY_COMPANY); /* one file */
        config.max_file_bytes = 50000;
        check_files(&config, ENTITY_RESERVATION);
    }
}
END_TEST

/* An export of a few rows, read byte by byte as well. */
START_TEST(single_bytes_are_those_of_the_whole)
{
    struct dataset_config config = sample_config(SIZE_TINY);
    struct subject subject = {.query = sample_query(ENTITY_RESERVATION, 1)};
    static const struct corruption list[] = {
        {.how = CORRUPT_CUT_IN_UTF8, .row = 1}, {.how = CORRUPT_CUT_ROW, .row = 2},
        {.how = CORRUPT_NO_LINE_END, .row = 2}, {.how = CORRUPT_NOT_JSON, .row = 4},
        {.how = CORRUPT_FLIP_BIT, .row = 5},    {.how = CORRUPT_NUL, .row = 6},
        {.how = CORRUPT_NO_LAST_NEWLINE},
    };
    size_t count = sizeof list / sizeof *list;
    struct source source;
    char *whole, byte;

    config.rows[ENTITY_RESERVATION] = 7;
    subject.content = make_content(&config, NULL);
    read_right(&subject);
    check_corrupt(&subject, list, count);
    source = open_corrupt(&subject, list, count);
    whole = sample_read(&source);
    for (uint64_t at = source.size_bytes; at-- > 0;) {
        ck_assert_int_eq(source.read_at(source.state, at, &byte, 1), STATUS_OK);
        ck_assert_int_eq(byte, whole[at]);
    }
    free(whole);
    free(subject.right);
    source_release(&source);
    content_free(subject.content);
}
END_TEST

START_TEST(bytes_are_corrupted_where_they_are)
{
    struct dataset_config config = sample_config(SIZE_TINY);
    struct subject subject = {.content = make_content(&config, NULL),
                              .query = sample_query(ENTITY_COMPANY, 1)};

    read_right(&subject);
    for (int last = 0; last < 2; last++) {
        enum corruption_how how = last ? CORRUPT_NUL : CORRUPT_FLIP_BIT;
        uint64_t size_bytes = subject.size_bytes;
        uint64_t places[] = {0, 1, size_bytes / 2, size_bytes - 1, size_bytes, UINT64_MAX};

        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            struct corruption corruption = {.how = how, .has_byte = true, .byte = places[i]};

            check_corrupt(&subject, &corruption, 1);
        }
    }
    free(subject.right);
    content_free(subject.content);
}
END_TEST

/* What a reader meets, without the help of damage.c. */
START_TEST(a_line_ends_in_a_character)
{
    struct dataset_config config = sample_config(SIZE_TINY);
    struct subject subject = {.query = sample_query(ENTITY_CUSTOMER, 1)};
    struct corruption corruption = {.how = CORRUPT_CUT_IN_UTF8, .row = 3};

    config.hazards = HAZARD(UNICODE);
    subject.content = make_content(&config, NULL);
    for (; corruption.row < 30; corruption.row++) {
        struct source source = open_corrupt(&subject, &corruption, 1);
        char *bytes = sample_read(&source);
        uint64_t start = damage_row(bytes, source.size_bytes, corruption.row - 1);
        uint64_t end = damage_row(bytes, source.size_bytes, corruption.row);

        ck_assert_uint_lt(start + 2, end);
        ck_assert_uint_eq(utf8_valid_prefix(bytes, (size_t)source.size_bytes), end - 2);
        ck_assert_int_eq(bytes[end - 1], '\n');
        free(bytes);
        source_release(&source);
    }
    content_free(subject.content);
}
END_TEST

/* Rows of a file of 10^12 bytes: each begins where the one before it ends. */
START_TEST(rows_of_huge_files_are_hit)
{
    struct dataset_config config = sample_config(SIZE_HUGE);
    struct subject subject = {.content = make_content(&config, NULL),
                              .query = sample_query(ENTITY_ORDER_ITEM, SAMPLE_ENTERPRISES)};

    for (uint64_t row = 1; row < 1000000000; row = row * 7 + 3) {
        struct corruption corruption = {.how = CORRUPT_NOT_JSON, .row = row};
        struct source source = open_corrupt(&subject, &corruption, 1);
        struct source right = open_subject(&subject);
        struct row_span span;
        char bytes[8], before[8];
        bool found;

        ck_assert_int_eq(content_find_row(subject.content, &subject.query, NULL, 0, &right, row - 1,
                                          &span, &found),
                         STATUS_OK);
        ck_assert(found);
        ck_assert_int_eq(source.fd, -1);
        ck_assert_int_eq(source.read_at(source.state, span.offset_bytes, bytes, 6), STATUS_OK);
        ck_assert_mem_eq(bytes, "<html>", 6);
        ck_assert_int_eq(right.read_at(right.state, span.offset_bytes, before, 7), STATUS_OK);
        ck_assert_mem_eq(before, "{\"Id\":\"", 7);
        source_release(&right);
        source_release(&source);
    }
    content_free(subject.content);
}
END_TEST

/* Every row of a text that stands in a folder. */
static void check_folder(const char *text, size_t length)
{
    struct dataset_config config = sample_config(SIZE_TINY);
    struct subject subject = {.query = sample_query(ENTITY_BILL, 1)};
    struct folder folder;

    folder_init(&folder, "Bill", text, length);
    subject.content = make_content(&config, folder.path);
    read_right(&subject);
    ck_assert_uint_eq(subject.size_bytes, length);
    for (uint64_t row = 0; row <= damage_row_count(text, length) + 1; row++)
        check_row(&subject, row);
    free(subject.right);
    content_free(subject.content);
    folder_release(&folder);
}

#define CHECK_TEXT(text) check_folder(text, sizeof(text) - 1)

START_TEST(rows_of_a_folder_are_corrupted_as_said)
{
    CHECK_TEXT("");
    CHECK_TEXT("\n");
    CHECK_TEXT("\r\n");
    CHECK_TEXT("\n\n\r\n\r");
    CHECK_TEXT("x");
    CHECK_TEXT("1\n2\n3");
    CHECK_TEXT("{\"a\":\"b\"}\n{\"ab\":\"c\"}\n{\"ab\":\"cd\"}\n{\"ab\":[\"cd\"]}\n");
    CHECK_TEXT("{\"ab\":1,\"x\":\"\\n\\nab\"}\r\n{\"ab\\\"cd\":\"\\\"e\"}\r\n{\"k\":\"\\u00ab\"}");
    CHECK_TEXT(
        "{\"\xC3\xA9\":\"ab\"}\n\xE2\x82\xAC\n\xF0\x9F\x98\x80\n\xF0\x9F\x98\x80\xF0\x9F\x98");
    CHECK_TEXT("\x80\x80\x80\x80\x80\x80\n\xC3\n\xC3\xC3\n\xFF\xBF\n\xC1\x80\n");
    CHECK_TEXT("{\"a\":\"\0\0\"}\n\"ab\n\"ab\n");
}
END_TEST

/* Long rows, with what matters at and around the ends of the pieces in which they are read. */
START_TEST(rows_longer_than_a_piece_are_corrupted_as_said)
{
    enum { LENGTH = 20000, PIECE = 8192 };
    char *text = malloc(LENGTH);

    for (int shift = -2; shift <= 2; shift++) {
        memset(text, '0', LENGTH);
        memcpy(text + PIECE + shift - 1, "\"ab\"", 4);
        check_folder(text, LENGTH);
        memcpy(text + 2 * PIECE + shift - 1, "\xC3\xA9", 2);
        check_folder(text, LENGTH);
        memcpy(text + PIECE + shift - 1, "\r\n", 2);
        check_folder(text, LENGTH);
    }
    free(text);
}
END_TEST

START_TEST(nothing_done_leaves_the_source_alone)
{
    static const struct corruption list[] = {
        {.how = CORRUPT_NONE},
        {.how = CORRUPT_CUT_ROW, .row = 9},
        {.how = CORRUPT_NUL},
        {.how = CORRUPT_WRONG_SIZE, .by_bytes = 5},
    };
    struct dataset_config config = sample_config(SIZE_TINY);
    struct subject subject = {.query = sample_query(ENTITY_BILL, 1)};
    struct folder folder;
    struct source source;

    folder_init(&folder, "Bill", "{}\n", 3);
    subject.content = make_content(&config, folder.path);
    source = open_corrupt(&subject, list, sizeof list / sizeof *list);
    ck_assert_int_ge(source.fd, 0);
    source_release(&source);
    source = open_corrupt(&subject, NULL, 0);
    ck_assert_int_ge(source.fd, 0);
    source_release(&source);
    content_free(subject.content);
    folder_release(&folder);
}
END_TEST

/* A file that became shorter while it was open cannot be read to its end any more. */
START_TEST(a_file_that_is_gone_is_an_error)
{
    struct dataset_config config = sample_config(SIZE_TINY);
    struct subject subject = {.query = sample_query(ENTITY_BILL, 1)};
    struct corruption corruption = {.how = CORRUPT_CUT_ROW, .row = 2};
    struct folder folder;
    struct source source;
    struct error err;

    folder_init(&folder, "Bill", "{}\n{}\n", 6);
    subject.content = make_content(&config, folder.path);
    source = open_subject(&subject);
    ck_assert_int_eq(truncate(folder.file, 1), 0);
    ck_assert_int_eq(
        content_corrupt(subject.content, &subject.query, NULL, 0, &corruption, 1, &source, &err),
        STATUS_IO);
    ck_assert_str_ne(err.message, "");
    ck_assert_int_ge(source.fd, 0);
    source_release(&source);
    content_free(subject.content);
    folder_release(&folder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("corrupt");
    TCase *tcase = tcase_create("corrupt");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, computed_rows_are_corrupted_as_said);
    tcase_add_test(tcase, single_bytes_are_those_of_the_whole);
    tcase_add_test(tcase, bytes_are_corrupted_where_they_are);
    tcase_add_test(tcase, a_line_ends_in_a_character);
    tcase_add_test(tcase, rows_of_huge_files_are_hit);
    tcase_add_test(tcase, rows_of_a_folder_are_corrupted_as_said);
    tcase_add_test(tcase, rows_longer_than_a_piece_are_corrupted_as_said);
    tcase_add_test(tcase, nothing_done_leaves_the_source_alone);
    tcase_add_test(tcase, a_file_that_is_gone_is_an_error);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
