/*
 * member: values of the scenario format as members of JSON objects.
 *
 * As with json/reader.h, absent and null are the same: STATUS_OK and found is false. What is wrong
 * is told with its path in err->field and what was expected in err->message; err is not NULL.
 */
#ifndef SCENARIOS_MEMBER_H
#define SCENARIOS_MEMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/fault.h"
#include "core/lifecycle.h"
#include "json/reader.h"

/* Names of keys or words, and how many these are. */
struct words {
    const char *const *names;
    size_t count;
};

/* The words of an array of names. */
#define WORDS(array) ((struct words){(array), sizeof(array) / sizeof *(array)})

/* Refuses keys that are not among these, and names the nearest, or all of them. */
enum status member_only(const struct json_object *object, struct words keys,
                        struct error *err) MUST_CHECK;

/* STATUS_INVALID: the member (or the object, when name is NULL) is wrong as err->message says. */
enum status member_blame(const struct json_object *object, const char *name, struct error *err);

/* STATUS_INVALID: a key that must be there is not; the advice says what to write. */
enum status member_missing(const struct json_object *object, const char *name, const char *advice,
                           struct error *err);

/* One of these words, by its place among them from 0. */
enum status member_choice(const struct json_object *object, const char *name, struct words words,
                          unsigned *out, bool *found, struct error *err) MUST_CHECK;

/* A whole number from least to most. */
enum status member_whole(const struct json_object *object, const char *name, int64_t least,
                         int64_t most, int64_t *out, bool *found, struct error *err) MUST_CHECK;

/* A duration from least_ms to most_ms. */
enum status member_duration(const struct json_object *object, const char *name, int64_t least_ms,
                            int64_t most_ms, int64_t *out, bool *found,
                            struct error *err) MUST_CHECK;

/* A duration, "3 polls" or "never". */
enum status member_stage(const struct json_object *object, const char *name, struct stage *out,
                         bool *found, struct error *err) MUST_CHECK;

/* A number from 1 on, "2-4", or "5-" for the fifth and all behind it. */
enum status member_turns(const struct json_object *object, const char *name, struct turn_range *out,
                         bool *found, struct error *err) MUST_CHECK;

/* A text of length bytes as a number below 32. */
typedef enum status member_reader(const char *text, size_t length, unsigned *out,
                                  struct error *err);

/* A text or an array of one or more: bits 1 << what the reader says. */
enum status member_set(const struct json_object *object, const char *name, member_reader *read,
                       unsigned *out, bool *found, struct error *err) MUST_CHECK;

/* Entity types, as a set. */
enum status member_entity_types(const struct json_object *object, const char *name, unsigned *out,
                                bool *found, struct error *err) MUST_CHECK;

/* An array of at most most objects; begins to read it. */
enum status member_list(const struct json_object *object, const char *name, size_t most,
                        struct json_array *out, bool *found, struct error *err) MUST_CHECK;

#endif
