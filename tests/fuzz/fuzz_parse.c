/*
 * Numbers, sizes, durations, instants and dates from outside. What is read lies within its limits
 * and, written again, reads as the same; what is refused is explained in valid UTF-8.
 */
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/parse.h"
#include "base/strbuf.h"
#include "base/timestamp.h"
#include "base/utf8.h"
#include "base/uuid.h"
#include "fuzz.h"

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_error(enum status status, const struct error *err)
{
    must(status == STATUS_MALFORMED && err->status == status && !err->field[0]);
    must(err->message[0]);
    must(utf8_valid_prefix(err->message, strlen(err->message)) == strlen(err->message));
}

static void check_numbers(const char *text, size_t length)
{
    struct strbuf again = STRBUF_INIT;
    uint64_t size;
    int64_t number, same;
    double decimal;

    if (parse_i64(text, length, &number)) {
        strbuf_append_i64(&again, number);
        must(parse_i64(again.data, again.length, &same) && same == number);
    }
    if (parse_u64(text, length, &size))
        must(parse_bytes(text, length, &size));
    if (parse_decimal(text, length, &decimal))
        must(isfinite(decimal) && decimal >= 0);
    (void)parse_bytes(text, length, &size);
    strbuf_release(&again);
}

static void check_duration(const char *text, size_t length)
{
    struct strbuf again = STRBUF_INIT;
    struct error err;
    int64_t duration_ms, same_ms;
    enum status status = parse_duration_ms(text, length, &duration_ms, &err);

    if (status != STATUS_OK) {
        check_error(status, &err);
        return;
    }
    must(duration_ms >= 0 && duration_ms <= PARSE_DURATION_MAX_MS);
    strbuf_append_i64(&again, duration_ms);
    strbuf_append_text(&again, "ms");
    must(parse_duration_ms(again.data, again.length, &same_ms, &err) == STATUS_OK);
    must(same_ms == duration_ms);
    strbuf_release(&again);
}

static void check_instant(const char *text, size_t length)
{
    char again[TIMESTAMP_MILLIS_LENGTH];
    struct error err;
    int64_t at_ms, same_ms;
    enum status status = parse_timestamp_ms(text, length, &at_ms, &err);

    if (status != STATUS_OK) {
        check_error(status, &err);
        return;
    }
    must(at_ms >= TIMESTAMP_MIN_MS && at_ms <= TIMESTAMP_MAX_MS);
    timestamp_write_millis(again, at_ms);
    must(parse_timestamp_ms(again, sizeof again, &same_ms, &err) == STATUS_OK);
    must(same_ms == at_ms);
}

static void check_date(const char *text, size_t length)
{
    char again[DATE_LENGTH];
    struct error err;
    int32_t day;
    enum status status = parse_date_day(text, length, &day, &err);

    if (status != STATUS_OK) {
        check_error(status, &err);
        return;
    }
    date_write(again, day);
    must(memcmp(again, text, sizeof again) == 0);
}

static void check_uuid(const char *text, size_t length)
{
    char again[UUID_LENGTH];
    struct uuid id, same;

    if (!uuid_read(text, length, &id))
        return;
    uuid_write(again, &id);
    must(uuid_read(again, sizeof again, &same) && uuid_equal(&id, &same));
}

static void check_nearest(const uint8_t *data, size_t size)
{
    static const char *const known[] = {"ClientToken", "AccessToken", "EntityType", "ExportIds"};
    char *name = calloc(1, size + 1);

    if (size)
        memcpy(name, data, size);
    (void)nearest_name(name, known, sizeof known / sizeof *known);
    free(name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;

    check_numbers(text, size);
    check_duration(text, size);
    check_instant(text, size);
    check_date(text, size);
    check_uuid(text, size);
    check_nearest(data, size);
    return 0;
}
