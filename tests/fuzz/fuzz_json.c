/*
 * JSON from outside. Input: a byte of options, then the text. What is read is written and must be
 * read again to the same text; what is refused must be explained in valid UTF-8.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "json/reader.h"
#include "json/syntax.h"
#include "json/writer.h"

#define OPTION_COMMENTS 1
#define OPTION_FEW      2

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_error(enum status status, const struct error *err)
{
    must(status == err->status && err->message[0]);
    must(utf8_valid_prefix(err->message, strlen(err->message)) == strlen(err->message));
    must(utf8_valid_prefix(err->field, strlen(err->field)) == strlen(err->field));
}

/* Reads a member as everything that it is not. */
static void try_getters(const struct json_object *object, const char *name)
{
    struct error err;
    struct uuid id;
    int64_t number;
    int32_t day;
    bool found;
    enum status status;

    status = json_get_uuid(object, name, &id, &found, &err);
    if (status != STATUS_OK)
        check_error(status, &err);
    status = json_get_timestamp_ms(object, name, &number, &found, &err);
    if (status != STATUS_OK)
        check_error(status, &err);
    status = json_get_duration_ms(object, name, &number, &found, &err);
    if (status != STATUS_OK)
        check_error(status, &err);
    status = json_get_date_day(object, name, &day, &found, &err);
    if (status != STATUS_OK)
        check_error(status, &err);
    status = json_get_i64(object, name, &number, &found, &err);
    must(status != STATUS_OK || !found || (number <= JSON_WHOLE_MAX && number >= -JSON_WHOLE_MAX));
}

static void copy_object(struct json_writer *out, const struct json_object *object);

static void copy_array(struct json_writer *out, struct json_array *array)
{
    struct json_object object;
    struct error err;
    const char *text;
    int64_t whole;

    json_begin_array(out, NULL);
    for (size_t i = 0; i < array->count; i++) {
        enum json_type type = json_array_next_type(array);

        if (type == JSON_OBJECT && json_array_next_object(array, &object, &err) == STATUS_OK)
            copy_object(out, &object);
        else if (type == JSON_TEXT && json_array_next_text(array, &text, &err) == STATUS_OK)
            json_write_text(out, NULL, text);
        else if (type == JSON_NUMBER && json_array_next_i64(array, &whole, &err) == STATUS_OK)
            json_write_i64(out, NULL, whole);
        else
            break;
    }
    json_end_array(out);
}

static void copy_member(struct json_writer *out, const struct json_object *object, const char *name)
{
    struct json_object inner;
    struct json_array array;
    struct error err;
    const char *text;
    double number;
    bool found, flag;

    json_write_name(out, name, strlen(name));
    if (json_get_object(object, name, &inner, &found, &err) == STATUS_OK && found)
        copy_object(out, &inner);
    else if (json_get_array(object, name, &array, &found, &err) == STATUS_OK && found)
        copy_array(out, &array);
    else if (json_get_text(object, name, &text, &found, &err) == STATUS_OK && found)
        json_write_text(out, NULL, text);
    else if (json_get_number(object, name, &number, &found, &err) == STATUS_OK && found)
        json_write_double(out, NULL, number);
    else if (json_get_bool(object, name, &flag, &found, &err) == STATUS_OK && found)
        json_write_bool(out, NULL, flag);
    else
        json_write_null(out, NULL);
}

/* As deep as JSON_DEPTH_MAX allows. */
static void copy_object(struct json_writer *out, const struct json_object *object)
{
    struct json_names names = json_names(object);
    const char *name;
    int count = 0;

    json_begin_object(out, NULL);
    while ((name = json_names_next(&names)) && count++ < 100) {
        try_getters(object, name);
        copy_member(out, object, name);
    }
    json_end_object(out);
}

/* Writes what was read anew; false when it is neither an object nor an array. */
static bool copy_document(const struct json_document *document, struct strbuf *out)
{
    struct json_writer writer = json_writer(out);
    struct json_object object;
    struct json_array array;
    struct error err;

    if (json_root_object(document, &object, &err) == STATUS_OK)
        copy_object(&writer, &object);
    else if (json_root_array(document, &array, &err) == STATUS_OK)
        copy_array(&writer, &array);
    else
        return false;
    return true;
}

static void check_copy(const struct json_document *document)
{
    struct strbuf first = STRBUF_INIT, second = STRBUF_INIT;
    struct json_document again;
    struct error err;

    if (copy_document(document, &first)) {
        must(json_read(first.data, first.length, &again, &err) == STATUS_OK);
        must(copy_document(&again, &second));
        must(first.length == second.length && !memcmp(first.data, second.data, first.length));
        json_document_release(&again);
    }
    strbuf_release(&first);
    strbuf_release(&second);
}

/* Any bytes become a valid JSON string. */
static void check_text(const char *text, size_t length)
{
    struct strbuf out = STRBUF_INIT;
    struct json_writer writer = json_writer(&out);
    struct error err;

    json_write_text_n(&writer, NULL, text, length);
    if (!memchr(text, '\0', length))
        must(json_check_syntax(out.data, out.length, 1, &err) == STATUS_OK);
    strbuf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json_options options;
    struct json_document document;
    struct error err;
    const char *text = (const char *)data + 1;
    enum status status;

    if (size == 0)
        return 0;
    options.comments = (data[0] & OPTION_COMMENTS) != 0;
    options.values_max = data[0] & OPTION_FEW ? 10 : JSON_VALUES_MAX;
    status = json_read_with(text, size - 1, &options, &document, &err);
    if (status == STATUS_OK) {
        check_copy(&document);
        json_document_release(&document);
    } else {
        must(status == STATUS_MALFORMED || status == STATUS_LIMIT);
        check_error(status, &err);
        /* cJSON must read whatever the check lets through */
        must(!strstr(err.message, "cannot be read"));
    }
    check_text(text, size - 1);
    return 0;
}
