/*
 * deliver: carries out what response.delivery says (core/delivery.h): an answer that is late, a
 * body that is slow or breaks off. The decision is somebody else's, the trouble is made here.
 */
#ifndef SERVER_DELIVER_H
#define SERVER_DELIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "server/exchange.h"
#include "server/hold.h"

/* What becomes of an answer that the handler has filled. */
enum deliver_step {
    DELIVER_NOW,   /* queue it */
    DELIVER_LATER, /* the connection is suspended; ask again when libmicrohttpd does */
    DELIVER_NEVER  /* close the connection */
};

/* Prepares for what response.delivery asks for; nothing when it asks for nothing. */
void deliver_begin(struct exchange *exchange, struct holds *holds,
                   struct MHD_Connection *connection);

/* Goes through the delay, and a cut before the answer. */
enum deliver_step deliver_answer(struct exchange *exchange);

/*
 * True when the body (length_bytes; UINT64_MAX: not known) must go through deliver_read(). A cut
 * at the end of the body or behind it cuts nothing.
 */
bool deliver_shapes(const struct exchange *exchange, uint64_t length_bytes);

/* The memory that such a body passes through at a time: small where it is slow or stalls. */
size_t deliver_block_bytes(const struct exchange *exchange);

/*
 * MHD_ContentReaderCallback over such a body; state is the exchange. Gives the next piece, or
 * suspends the connection, or fails where the answer is cut.
 */
ssize_t deliver_read(void *state, uint64_t position, char *out, size_t capacity);

#endif
