#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/rng.h"
#include "fake.h"
#include "http/gzip.h"

/* Compresses size bytes in reads of step bytes; returns the length, the bytes in out. */
static size_t compress_in_steps(const char *bytes, size_t size, size_t step, char *out)
{
    struct fake_source fake = {bytes, 0, false};
    struct source source = fake_source_of(&fake, size);
    struct gzip_stream *stream = gzip_stream_new(&source);
    size_t length = 0;
    ssize_t got;

    ck_assert(!source.release);
    while ((got = gzip_stream_read(stream, out + length, step)) > 0)
        length += (size_t)got;
    ck_assert_int_eq(got, 0);
    ck_assert_int_eq(gzip_stream_read(stream, out + length, step), 0);
    gzip_stream_free(stream);
    ck_assert_int_eq(fake.released, 1);
    return length;
}

static void expect_inflates_to(char *packed, size_t length, const char *bytes, size_t size)
{
    z_stream zlib = {.next_in = (Bytef *)packed, .avail_in = (uInt)length};
    char *out = calloc(1, size + 1);

    zlib.next_out = (Bytef *)out;
    zlib.avail_out = (uInt)size + 1;
    ck_assert_int_eq(inflateInit2(&zlib, 31), Z_OK);
    ck_assert_int_eq(inflate(&zlib, Z_FINISH), Z_STREAM_END);
    ck_assert_uint_eq(zlib.total_out, size);
    ck_assert_uint_eq(zlib.avail_in, 0);
    ck_assert_mem_eq(out, bytes, size);
    inflateEnd(&zlib);
    free(out);
}

START_TEST(packs_any_size_in_any_steps)
{
    static const size_t sizes[] = {0, 1, 1024, 8191, 8192, 8193, 300000};
    static const size_t steps[] = {1, 7, 4096, 400000};
    char *bytes = malloc(300000), *out = malloc(400000);

    for (size_t i = 0; i < 300000; i++)
        bytes[i] = (char)('a' + rng_mix(i) % 7);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t j = 0; j < sizeof steps / sizeof *steps; j++) {
            size_t length = compress_in_steps(bytes, sizes[i], steps[j], out);

            expect_inflates_to(out, length, bytes, sizes[i]);
        }
    }
    free(bytes);
    free(out);
}
END_TEST

START_TEST(has_a_fixed_header)
{
    static const uint8_t header[10] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255};
    char out[64];

    ck_assert_uint_gt(compress_in_steps("hello", 5, sizeof out, out), sizeof header);
    ck_assert_mem_eq(out, header, sizeof header);
}
END_TEST

START_TEST(reports_a_broken_source_for_ever)
{
    struct fake_source fake = {"", 0, true};
    struct source source = fake_source_of(&fake, 100000);
    struct gzip_stream *stream = gzip_stream_new(&source);
    char out[4096];

    ck_assert_int_eq(gzip_stream_read(stream, out, sizeof out), -1);
    ck_assert_int_eq(gzip_stream_read(stream, out, sizeof out), -1);
    gzip_stream_free(stream);
    ck_assert_int_eq(fake.released, 1);
    gzip_stream_free(NULL);
}
END_TEST

START_TEST(negotiates_by_weight)
{
    static const char *const yes[] = {
        "gzip",           "GZIP",       "x-gzip",         "deflate, gzip",  "*",
        "*;q=0.1",        "gzip;q=0.5", "gzip ; q=1.000", "gzip;q=0.001",   "identity;q=0.5, gzip",
        "gzip, identity", ",gzip,,",    "br;q=x, gzip",   "deflate;q=0, *", "identity;q=0, *"};
    static const char *const no[] = {
        "",          "identity",     "gzip;q=0",     "gzip;q=0.000",
        "*;q=0",     "br",           "gzip;q=0, *",  "gzip;q=0.5, identity",
        "gzip;q=2",  "gzip;q=1.001", "gzip;x=1",     "gzip;q=",
        "gzip;q=-1", "gzipped",      "identity;q=0", "gzip br"};

    ck_assert(!gzip_wanted(NULL));
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        ck_assert_msg(gzip_wanted(yes[i]), "%s", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        ck_assert_msg(!gzip_wanted(no[i]), "%s", no[i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gzip");
    TCase *tcase = tcase_create("gzip");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, packs_any_size_in_any_steps);
    tcase_add_test(tcase, has_a_fixed_header);
    tcase_add_test(tcase, reports_a_broken_source_for_ever);
    tcase_add_test(tcase, negotiates_by_weight);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
