/*
 * reply: turns an answer into what libmicrohttpd sends.
 */
#ifndef SERVER_REPLY_H
#define SERVER_REPLY_H

#include <stdbool.h>

#include "server/exchange.h"

struct MHD_Connection;

/*
 * Hands exchange->response to libmicrohttpd, which owns a part of the exchange until it is sent.
 * is_head: the request was HEAD; the header fields are those of GET. The body of a 304 is not sent
 * either, but tells the length that 200 would have had. False when libmicrohttpd
 * refuses (a status that is none); the connection is then to be closed.
 */
bool reply_queue(struct MHD_Connection *connection, struct exchange *exchange, bool is_head);

#endif
