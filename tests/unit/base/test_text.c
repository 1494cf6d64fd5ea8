#include <check.h>
#include <string.h>

#include "base/escape.h"
#include "base/excerpt.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "base/xml.h"

START_TEST(knows_well_formed_characters)
{
    ck_assert_uint_eq(utf8_character("a", 1), 1);
    ck_assert_uint_eq(utf8_character("\0", 1), 1);
    ck_assert_uint_eq(utf8_character("\xc3\xa9", 2), 2);
    ck_assert_uint_eq(utf8_character("\xe2\x82\xac", 3), 3);
    ck_assert_uint_eq(utf8_character("\xed\x9f\xbf", 3), 3);
    ck_assert_uint_eq(utf8_character("\xf0\x9f\x98\x80", 4), 4);
    ck_assert_uint_eq(utf8_character("\xf4\x8f\xbf\xbf", 4), 4);
    ck_assert_uint_eq(utf8_valid_prefix("a\xc3\xa9z", 4), 4);
    ck_assert_uint_eq(utf8_valid_prefix("", 0), 0);
}
END_TEST

START_TEST(refuses_overlong_surrogate_and_cut_characters)
{
    static const char *const texts[] = {
        "\x80",
        "\xbf",
        "\xc0\x80",
        "\xc1\xbf",
        "\xc3",
        "\xc3z",
        "\xe0\x9f\xbf",
        "\xed\xa0\x80",
        "\xe2\x82",
        "\xe2\x82z",
        "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xff",
        "\xf0\x9f\x98",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(utf8_character(texts[i], strlen(texts[i])) == 0, "text %zu", i);
    ck_assert_uint_eq(utf8_character("", 0), 0);
    ck_assert_uint_eq(utf8_valid_prefix("ab\xff"
                                        "cd",
                                        5),
                      2);
}
END_TEST

static void expect_escaped(const char *text, size_t length, const char *expected)
{
    struct strbuf buf = STRBUF_INIT;

    escape_append(&buf, text, length);
    ck_assert_str_eq(buf.data, expected);
    strbuf_release(&buf);
}

START_TEST(escapes_what_json_must_not_hold)
{
    expect_escaped("", 0, "");
    expect_escaped("plain", 5, "plain");
    expect_escaped("a\"b\\c/d", 7, "a\\\"b\\\\c/d");
    expect_escaped("\b\f\n\r\t\0\x1f\x7f", 8, "\\b\\f\\n\\r\\t\\u0000\\u001f\x7f");
    expect_escaped("caf\xc3\xa9 \xf0\x9f\x98\x80", 10, "caf\xc3\xa9 \xf0\x9f\x98\x80");
    expect_escaped("a\xff\xc3", 3, "a\xef\xbf\xbd\xef\xbf\xbd");
}
END_TEST

/* Every byte at every place of a text that is read by blocks. */
START_TEST(finds_an_unclean_byte_wherever_it_stands)
{
    char text[100];

    for (size_t at = 0; at < sizeof text; at++) {
        for (int c = 0; c < 256; c++) {
            bool clean = c >= 0x20 && c < 0x80 && c != '"' && c != '\\';

            memset(text, 'x', sizeof text);
            text[at] = (char)c;
            ck_assert_msg(escape_clean_length(text, sizeof text) == (clean ? sizeof text : at),
                          "byte %d at %zu", c, at);
        }
    }
}
END_TEST

START_TEST(escapes_what_xml_must_not_hold)
{
    struct strbuf out = STRBUF_INIT;

    xml_append(&out, "a<b>&\"c\"\n\t\x01\x7f\xc3\xa9");
    ck_assert_str_eq(strbuf_text(&out), "a&lt;b&gt;&amp;&quot;c&quot;\n\t?\x7f\xc3\xa9");
    strbuf_reset(&out);
    xml_append_byte(&out, '"', XML_ELEMENT);
    xml_append_byte(&out, '&', XML_ELEMENT);
    ck_assert_str_eq(strbuf_text(&out), "\"&amp;");
    strbuf_release(&out);
}
END_TEST

START_TEST(quotes_input_for_a_message)
{
    char longer[80];

    ck_assert_str_eq(excerpt("abc", 3).text, "\"abc\"");
    ck_assert_str_eq(excerpt("", 0).text, "\"\"");
    ck_assert_str_eq(excerpt("a\"b\nc\xff", 6).text, "\"a?b?c?\"");
    memset(longer, 'x', sizeof longer);
    ck_assert_uint_eq(strlen(excerpt(longer, sizeof longer).text), 48 + 2 + 3);
    ck_assert_uint_eq(strlen(excerpt(longer, 48).text), 48 + 2);
    memcpy(longer + 46, "\xf0\x9f\x98\x80", 4);
    ck_assert_uint_eq(strlen(excerpt(longer, sizeof longer).text), 50 + 2 + 3);
}
END_TEST

START_TEST(finds_the_nearest_name)
{
    static const char *const known[] = {"ClientToken", "AccessToken", "EntityType", "Scope", "by"};
    char longer[200];

    ck_assert_str_eq(nearest_name("entityType", known, 5), "EntityType");
    ck_assert_str_eq(nearest_name("EnityType", known, 5), "EntityType");
    ck_assert_str_eq(nearest_name("EntitiyTpye", known, 5), "EntityType");
    ck_assert_str_eq(nearest_name("Scpoe", known, 5), "Scope");
    ck_assert_str_eq(nearest_name("BY", known, 5), "by");
    ck_assert_ptr_null(nearest_name("to", known, 5));
    ck_assert_ptr_null(nearest_name("", known, 5));
    ck_assert_ptr_null(nearest_name("Limitation", known, 5));
    ck_assert_ptr_null(nearest_name("Scope", known, 0));
    memset(longer, 'x', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    ck_assert_ptr_null(nearest_name(longer, known, 5));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, knows_well_formed_characters);
    tcase_add_test(tests, refuses_overlong_surrogate_and_cut_characters);
    tcase_add_test(tests, escapes_what_json_must_not_hold);
    tcase_add_test(tests, finds_an_unclean_byte_wherever_it_stands);
    tcase_add_test(tests, escapes_what_xml_must_not_hold);
    tcase_add_test(tests, quotes_input_for_a_message);
    tcase_add_test(tests, finds_the_nearest_name);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
