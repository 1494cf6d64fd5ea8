#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/link.h"
#include "base/timestamp.h"

#define FROM_MS  INT64_C(1786096800000) /* 2026-08-07T10:00:00Z */
#define UNTIL_MS INT64_C(1786097400000)

static const char id_text[] = "d3a7e2b4-1c5f-4e6a-9b8d-0f1e2d3c4b5a";

static struct link make_link(int64_t from_ms, int64_t until_ms)
{
    struct link link = {.file = 12, .from_ms = from_ms, .until_ms = until_ms};

    ck_assert(uuid_read(id_text, UUID_LENGTH, &link.export_id));
    return link;
}

/* Writes the link's URL to out and returns where its query starts. */
static char *write_url(struct strbuf *out, struct link_signer *signer, const struct link *link)
{
    strbuf_reset(out);
    link_write(out, signer, link);
    return strchr(out->data, '?') + 1;
}

static enum link_verdict check_at(const struct link_signer *signer, const struct link *link,
                                  const char *query, int64_t now_ms)
{
    struct link read;

    return link_check(signer, &link->export_id, link->file, query, now_ms, &read);
}

START_TEST(writes_each_style)
{
    static const char *const queries[STORAGE_KIND_COUNT] = {
        "sv=2021-12-02&se=2026-08-07T10%3A10%3A00Z&sr=b&sp=r&sig=",
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=EXPORTSMOCK%2F20260807%2Fus-east-1%2F"
        "s3%2Faws4_request&X-Amz-Date=20260807T100000Z&X-Amz-Expires=600&X-Amz-SignedHeaders=host"
        "&X-Amz-Signature=",
        "X-Goog-Algorithm=GOOG4-HMAC-SHA256&X-Goog-Credential=exports-mock%40exports-mock.iam."
        "gserviceaccount.com%2F20260807%2Fauto%2Fstorage%2Fgoog4_request&X-Goog-Date="
        "20260807T100000Z&X-Goog-Expires=600&X-Goog-SignedHeaders=host&X-Goog-Signature=",
        "expires=1786097400&signature=",
    };
    struct link link = make_link(FROM_MS, UNTIL_MS);
    struct strbuf url = STRBUF_INIT;

    for (int kind = 0; kind < STORAGE_KIND_COUNT; kind++) {
        struct link_signer signer;
        char path[80];
        char *query;

        link_signer_init(&signer, (enum storage_kind)kind, 7);
        query = write_url(&url, &signer, &link);
        snprintf(path, sizeof path, "/exports/%s-12.jsonl?", id_text);
        ck_assert_int_eq(strncmp(url.data, path, strlen(path)), 0);
        ck_assert_msg(strncmp(query, queries[kind], strlen(queries[kind])) == 0, "%s", query);
    }
    strbuf_release(&url);
}
END_TEST

START_TEST(is_good_until_its_last_millisecond)
{
    static const int64_t untils[] = {UNTIL_MS,       UNTIL_MS + 1, UNTIL_MS + 250,
                                     UNTIL_MS + 999, -750,         -1000};
    struct strbuf url = STRBUF_INIT;

    for (int kind = 0; kind < STORAGE_KIND_COUNT; kind++) {
        struct link_signer signer;

        link_signer_init(&signer, (enum storage_kind)kind, 7);
        for (size_t i = 0; i < sizeof untils / sizeof *untils; i++) {
            struct link link = make_link(untils[i] - 600000, untils[i]);
            char *query = write_url(&url, &signer, &link);

            ck_assert_int_eq(check_at(&signer, &link, query, link.until_ms - 1), LINK_OK);
            ck_assert_int_eq(check_at(&signer, &link, query, link.until_ms), LINK_OUTDATED);
        }
    }
    strbuf_release(&url);
}
END_TEST

START_TEST(writes_fractions_only_when_there_are_some)
{
    static const char *const parts[STORAGE_KIND_COUNT] = {
        "se=2026-08-07T10%3A10%3A00.250Z&", "&X-Exports-Valid=1786096800000_1786097400250",
        "&X-Exports-Valid=1786096800000_1786097400250", "expires=1786097400.250&"};
    struct link whole = make_link(FROM_MS, UNTIL_MS), part = make_link(FROM_MS, UNTIL_MS + 250);
    struct strbuf url = STRBUF_INIT;

    for (int kind = 0; kind < STORAGE_KIND_COUNT; kind++) {
        struct link_signer signer;

        link_signer_init(&signer, (enum storage_kind)kind, 7);
        ck_assert_ptr_null(strstr(write_url(&url, &signer, &whole), "X-Exports-Valid"));
        ck_assert_ptr_nonnull(strstr(write_url(&url, &signer, &part), parts[kind]));
    }
    strbuf_release(&url);
}
END_TEST

/* Changes each byte of the query in turn: none of the changed links may work. */
static void expect_no_byte_can_change(struct link_signer *signer, const struct link *link)
{
    struct strbuf url = STRBUF_INIT;
    char *query = write_url(&url, signer, link);

    for (size_t i = 0; query[i]; i++) {
        char was = query[i];

        query[i] = was == '1' ? '2' : '1';
        ck_assert_msg(check_at(signer, link, query, FROM_MS) != LINK_OK, "%s", query);
        query[i] = was;
    }
    ck_assert_int_eq(check_at(signer, link, query, FROM_MS), LINK_OK);
    strbuf_release(&url);
}

START_TEST(notices_every_changed_byte)
{
    struct link whole = make_link(FROM_MS, UNTIL_MS), part = make_link(FROM_MS + 1, UNTIL_MS + 2);
    struct link again = whole;

    again.serial = 27;

    for (int kind = 0; kind < STORAGE_KIND_COUNT; kind++) {
        struct link_signer signer;

        link_signer_init(&signer, (enum storage_kind)kind, 7);
        expect_no_byte_can_change(&signer, &whole);
        expect_no_byte_can_change(&signer, &part);
        expect_no_byte_can_change(&signer, &again);
    }
}
END_TEST

START_TEST(is_bound_to_export_file_seed_and_kind)
{
    struct link link = make_link(FROM_MS, UNTIL_MS), read;
    struct uuid other = link.export_id;
    struct strbuf url = STRBUF_INIT;

    other.bytes[0] ^= 1;
    for (int kind = 0; kind < STORAGE_KIND_COUNT; kind++) {
        struct link_signer signer, stranger;
        char *query;

        link_signer_init(&signer, (enum storage_kind)kind, 7);
        link_signer_init(&stranger, (enum storage_kind)kind, 8);
        query = write_url(&url, &signer, &link);
        ck_assert_int_eq(link_check(&signer, &other, 12, query, FROM_MS, &read),
                         LINK_WRONG_SIGNATURE);
        ck_assert_int_eq(link_check(&signer, &link.export_id, 13, query, FROM_MS, &read),
                         LINK_WRONG_SIGNATURE);
        ck_assert_int_eq(check_at(&stranger, &link, query, FROM_MS), LINK_WRONG_SIGNATURE);
        link_signer_init(&stranger, (enum storage_kind)((kind + 2) % STORAGE_KIND_COUNT), 7);
        ck_assert_int_eq(check_at(&stranger, &link, query, FROM_MS), LINK_MISSING);
    }
    strbuf_release(&url);
}
END_TEST

START_TEST(tells_missing_from_malformed)
{
    static const char *const missing[] = {"", "&&", "se=2026-08-07T10:10:00Z", "xsig=1", "si=1"};
    static const char *const malformed[] = {
        "sig=x",
        "sv=2021-12-02&se=soon&sr=b&sp=r&sig=x",
        "sv=2021-12-02&se=2026-13-07T10:10:00Z&sr=b&sp=r&sig=x",
        "sv=2021-12-02&se=2026-02-29T10:10:00Z&sr=b&sp=r&sig=x",
        "sv=2021-12-02&se=0000-01-01T10:10:00Z&sr=b&sp=r&sig=x",
        "sv=2021-12-02&se=2026-08-07T10:10:00.25Z&sr=b&sp=r&sig=x",
        "sv=2021-12-02&se=%2&sr=b&sp=r&sig=x",
        "sv=2021-12-02&se=%00&sr=b&sp=r&sig=x",
    };
    struct link link = make_link(FROM_MS, UNTIL_MS);
    struct link_signer signer;

    link_signer_init(&signer, STORAGE_AZURE, 7);
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        ck_assert_int_eq(check_at(&signer, &link, missing[i], FROM_MS), LINK_MISSING);
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++)
        ck_assert_msg(check_at(&signer, &link, malformed[i], FROM_MS) == LINK_MALFORMED, "%s",
                      malformed[i]);
}
END_TEST

START_TEST(takes_any_order_and_encoding_but_no_doubles)
{
    struct link link = make_link(FROM_MS, UNTIL_MS);
    struct strbuf url = STRBUF_INIT, query = STRBUF_INIT;
    struct link_signer signer;
    const char *sig;

    link_signer_init(&signer, STORAGE_AZURE, 7);
    sig = strstr(write_url(&url, &signer, &link), "sig=");
    strbuf_appendf(&query, "%s&sp=r&x=1&&se=2026-08-07T10:10:00Z&sv=2021-12-02&sr=%%62", sig);
    ck_assert_int_eq(check_at(&signer, &link, query.data, FROM_MS), LINK_OK);
    strbuf_append_text(&query, "&sp=r");
    ck_assert_int_eq(check_at(&signer, &link, query.data, FROM_MS), LINK_WRONG_SIGNATURE);
    strbuf_reset(&query);
    strbuf_appendf(&query, "%s&%s", strchr(url.data, '?') + 1, sig);
    ck_assert_int_eq(check_at(&signer, &link, query.data, FROM_MS), LINK_WRONG_SIGNATURE);
    strbuf_release(&url);
    strbuf_release(&query);
}
END_TEST

START_TEST(gives_back_what_was_signed)
{
    struct link link = make_link(FROM_MS + 3, UNTIL_MS + 4), read;
    struct strbuf url = STRBUF_INIT;
    struct link_signer signer;
    char *query;

    link.serial = LINK_SERIAL_MAX;
    link_signer_init(&signer, STORAGE_S3, 7);
    query = write_url(&url, &signer, &link);
    ck_assert_int_eq(link_check(&signer, &link.export_id, 12, query, FROM_MS, &read), LINK_OK);
    ck_assert_int_eq(read.from_ms, link.from_ms);
    ck_assert_int_eq(read.until_ms, link.until_ms);
    ck_assert_uint_eq(read.file, 12);
    ck_assert_uint_eq(read.serial, link.serial);
    strbuf_release(&url);
}
END_TEST

/* Writes pattern with the id in place of its '@'. */
static void write_path(char *out, size_t size, const char *pattern)
{
    const char *at = strchr(pattern, '@');

    snprintf(out, size, "%.*s%s%s", (int)(at - pattern), pattern, id_text, at + 1);
}

START_TEST(longest_query_fits)
{
    struct link link = make_link(TIMESTAMP_MIN_MS + 1, TIMESTAMP_MAX_MS);
    struct strbuf url = STRBUF_INIT;

    link.serial = LINK_SERIAL_MAX;
    for (int kind = 0; kind < STORAGE_KIND_COUNT; kind++) {
        struct link_signer signer;
        char *query;

        link_signer_init(&signer, (enum storage_kind)kind, 7);
        query = write_url(&url, &signer, &link);
        ck_assert_uint_lt(signer.length, LINK_QUERY_SIZE);
        ck_assert_int_eq(check_at(&signer, &link, query, 0), LINK_OK);
    }
    strbuf_release(&url);
}
END_TEST

START_TEST(reads_paths_strictly)
{
    static const char *const wrong[] = {
        "/exports/@.jsonl",
        "/exports/@-.jsonl",
        "/exports/@-0.jsonl",
        "/exports/@-01.jsonl",
        "/exports/@-1",
        "/exports/@-1.json",
        "/exports/@-1.jsonl/",
        "/exports/@-1.jsonl.gz",
        "/exports/@-4294967296.jsonl",
        "/exports/@-+1.jsonl",
        "/exports/@-1x.jsonl",
        "/exports/@-1.JSONL",
        "/Exports/@-1.jsonl",
        "//exports/@-1.jsonl",
        "/exports/x@-1.jsonl",
        "/exports/@_1.jsonl",
        "/exports/@-99999999999999999999.jsonl",
        "exports/@-1.jsonl",
        "/exports/../@-1.jsonl",
        "/exports/@-1%2ejsonl",
    };
    struct uuid id, is;
    uint32_t file = 0;
    char path[128];

    ck_assert(uuid_read(id_text, UUID_LENGTH, &is));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        write_path(path, sizeof path, wrong[i]);
        ck_assert_msg(!link_path_read(path, &id, &file), "%s", path);
    }
    ck_assert(!link_path_read("/exports/D3A7E2B4-1c5f-4e6a-9b8d-0f1e2d3c4b5a-1.jsonl", &id, &file));
    ck_assert(!link_path_read("", &id, &file));
    snprintf(path, sizeof path, "/exports/%s-4294967295.jsonl", id_text);
    ck_assert(link_path_read(path, &id, &file));
    ck_assert_uint_eq(file, UINT32_MAX);
    ck_assert(uuid_equal(&id, &is));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("link");
    TCase *tcase = tcase_create("link");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, writes_each_style);
    tcase_add_test(tcase, is_good_until_its_last_millisecond);
    tcase_add_test(tcase, writes_fractions_only_when_there_are_some);
    tcase_add_test(tcase, notices_every_changed_byte);
    tcase_add_test(tcase, is_bound_to_export_file_seed_and_kind);
    tcase_add_test(tcase, tells_missing_from_malformed);
    tcase_add_test(tcase, takes_any_order_and_encoding_but_no_doubles);
    tcase_add_test(tcase, gives_back_what_was_signed);
    tcase_add_test(tcase, longest_query_fits);
    tcase_add_test(tcase, reads_paths_strictly);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
