/*
 * screen: what is refused before a handler sees it, because it is not sound HTTP or because its
 * framing could be read in two ways.
 *
 * Some requests do not come so far: what libmicrohttpd itself cannot read (a broken request line, a
 * head that is too long, a bad Content-Length) it answers with a page of its own and closes the
 * connection. It calls nobody for that, so that answer has no Request-Id and is in no journal.
 */
#ifndef SERVER_SCREEN_H
#define SERVER_SCREEN_H

#include "server/exchange.h"

struct MHD_Connection;

/*
 * Looks at the request line and the header fields; splits the target. 0, or the status to refuse
 * the request with (RFC 9112: sections 3.2, 6.1 and 6.3); *reason then says why.
 * url and version are libmicrohttpd's, unchanged.
 */
int screen_request(struct MHD_Connection *connection, struct exchange *exchange, const char *url,
                   const char *version, const char **reason);

#endif
