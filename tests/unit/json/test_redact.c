#include <check.h>
#include <string.h>

#include "json/redact.h"

#define SECRET "0123456789abcdef0123456789ABCDEF"

static struct secrets secrets;
static struct strbuf out;

static void start(void)
{
    secrets = (struct secrets){.count = 0};
    out = (struct strbuf)STRBUF_INIT;
}

static void stop(void)
{
    secrets_release(&secrets);
    strbuf_release(&out);
}

static const char *body(const char *text)
{
    secrets_reset(&secrets);
    strbuf_reset(&out);
    redact_body(&out, text, strlen(text), 4096, &secrets);
    return strbuf_text(&out);
}

static const char *text(const char *from)
{
    strbuf_reset(&out);
    redact_text(&out, from, strlen(from), &secrets);
    return strbuf_text(&out);
}

static const struct {
    const char *from;
    const char *to;
} bodies[] = {
    {"", ""},
    {"{\"Client\":\"x\"}", "{\"Client\":\"x\"}"},
    {"{\"ClientToken\":\"" SECRET "\",\"A\":1}", "{\"ClientToken\":\"0123…\",\"A\":1}"},
    {"{ \"AccessToken\" : \"" SECRET "\" }", "{ \"AccessToken\" : \"0123…\" }"},
    {"{\"accesstoken\":\"" SECRET "\"}", "{\"accesstoken\":\"0123…\"}"},
    {"{\"X\":{\"AccessToken\":\"" SECRET "\"}}", "{\"X\":{\"AccessToken\":\"0123…\"}}"},
    /* short ones go as well */
    {"{\"AccessToken\":\"ab\"}", "{\"AccessToken\":\"a…\"}"},
    {"{\"AccessToken\":\"a\"}", "{\"AccessToken\":\"…\"}"},
    {"{\"AccessToken\":\"\"}", "{\"AccessToken\":\"\"}"},
    {"{\"AccessToken\":null}", "{\"AccessToken\":null}"},
    {"{\"AccessToken\":12345678}", "{\"AccessToken\":1234…}"},
    {"{\"AccessToken\":[\"" SECRET "\",{\"b\":\"]\"}],\"B\":\"" SECRET "\"}",
     "{\"AccessToken\":\"…\",\"B\":\"0123…\"}"},
    /* escapes hide nothing: neither the name nor the value */
    {"{\"\\u0041ccess\\u0054oken\":\"\\u0030123456789abcdef0123456789ABCDEF\",\"B\":\"" SECRET
     "\"}",
     "{\"AccessToken\":\"0123…\",\"B\":\"0123…\"}"},
    {"{\"AccessToken\":\"" SECRET "\",\"B\":\"x012345678\\u0039abcdef0123456789ABCDEF\"}",
     "{\"AccessToken\":\"0123…\",\"B\":\"x0123…\"}"},
    {"{\"AccessToken\":\"a\\\"b\\\\c\\u0022def\",\"B\":\"a\\u0022b\\u005cc\\\"def\"}",
     "{\"AccessToken\":\"…\",\"B\":\"…\"}"},
    {"{\"AccessToken\":\"\\ud83d\\ude00\xf0\x9f\x98\x80\\/abcd\",\"B\":\"😀😀/abcd\"}",
     "{\"AccessToken\":\"😀…\",\"B\":\"😀…\"}"},
    {"{\"B\":\"\\ud83d\\u00e9\\n\\u000a\\x\\u00g0\\", "{\"B\":\"\\ud83dé\\n\\n\\x\\u00g0\\"},
    /* what was meant to be JSON, or is something else */
    {"{'AccessToken': '" SECRET "'}", "{'AccessToken': '0123…'}"},
    {"{AccessToken: " SECRET "}", "{AccessToken: 0123…}"},
    {"{\"AccessToken\":\"" SECRET, "{\"AccessToken\":\"0123…"},
    {"ClientToken=" SECRET "&AccessToken=" SECRET "&x=1",
     "ClientToken=0123…&AccessToken=0123…&x=1"},
    {"<AccessToken>" SECRET "</AccessToken>", "<AccessToken>0123…</AccessToken>"},
    {"\"{\\\"AccessToken\\\":\\\"" SECRET "\\\",\\\"B\\\":1}\"",
     "\"{\\\"AccessToken\\\":\\\"0123…\\\",\\\"B\\\":1}\""},
    {"{\"AccessToken\":\"" SECRET "\",\"AccessToken\":\"second-" SECRET "\"}",
     "{\"AccessToken\":\"0123…\",\"AccessToken\":\"seco…\"}"},
    /* words like others */
    {"{\"Note\":\"AccessToken is missing\"}", "{\"Note\":\"AccessToken is missing\"}"},
    {"AccessToken", "AccessToken"},
    {"AccessToken:", "AccessToken:"},
    {"ccessToken=k", "ccessToken=k"},
};

START_TEST(bodies_lose_their_credentials)
{
    ck_assert_str_eq(body(bodies[_i].from), bodies[_i].to);
}
END_TEST

START_TEST(other_texts_lose_them_too)
{
    body("{\"AccessToken\":\"" SECRET "\"}");
    ck_assert_str_eq(text("at " SECRET " and " SECRET "."), "at 0123… and 0123….");
    ck_assert_str_eq(text("cut: 0123456789abcd..."), "cut: 0123…...");
    ck_assert_str_eq(text("0123456789a"), "0123456789a");
    secrets_add(&secrets, "quoted\"one", 10);
    ck_assert_str_eq(text("quoted\"one"), "quot…");
    ck_assert_str_eq(text("quoted\\\"one"), "quot…");
}
END_TEST

START_TEST(short_credentials_are_words_elsewhere)
{
    ck_assert_str_eq(body("{\"AccessToken\":\"demo\",\"Client\":\"demo\"}"),
                     "{\"AccessToken\":\"de…\",\"Client\":\"demo\"}");
}
END_TEST

/* A credential behind what is shown is known, and one at its edge is not shown in part. */
START_TEST(long_bodies_are_shown_in_part)
{
    struct strbuf long_body = STRBUF_INIT;

    strbuf_append_text(&long_body, "{\"B\":\"" SECRET "\",\"C\":\"");
    for (int i = 0; i < 100000; i++)
        strbuf_append_char(&long_body, 'x');
    strbuf_append_text(&long_body, "\",\"AccessToken\":\"" SECRET "\"}");
    redact_body(&out, long_body.data, long_body.length, 100, &secrets);
    ck_assert_uint_eq(secrets.count, 1);
    ck_assert_uint_lt(out.length, 100 + SECRET_BYTES_MAX + 1);
    ck_assert_ptr_null(strstr(strbuf_text(&out), "01234"));
    ck_assert_int_eq(strncmp(strbuf_text(&out), "{\"B\":\"0123…\"", 12), 0);
    strbuf_release(&long_body);
}
END_TEST

START_TEST(binary_bodies_are_left_out)
{
    redact_body(&out, "A\0c", 3, 100, &secrets);
    ck_assert_uint_eq(out.length, 0);
}
END_TEST

START_TEST(many_credentials_are_bounded)
{
    struct strbuf many = STRBUF_INIT;

    for (int i = 0; i < 1000; i++)
        strbuf_appendf(&many, "AccessToken=secret-%06d;", i);
    redact_body(&out, many.data, many.length, 1 << 20, &secrets);
    ck_assert_uint_eq(secrets.count, SECRETS_MAX);
    ck_assert_ptr_null(strstr(strbuf_text(&out), "secret"));
    strbuf_release(&many);
}
END_TEST

static const char *links(const char *from)
{
    strbuf_reset(&out);
    redact_links(&out, from, strlen(from));
    return strbuf_text(&out);
}

START_TEST(links_lose_their_signatures)
{
    ck_assert_str_eq(links("?sv=1&sig=abc%3D&x=1\""), "?sv=1&sig=…&x=1\"");
    ck_assert_str_eq(links("X-Amz-Signature=0123abc\",\"B\":1"), "X-Amz-Signature=…\",\"B\":1");
    ck_assert_str_eq(links("X-Goog-Signature=0123"), "X-Goog-Signature=…");
    ck_assert_str_eq(links("?expires=1&signature=00"), "?expires=1&signature=…");
    ck_assert_str_eq(links("design=1&a=b=c"), "design=1&a=b=c");
    ck_assert_str_eq(links(""), "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redact");
    TCase *tests = tcase_create("redact");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_loop_test(tests, bodies_lose_their_credentials, 0,
                        (int)(sizeof bodies / sizeof *bodies));
    tcase_add_test(tests, other_texts_lose_them_too);
    tcase_add_test(tests, short_credentials_are_words_elsewhere);
    tcase_add_test(tests, long_bodies_are_shown_in_part);
    tcase_add_test(tests, binary_bodies_are_left_out);
    tcase_add_test(tests, many_credentials_are_bounded);
    tcase_add_test(tests, links_lose_their_signatures);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
