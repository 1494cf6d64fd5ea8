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
 * without_body: the answer to HEAD; its header fields are those of GET. False when libmicrohttpd
 * refuses (a status that is none); the connection is then to be closed.
 */
bool reply_queue(struct MHD_Connection *connection, struct exchange *exchange, bool without_body);

#endif
