/*
 * serve: runs the server until it is told to stop.
 */
#ifndef APP_SERVE_H
#define APP_SERVE_H

#include "base/status.h"
#include "options/settings.h"

/*
 * Listens, prints the line that says where to stdout, writes the ready file, and serves until
 * SIGTERM or SIGINT. Gives the status of what could not be done, with one line to print.
 */
enum status serve(const struct settings *settings, struct error *err) MUST_CHECK;

#endif
