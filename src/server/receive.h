/*
 * receive: libmicrohttpd's callbacks, from the request line to the end of the answer.
 */
#ifndef SERVER_RECEIVE_H
#define SERVER_RECEIVE_H

#include <microhttpd.h>
#include <stddef.h>

/*
 * The three together make one request, in the order they are called. Each one's first argument
 * is the struct server *; the prototypes are libmicrohttpd's (MHD_OPTION_URI_LOG_CALLBACK,
 * MHD_AccessHandlerCallback, MHD_OPTION_NOTIFY_COMPLETED).
 */

/* Begins an exchange with the target as it was sent; the exchange becomes the request's state. */
void *receive_target(void *state, const char *target, struct MHD_Connection *connection);

/* Called with the header fields, with each piece of the body, and once all of it is there. */
enum MHD_Result receive_request(void *state, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *piece,
                                size_t *piece_length, void **exchange);

/* Ends the exchange, answered or not. */
void receive_end(void *state, struct MHD_Connection *connection, void **exchange,
                 enum MHD_RequestTerminationCode how);

#endif
