/*
 * cut: an answer that breaks off on purpose, in one of the ways of core/delivery.h.
 */
#ifndef SERVER_CUT_H
#define SERVER_CUT_H

#include <stdbool.h>

#include "server/exchange.h"

/*
 * Ends the stream of a socket in order: what the client sent and nobody read is thrown away, up to
 * a limit, because a socket that is closed with bytes unread sends a reset instead.
 */
void cut_in_order(int fd);

/*
 * Does what response.delivery.cut says, now that all before the cut was handed over; exchange->hold
 * must be there. True: the connection is suspended, and this is to be called again when
 * libmicrohttpd asks again. False: the caller closes the connection, which the client sees as the
 * end of the stream or as a reset.
 */
bool cut_now(struct exchange *exchange);

#endif
