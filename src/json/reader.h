/*
 * reader: typed views of a JSON document. A getter takes a name, gives a value of one type, and
 * explains what is wrong otherwise: err->field is the full path ("Filters.UpdatedUtc.StartUtc"),
 * the message what it must be ("must be a string, but is a number").
 *
 * Absent and null are the same to a getter: STATUS_OK, found is false, out is untouched. Ask
 * json_type_of() where they differ. A wrong type or a text that cannot be read as its type is
 * STATUS_MALFORMED. Names are matched exactly. Views and texts live as long as the document.
 */
#ifndef JSON_READER_H
#define JSON_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/uuid.h"
#include "json/document.h"

/* Longest path that is kept; as long as error.field. */
#define JSON_PATH_MAX 96

/* Whole numbers beyond this (2^53) are not exact in JSON numbers and refused. */
#define JSON_WHOLE_MAX (INT64_C(1) << 53)

/* A view of an object. */
struct json_object {
    const struct cJSON *node;
    char path[JSON_PATH_MAX]; /* "Filters.UpdatedUtc"; "" for the document itself */
};

/* A view of an array and the place of the next element to read. */
struct json_array {
    const struct cJSON *node;
    const struct cJSON *next; /* NULL behind the last element */
    size_t index;             /* of next */
    size_t count;             /* of all elements */
    char path[JSON_PATH_MAX];
};

/* The type of a value, or that there is none. */
enum json_type {
    JSON_ABSENT,
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_TEXT,
    JSON_ARRAY,
    JSON_OBJECT
};

/* What the whole document is; never JSON_ABSENT. */
enum json_type json_root_type(const struct json_document *document);

/* The document as an object, an array or a text; STATUS_MALFORMED when it is something else. */
enum status json_root_object(const struct json_document *document, struct json_object *out,
                             struct error *err) MUST_CHECK;
enum status json_root_array(const struct json_document *document, struct json_array *out,
                            struct error *err) MUST_CHECK;
enum status json_root_text(const struct json_document *document, const char **out,
                           struct error *err) MUST_CHECK;

/* The type of a member; JSON_ABSENT when there is none of that name. */
enum json_type json_type_of(const struct json_object *object, const char *name);

/* A view of an object or array within the object. */
enum status json_get_object(const struct json_object *object, const char *name,
                            struct json_object *out, bool *found, struct error *err) MUST_CHECK;
enum status json_get_array(const struct json_object *object, const char *name,
                           struct json_array *out, bool *found, struct error *err) MUST_CHECK;

/* A string; NUL-terminated, valid UTF-8, without NUL inside, may be empty. */
enum status json_get_text(const struct json_object *object, const char *name, const char **out,
                          bool *found, struct error *err) MUST_CHECK;

/* A string that is a uuid, in either case. */
enum status json_get_uuid(const struct json_object *object, const char *name, struct uuid *out,
                          bool *found, struct error *err) MUST_CHECK;

/* true or false. */
enum status json_get_bool(const struct json_object *object, const char *name, bool *out,
                          bool *found, struct error *err) MUST_CHECK;

/* A finite number. */
enum status json_get_number(const struct json_object *object, const char *name, double *out,
                            bool *found, struct error *err) MUST_CHECK;

/* A number without a fraction, from -JSON_WHOLE_MAX to JSON_WHOLE_MAX. */
enum status json_get_i64(const struct json_object *object, const char *name, int64_t *out,
                         bool *found, struct error *err) MUST_CHECK;

/* A string that is an instant, a date or a duration; forms as base/parse.h reads them. */
enum status json_get_timestamp_ms(const struct json_object *object, const char *name, int64_t *out,
                                  bool *found, struct error *err) MUST_CHECK;
enum status json_get_date_day(const struct json_object *object, const char *name, int32_t *out,
                              bool *found, struct error *err) MUST_CHECK;
enum status json_get_duration_ms(const struct json_object *object, const char *name, int64_t *out,
                                 bool *found, struct error *err) MUST_CHECK;

/*
 * The next element of an array, in order; call it count times. null is a wrong type here. Paths of
 * errors have the index: "Scope.EnterpriseIds[3]". Constant time each.
 */
enum status json_array_next_object(struct json_array *array, struct json_object *out,
                                   struct error *err) MUST_CHECK;
enum status json_array_next_text(struct json_array *array, const char **out,
                                 struct error *err) MUST_CHECK;
enum status json_array_next_uuid(struct json_array *array, struct uuid *out,
                                 struct error *err) MUST_CHECK;
enum status json_array_next_i64(struct json_array *array, int64_t *out,
                                struct error *err) MUST_CHECK;

/* The type of the next element; JSON_ABSENT behind the last. */
enum json_type json_array_next_type(const struct json_array *array);

/* A walk over the names of an object, in order: begin with json_names(), end at NULL. */
struct json_names {
    const struct cJSON *next;
};

/*
 * The walk before its first name, and its next name: borrowed from the document, NULL at the end.
 */
struct json_names json_names(const struct json_object *object);
const char *json_names_next(struct json_names *names);

/* The name of a member that differs from name in upper and lower case only; NULL: there is none. */
const char *json_find_other_case(const struct json_object *object, const char *name);

/*
 * True when the object has a member whose name is none of the count known ones; name is the first
 * of these.
 */
bool json_find_unknown(const struct json_object *object, const char *const *known, size_t count,
                       const char **name);

/*
 * STATUS_INVALID when json_find_unknown() finds one; err->field is its path and the message says
 * which known name was probably meant.
 */
enum status json_refuse_unknown(const struct json_object *object, const char *const *known,
                                size_t count, struct error *err) MUST_CHECK;

/*
 * Fills err with the path of the member (of the object itself when name is NULL) and a formatted
 * message. Returns status. For what a caller finds wrong with a value that could be read.
 */
enum status json_error(const struct json_object *object, const char *name, enum status status,
                       struct error *err, const char *fmt, ...) PRINTF_LIKE(5, 6);

#endif
