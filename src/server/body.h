/*
 * body: the bytes that an answer's body consists of, whatever they come from.
 */
#ifndef SERVER_BODY_H
#define SERVER_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "server/exchange.h"

/*
 * How long the body is (of HEAD and 304: that of GET and 200); UINT64_MAX when that is not known,
 * which is so of a compressed one.
 */
uint64_t body_length_bytes(const struct exchange *exchange);

/*
 * Writes up to room (at least 1) bytes of the body from position on to out; gives how many, or what
 * an MHD_ContentReaderCallback gives at the end and on errors. A compressed body is read in order.
 */
ssize_t body_read(struct exchange *exchange, uint64_t position, char *out, size_t room);

/*
 * True when the body ends at exchange->sent_bytes, which is where the last body_read() stopped. Of
 * a compressed one this may take a byte away: it is for a body that is given up unless it is at its
 * end.
 */
bool body_is_at_end(struct exchange *exchange);

#endif
