/*
 * file_reply: the answer to a GET or HEAD request for a file: whole, a range, compressed, not
 * modified, or refused by a precondition. What RFC 9110 lets a server choose is written here.
 */
#ifndef HTTP_FILE_REPLY_H
#define HTTP_FILE_REPLY_H

#include <stdint.h>

#include "base/source.h"
#include "http/request.h"
#include "http/response.h"

#define FILE_REPLY_TAG_MAX 64

/* Borrowed for the time of the call. */
struct file_reply_facts {
    const char *tag; /* names the bytes; without quotes, up to FILE_REPLY_TAG_MAX characters */
    const char *content_type;
    int64_t modified_ms; /* Last-Modified, written in whole seconds */
};

/*
 * Fills response, which must be empty, with 200, 206, 304, 412 or 416 and its header fields; the
 * source is the response's or released when this returns. The server layer writes Content-Length
 * from the body and leaves the body out for HEAD.
 *
 * The compressed form has an ETag of its own (the tag with "-gzip") and is chosen for 200 only: a
 * GET with a Range field, even one that does not count, is about the bytes as they are. So is HEAD,
 * which is asked for the length, and that of the compressed form is not known beforehand. Range
 * counts for GET alone (RFC 9110, section 14.2). 412 and 416 have no body and no Content-Type: the
 * caller may add those of its kind of storage.
 * Source: interface, section 1 (file links); the rest RFC 9110.
 */
void file_reply(const struct http_request *request, struct http_response *response,
                struct source source, const struct file_reply_facts *facts);

#endif
