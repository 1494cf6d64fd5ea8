/* Lines of a state file: what is written is read, and what was changed is found out. */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/strbuf.h"
#include "state/tape.h"

/* Appends a record as the log does. */
static uint32_t put(struct strbuf *out, uint32_t sum, char mark, const char *json)
{
    size_t at = out->length;

    strbuf_appendf(out, "00000000%c%s", mark, json);
    sum = tape_sum(sum, out->data + at + 8, out->length - at - 8);
    tape_write_sum(out->data + at, sum);
    strbuf_append_char(out, '\n');
    return sum;
}

/* Three changes of one, two and one records; ends[i] is where change i ends. */
static struct strbuf make_tape(size_t ends[3])
{
    struct strbuf text = STRBUF_INIT;
    uint32_t sum = put(&text, 0, ' ', "{\"exports-mock-state\":1}");

    ends[0] = text.length;
    sum = put(&text, sum, '+', "{\"Alive\":1}");
    sum = put(&text, sum, ' ', "{\"Alive\":2}");
    ends[1] = text.length;
    put(&text, sum, ' ', "{\"Alive\":3}");
    ends[2] = text.length;
    return text;
}

START_TEST(what_is_written_is_read)
{
    size_t ends[3];
    struct strbuf text = make_tape(ends);
    struct tape tape = tape_begin(text.data, text.length);
    struct tape_record record;
    struct error err;
    bool found;

    for (int line = 1; line <= 4; line++) {
        ck_assert_int_eq(tape_next(&tape, &record, &found, &err), STATUS_OK);
        ck_assert(found);
        ck_assert_uint_eq(record.line, line);
        ck_assert_int_eq(record.more_follow, line == 2);
        ck_assert_int_eq(record.json[record.length - 1], '}');
    }
    ck_assert_int_eq(tape_next(&tape, &record, &found, &err), STATUS_OK);
    ck_assert(!found);
    strbuf_release(&text);
}
END_TEST

START_TEST(every_beginning_holds_whole_changes)
{
    size_t ends[3], sound;
    struct strbuf text = make_tape(ends);
    struct error err;
    uint32_t sum;

    for (size_t length = 0; length <= text.length; length++) {
        size_t whole = length >= ends[2]   ? ends[2]
                       : length >= ends[1] ? ends[1]
                       : length >= ends[0] ? ends[0]
                                           : 0;

        ck_assert_int_eq(tape_check(text.data, length, &sound, &sum, &err), STATUS_OK);
        ck_assert_uint_eq(sound, whole);
        ck_assert(tape_is_ours(text.data, length));
    }
    strbuf_release(&text);
}
END_TEST

START_TEST(every_flipped_bit_is_found_out)
{
    size_t ends[3], sound;
    struct strbuf text = make_tape(ends);
    struct error err;
    uint32_t sum;

    for (size_t bit = 0; bit < 8 * text.length; bit++) {
        bool is_last = bit / 8 == text.length - 1;
        enum status status;

        text.data[bit / 8] = (char)(text.data[bit / 8] ^ 1 << bit % 8);
        status = tape_check(text.data, text.length, &sound, &sum, &err);
        /* Without its end the last line is one that was not finished. */
        ck_assert_int_eq(status, is_last ? STATUS_OK : STATUS_MALFORMED);
        if (is_last)
            ck_assert_uint_eq(sound, ends[1]);
        else
            ck_assert(strstr(err.message, "byte"));
        text.data[bit / 8] = (char)(text.data[bit / 8] ^ 1 << bit % 8);
    }
    strbuf_release(&text);
}
END_TEST

START_TEST(a_line_that_is_missing_doubled_or_moved_is_found_out)
{
    size_t ends[3], sound, line;
    struct strbuf text = make_tape(ends), other = STRBUF_INIT;
    struct error err;
    uint32_t sum;

    line = ends[2] - ends[1];
    strbuf_append(&other, text.data, ends[0]);
    strbuf_append(&other, text.data + ends[0] + line, text.length - ends[0] - line);
    ck_assert_int_eq(tape_check(other.data, other.length, &sound, &sum, &err), STATUS_MALFORMED);
    ck_assert_ptr_nonnull(strstr(err.message, "line 2 (byte"));
    strbuf_reset(&other);
    strbuf_append(&other, text.data, text.length);
    strbuf_append(&other, text.data + ends[1], line);
    ck_assert_int_eq(tape_check(other.data, other.length, &sound, &sum, &err), STATUS_MALFORMED);
    ck_assert_ptr_nonnull(strstr(err.message, "line 5 (byte"));
    strbuf_release(&other);
    strbuf_release(&text);
}
END_TEST

START_TEST(other_files_are_not_ours)
{
    static const char *const texts[] = {
        "SQLite format 3",    "{\"a\":1}\n", "\n",
        "12345678 {\"x\":1}", "1234567g",    "ABCDEF01 {\"exports-mock-state\":1}"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(!tape_is_ours(texts[i], strlen(texts[i])), "%s", texts[i]);
    ck_assert(tape_is_ours("", 0));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tape");
    TCase *tests = tcase_create("tape");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tests, what_is_written_is_read);
    tcase_add_test(tests, every_beginning_holds_whole_changes);
    tcase_add_test(tests, every_flipped_bit_is_found_out);
    tcase_add_test(tests, a_line_that_is_missing_doubled_or_moved_is_found_out);
    tcase_add_test(tests, other_files_are_not_ours);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
