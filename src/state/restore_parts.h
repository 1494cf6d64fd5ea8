/*
 * restore_parts: values that several kinds of records have. Members that must be there are
 * STATUS_INVALID when they are missing; err->field is the path.
 */
#ifndef STATE_RESTORE_PARTS_H
#define STATE_RESTORE_PARTS_H

#include "core/store.h"
#include "json/reader.h"

/* A text, an object, and a whole number from least to most, which must be there. */
enum status part_text(const struct json_object *object, const char *name, const char **out,
                      struct error *err) MUST_CHECK;
enum status part_object(const struct json_object *object, const char *name, struct json_object *out,
                        struct error *err) MUST_CHECK;
enum status part_i64(const struct json_object *object, const char *name, int64_t least,
                     int64_t most, int64_t *out, struct error *err) MUST_CHECK;

/* The same for a number of 32 bits without a sign. */
enum status part_u32(const struct json_object *object, const char *name, uint32_t *out,
                     struct error *err) MUST_CHECK;

/* An id, which must be there. */
enum status part_uuid(const struct json_object *object, const char *name, struct uuid *out,
                      struct error *err) MUST_CHECK;

/* An instant; NEVER_MS when it is missing or null. */
enum status part_instant(const struct json_object *object, const char *name, int64_t *out,
                         struct error *err) MUST_CHECK;

/* What a rate limit has counted; zeroed when it is missing or null. */
enum status part_burst(const struct json_object *object, const char *name, struct burst *out,
                       struct error *err) MUST_CHECK;

/* The member Scope, with one owner; *out is NULL when it is missing. */
enum status part_scope(const struct json_object *object, struct scope **out,
                       struct error *err) MUST_CHECK;

/*
 * The integration that the members ClientToken and AccessToken (and of a stranger, Scope) name,
 * made if it is not there; errors as store_sign_in().
 */
enum status part_integration(struct store *store, const struct json_object *object,
                             struct integration **out, struct error *err) MUST_CHECK;

#endif
