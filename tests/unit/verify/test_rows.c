/* Rows: how bytes are cut into them, and what they are compared by. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "verify/digest.h"
#include "verify/splitter.h"

static struct strbuf rows = STRBUF_INIT;
static struct verify_oddities oddities;

/* "LINE@OFFSET:BYTES|" for each row, '!' before the bytes of one without a line's end. */
static void note(void *state, const struct verify_row *row)
{
    (void)state;
    strbuf_appendf(&rows, "%llu@%llu:%s%.*s|", (unsigned long long)row->line,
                   (unsigned long long)row->offset_bytes, row->is_last ? "!" : "", (int)row->length,
                   row->bytes);
}

/* Cuts text in pieces of so many bytes. */
static const char *cut_in(const char *text, size_t length, size_t piece)
{
    struct splitter splitter;

    strbuf_reset(&rows);
    memset(&oddities, 0, sizeof oddities);
    splitter_init(&splitter, &oddities, note, NULL);
    for (size_t at = 0; at < length; at += piece)
        splitter_feed(&splitter, text + at, length - at < piece ? length - at : piece);
    splitter_end(&splitter);
    splitter_release(&splitter);
    return strbuf_text(&rows);
}

/* The same rows, however the bytes come in. */
static void expect_rows(const char *text, const char *expected)
{
    size_t length = strlen(text);

    for (size_t piece = 1; piece <= length + 1; piece++)
        ck_assert_str_eq(cut_in(text, length, piece), expected);
}

START_TEST(lines_are_rows)
{
    expect_rows("", "");
    expect_rows("{1}\n{22}\n", "1@0:{1}|2@4:{22}|");
    expect_rows("{1}\n{22}", "1@0:{1}|2@4:!{22}|");
    expect_rows("x", "1@0:!x|");
}
END_TEST

START_TEST(blank_lines_and_crlf_are_taken)
{
    expect_rows("a\r\n\r\n  \nb\r\n", "1@0:a|4@8:b|");
    ck_assert_uint_eq(oddities.crlf_lines, 3);
    ck_assert_uint_eq(oddities.blank_lines, 2);
    expect_rows("a\nb\r", "1@0:a|2@2:!b\r|");
    expect_rows("\n", "");
    expect_rows(" ", "");
}
END_TEST

START_TEST(a_byte_order_mark_is_no_part_of_a_row)
{
    expect_rows("\xef\xbb\xbf{1}\n{2}\n", "1@3:{1}|2@7:{2}|");
    ck_assert_uint_eq(oddities.byte_order_marks, 1);
    expect_rows("\xef\xbb\xbf", "");
    expect_rows("\xef\xbb{1}\n", "1@0:\xef\xbb{1}|");
    expect_rows("\xef\xbb", "1@0:!\xef\xbb|");
    expect_rows("a\n\xef\xbb\xbf\n", "1@0:a|2@2:\xef\xbb\xbf|");
    ck_assert_uint_eq(oddities.byte_order_marks, 0);
}
END_TEST

START_TEST(elements_of_an_array_are_rows)
{
    expect_rows("[{\"a\":[1,2]},{\"b\":\"]},\\\"\"}]",
                "1@1:{\"a\":[1,2]}|1@13:{\"b\":\"]},\\\"\"}|");
    ck_assert_uint_eq(oddities.arrays, 1);
    expect_rows("\xef\xbb\xbf[\n {\"a\":\n1} ,\n2\n]\n", "2@6:{\"a\":\n1}|4@17:2|");
    expect_rows("[]", "");
    expect_rows("[1,2", "1@1:1|1@3:!2|");
    expect_rows("[1]\n{2}\n", "1@1:1|2@4:{2}|");
}
END_TEST

START_TEST(a_row_without_end_takes_no_memory)
{
    size_t length = VERIFY_ROW_MAX_BYTES * 2 + 3;
    char *text = malloc(length);
    struct splitter splitter;

    memset(text, 'x', length);
    memcpy(text + length - 3, "\ny\n", 3);
    strbuf_reset(&rows);
    splitter_init(&splitter, &oddities, note, NULL);
    for (size_t at = 0; at < length; at += 1000)
        splitter_feed(&splitter, text + at, length - at < 1000 ? length - at : 1000);
    ck_assert_uint_le(splitter.part.capacity, 2 * VERIFY_ROW_MAX_BYTES + 1);
    splitter_end(&splitter);
    splitter_release(&splitter);
    ck_assert_uint_eq(rows.length, strlen("1@0:|2@8388609:y|") + VERIFY_ROW_MAX_BYTES);
    free(text);
}
END_TEST

static uint64_t id_of(const char *row)
{
    uint64_t id = 0;

    ck_assert(digest_id(row, strlen(row), &id));
    return id;
}

#define ID "3fa85f64-5717-4562-b3fc-2c963f66afa6"

START_TEST(the_id_is_found_wherever_it_stands)
{
    uint64_t id = id_of("{\"Id\":\"" ID "\",\"A\":1}"), other;

    ck_assert_uint_eq(id_of("{ \"Id\" : \"" ID "\"}"), id);
    ck_assert_uint_eq(
        id_of("{\"A\":{\"Id\":\"x\"},\"B\":[\"]\",{}],\"C\":\"\\\"\",\"Id\":\"" ID "\"}"), id);
    ck_assert_uint_eq(id_of("{\"Id\":\"" ID "\",\"cut"), id);
    ck_assert_uint_ne(id_of("{\"Id\":\"" ID "x\"}"), id);
    ck_assert_uint_eq(id_of("{\"Id\":17,"), id_of("{\"Id\": 17}"));
    ck_assert(!digest_id("{\"Id\":\"" ID, 43, &other));
    ck_assert(!digest_id("{\"A\":1}", 7, &other));
    ck_assert(!digest_id("{\"A\" 1}", 7, &other));
    ck_assert(!digest_id("{\"Id\":{}}", 9, &other));
    ck_assert(!digest_id("17", 2, &other));
    ck_assert(!digest_id("", 0, &other));
}
END_TEST

static uint64_t meaning_of(const char *row)
{
    uint64_t meaning = 0;

    ck_assert_msg(digest_meaning(row, strlen(row), &meaning), "%s", row);
    return meaning;
}

START_TEST(the_same_values_mean_the_same)
{
    static const char *const same[][2] = {
        {"{\"a\":1,\"b\":[true,null]}", "{ \"b\" : [ true , null ] ,\t\"a\" : 1 }"},
        {"\"\\u00e9\\n\\/\\ud83d\\ude00\\b\\f\\r\\t\\\\\\\"\"", "\"é\\n/😀\\b\\f\\r\\t\\\\\\\"\""},
        {"[1.50,100,0.001,-0,0e7]", "[15e-1,1E+2,1e-3,0,-0.000]"},
        {"12345678901234567890.5", "1234567890123456789050e-2"},
        {"{\"a\":{},\"b\":[]}", "{\"b\":[],\"a\":{}}"},
        {"\"\\u20ac\"", "\"€\""},
    };

    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        ck_assert_msg(meaning_of(same[i][0]) == meaning_of(same[i][1]), "%s", same[i][0]);
}
END_TEST

START_TEST(other_values_mean_something_else)
{
    static const char *const different[] = {
        "1",
        "-1",
        "10",
        "0.1",
        "\"1\"",
        "true",
        "false",
        "null",
        "[]",
        "{}",
        "[1]",
        "[[1]]",
        "[1,1]",
        "[1,2]",
        "[2,1]",
        "\"a\"",
        "\"\"",
        "{\"a\":1}",
        "{\"a\":2}",
        "{\"b\":1}",
        "{\"1\":\"a\"}",
        "[\"a\"]",
        "\"null\"",
        "12345678901234567890",
        "12345678901234567891",
        "[0]",
        "[null]",
        "{\"a\":1,\"b\":2}",
        "{\"a\":2,\"b\":1}",
        "1e400",
        "1e-400",
    };
    const size_t count = sizeof different / sizeof *different;

    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++)
            ck_assert_msg(meaning_of(different[i]) != meaning_of(different[j]), "%s %s",
                          different[i], different[j]);
    }
}
END_TEST

START_TEST(what_is_no_json_means_nothing)
{
    static const char *const broken[] = {"",    "{",    "{\"a\":1", "{\"a\":01}", "\"\x01\"",
                                         "1 2", "[1,]", "\"\xff\"", "nul",        "\"\\x\""};
    uint64_t meaning;

    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        ck_assert_msg(!digest_meaning(broken[i], strlen(broken[i]), &meaning), "%s", broken[i]);
}
END_TEST

/* Every bit of a row counts, wherever it is. */
START_TEST(every_bit_changes_the_digest)
{
    unsigned char row[150];

    memset(row, 'x', sizeof row);
    for (size_t length = 1; length < sizeof row; length++) {
        uint64_t whole = digest_bytes(row, length);

        ck_assert_uint_ne(whole, digest_bytes(row, length - 1));
        for (size_t bit = 0; bit < length * 8; bit++) {
            row[bit / 8] = (unsigned char)(row[bit / 8] ^ 1u << bit % 8);
            ck_assert_uint_ne(whole, digest_bytes(row, length));
            row[bit / 8] = 'x';
        }
    }
    memset(row, 0, sizeof row);
    ck_assert_uint_ne(digest_bytes(row, 32), digest_bytes(row, 33));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("verify_rows");
    TCase *cases = tcase_create("all");
    SRunner *runner;
    int failed;

    tcase_add_test(cases, lines_are_rows);
    tcase_add_test(cases, blank_lines_and_crlf_are_taken);
    tcase_add_test(cases, a_byte_order_mark_is_no_part_of_a_row);
    tcase_add_test(cases, elements_of_an_array_are_rows);
    tcase_add_test(cases, a_row_without_end_takes_no_memory);
    tcase_add_test(cases, the_id_is_found_wherever_it_stands);
    tcase_add_test(cases, the_same_values_mean_the_same);
    tcase_add_test(cases, other_values_mean_something_else);
    tcase_add_test(cases, what_is_no_json_means_nothing);
    tcase_add_test(cases, every_bit_changes_the_digest);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    strbuf_release(&rows);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
