#include <check.h>

#include "fake.h"
#include "http/file_reply.h"

#define SIZE 2000

static const struct file_reply_facts facts = {"abc", "application/x-ndjson",
                                              INT64_C(1786096800250)};

/* The answer under test, made anew by ask(). */
static struct http_response response;
static struct fake_source fake;

static void ask_sized(const char *method, struct fake_fields fields, uint64_t size)
{
    struct http_request request = fake_request(method, &fields);

    http_response_release(&response);
    http_response_init(&response);
    fake = (struct fake_source){NULL, 0, false};
    file_reply(&request, &response, fake_source_of(&fake, size), &facts);
}

static void ask(const char *method, struct fake_fields fields)
{
    ask_sized(method, fields, SIZE);
}

static void expect_field(const char *name, const char *value)
{
    const char *is = http_response_find_header(&response, name);

    if (value)
        ck_assert_str_eq(is ? is : "(none)", value);
    else
        ck_assert_ptr_null(is);
}

static void expect_body(int status, uint64_t offset, uint64_t length)
{
    ck_assert_int_eq(response.status, status);
    ck_assert_int_eq(response.body, HTTP_BODY_RANGE);
    ck_assert_uint_eq(response.offset_bytes, offset);
    ck_assert_uint_eq(response.length_bytes, length);
    ck_assert_int_eq(fake.released, 0);
}

static void expect_no_body(int status)
{
    ck_assert_int_eq(response.status, status);
    ck_assert_int_eq(response.body, HTTP_BODY_TEXT);
    ck_assert_uint_eq(response.text.length, 0);
    ck_assert_int_eq(fake.released, 1);
    expect_field("Content-Type", NULL);
}

START_TEST(serves_the_whole_file)
{
    static const struct {
        const char *method;
        struct fake_fields fields;
    } asked[] = {
        {"GET", {{NULL}}},
        {"HEAD", {{NULL}}},
        {"HEAD", {{"Accept-Encoding", "gzip"}}}, /* who asks for the length gets it */
    };

    for (int i = 0; i < 3; i++) {
        ask(asked[i].method, asked[i].fields);
        expect_body(200, 0, SIZE);
        expect_field("Accept-Ranges", "bytes");
        expect_field("ETag", "\"abc\"");
        expect_field("Last-Modified", "Fri, 07 Aug 2026 10:00:00 GMT");
        expect_field("Content-Type", "application/x-ndjson");
        expect_field("Vary", "Accept-Encoding");
        expect_field("Content-Range", NULL);
        expect_field("Content-Encoding", NULL);
    }
    http_response_release(&response);
    ck_assert_int_eq(fake.released, 1);
}
END_TEST

START_TEST(serves_a_range)
{
    ask("GET", (struct fake_fields){{"Range", "bytes=100-199"}});
    expect_body(206, 100, 100);
    expect_field("Content-Range", "bytes 100-199/2000");
    expect_field("ETag", "\"abc\"");
    ask("GET", (struct fake_fields){{"Range", "bytes=-1"}});
    expect_body(206, 1999, 1);
    expect_field("Content-Range", "bytes 1999-1999/2000");
    ask("GET", (struct fake_fields){{"Range", "bytes=0-1,4-5"}});
    expect_body(200, 0, SIZE);
    ask("HEAD", (struct fake_fields){{"Range", "bytes=100-199"}});
    expect_body(200, 0, SIZE);
}
END_TEST

START_TEST(refuses_a_range_behind_the_end)
{
    ask("GET", (struct fake_fields){{"Range", "bytes=2000-"}});
    expect_no_body(416);
    expect_field("Content-Range", "bytes */2000");
    ask_sized("GET", (struct fake_fields){{"Range", "bytes=0-"}}, 0);
    expect_no_body(416);
    expect_field("Content-Range", "bytes */0");
}
END_TEST

START_TEST(serves_an_empty_file)
{
    ask_sized("GET", (struct fake_fields){{"Accept-Encoding", "gzip"}}, 0);
    expect_body(200, 0, 0);
    ask_sized("GET", (struct fake_fields){{"Range", "bytes=-5"}}, 0);
    expect_body(200, 0, 0);
}
END_TEST

START_TEST(compresses_when_asked_and_worth_it)
{
    ask("GET", (struct fake_fields){{"Accept-Encoding", "gzip"}});
    ck_assert_int_eq(response.status, 200);
    ck_assert_int_eq(response.body, HTTP_BODY_GZIP);
    expect_field("Content-Encoding", "gzip");
    expect_field("ETag", "\"abc-gzip\"");
    ask_sized("GET", (struct fake_fields){{"Accept-Encoding", "gzip"}}, 1023);
    expect_body(200, 0, 1023);
    expect_field("Content-Encoding", NULL);
    ask("GET", (struct fake_fields){{"Accept-Encoding", "gzip", "Range", "bytes=0-9"}});
    expect_body(206, 0, 10);
    expect_field("ETag", "\"abc\"");
    ask("GET", (struct fake_fields){{"Accept-Encoding", "gzip", "Range", "rows=0-9"}});
    expect_body(200, 0, SIZE);
}
END_TEST

START_TEST(answers_conditions)
{
    ask("GET", (struct fake_fields){{"If-None-Match", "\"abc\""}});
    expect_no_body(304);
    expect_field("ETag", "\"abc\"");
    expect_field("Vary", "Accept-Encoding");
    ask("HEAD", (struct fake_fields){{"If-None-Match", "*"}});
    expect_no_body(304);
    ask("GET", (struct fake_fields){{"If-None-Match", "\"abc-gzip\""}});
    expect_body(200, 0, SIZE);
    ask("GET", (struct fake_fields){{"If-None-Match", "\"abc-gzip\"", "Accept-Encoding", "gzip"}});
    expect_no_body(304);
    expect_field("ETag", "\"abc-gzip\"");
    ask("GET", (struct fake_fields){{"If-Match", "\"x\"", "Range", "bytes=0-9"}});
    expect_no_body(412);
    ask("GET", (struct fake_fields){{"If-None-Match", "\"abc\"", "Range", "bytes=0-9"}});
    expect_no_body(304);
}
END_TEST

START_TEST(resumes_only_the_same_bytes)
{
    ask("GET", (struct fake_fields){{"If-Range", "\"abc\"", "Range", "bytes=5-"}});
    expect_body(206, 5, SIZE - 5);
    ask("GET", (struct fake_fields){{"If-Range", "\"old\"", "Range", "bytes=5-"}});
    expect_body(200, 0, SIZE);
    ask("GET", (struct fake_fields){{"If-Range", "\"abc-gzip\"", "Range", "bytes=5-"}});
    expect_body(200, 0, SIZE);
    ask("GET", (struct fake_fields){{"If-Range", "\"old\"", "Range", "bytes=9999-"}});
    expect_body(200, 0, SIZE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("file_reply");
    TCase *tcase = tcase_create("file_reply");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, serves_the_whole_file);
    tcase_add_test(tcase, serves_a_range);
    tcase_add_test(tcase, refuses_a_range_behind_the_end);
    tcase_add_test(tcase, serves_an_empty_file);
    tcase_add_test(tcase, compresses_when_asked_and_worth_it);
    tcase_add_test(tcase, answers_conditions);
    tcase_add_test(tcase, resumes_only_the_same_bytes);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
