#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/comments.h"
#include "json/syntax.h"

#define VALUES_MAX 1000

/* A copy without anything behind it, so that a sanitizer sees a read past the end. */
static enum status check_exact(const char *text, size_t length, struct error *err)
{
    char *copy = malloc(length ? length : 1);
    enum status status;

    memcpy(copy, text, length);
    status = json_check_syntax(copy, length, VALUES_MAX, err);
    free(copy);
    return status;
}

START_TEST(takes_what_the_grammar_takes)
{
    static const char *const texts[] = {
        "{}",
        "[]",
        "null",
        "true",
        " false ",
        "\"\"",
        "0",
        "-0",
        "-0.5e+10",
        "1E5",
        "10.25",
        " \t\r\n{ \"a\" : [ 1 , 2 , { } , [ ] ] , \"\" : null } \n",
        "\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00e9 \\uD83D\\uDE00\"",
        "\"caf\xc3\xa9 \xf0\x9f\x98\x80 \x7f\"",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        "123456789012345678901234567890123456789012345678901234567890123",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct error err = {0};
        enum status status = check_exact(texts[i], strlen(texts[i]), &err);

        ck_assert_msg(status == STATUS_OK, "%s: %s", texts[i], err.message);
    }
}
END_TEST

static void refuse(const char *text, const char *message)
{
    struct error err = {0};
    enum status status = check_exact(text, strlen(text), &err);

    ck_assert_msg(status == STATUS_MALFORMED, "%s is taken", text);
    ck_assert_str_eq(err.message, message);
    ck_assert_str_eq(err.field, "");
}

START_TEST(teaches_what_to_write_instead)
{
    refuse("", "empty, but a JSON value is expected, for example {}");
    refuse(" \n ", "empty, but a JSON value is expected, for example {}");
    refuse("{\"a\": 1,}", "line 1, column 9: a comma before }: remove it");
    refuse("[1, 2,\n ]", "line 2, column 2: a comma before ]: remove it");
    refuse("[1,,2]", "line 1, column 4: a comma without a value before it: remove it");
    refuse("{,}", "line 1, column 2: a comma without a value before it: remove it");
    refuse("{'a': 1}", "line 1, column 2: single quotes: JSON takes double quotes only");
    refuse("{\"a\": 'b'}", "line 1, column 7: single quotes: JSON takes double quotes only");
    refuse("// x\n{}", "line 1, column 1: comments are not allowed in JSON: remove it");
    refuse("{ # x\n}", "line 1, column 3: comments are not allowed in JSON: remove it");
    refuse("{\"a\": 1 /* x */}", "line 1, column 9: comments are not allowed in JSON: remove it");
    refuse("{Client: 1}", "line 1, column 2: put the name in double quotes: \"Client\"");
    refuse("{\"Client\": mews}",
           "line 1, column 12: \"mews\" is not JSON: put text in double quotes");
    refuse("{1: 2}", "line 1, column 2: put the name in double quotes: \"1\"");
    refuse("{\"a\" 1}", "line 1, column 6: a colon is missing after the name");
    refuse("{\"a\" = 1}", "line 1, column 6: a colon is missing after the name");
    refuse("{\"a\": 1 \"b\": 2}", "line 1, column 9: a comma is missing before this");
    refuse("[1 2]", "line 1, column 4: a comma is missing before this");
    refuse("[\"a\": 1]", "line 1, column 5: a colon in an array: names and values stand in an "
                         "object, {...}");
    refuse("{\"a\": 1: 2}", "line 1, column 8: a second colon after a name");
    refuse("{\"a\": }", "line 1, column 7: a value is missing before }");
    refuse("]", "line 1, column 1: a value is missing before ]");
    refuse("[1}", "line 1, column 3: a comma or ] is expected, but \"}\" is there");
    refuse("{\"a\": 1]", "line 1, column 8: a comma or } is expected, but \"]\" is there");
    refuse("[=]", "line 1, column 2: a value is expected, but \"=\" is there");
    refuse("{=}", "line 1, column 2: a name in double quotes is expected, but \"=\" is there");
    refuse("[\xc3\xa9]", "line 1, column 2: a value is expected, but \"\xc3\xa9\" is there");
    refuse("{} {}", "line 1, column 4: text after the end of the JSON value: remove it");
    refuse("a=b&c=d", "line 1, column 1: \"a\" is not JSON: put text in double quotes");
}
END_TEST

START_TEST(knows_the_words_of_other_languages)
{
    refuse("[True]", "line 1, column 2: \"True\" is not JSON: write true");
    refuse("None", "line 1, column 1: \"None\" is not JSON: write null");
    refuse("[nullx]", "line 1, column 2: \"nullx\" is not JSON: put text in double quotes");
    refuse("[undefined]", "line 1, column 2: \"undefined\" is not JSON: write null");
    refuse("[NaN]", "line 1, column 2: \"NaN\" is not JSON: write null");
    refuse("[-Infinity]", "line 1, column 3: a digit is missing after the minus");
    refuse("nul", "line 1, column 1: \"nul\" is not JSON: put text in double quotes");
}
END_TEST

START_TEST(refuses_numbers_that_only_look_like_some)
{
    refuse("[01]", "line 1, column 3: a number must not begin with 0: leave the 0 out");
    refuse("[-01]", "line 1, column 4: a number must not begin with 0: leave the 0 out");
    refuse("[+1]", "line 1, column 2: a number must not begin with +: leave it out");
    refuse("[.5]", "line 1, column 2: a number must not begin with a point: write 0.5, not .5");
    refuse("[5.]", "line 1, column 4: a digit is missing after the decimal point");
    refuse("[1e]", "line 1, column 4: a digit is missing in the exponent");
    refuse("1e+", "line 1, column 4: a digit is missing in the exponent");
    refuse("-", "line 1, column 2: a digit is missing after the minus");
    refuse("[0x1]", "line 1, column 3: a comma or ] is expected, but \"x1\" is there");
    refuse("1234567890123456789012345678901234567890123456789012345678901234",
           "line 1, column 1: a number of more than 63 characters");
}
END_TEST

START_TEST(refuses_strings_that_are_none)
{
    refuse("{\"a\": \"b}",
           "line 1, column 7: a string begins here and is not closed: end it with a "
           "double quote");
    refuse("{\"a\": \"b\n}",
           "line 1, column 7: a string begins here and is not closed on its line: "
           "end it with a double quote");
    refuse("\"", "line 1, column 1: a string begins here and is not closed: end it with a double "
                 "quote");
    refuse("\"a\tb\"", "line 1, column 3: a control character in a string: write \\t");
    refuse("\"\x01\"", "line 1, column 2: a control character in a string: write \\u0001");
    refuse("\"\\x41\"", "line 1, column 2: unknown escape: write \\\\ for a backslash itself");
    refuse("\"C:\\dir\"", "line 1, column 4: unknown escape: write \\\\ for a backslash itself");
    refuse("\"\\", "line 1, column 2: unknown escape: write \\\\ for a backslash itself");
    refuse("\"\\u12g4\"", "line 1, column 2: \\u takes four hex digits, for example \\u00e9");
    refuse("\"\\u12", "line 1, column 2: \\u takes four hex digits, for example \\u00e9");
    refuse("\"\\u:123\"", "line 1, column 2: \\u takes four hex digits, for example \\u00e9");
    refuse("\"\\u@123\"", "line 1, column 2: \\u takes four hex digits, for example \\u00e9");
    refuse("\"\\u0000\"", "line 1, column 2: \\u0000 cannot stand in a string here");
    refuse("\"\\ud83d\"", "line 1, column 2: the first half of a surrogate pair lacks its second");
    refuse("\"\\ud83d\\u0041\"",
           "line 1, column 2: the first half of a surrogate pair lacks its second");
    refuse("\"\\ude00\"", "line 1, column 2: the second half of a surrogate pair stands alone");
    refuse("\"\xc3\xa9\xff\"", "line 1, column 3: a byte that is not UTF-8");
    refuse("\"\xed\xa0\x80\"", "line 1, column 2: a byte that is not UTF-8");
}
END_TEST

START_TEST(says_what_was_cut_off)
{
    refuse("{", "line 1, column 2: the text ends here, but the object that begins at line 1, "
                "column 1 is not closed with }");
    refuse("{\"a\"", "line 1, column 5: the text ends here, but the object that begins at line 1, "
                     "column 1 is not closed with }");
    refuse("{\n \"a\": [1,", "line 2, column 10: the text ends here, but the array that begins at "
                             "line 2, column 7 is not closed with ]");
}
END_TEST

START_TEST(knows_other_encodings)
{
    struct error err = {0};

    refuse("\xef\xbb\xbf{}", "line 1, column 1: a byte order mark: save or send the text as UTF-8 "
                             "without one");
    refuse("\xff\xfe{", "line 1, column 1: this looks like UTF-16: JSON is UTF-8");
    ck_assert_int_eq(check_exact("{\0}\0", 4, &err), STATUS_MALFORMED);
    ck_assert_str_eq(err.message, "line 1, column 1: this looks like UTF-16: JSON is UTF-8");
    ck_assert_int_eq(check_exact("{}\0", 3, &err), STATUS_MALFORMED);
    ck_assert_str_eq(err.message,
                     "line 1, column 3: text after the end of the JSON value: remove it");
    ck_assert_int_eq(check_exact("[\"a\0\"]", 6, &err), STATUS_MALFORMED);
    ck_assert_str_eq(err.message, "line 1, column 4: a NUL byte in a string");
}
END_TEST

START_TEST(limits_depth_and_values)
{
    char deep[2 * (JSON_DEPTH_MAX + 1)];
    char many[2 * VALUES_MAX + 2];
    struct error err = {0};

    memset(deep, '[', JSON_DEPTH_MAX + 1);
    memset(deep + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
    ck_assert_int_eq(check_exact(deep, sizeof deep, &err), STATUS_LIMIT);
    ck_assert_str_eq(err.message,
                     "line 1, column 33: more than 32 objects and arrays in one another");
    for (size_t i = 0; i < sizeof many; i += 2)
        memcpy(many + i, i ? ",1" : "[1", 2);
    many[2 * VALUES_MAX - 2] = ']'; /* the array and VALUES_MAX - 1 numbers */
    ck_assert_int_eq(check_exact(many, 2 * VALUES_MAX - 1, &err), STATUS_OK);
    many[2 * VALUES_MAX - 2] = ',';
    many[2 * VALUES_MAX] = ']';
    ck_assert_int_eq(check_exact(many, 2 * VALUES_MAX + 1, &err), STATUS_LIMIT);
    ck_assert_ptr_nonnull(strstr(err.message, ": too many values"));
}
END_TEST

/* Every beginning of a text that is right is refused without reading past its end. */
START_TEST(refuses_every_beginning)
{
    static const char text[] =
        "{\"a\":[1.5e3,\"\\u00e9\\ud83d\\ude00\xc3\xa9\",true,null,{}],\"b\":-0}";

    for (size_t length = 0; length < sizeof text - 1; length++)
        ck_assert_msg(check_exact(text, length, NULL) == STATUS_MALFORMED, "%zu bytes", length);
    ck_assert_int_eq(check_exact(text, sizeof text - 1, NULL), STATUS_OK);
}
END_TEST

static void expect_blanked(const char *text, const char *expected)
{
    char copy[64];

    snprintf(copy, sizeof copy, "%s", text);
    json_blank_comments(copy, strlen(copy));
    ck_assert_str_eq(copy, expected);
}

START_TEST(blanks_comments)
{
    expect_blanked("{} // x\n1", "{}     \n1");
    expect_blanked("/* a\nb */1", "    \n    1");
    expect_blanked("\"// no\" // yes", "\"// no\"       ");
    expect_blanked("\"\\\"// no\"/**/", "\"\\\"// no\"    ");
    expect_blanked("1 /* open", "1        ");
    expect_blanked("/*/1", "    ");
    expect_blanked("a / b /", "a / b /");
    expect_blanked("\"open\n// x", "\"open\n    ");
    expect_blanked("\"open\\", "\"open\\");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("syntax");
    TCase *tests = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, takes_what_the_grammar_takes);
    tcase_add_test(tests, teaches_what_to_write_instead);
    tcase_add_test(tests, knows_the_words_of_other_languages);
    tcase_add_test(tests, refuses_numbers_that_only_look_like_some);
    tcase_add_test(tests, refuses_strings_that_are_none);
    tcase_add_test(tests, says_what_was_cut_off);
    tcase_add_test(tests, knows_other_encodings);
    tcase_add_test(tests, limits_depth_and_values);
    tcase_add_test(tests, refuses_every_beginning);
    tcase_add_test(tests, blanks_comments);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
