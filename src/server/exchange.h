/*
 * exchange: one request and its answer, from the request line to the last byte sent.
 *
 * Two owners hold it at times: the connection (until libmicrohttpd says that the request is over)
 * and libmicrohttpd's response object, which reads the answer's memory. Finished exchanges are
 * kept with their buffers: memory that was written before is what makes a big answer cheap.
 */
#ifndef SERVER_EXCHANGE_H
#define SERVER_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "http/gzip.h"
#include "http/response.h"

struct hold;

/* Unused exchanges; zeroed is empty. */
struct exchange_pool {
    struct exchange *first;
    size_t kept_bytes;   /* memory of the kept ones */
    size_t block_bytes;  /* memory of the blocks that running downloads are read through */
    bool may_send_files; /* sendfile may be used; over TLS it cannot encrypt */
};

struct exchange {
    struct exchange_pool *pool;
    struct exchange *next; /* in the pool */
    unsigned owner_count;
    struct strbuf target; /* split in place into path and query */
    const char *method;   /* borrowed from libmicrohttpd until the request is over */
    const char *path;
    const char *query;
    struct strbuf body;
    bool body_too_large;
    bool begun;        /* the header fields are there and were looked at */
    bool handled;      /* the handler was called */
    bool cut;          /* the answer was broken off on purpose */
    struct hold *hold; /* owned; NULL unless the answer is to be late, slow or cut */
    struct http_response response;
    struct gzip_stream *gzip;
    size_t block_bytes;  /* this one's part of pool->block_bytes */
    uint64_t sent_bytes; /* of a body that is read in blocks: those before the current block */
};

/* An empty exchange with one owner. */
struct exchange *exchange_new(struct exchange_pool *pool);

/* Adds an owner. */
void exchange_ref(struct exchange *exchange);

/* Takes an owner away; the last one gives it back to its pool. A struct exchange *, or NULL. */
void exchange_unref(void *exchange);

/*
 * Gives back memory that an answer which takes its time does not need: the request's body, and the
 * room in buffers beyond what is in them.
 */
void exchange_trim(struct exchange *exchange);

/* Frees the content of an answer of which nothing more will be sent, or nothing at all. */
void exchange_drop_content(struct exchange *exchange);

/* Frees the unused exchanges. */
void exchange_pool_trim(struct exchange_pool *pool);

#endif
