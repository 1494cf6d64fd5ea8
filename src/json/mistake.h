/*
 * mistake: explains what is wrong in a text that is not JSON, and what to write instead. Inside of
 * syntax.c, which finds the place; nothing here runs for a text that is right.
 */
#ifndef JSON_MISTAKE_H
#define JSON_MISTAKE_H

#include <stddef.h>

#include "base/status.h"

/* A place in a text. */
struct json_place {
    const char *text; /* not owned */
    size_t length;
    size_t at; /* offset in bytes */
};

/* How many letters, digits and underscores stand at the place. */
size_t json_word_length(const struct json_place *place);

/* Each fills err with the place and the explanation and returns STATUS_MALFORMED. */

/* `what` as it is. */
enum status json_mistake(const struct json_place *place, struct error *err, const char *what);

/* A string that begins at opened_at and is not closed. */
enum status json_mistake_unclosed_string(const struct json_place *place, size_t opened_at,
                                         struct error *err);

/* A control character within a string. */
enum status json_mistake_control(const struct json_place *place, struct error *err);

/* Something that is no value, where one is expected. */
enum status json_mistake_value(const struct json_place *place, struct error *err);

/* Something that is no name in double quotes, where one is expected. */
enum status json_mistake_name(const struct json_place *place, struct error *err);

/* Neither a comma nor the bracket that closes `opened` ('{' or '['). */
enum status json_mistake_end(const struct json_place *place, char opened, struct error *err);

/* The text ends within the object or array that opens at opened_at. */
enum status json_mistake_cut(const struct json_place *place, size_t opened_at, struct error *err);

/* There is nothing but white space. */
enum status json_mistake_empty(struct error *err);

/* STATUS_MALFORMED when the text begins with a byte order mark or is UTF-16; else STATUS_OK. */
enum status json_check_encoding(const struct json_place *place, struct error *err) MUST_CHECK;

/* As json_mistake(), but STATUS_LIMIT: well-formed and yet refused. */
enum status json_too_much(const struct json_place *place, struct error *err, const char *what);

#endif
