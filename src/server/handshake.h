/*
 * handshake: connections that are to speak TLS, from their first byte until the handshake is over.
 *
 * One that is not done in time is closed, because a client that connects and says nothing would
 * stay for as long as a pause in a request may last. One that begins with an HTTP request is told
 * so in plain HTTP, which its sender can read, and a log line says what happened.
 */
#ifndef SERVER_HANDSHAKE_H
#define SERVER_HANDSHAKE_H

#include "server/due.h"

struct MHD_Connection;
struct server_config;

/* All handshakes that are going on. */
struct handshakes {
    struct due_list due;
    const struct server_config *config; /* borrowed */
};

struct handshake;

/* None are going on yet. */
void handshakes_init(struct handshakes *handshakes, const struct server_config *config);

/* Frees the list; the handshakes must be over. */
void handshakes_release(struct handshakes *handshakes);

/* To be called when a connection was accepted. Lives as long as that; handshake_free() ends it. */
struct handshake *handshake_new(struct handshakes *handshakes, struct MHD_Connection *connection);

/* To be called when the connection is over; a struct handshake *, or NULL. */
void handshake_free(void *handshake);

/* How long the loop may wait: longest (-1: for ever), or less when one has to end before. */
int handshakes_wait_real_ms(const struct handshakes *handshakes, int longest);

/* Ends those that take too long; libmicrohttpd has to run afterwards. */
void handshakes_run_due(struct handshakes *handshakes);

#endif
