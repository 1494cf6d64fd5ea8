#include <check.h>
#include <stdio.h>
#include <string.h>

#include "api/storage.h"

static const struct storage_facts facts = {
    .request_id = {{0x12, 0x34}},
    .now_ms = INT64_C(1786097400250),
    .from_ms = INT64_C(1786096800000),
    .until_ms = INT64_C(1786097400000),
    .method = "PUT",
    .path = "/exports/a&b-1.jsonl",
    .authorization = "Basic <x>\x01",
    .range = "bytes=9-",
    .size_bytes = 5,
    .modified_ms = INT64_C(1786096800000),
};

static struct http_response response;

static void refuse_with(enum storage_kind kind, enum storage_refusal refusal,
                        const struct storage_facts *with)
{
    http_response_release(&response);
    http_response_init(&response);
    storage_refuse(kind, refusal, with, &response);
}

static void refuse(enum storage_kind kind, enum storage_refusal refusal)
{
    refuse_with(kind, refusal, &facts);
}

static void expect_text(const char *part)
{
    ck_assert_msg(strstr(strbuf_text(&response.text), part), "%s is not in %s", part,
                  strbuf_text(&response.text));
}

static void expect_field(const char *name, const char *value)
{
    const char *is = http_response_find_header(&response, name);

    ck_assert_str_eq(is ? is : "(none)", value);
}

START_TEST(names_are_read_back)
{
    enum storage_kind kind = STORAGE_GCS;

    for (int i = 0; i < STORAGE_KIND_COUNT; i++) {
        ck_assert(storage_kind_read(storage_kind_name((enum storage_kind)i), &kind));
        ck_assert_int_eq(kind, i);
    }
    ck_assert(!storage_kind_read("Azure", &kind));
    ck_assert(!storage_kind_read("", &kind));
}
END_TEST

/* Columns: azure, s3, gcs, plain. */
START_TEST(answers_with_the_status_of_the_store)
{
    static const int statuses[STORAGE_REFUSAL_COUNT][STORAGE_KIND_COUNT] = {
        [STORAGE_NO_SIGNATURE] = {403, 403, 403, 403},
        [STORAGE_MALFORMED_LINK] = {403, 400, 400, 403},
        [STORAGE_WRONG_SIGNATURE] = {403, 403, 403, 403},
        [STORAGE_OUTDATED_LINK] = {403, 403, 403, 403},
        [STORAGE_EXPIRED_EXPORT] = {403, 403, 403, 403},
        [STORAGE_NO_FILE] = {404, 404, 404, 404},
        [STORAGE_AUTHORIZATION_SENT] = {400, 400, 401, 403},
        [STORAGE_METHOD] = {405, 405, 405, 405},
        [STORAGE_RANGE] = {416, 416, 416, 416},
        [STORAGE_PRECONDITION] = {412, 412, 412, 412},
    };

    for (int i = 0; i < STORAGE_REFUSAL_COUNT; i++) {
        for (int kind = 0; kind < STORAGE_KIND_COUNT; kind++) {
            refuse((enum storage_kind)kind, (enum storage_refusal)i);
            ck_assert_int_eq(response.status, statuses[i][kind]);
            ck_assert_uint_gt(response.text.length, 10);
            ck_assert_ptr_nonnull(http_response_find_header(&response, "Content-Type"));
        }
    }
    refuse(STORAGE_S3, STORAGE_METHOD);
    expect_field("Allow", "GET, HEAD");
}
END_TEST

START_TEST(azure_speaks_as_azure)
{
    struct storage_facts bearer = facts;

    refuse(STORAGE_AZURE, STORAGE_OUTDATED_LINK);
    expect_field("x-ms-error-code", "AuthenticationFailed");
    expect_field("x-ms-request-id", "12340000-0000-0000-0000-000000000000");
    expect_field("Content-Type", "application/xml");
    expect_field("Server", "Microsoft-HTTPAPI/2.0");
    expect_text("<Code>AuthenticationFailed</Code>");
    expect_text("\nRequestId:12340000-0000-0000-0000-000000000000\n"
                "Time:2026-08-07T10:10:00.2500000Z</Message>");
    expect_text("Expiry [Fri, 07 Aug 2026 10:10:00 GMT] - Current [Fri, 07 Aug 2026 10:10:00 GMT]");
    refuse(STORAGE_AZURE, STORAGE_AUTHORIZATION_SENT);
    expect_field("x-ms-error-code", "InvalidAuthenticationInfo");
    bearer.authorization = "bearer abc";
    refuse_with(STORAGE_AZURE, STORAGE_AUTHORIZATION_SENT, &bearer);
    ck_assert_int_eq(response.status, 403);
    expect_field("x-ms-error-code", "AuthenticationFailed");
}
END_TEST

START_TEST(s3_speaks_as_s3)
{
    refuse(STORAGE_S3, STORAGE_OUTDATED_LINK);
    expect_text("<Message>Request has expired</Message><X-Amz-Expires>600</X-Amz-Expires>"
                "<Expires>2026-08-07T10:10:00Z</Expires>"
                "<ServerTime>2026-08-07T10:10:00.250Z</ServerTime><RequestId>");
    expect_field("Server", "AmazonS3");
    ck_assert_uint_eq(strlen(http_response_find_header(&response, "x-amz-request-id")), 16);
    refuse(STORAGE_S3, STORAGE_AUTHORIZATION_SENT);
    expect_text("<ArgumentValue>Basic &lt;x&gt;?</ArgumentValue>");
    refuse(STORAGE_S3, STORAGE_NO_FILE);
    expect_text("<Key>exports/a&amp;b-1.jsonl</Key>");
    refuse(STORAGE_S3, STORAGE_RANGE);
    expect_text("<RangeRequested>bytes=9-</RangeRequested><ActualObjectSize>5</ActualObjectSize>");
}
END_TEST

START_TEST(gcs_speaks_as_gcs)
{
    refuse(STORAGE_GCS, STORAGE_OUTDATED_LINK);
    expect_text("<Code>ExpiredToken</Code>");
    expect_text("<Details>Request signature expired at: 2026-08-07T10:10:00Z; "
                "it is now 2026-08-07T10:10:00.250Z</Details>");
    expect_field("Server", "UploadServer");
    ck_assert_ptr_nonnull(http_response_find_header(&response, "X-GUploader-UploadID"));
    refuse(STORAGE_GCS, STORAGE_NO_FILE);
    expect_text("<Details>No such object: exports/a&amp;b-1.jsonl</Details>");
}
END_TEST

START_TEST(plain_is_short_text)
{
    refuse(STORAGE_PLAIN, STORAGE_OUTDATED_LINK);
    ck_assert_str_eq(response.text.data, "This link is no longer valid. It was valid until "
                                         "2026-08-07T10:10:00Z; it is now "
                                         "2026-08-07T10:10:00.250Z.\n");
    expect_field("Content-Type", "text/plain; charset=utf-8");
}
END_TEST

START_TEST(bears_missing_facts_and_long_ones)
{
    static char name[9000];
    struct storage_facts bare = {.now_ms = 0}, full = facts;

    memset(name, '<', sizeof name - 1);
    name[0] = '/';
    full.path = full.authorization = full.range = full.method = name;
    for (int i = 0; i < STORAGE_REFUSAL_COUNT; i++) {
        for (int kind = 0; kind < STORAGE_KIND_COUNT; kind++) {
            refuse_with((enum storage_kind)kind, (enum storage_refusal)i, &bare);
            refuse_with((enum storage_kind)kind, (enum storage_refusal)i, &full);
            ck_assert_uint_lt(response.text.length, 4000);
        }
    }
}
END_TEST

START_TEST(success_has_the_fields_of_the_store)
{
    static const char *const fields[] = {"x-ms-blob-type", "x-amz-id-2", "x-goog-storage-class"};
    char tag[STORAGE_TAG_SIZE];

    for (int kind = 0; kind < STORAGE_PLAIN; kind++) {
        http_response_reset(&response);
        storage_success_headers((enum storage_kind)kind, &facts, &response);
        ck_assert_ptr_nonnull(http_response_find_header(&response, fields[kind]));
        ck_assert_str_ne(storage_content_type((enum storage_kind)kind), "");
    }
    storage_tag_write(STORAGE_AZURE, UINT64_MAX, tag);
    ck_assert_str_eq(tag, "0x8DFFFFFFFFFFFF");
    storage_tag_write(STORAGE_S3, 1, tag);
    ck_assert_uint_eq(strlen(tag), 32);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("storage");
    TCase *tcase = tcase_create("storage");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, names_are_read_back);
    tcase_add_test(tcase, answers_with_the_status_of_the_store);
    tcase_add_test(tcase, azure_speaks_as_azure);
    tcase_add_test(tcase, s3_speaks_as_s3);
    tcase_add_test(tcase, gcs_speaks_as_gcs);
    tcase_add_test(tcase, plain_is_short_text);
    tcase_add_test(tcase, bears_missing_facts_and_long_ones);
    tcase_add_test(tcase, success_has_the_fields_of_the_store);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
