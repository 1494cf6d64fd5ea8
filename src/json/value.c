#include "json/value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/parse.h"

/* With their article, in the order of enum json_type. */
static const char *const type_names[] = {"absent",   "null",     "a boolean", "a number",
                                         "a string", "an array", "an object"};

enum json_type json_value_type(const cJSON *node)
{
    switch (node->type & 0xff) {
    case cJSON_True:
    case cJSON_False:
        return JSON_BOOL;
    case cJSON_Number:
        return JSON_NUMBER;
    case cJSON_String:
        return JSON_TEXT;
    case cJSON_Array:
        return JSON_ARRAY;
    case cJSON_Object:
        return JSON_OBJECT;
    default:
        return JSON_NULL;
    }
}

enum status json_value_must_be(const cJSON *node, enum json_type type, struct error *err)
{
    enum json_type is = json_value_type(node);

    if (is == type)
        return STATUS_OK;
    return error_set(err, STATUS_MALFORMED, NULL, "must be %s, but is %s", type_names[type],
                     type_names[is]);
}

/* Cuts like error_set(), which knows where a character ends. */
void json_value_error_at(struct error *err, const char *path)
{
    char message[sizeof err->message];

    if (!err)
        return;
    memcpy(message, err->message, sizeof message);
    error_set(err, err->status, path, "%s", message);
}

static enum status read_node(const cJSON *node, enum json_type type, void *out, struct error *err)
{
    enum status status = json_value_must_be(node, type, err);

    if (status == STATUS_OK)
        *(const cJSON **)out = node;
    return status;
}

enum status json_value_object(const cJSON *node, void *out, struct error *err)
{
    return read_node(node, JSON_OBJECT, out, err);
}

enum status json_value_array(const cJSON *node, void *out, struct error *err)
{
    return read_node(node, JSON_ARRAY, out, err);
}

enum status json_value_text(const cJSON *node, void *out, struct error *err)
{
    enum status status = json_value_must_be(node, JSON_TEXT, err);

    if (status == STATUS_OK)
        *(const char **)out = node->valuestring;
    return status;
}

enum status json_value_bool(const cJSON *node, void *out, struct error *err)
{
    enum status status = json_value_must_be(node, JSON_BOOL, err);

    if (status == STATUS_OK)
        *(bool *)out = (node->type & cJSON_True) != 0;
    return status;
}

enum status json_value_number(const cJSON *node, void *out, struct error *err)
{
    enum status status = json_value_must_be(node, JSON_NUMBER, err);

    if (status != STATUS_OK)
        return status;
    if (!isfinite(node->valuedouble)) /* 1e999 */
        return error_set(err, STATUS_MALFORMED, NULL, "is too large a number");
    *(double *)out = node->valuedouble;
    return STATUS_OK;
}

enum status json_value_i64(const cJSON *node, void *out, struct error *err)
{
    double value = 0;
    enum status status = json_value_number(node, &value, err);

    if (status != STATUS_OK)
        return status;
    if (value != floor(value))
        return error_set(err, STATUS_MALFORMED, NULL, "must be a whole number, but is %g", value);
    if (fabs(value) > (double)JSON_WHOLE_MAX)
        return error_set(err, STATUS_MALFORMED, NULL,
                         "is too large: whole numbers reach to 9007199254740992 (2^53) here");
    *(int64_t *)out = (int64_t)value;
    return STATUS_OK;
}

enum status json_value_uuid(const cJSON *node, void *out, struct error *err)
{
    const char *text = "";
    enum status status = json_value_text(node, &text, err);
    size_t length = strlen(text);

    if (status == STATUS_OK && !uuid_read(text, length, out))
        return error_set(err, STATUS_MALFORMED, NULL,
                         "%s is not a uuid: write for example "
                         "\"851df8c8-90f2-4c4a-8e01-a4fc46b25178\"",
                         excerpt(text, length).text);
    return status;
}

enum status json_value_timestamp_ms(const cJSON *node, void *out, struct error *err)
{
    const char *text;
    enum status status = json_value_text(node, &text, err);

    return status == STATUS_OK ? parse_timestamp_ms(text, strlen(text), out, err) : status;
}

enum status json_value_date_day(const cJSON *node, void *out, struct error *err)
{
    const char *text;
    enum status status = json_value_text(node, &text, err);

    return status == STATUS_OK ? parse_date_day(text, strlen(text), out, err) : status;
}

enum status json_value_duration_ms(const cJSON *node, void *out, struct error *err)
{
    const char *text;
    enum status status = json_value_text(node, &text, err);

    return status == STATUS_OK ? parse_duration_ms(text, strlen(text), out, err) : status;
}
