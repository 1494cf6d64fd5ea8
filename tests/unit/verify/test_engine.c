/* The comparison: each kind of difference, in every order and division of files. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rig.h"

#define ROWS      40
#define ROW_BYTES 200

static struct rig_side expected, collected;
static struct findings findings;
static char rows[ROWS][ROW_BYTES]; /* with their newline */
static char whole[ROWS * ROW_BYTES];
static char scratch[ROWS * ROW_BYTES * 4];

static void set_up(void)
{
    whole[0] = '\0';
    for (int i = 0; i < ROWS; i++) {
        snprintf(
            rows[i], sizeof rows[i],
            "{\"Id\":\"%08x-5717-4562-b3fc-2c963f66afa6\",\"Name\":\"Zo\xc3\xab %d\",\"Value\":"
            "%d.50,\"Tags\":[\"a\",null]}\n",
            i * 7919, i, i);
        memcpy(whole + strlen(whole), rows[i], strlen(rows[i]) + 1);
    }
    rig_clear(&expected);
    rig_clear(&collected);
}

static void tear_down(void)
{
    findings_release(&findings);
}

static void expect_whole(void)
{
    rig_add(&expected, 0, "e-1.jsonl", whole, strlen(whole));
}

/* Adds rows from first to below end, in this order, to a text; gives its end. */
static char *put_rows(char *at, int first, int end)
{
    int step = first < end ? 1 : -1;

    for (int i = first; i != end; i += step) {
        memcpy(at, rows[i], strlen(rows[i]) + 1);
        at += strlen(rows[i]);
    }
    return at;
}

static void collect(const char *name, const char *bytes, size_t length)
{
    rig_add(&collected, 0, name, bytes, length);
}

/* Compares, and expects so many missing, doubled, damaged, foreign and rewritten rows. */
static void compare(uint64_t missing, uint64_t doubled, uint64_t damaged, uint64_t foreign,
                    uint64_t rewritten)
{
    rig_compare(&expected, &collected, &findings);
    ck_assert_uint_eq(findings.counts[FINDING_MISSING], missing);
    ck_assert_uint_eq(findings.counts[FINDING_DOUBLED], doubled);
    ck_assert_uint_eq(findings.counts[FINDING_DAMAGED], damaged);
    ck_assert_uint_eq(findings.counts[FINDING_FOREIGN], foreign);
    ck_assert_uint_eq(findings.counts[FINDING_REWRITTEN], rewritten);
    ck_assert(findings_are_none(&findings) == (missing + doubled + damaged + foreign == 0));
}

static const struct finding *first_of(enum finding_kind kind)
{
    ck_assert_uint_gt(findings.shown_count[kind], 0);
    return &findings.shown[kind][0];
}

START_TEST(the_same_file_is_whole)
{
    expect_whole();
    collect("c", whole, strlen(whole));
    compare(0, 0, 0, 0, 0);
    ck_assert_uint_eq(findings.totals[VERIFY_EXPECTED].row_count, ROWS);
    ck_assert_uint_eq(findings.totals[VERIFY_COLLECTED].row_count, ROWS);
    ck_assert_uint_eq(findings.totals[VERIFY_COLLECTED].total_bytes, strlen(whole));
}
END_TEST

START_TEST(nothing_of_nothing_is_whole)
{
    compare(0, 0, 0, 0, 0);
}
END_TEST

START_TEST(order_and_division_do_not_matter)
{
    char *middle = put_rows(scratch, ROWS - 1, 16), *end;

    *middle++ = '\0';
    end = put_rows(middle, 0, 17);
    expect_whole();
    collect("b", scratch, strlen(scratch));
    collect("a", middle, (size_t)(end - middle) - 1); /* without its last newline */
    compare(0, 0, 0, 0, 0);
}
END_TEST

START_TEST(files_of_the_export_may_be_merged)
{
    const char *second = whole + strlen(rows[0]) * 3;

    rig_add(&expected, 0, "e-1", whole, (size_t)(second - whole));
    rig_add(&expected, 0, "e-2", second, strlen(second));
    collect("c", whole, strlen(whole));
    compare(0, 0, 0, 0, 0);
}
END_TEST

START_TEST(tells_which_rows_are_missing)
{
    char *end = put_rows(scratch, 0, 5);

    end = put_rows(end, 7, ROWS - 1);
    expect_whole();
    collect("c", scratch, (size_t)(end - scratch));
    compare(3, 0, 0, 0, 0);
    ck_assert_uint_eq(first_of(FINDING_MISSING)->at.line, 6);
    ck_assert_uint_eq(first_of(FINDING_MISSING)->at.offset_bytes,
                      (size_t)(put_rows(scratch, 0, 5) - scratch));
    ck_assert_uint_eq(first_of(FINDING_MISSING)->at.length, strlen(rows[5]) - 1);
    ck_assert_ptr_nonnull(strstr(strbuf_text(&first_of(FINDING_MISSING)->found), "\"Id\""));
    ck_assert_uint_eq(findings.files[0].missing_count, 3);
    ck_assert_uint_eq(findings.files[0].row_count, ROWS);
    ck_assert_uint_eq(findings.files[0].first.line, 6);
    ck_assert_uint_eq(findings.files[0].last.line, ROWS);
}
END_TEST

START_TEST(shows_the_first_rows_of_many)
{
    expect_whole();
    compare(ROWS, 0, 0, 0, 0);
    ck_assert_uint_eq(findings.shown_count[FINDING_MISSING], FINDINGS_SHOWN);
    for (uint64_t i = 0; i < FINDINGS_SHOWN; i++)
        ck_assert_uint_eq(findings.shown[FINDING_MISSING][i].at.line, i + 1);
}
END_TEST

START_TEST(tells_where_a_row_is_doubled)
{
    char *end = put_rows(scratch, 0, ROWS);

    end = put_rows(end, 3, 5);
    expect_whole();
    collect("first", scratch, (size_t)(end - scratch));
    collect("second", rows[3], strlen(rows[3]));
    compare(0, 3, 0, 0, 0);
    ck_assert_uint_eq(first_of(FINDING_DOUBLED)->at.line, ROWS + 1);
    ck_assert_uint_eq(first_of(FINDING_DOUBLED)->other.line, 4);
    ck_assert_uint_eq(findings.shown[FINDING_DOUBLED][2].at.file, 1);
}
END_TEST

START_TEST(a_row_that_is_exported_twice_may_be_collected_once_or_twice)
{
    char *end = put_rows(scratch, 0, ROWS);

    end = put_rows(end, 3, 4);
    rig_add(&expected, 0, "e", scratch, (size_t)(end - scratch));
    collect("once", whole, strlen(whole));
    compare(0, 0, 0, 0, 0);
    findings_release(&findings);
    collect("again", rows[3], strlen(rows[3]));
    compare(0, 0, 0, 0, 0);
    findings_release(&findings);
    collect("and again", rows[3], strlen(rows[3]));
    compare(0, 1, 0, 0, 0);
}
END_TEST

/* Replaces a byte of a row of the whole, which is collected. */
static char *change(int row, const char *from, char to)
{
    char *at;

    memcpy(scratch, whole, strlen(whole) + 1);
    at = strstr(scratch, rows[row]);
    at = strstr(at, from);
    *at = to;
    expect_whole();
    collect("c", scratch, strlen(scratch));
    return at;
}

START_TEST(tells_where_a_row_is_damaged)
{
    const char *at = change(8, "8.50", '9');
    const struct finding *finding;

    compare(0, 0, 1, 0, 0);
    finding = first_of(FINDING_DAMAGED);
    ck_assert_uint_eq(finding->at.line, 9);
    ck_assert_uint_eq(finding->at.offset_bytes + finding->differs_at, (size_t)(at - scratch));
    ck_assert(finding->has_other);
    ck_assert_uint_eq(finding->other.line, 9);
    ck_assert_ptr_nonnull(strstr(strbuf_text(&finding->found), "9.50"));
    ck_assert_ptr_nonnull(strstr(strbuf_text(&finding->wanted), "8.50"));
    ck_assert_str_eq(strbuf_text(&finding->reason), "not as the export has it");
}
END_TEST

START_TEST(says_what_is_no_utf8_or_no_json)
{
    change(8, "\xc3\xab", '\xff');
    compare(0, 0, 1, 0, 0);
    ck_assert_ptr_nonnull(strstr(strbuf_text(&first_of(FINDING_DAMAGED)->reason), "not UTF-8"));
    ck_assert_ptr_nonnull(strstr(strbuf_text(&first_of(FINDING_DAMAGED)->found), "\\xff"));
    findings_release(&findings);
    set_up();
    change(8, ",\"Value", ';');
    compare(0, 0, 1, 0, 0);
    ck_assert_ptr_nonnull(strstr(strbuf_text(&first_of(FINDING_DAMAGED)->reason), "not JSON"));
}
END_TEST

START_TEST(a_damaged_id_is_foreign_and_the_row_missing)
{
    change(8, "b3fc", 'a');
    compare(1, 0, 0, 1, 0);
    ck_assert_uint_eq(first_of(FINDING_FOREIGN)->at.line, 9);
}
END_TEST

START_TEST(a_line_without_id_that_is_no_json_is_damaged)
{
    char *end = put_rows(scratch, 0, ROWS);

    memcpy(end, "<html>\n", 8);
    expect_whole();
    collect("c", scratch, strlen(scratch));
    compare(0, 0, 1, 0, 0);
    ck_assert(!first_of(FINDING_DAMAGED)->has_other);
    ck_assert_str_eq(strbuf_text(&first_of(FINDING_DAMAGED)->found), "<html>");
}
END_TEST

START_TEST(a_row_written_in_another_way_is_whole)
{
    char *end = put_rows(scratch, 0, ROWS - 1);

    snprintf(end, ROW_BYTES,
             "{\"Tags\": [\"a\", null], \"Value\": 39.5, \"Name\": \"Zo\\u00eb 39\", \"Id\": "
             "\"%08x-5717-4562-b3fc-2c963f66afa6\"}\n",
             39 * 7919);
    expect_whole();
    collect("c", scratch, strlen(scratch));
    compare(0, 0, 0, 0, 1);
}
END_TEST

START_TEST(rows_of_another_export_are_foreign)
{
    rig_add(&expected, 0, "e", whole, (size_t)(put_rows(scratch, 0, 30) - scratch));
    collect("c", whole, strlen(whole));
    compare(0, 0, 0, 10, 0);
    findings_release(&findings);
    rig_add(&expected, 1, "f", whole + strlen(whole) - strlen(rows[39]), strlen(rows[39]));
    compare(0, 0, 0, 9, 0);
}
END_TEST

START_TEST(a_newer_state_of_a_row_supersedes_an_older_one)
{
    memcpy(scratch, whole, strlen(whole) + 1);
    *strstr(scratch, "8.50") = '9';
    rig_add(&expected, 0, "older", whole, strlen(whole));
    rig_add(&expected, 1, "newer", scratch, strlen(scratch));
    collect("c", scratch, strlen(scratch));
    compare(0, 0, 0, 0, 0);
    ck_assert_uint_eq(findings.superseded_count, 1);
    findings_release(&findings);
    expected.items[1].export = 0;
    compare(1, 0, 0, 0, 0);
}
END_TEST

START_TEST(rows_without_id_are_compared_as_a_whole)
{
    static const char with[] = "{\"a\":1}\n{\"a\":2}\n[3]\n", without[] = "{\"a\": 2}\n{\"a\":3}\n";

    rig_add(&expected, 0, "e", with, strlen(with));
    collect("c", without, strlen(without));
    compare(2, 0, 0, 1, 1);
}
END_TEST

START_TEST(crlf_is_no_difference_on_either_side)
{
    size_t length = 0;

    for (const char *at = whole; *at; at++) {
        if (*at == '\n')
            scratch[length++] = '\r';
        scratch[length++] = *at;
    }
    expect_whole();
    collect("c", scratch, length);
    compare(0, 0, 0, 0, 0);
    ck_assert_uint_eq(findings.oddities.crlf_lines, ROWS);
    findings_release(&findings);
    rig_clear(&expected);
    rig_clear(&collected);
    rig_add(&expected, 0, "e", scratch, length);
    collect("c", whole, strlen(whole));
    compare(0, 0, 0, 0, 0);
    ck_assert_uint_eq(findings.oddities.crlf_lines, 0);
}
END_TEST

/* However much of a file arrived, every row is told about: whole, damaged or missing. */
START_TEST(a_file_may_end_at_every_byte)
{
    size_t length = (size_t)(put_rows(scratch, 0, 4) - scratch);

    for (size_t kept = 0; kept <= length; kept++) {
        size_t at = 0, complete = 0;
        const char *row;

        rig_clear(&expected);
        rig_clear(&collected);
        rig_add(&expected, 0, "e", scratch, length);
        collect("c", scratch, kept);
        rig_compare(&expected, &collected, &findings);
        while (complete < 4 && at + strlen(rows[complete]) - 1 <= kept)
            at += strlen(rows[complete++]);
        row = kept > at ? scratch + at : NULL; /* a row that was begun */
        ck_assert_uint_eq(findings.counts[FINDING_DAMAGED], row != NULL);
        if (row && first_of(FINDING_DAMAGED)->has_other) {
            ck_assert_uint_eq(findings.counts[FINDING_MISSING], 3 - complete);
            ck_assert_uint_eq(first_of(FINDING_DAMAGED)->differs_at, kept - at);
            ck_assert_ptr_nonnull(strstr(strbuf_text(&first_of(FINDING_DAMAGED)->reason), "cut"));
        } else {
            ck_assert_uint_eq(findings.counts[FINDING_MISSING], 4 - complete);
        }
        ck_assert_uint_eq(findings.counts[FINDING_DOUBLED] + findings.counts[FINDING_FOREIGN], 0);
        findings_release(&findings);
    }
    findings_init(&findings, 0);
}
END_TEST

/* So many rows that they do not fit in memory at once: groups and a temporary file. */
START_TEST(many_differences_go_through_a_file)
{
    enum { COUNT = 300000, BYTES = 64 };
    char *export = malloc((size_t)COUNT * BYTES + 1), *own = malloc((size_t)COUNT * BYTES + 1);
    size_t length = 0, own_length = 0;

    for (int i = 0; i < COUNT; i++)
        length +=
            (size_t)snprintf(export + length, BYTES + 1, "{\"Id\":\"%036d\",\"V\":%d}\n", i, i);
    for (int i = COUNT - 1; i > 0; i--)
        own_length += (size_t)snprintf(own + own_length, BYTES + 1,
                                       "{\"V\": %d,\"Id\":\"%036d\"}\n", i % 1000 ? i : i + 1, i);
    rig_add(&expected, 0, "e", export, length);
    collect("c", own, own_length);
    compare(1, 0, COUNT / 1000 - 1, 0, COUNT - COUNT / 1000);
    ck_assert_uint_eq(first_of(FINDING_MISSING)->at.line, 1);
    ck_assert_uint_eq(first_of(FINDING_DAMAGED)->at.line, 1000);
    ck_assert_uint_eq(first_of(FINDING_REWRITTEN)->at.line, 1);
    free(export);
    free(own);
}
END_TEST

static enum status refuse(void *state, uint64_t offset, void *out, size_t length)
{
    (void)state;
    (void)offset;
    (void)out;
    (void)length;
    return STATUS_IO;
}

START_TEST(a_file_that_cannot_be_read_is_an_error)
{
    struct findings none;
    struct error err;

    expect_whole();
    collect("broken", whole, strlen(whole));
    collected.items[0].source.read_at = refuse;
    ck_assert_int_eq(verify_run(&expected.files, &collected.files, &none, &err), STATUS_IO);
    ck_assert_ptr_nonnull(strstr(err.message, "broken"));
    findings_init(&findings, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("verify_engine");
    TCase *cases = tcase_create("all");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, the_same_file_is_whole);
    tcase_add_test(cases, nothing_of_nothing_is_whole);
    tcase_add_test(cases, order_and_division_do_not_matter);
    tcase_add_test(cases, files_of_the_export_may_be_merged);
    tcase_add_test(cases, tells_which_rows_are_missing);
    tcase_add_test(cases, shows_the_first_rows_of_many);
    tcase_add_test(cases, tells_where_a_row_is_doubled);
    tcase_add_test(cases, a_row_that_is_exported_twice_may_be_collected_once_or_twice);
    tcase_add_test(cases, tells_where_a_row_is_damaged);
    tcase_add_test(cases, says_what_is_no_utf8_or_no_json);
    tcase_add_test(cases, a_damaged_id_is_foreign_and_the_row_missing);
    tcase_add_test(cases, a_line_without_id_that_is_no_json_is_damaged);
    tcase_add_test(cases, a_row_written_in_another_way_is_whole);
    tcase_add_test(cases, rows_of_another_export_are_foreign);
    tcase_add_test(cases, a_newer_state_of_a_row_supersedes_an_older_one);
    tcase_add_test(cases, rows_without_id_are_compared_as_a_whole);
    tcase_add_test(cases, crlf_is_no_difference_on_either_side);
    tcase_add_test(cases, a_file_may_end_at_every_byte);
    tcase_add_test(cases, many_differences_go_through_a_file);
    tcase_add_test(cases, a_file_that_cannot_be_read_is_an_error);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
