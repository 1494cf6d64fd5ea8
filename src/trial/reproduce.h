/*
 * reproduce: the one command that tells a story again: a command line of `run`.
 */
#ifndef TRIAL_REPRODUCE_H
#define TRIAL_REPRODUCE_H

#include <stdint.h>

#include "base/strbuf.h"
#include "options/settings.h"

/*
 * Visits, each once, the options of the command `run` that shape the story of these settings, as
 * they are written: what was given, except for --scenario, and what matters most (--now, --seed,
 * --speed, --timeout) also where it is the default. value is NULL for a flag; borrowed for the
 * call.
 */
typedef void story_visitor(const char *name, const char *value, void *state);
void story_visit(const struct settings *settings, story_visitor *visit, void *state);

/*
 * Copies settings, with what a story depends on made certain: the instant at which the clock
 * begins, and the scenario, which is read once. *out borrows from settings; release its
 * scenario_value with scenario_unref(). Errors are those of --scenario.
 */
enum status story_pin(const struct settings *settings, struct settings *out,
                      struct error *err) MUST_CHECK;

/*
 * Appends "exports-mock run --scenario NAME ... -- CMD...", quoted for a shell. scenario may be
 * NULL: none.
 */
void reproduce_write(struct strbuf *out, const struct settings *settings, const char *scenario,
                     const char *const *command);

#endif
