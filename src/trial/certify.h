/*
 * certify: the command `certify`: the client once under each scenario, each time against a server
 * in its first state; then the matrix on stdout. What the client writes, on stdout or stderr, goes
 * to stderr. Source: interface, section 3.
 */
#ifndef TRIAL_CERTIFY_H
#define TRIAL_CERTIFY_H

#include "base/status.h"
#include "options/settings.h"

/*
 * Runs the client and writes the result. On STATUS_OK *exit_code is 0 when every scenario passed, 1
 * when one did not, and 128 and the number of a signal that broke the certification off. Else it
 * could not be begun or not be finished; the message says why.
 */
enum status certify_command(const struct settings *settings, int *exit_code,
                            struct error *err) MUST_CHECK;

#endif
