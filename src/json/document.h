/*
 * document: a JSON text that was read. Strict: see syntax.h; duplicate names are refused too.
 */
#ifndef JSON_DOCUMENT_H
#define JSON_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "json/arena.h"

struct cJSON;

/*
 * Most values in a text that comes from outside. A body of 1 MiB holds 27,000 ids; more values are
 * junk that would cost memory (64 bytes each).
 */
#define JSON_VALUES_MAX 50000

/* Owns what was read; see json_document_release(). */
struct json_document {
    struct cJSON *root; /* in the arena */
    struct arena arena;
};

/* How to read a text that the operator wrote (files of tokens, scenarios). */
struct json_options {
    bool comments;     /* line and block comments are white space */
    size_t values_max; /* SIZE_MAX: as many as there are */
};

/*
 * Reads a text of at most JSON_VALUES_MAX values, no comments. STATUS_MALFORMED when it is not
 * strict JSON or a name stands twice in an object (err->field is then its path), STATUS_LIMIT when
 * it is too deep or holds too much. The caller releases out on STATUS_OK only.
 */
enum status json_read(const char *text, size_t length, struct json_document *out,
                      struct error *err) MUST_CHECK;

/* The same with other options. */
enum status json_read_with(const char *text, size_t length, const struct json_options *options,
                           struct json_document *out, struct error *err) MUST_CHECK;

/* Frees what was read, and with it every text and view that was got from it. */
void json_document_release(struct json_document *document);

#endif
