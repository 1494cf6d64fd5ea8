/*
 * writer: writes JSON straight into a strbuf, value after value, without a tree and without
 * allocation of its own. Compact: no white space. The result is valid JSON (RFC 8259, UTF-8) as
 * long as every begin has its end and values stand where they may.
 *
 *     struct json_writer json = json_writer(&buf);
 *
 *     json_begin_object(&json, NULL);
 *     json_write_uuid(&json, "Id", &id);
 *     json_begin_array(&json, "Files");
 *     json_end_array(&json);
 *     json_end_object(&json);
 *
 * name is the name of the value within an object, NULL within an array and at the top. Names are
 * literals that need no escape: the inline functions let the compiler count their letters. A name
 * that comes from outside is written with json_write_name(), then its value with NULL.
 */
#ifndef JSON_WRITER_H
#define JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/timestamp.h"
#include "base/uuid.h"

#define JSON_DIGITS_MAX 20 /* of a 64-bit number */

struct json_writer {
    struct strbuf *out; /* not owned */
    bool comma;         /* a value stands before: the next one begins with a comma */
    int32_t day;        /* the day whose date was written last, for the instants of one answer */
    char date[DATE_LENGTH];
};

/* A writer that appends to out, which must live as long. */
static inline struct json_writer json_writer(struct strbuf *out)
{
    return (struct json_writer){out, false, INT32_MIN, ""};
}

/*
 * Begins a value, for the functions below: room for room bytes of it, the comma and the name.
 * Returns where the value begins; what was written there is kept by json_close_value().
 */
static inline char *json_open_value(struct json_writer *json, const char *name, size_t room)
{
    size_t length = name ? strlen(name) : 0;
    char *at;

    strbuf_reserve(json->out, length + 4 + room);
    at = json->out->data + json->out->length;
    if (json->comma)
        *at++ = ',';
    if (name) {
        *at++ = '"';
        memcpy(at, name, length);
        at += length;
        memcpy(at, "\":", 2);
        at += 2;
    }
    json->comma = true;
    return at;
}

/* Keeps what json_open_value() made room for, up to end. */
static inline void json_close_value(struct json_writer *json, char *end)
{
    *end = '\0';
    json->out->length = (size_t)(end - json->out->data);
}

/* The value of a function below, written at `at`. Returns its end. */
char *json_put_u64(char *at, uint64_t value);
char *json_put_uuid(char *at, const struct uuid *value);
char *json_put_instant(struct json_writer *json, char *at, int64_t at_ms, bool with_fraction);
char *json_put_date(char *at, int32_t day);

/* Writes text, escaped, where a value was opened. */
void json_put_text(struct json_writer *json, char *at, const char *text, size_t length);

/* Writes text, escaped, as the name of the value that follows (which is written with NULL). */
void json_write_name(struct json_writer *json, const char *text, size_t length);

/* length bytes that are one JSON value already, as they are. */
static inline void json_write_raw(struct json_writer *json, const char *name, const char *value,
                                  size_t length)
{
    char *at = json_open_value(json, name, length);

    memcpy(at, value, length);
    json_close_value(json, at + length);
}

/* Opens an object; name is NULL in an array and for the document itself. */
static inline void json_begin_object(struct json_writer *json, const char *name)
{
    json_write_raw(json, name, "{", 1);
    json->comma = false;
}

/* Closes the innermost object. */
static inline void json_end_object(struct json_writer *json)
{
    strbuf_append_char(json->out, '}');
    json->comma = true;
}

/* Opens an array; name as for an object. */
static inline void json_begin_array(struct json_writer *json, const char *name)
{
    json_write_raw(json, name, "[", 1);
    json->comma = false;
}

/* Closes the innermost array. */
static inline void json_end_array(struct json_writer *json)
{
    strbuf_append_char(json->out, ']');
    json->comma = true;
}

/* Writes null. */
static inline void json_write_null(struct json_writer *json, const char *name)
{
    json_write_raw(json, name, "null", 4);
}

/* Writes true or false. */
static inline void json_write_bool(struct json_writer *json, const char *name, bool value)
{
    json_write_raw(json, name, value ? "true" : "false", value ? 4 : 5);
}

/* A string of length bytes, escaped; bytes that are not UTF-8 become U+FFFD. NULL writes null. */
static inline void json_write_text_n(struct json_writer *json, const char *name, const char *text,
                                     size_t length)
{
    json_put_text(json, json_open_value(json, name, length + 4), text, length);
}

/* A NUL-terminated string, escaped; bytes that are not UTF-8 become U+FFFD. NULL writes null. */
static inline void json_write_text(struct json_writer *json, const char *name, const char *text)
{
    json_write_text_n(json, name, text, text ? strlen(text) : 0);
}

/* A string that is known to need no escape (made by us: links, names of states); faster. */
static inline void json_write_plain(struct json_writer *json, const char *name, const char *text,
                                    size_t length)
{
    char *at = json_open_value(json, name, length + 2);

    at[0] = '"';
    memcpy(at + 1, text, length);
    at[1 + length] = '"';
    json_close_value(json, at + length + 2);
}

/* Writes a whole number in decimal digits. */
static inline void json_write_u64(struct json_writer *json, const char *name, uint64_t value)
{
    json_close_value(json, json_put_u64(json_open_value(json, name, JSON_DIGITS_MAX), value));
}

/* Writes a whole number in decimal digits, with '-' when negative. */
static inline void json_write_i64(struct json_writer *json, const char *name, int64_t value)
{
    char *at = json_open_value(json, name, JSON_DIGITS_MAX + 1);

    if (value < 0)
        *at++ = '-';
    json_close_value(json, json_put_u64(at, value < 0 ? 0 - (uint64_t)value : (uint64_t)value));
}

/* The shortest decimal number that reads back as value; null when value is not finite. */
void json_write_double(struct json_writer *json, const char *name, double value);

/* An id in lower case. NULL writes null. */
static inline void json_write_uuid(struct json_writer *json, const char *name,
                                   const struct uuid *value)
{
    json_close_value(json, json_put_uuid(json_open_value(json, name, UUID_LENGTH + 2), value));
}

/*
 * An instant in whole seconds, floored: "2026-08-07T10:00:00Z", as the emulated API writes them
 * (contract/protocol.json, serialization.datetime). Null outside TIMESTAMP_MIN_MS to _MAX_MS, so
 * also for NEVER_MS.
 */
static inline void json_write_seconds(struct json_writer *json, const char *name, int64_t at_ms)
{
    char *at = json_open_value(json, name, TIMESTAMP_SECONDS_LENGTH + 2);

    json_close_value(json, json_put_instant(json, at, at_ms, false));
}

/*
 * An instant with its milliseconds when there are some: "2026-08-07T10:00:00.250Z", else as
 * json_write_seconds(). Null outside TIMESTAMP_MIN_MS to _MAX_MS.
 */
static inline void json_write_millis(struct json_writer *json, const char *name, int64_t at_ms)
{
    char *at = json_open_value(json, name, TIMESTAMP_MILLIS_LENGTH + 2);

    json_close_value(json, json_put_instant(json, at, at_ms, true));
}

/* A date as days since 1970-01-01: "2026-08-07"; day must lie in the years 0001 to 9999. */
static inline void json_write_date(struct json_writer *json, const char *name, int32_t day)
{
    json_close_value(json, json_put_date(json_open_value(json, name, DATE_LENGTH + 2), day));
}

#endif
