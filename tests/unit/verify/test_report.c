/* What a report says, in words and as JSON. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "json/document.h"
#include "rig.h"
#include "verify/report.h"

#define ROW(id, value) "{\"Id\":\"" id "\",\"V\":" value "}\n"

static struct rig_side expected, collected;
static struct findings findings;
static struct strbuf text = STRBUF_INIT;

static const char *report(void (*write)(const struct report_subject *subject, struct strbuf *out))
{
    struct report_subject subject = {&findings, &expected.files, &collected.files, NULL};

    strbuf_reset(&text);
    write(&subject, &text);
    return strbuf_text(&text);
}

static void compare(const char *export, const char *own)
{
    rig_clear(&expected);
    rig_clear(&collected);
    rig_add(&expected, 0, "e-1.jsonl", export, strlen(export));
    rig_add(&collected, 0, "out/c.jsonl", own, strlen(own));
    rig_compare(&expected, &collected, &findings);
}

static const char export[] = ROW("1", "1") ROW("2", "2") ROW("3", "3");

START_TEST(says_that_all_is_well)
{
    compare(export, export);
    ck_assert_str_eq(report(report_write_text), "exported: 3 rows in 1 file, 51 bytes\n"
                                                "collected: 3 rows in 1 file, 51 bytes\n"
                                                "\n"
                                                "all rows are there, once and whole\n");
    ck_assert_ptr_nonnull(strstr(report(report_write_json), "{\"complete\":true,"));
    findings_release(&findings);
}
END_TEST

START_TEST(says_what_is_wrong_and_where)
{
    compare(export, ROW("1", "1") ROW("1", "1") ROW("2", "7") ROW("4", "4") "\n");
    ck_assert_str_eq(report(report_write_text),
                     "exported: 3 rows in 1 file, 51 bytes\n"
                     "collected: 4 rows in 1 file, 69 bytes\n"
                     "\n"
                     "missing: 1 row of the export not collected\n"
                     "  e-1.jsonl: 1 of its 3 rows, line 3, byte 35\n"
                     "    e-1.jsonl:3:35: {\"Id\":\"3\",\"V\":3}\n"
                     "\n"
                     "damaged: 1 row not as exported\n"
                     "  out/c.jsonl:3:49: not as the export has it\n"
                     "    has {\"Id\":\"2\",\"V\":7}\n"
                     "    not {\"Id\":\"2\",\"V\":2}, as e-1.jsonl:2:32\n"
                     "\n"
                     "doubled: 1 row collected once too often\n"
                     "  out/c.jsonl:2:18: {\"Id\":\"1\",\"V\":1}, first at out/c.jsonl:1:1\n"
                     "\n"
                     "foreign: 1 row of no export that was compared with\n"
                     "  out/c.jsonl:4:52: {\"Id\":\"4\",\"V\":4}\n"
                     "\n"
                     "note: 1 line is blank\n"
                     "1 missing, 1 doubled, 1 damaged, 1 foreign\n");
    findings_release(&findings);
}
END_TEST

START_TEST(json_is_sound_whatever_was_collected)
{
    struct json_document document;
    struct error err;

    compare(export, "{\"Id\":\"2\",\"\xff\x01\"\n" ROW("3", " 3.0") "\"\xf0\x9f\"\\");
    report(report_write_json);
    ck_assert_int_eq(json_read(text.data, text.length - 1, &document, &err), STATUS_OK);
    json_document_release(&document);
    ck_assert_ptr_nonnull(strstr(strbuf_text(&text), "\"complete\":false"));
    ck_assert_ptr_nonnull(strstr(strbuf_text(&text), "\"rewritten\":{\"count\":1,"));
    ck_assert_ptr_nonnull(strstr(strbuf_text(&text),
                                 "\"missingByFile\":[{\"file\":\"e-1.jsonl\",\"rowCount\":3,"
                                 "\"missingCount\":1,\"firstLine\":1,\"lastLine\":1}]"));
    findings_release(&findings);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("verify_report");
    TCase *cases = tcase_create("all");
    SRunner *runner;
    int failed;

    tcase_add_test(cases, says_that_all_is_well);
    tcase_add_test(cases, says_what_is_wrong_and_where);
    tcase_add_test(cases, json_is_sound_whatever_was_collected);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    strbuf_release(&text);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
