/*
 * request: what a handler sees of an HTTP request. Borrowed for the time of the call; the same
 * view is made from a socket by server/ and from memory by tests.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

/* The methods that are told apart; the name as sent is beside it. */
enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_DELETE, HTTP_OTHER_METHOD };

struct http_request {
    enum http_method method;
    const char *method_name; /* as sent */
    const char *path;        /* as sent, not decoded, without the query; starts with '/' */
    const char *query;       /* as sent, without '?'; "" when there is none */
    const char *body;        /* NUL-terminated for convenience; may hold NUL bytes itself */
    size_t body_length;
    bool body_too_large;   /* the body was over the server's cap and was thrown away */
    bool peer_is_loopback; /* the client's address is of this machine */
    const char *(*find_header)(void *state, const char *name); /* case-insensitive; NULL: none */
    void *header_state;
};

/* The method of a request line's word; HTTP_OTHER_METHOD for words this server has no use for. */
enum http_method http_method_of(const char *word);

/* The value of a header field, or NULL; borrowed. With several fields of the name, the first. */
const char *http_request_header(const struct http_request *request, const char *name);

/*
 * Appends length bytes of text, percent-decoded; false, with nothing sensible appended, when an
 * escape is broken or stands for NUL.
 */
bool http_decode(struct strbuf *out, const char *text, size_t length);

/*
 * Appends the percent-decoded value of a query parameter; false when it is not there, is doubled
 * or has a broken escape or an escaped NUL.
 */
bool http_query_get(const char *query, const char *name, struct strbuf *out);

/* True when the query has the parameter at least once, whatever its value. */
bool http_query_has(const char *query, const char *name);

#endif
