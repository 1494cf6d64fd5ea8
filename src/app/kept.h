/*
 * kept: the options that a state file depends on (--state): what it was made with is in force again
 * whenever it is used, and an option that says something else is refused. Which ones they are, and
 * why: docs/state.md.
 */
#ifndef APP_KEPT_H
#define APP_KEPT_H

#include "base/status.h"
#include "options/options.h"
#include "options/settings.h"
#include "state/header.h"

/* Room for the text of one option. */
#define KEPT_TEXT_MAX 4096

/* The options that are in force, as texts. A value; the header borrows from it. */
struct kept {
    char texts[HEADER_OPTIONS_MAX][KEPT_TEXT_MAX];
    struct header header;
};

/*
 * Fills out with what the settings say; program is the version of the program and scenario the one
 * that --scenario named (may be NULL), both borrowed. Not to be copied.
 */
void kept_fill(struct kept *out, const struct settings *settings, const char *program,
               struct scenario *scenario);

/*
 * Reads the header of the settings' state file, and the settings again with what it says as a layer
 * between environment and defaults. header must live as long as the settings; release it with
 * header_release(). A file that is not there changes nothing. STATUS_IO, STATUS_MALFORMED or
 * STATUS_INVALID with "--state" as field; the settings are then as they were.
 */
enum status kept_apply(const struct options_input *input, struct settings *settings,
                       struct header *header, struct error *err) MUST_CHECK;

#endif
