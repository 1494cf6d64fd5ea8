/*
 * value: one node of a cJSON tree as a value of one type. Inside of reader.c; the only place
 * besides document.c that knows cJSON's types.
 */
#ifndef JSON_VALUE_H
#define JSON_VALUE_H

#include <cJSON.h>

#include "base/status.h"
#include "json/reader.h"

/*
 * Reads node into *out, whose type each function names. STATUS_MALFORMED when node is something
 * else; err->field is left for json_value_error_at().
 */
typedef enum status json_value_read(const cJSON *node, void *out, struct error *err);

json_value_read json_value_object;       /* const cJSON * */
json_value_read json_value_array;        /* const cJSON * */
json_value_read json_value_text;         /* const char *, of the tree */
json_value_read json_value_uuid;         /* struct uuid */
json_value_read json_value_bool;         /* bool */
json_value_read json_value_number;       /* double */
json_value_read json_value_i64;          /* int64_t */
json_value_read json_value_timestamp_ms; /* int64_t */
json_value_read json_value_date_day;     /* int32_t */
json_value_read json_value_duration_ms;  /* int64_t */

/* The type of a node. */
enum json_type json_value_type(const cJSON *node);

/* STATUS_MALFORMED ("must be an array, but is null") when node is not of the type. */
enum status json_value_must_be(const cJSON *node, enum json_type type,
                               struct error *err) MUST_CHECK;

/* Makes path the place of an error that is filled already. err may be NULL. */
void json_value_error_at(struct error *err, const char *path);

#endif
