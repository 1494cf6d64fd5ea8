/*
 * host: the program behind a socket: a server, and the app that answers its requests.
 */
#ifndef APP_HOST_H
#define APP_HOST_H

#include "app/app.h"
#include "base/status.h"

struct host;

struct host_config {
    const struct settings *settings; /* borrowed */
    /* As in struct server_config: NULL, or who takes the signals in place of the server. */
    void (*watched)(void *context);
    void *watched_context;
    int watched_fd;
};

/*
 * Opens the socket and makes the app; from then on the socket accepts. Errors are those of
 * server_start() and app_new(). Caller frees.
 */
enum status host_new(const struct host_config *config, struct host **out,
                     struct error *err) MUST_CHECK;
void host_free(struct host *host); /* may be NULL */

/* Where it is reached from this machine, "http://127.0.0.1:8080"; borrowed. */
const char *host_url(const struct host *host);

/*
 * The certificate, PEM, that clients have to trust; NULL over http, and where one from elsewhere
 * is used that does not vouch for itself. Borrowed.
 */
const char *host_authority(const struct host *host);

/* Tells on stderr what clients will not like about the certificate, if anything. */
void host_warn(const struct host *host);

/* The app; borrowed. */
struct app *host_app(const struct host *host);

/* Serves until a signal arrives, or host_stop_soon() is called. */
enum status host_run(struct host *host, struct error *err) MUST_CHECK;

/* Makes host_run() return after this turn of the loop. */
void host_stop_soon(struct host *host);

/*
 * Does what is at hand, then closes the socket and every connection, so that the app has been told
 * how each answer ended. The app stays, to be looked at.
 */
void host_close(struct host *host);

/* The two real clocks now. */
struct moment host_now(void);

/*
 * Writes the ready file, if one is asked for: beside it first, then under its name. Before it, what
 * host_authority() gives, under its name with ".ca.pem" behind it.
 */
enum status host_write_ready_file(const struct host *host, struct error *err) MUST_CHECK;

#endif
