/*
 * run: the command `run`: a client against a server of its own, then the conduct report on stderr.
 * stdout is the client's alone. Source: interface, section 3.
 */
#ifndef TRIAL_RUN_H
#define TRIAL_RUN_H

#include "base/status.h"
#include "options/settings.h"

/*
 * Runs the client and writes the reports. On STATUS_OK *exit_code is what the program is to end
 * with (verdict_exit_code()). Else nothing was run, or the machine failed; the message says why.
 */
enum status run_command(const struct settings *settings, int *exit_code,
                        struct error *err) MUST_CHECK;

#endif
