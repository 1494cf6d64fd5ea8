/*
 * handshake: connections that are to speak TLS, from their first byte until the handshake is over.
 *
 * One that is not done in time is closed, because a client that connects and says nothing would
 * stay for as long as a pause in a request may last. One that begins with an HTTP request is told
 * so in plain HTTP, which its sender can read, and a log line says what happened.
 *
 * One that waits for its client is suspended: libmicrohttpd would take it for ready to read until
 * it is over, and ask to be run again and again. The loop resumes it when something comes.
 */
#ifndef SERVER_HANDSHAKE_H
#define SERVER_HANDSHAKE_H

#include <stdbool.h>

#include "server/due.h"

struct MHD_Connection;
struct handshake;
struct server_config;

/* All handshakes that are going on. */
struct handshakes {
    struct due_list due;
    const struct server_config *config; /* borrowed */
    int poll_fd;                        /* the loop's epoll; borrowed */
    struct handshake *first_waiting;    /* those that are suspended */
    struct handshake **by_fd;           /* the same by their socket; NULL: not */
    size_t fd_capacity;
};

/*
 * None are going on yet. poll_fd must watch the socket of each connection, with the socket as the
 * data of its events.
 */
void handshakes_init(struct handshakes *handshakes, const struct server_config *config,
                     int poll_fd);

/* Frees the list; the handshakes must be over. */
void handshakes_release(struct handshakes *handshakes);

/* To be called when a connection was accepted. Lives as long as that; handshake_free() ends it. */
struct handshake *handshake_new(struct handshakes *handshakes, struct MHD_Connection *connection);

/* To be called when the connection is over; a struct handshake *, or NULL. */
void handshake_free(void *handshake);

/* How long the loop may wait: longest (-1: for ever), or less when one has to end before. */
int handshakes_wait_real_ms(const struct handshakes *handshakes, int longest);

/* Tells of an epoll event on a socket; false when no handshake waits there. */
bool handshakes_take_event(struct handshakes *handshakes, int fd);

/* Resumes all, so that libmicrohttpd can be stopped. */
void handshakes_resume_all(struct handshakes *handshakes);

/* Ends those that take too long; libmicrohttpd has to run afterwards. */
void handshakes_run_due(struct handshakes *handshakes);

#endif
