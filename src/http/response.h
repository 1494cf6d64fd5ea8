/*
 * response: an answer as a value. Handlers fill it; server/ sends it; tests read it.
 */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "base/strbuf.h"
#include "core/delivery.h"

/*
 * A body that comes as things happen. Zeroed: none. The connection waits, without a thread or a
 * turn of the loop, while there is nothing to send.
 */
struct http_stream {
    /* Writes up to room bytes to out; gives how many, 0: nothing now. Instants are monotonic. */
    size_t (*read)(void *state, int64_t now_real_ms, char *out, size_t room);
    bool (*is_ready)(void *state); /* read() would give something */
    void (*release)(void *state);  /* called once, when the answer is over */
    void *state;                   /* owned by release() */
    int64_t quiet_real_ms;         /* read() is called again after so long without being ready */
};

enum http_body {
    HTTP_BODY_TEXT,  /* text, all of it */
    HTTP_BODY_RANGE, /* length_bytes of source from offset_bytes */
    HTTP_BODY_GZIP,  /* the whole source, compressed while it is sent; no Content-Length */
    HTTP_BODY_STREAM /* stream; ends only when the client goes */
};

struct http_response {
    int status;
    enum http_body body;
    struct strbuf text;        /* HTTP_BODY_TEXT */
    struct source source;      /* HTTP_BODY_RANGE and _GZIP; owned */
    struct http_stream stream; /* HTTP_BODY_STREAM; owned */
    uint64_t offset_bytes;
    uint64_t length_bytes;
    struct delivery delivery; /* zeroed: at once and whole */
    uint64_t number;          /* of the request, from 1 in the order of arrival; 0: not numbered */
    struct strbuf header_fields; /* "Name\0value\0" for each; read with http_response_next_header */
};

/* An answer that is over: its last byte was handed to the kernel, or the client went away. */
struct http_completion {
    const char *method; /* as sent; borrowed for the call, like path */
    const char *path;
    int status;
    uint64_t number;       /* of struct http_response */
    uint64_t offset_bytes; /* of a range or a whole source: where it began */
    /*
     * Of the body, handed over; exact where we cut it. Of an answer that a client gave up this
     * leaves out the block that was on its way (up to 1 MiB of a computed source; all of a text or
     * a real file; up to 64 KiB when its speed is limited).
     */
    uint64_t sent_bytes;
    bool is_encoded; /* the body was compressed, and sent_bytes are compressed ones */
    bool is_text;    /* the body was a text (a refusal, a fault's page), not a file */
    bool aborted;    /* not all of it was handed over */
    bool cut;        /* it was broken off on purpose (struct delivery), not by the client */
};

/* An empty 200 answer. The strbufs keep their memory over http_response_reset(). */
void http_response_init(struct http_response *response);
void http_response_release(struct http_response *response);

/* Back to an empty 200 answer; releases the source, keeps the buffers' memory. */
void http_response_reset(struct http_response *response);

/* Adds a header field; line breaks and other control characters in the value are left out. */
void http_response_field(struct http_response *response, const char *name, const char *value);

/* The same with a formatted value, of which at most 2047 bytes are sent. */
void http_response_header(struct http_response *response, const char *name, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/*
 * Walks the header fields: start with *cursor = 0; false at the end. name and value are borrowed.
 */
bool http_response_next_header(const struct http_response *response, size_t *cursor,
                               const char **name, const char **value);

/* The value of the first field with this name (case-insensitive), or NULL. */
const char *http_response_find_header(const struct http_response *response, const char *name);

/* Makes source the body, whole; the response owns it from now on. */
void http_response_source(struct http_response *response, struct source source);

#endif
