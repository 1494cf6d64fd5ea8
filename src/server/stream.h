/*
 * stream: a body that comes as things happen (struct http_stream): sent when there is something,
 * waiting otherwise.
 */
#ifndef SERVER_STREAM_H
#define SERVER_STREAM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "server/exchange.h"
#include "server/hold.h"

/* The memory that such a body passes through at a time. */
#define STREAM_BLOCK_BYTES ((size_t)16 << 10)

/*
 * Prepares an answer with a stream. A client that goes, or shuts down its sending side, ends it; so
 * does one that takes nothing of what waits for it for half a minute.
 */
void stream_begin(struct exchange *exchange, struct holds *holds,
                  struct MHD_Connection *connection);

/*
 * MHD_ContentReaderCallback over such a body; state is the exchange. One client gets a block each
 * 40 ms at most, so that a crowd of events costs few and large pieces.
 */
ssize_t stream_read(void *state, uint64_t position, char *out, size_t capacity);

#endif
