/*
 * verify_command: the command `verify`: compares what a client collected with what exports of a
 * running server hold, and prints a report. Source: interface, section 3.
 */
#ifndef APP_VERIFY_COMMAND_H
#define APP_VERIFY_COMMAND_H

#include <stdbool.h>

#include "base/status.h"
#include "options/settings.h"

/*
 * Compares and writes the report to stdout. *is_complete: every row was collected, once and whole.
 * STATUS_INVALID when the paths cannot be what is meant, others when the server, a file or stdout
 * cannot be used; the message is one line that says what to do.
 */
enum status verify_command(const struct settings *settings, bool *is_complete,
                           struct error *err) MUST_CHECK;

#endif
