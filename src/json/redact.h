/*
 * redact: takes the credentials out of texts that are to be shown. They are found in the body of a
 * request by the names ClientToken and AccessToken, in JSON as well as in what was meant to be
 * JSON, a form or XML. What is found there is taken out everywhere else as well.
 */
#ifndef JSON_REDACT_H
#define JSON_REDACT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

/* Most credentials of one request, and most bytes of one that are compared. */
#define SECRETS_MAX      8
#define SECRET_BYTES_MAX 512

/* Shorter ones are taken out where they stand under their name only: they are like any word. */
#define SECRET_BYTES_MIN 6

/* So much of a longer one is taken out where a message quotes no more of it. */
#define SECRET_BYTES_PART 12

/* The credentials of a request. A value, zeroed is none; keeps its memory for the next request. */
struct secrets {
    struct strbuf bytes; /* one after the other, as they stand in JSON */
    size_t ends[SECRETS_MAX];
    size_t count;
    struct strbuf canonical; /* work space */
    struct strbuf named;     /* likewise */
};

/* Frees what secrets own. */
void secrets_release(struct secrets *secrets);

/* Forgets the credentials and keeps the memory. */
void secrets_reset(struct secrets *secrets);

/* Adds a credential, as it is and as JSON writes it; beyond SECRETS_MAX nothing is added. */
void secrets_add(struct secrets *secrets, const char *text, size_t length);

/*
 * Appends about the first max_bytes of a request's body, without the values of ClientToken and
 * AccessToken, which are added to the secrets, and without all other secrets. Escapes that JSON
 * does not need are resolved, so that none can hide anything. A body with NUL bytes is no text:
 * nothing is appended.
 */
void redact_body(struct strbuf *out, const char *body, size_t length, size_t max_bytes,
                 struct secrets *secrets);

/* Appends any other text without the secrets. */
void redact_text(struct strbuf *out, const char *text, size_t length,
                 const struct secrets *secrets);

/* Appends a text without the signatures of the links in it. */
void redact_links(struct strbuf *out, const char *text, size_t length);

#endif
