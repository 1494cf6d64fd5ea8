/*
 * selection: which scenarios a certification is made of.
 */
#ifndef TRIAL_SELECTION_H
#define TRIAL_SELECTION_H

#include <stddef.h>

#include "base/status.h"
#include "core/scenario.h"
#include "options/settings.h"

/* A scenario to run under. */
struct selected {
    char *argument; /* owned: what --scenario of `run` takes for it: a built-in's name or a path */
    struct scenario *scenario; /* owned part */
};

/* Release it with selection_release(). */
struct selection {
    struct selected *items; /* owned */
    size_t count;
};

/*
 * Those of --only, which are names of built-in ones or files; else every built-in one and those of
 * --scenario. What --skip names is left out; what is named twice comes once. STATUS_INVALID and the
 * like when a scenario cannot be read, a name to skip is not there, or nothing is left; err->field
 * is the option.
 */
enum status selection_make(const struct settings *settings, struct selection *out,
                           struct error *err) MUST_CHECK;
void selection_release(struct selection *selection);

#endif
