/*
 * loop: waits for sockets and signals. Connections that are held (hold.h) join here: the first
 * instant at which one is to go on shortens the wait, and the ends of their clients are told them.
 */
#ifndef SERVER_LOOP_H
#define SERVER_LOOP_H

#include "server/state.h"

/*
 * Takes over SIGTERM, SIGINT and SIGPIPE and watches the daemon's sockets; server->daemon runs.
 * STATUS_IO when the system has no descriptors left.
 */
enum status loop_open(struct server *server, struct error *err) MUST_CHECK;

/*
 * MHD_NotifyConnectionCallback; state is the struct server. Watches a new connection for the
 * client's end of it, and over TLS for its beginning; *handshake is kept for the connection.
 */
void loop_connection(void *state, struct MHD_Connection *connection, void **handshake,
                     enum MHD_ConnectionNotificationCode what);

/* Tells that the client of a socket, whose connection is not held, has ended its side (ending.h).
 */
void loop_client_ended(struct server *server, int fd);

/* Turns until a signal arrives or server->stopping is set. */
enum status loop_run(struct server *server, struct error *err) MUST_CHECK;

/* Turns without waiting until nothing is at hand, at most so often that it ends. */
void loop_settle(struct server *server);

/* Gives the signals back. Harmless when loop_open() failed or was not called. */
void loop_close(struct server *server);

#endif
