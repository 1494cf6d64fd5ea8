/*
 * bundle: a story in a file, so that it can be told again: the command, the options that shaped it,
 * the scenario, how it ended and what the server was asked. One JSON object:
 *
 *   {"exportsMockBundle": 1, "version": "0.1.0", "command": ["python3", "client.py"],
 *    "options": {"seed": "1", "now": "2026-08-07T10:00:00Z", "speed": "1000"},
 *    "scenario": {...} or null, "exit": {"how": "exited", "code": 1},
 *    "requests": [as GET /__admin/requests shows them, with bodies], "dropped": 0}
 *
 * options has the options of `run` by their names, as they are written; a flag that is on is "1".
 * Credentials are in it neither in requests nor in options, but the command is as it was.
 */
#ifndef TRIAL_BUNDLE_H
#define TRIAL_BUNDLE_H

#include <stddef.h>

#include "base/status.h"
#include "base/strbuf.h"
#include "core/journal.h"
#include "core/scenario.h"
#include "json/document.h"
#include "options/option.h"
#include "options/settings.h"
#include "trial/ending.h"

/* What a bundle is written from; borrowed. */
struct bundle_story {
    const struct settings *settings; /* with now_ms, and scenario_value where there is a scenario */
    struct ending ending;
    const struct journal *journal;
};

/* Appends the object and a newline. */
void bundle_write(struct strbuf *out, const struct bundle_story *story);

/*
 * Where the bundle of one scenario goes when there are several: "b.json" and "fails" give
 * "b-fails.json". Caller frees.
 */
char *bundle_path_of(const char *path, const char *scenario);

/* An option of a bundle, as the command line would have it. */
struct bundle_option {
    const struct option *option;
    const char *value;
};

/* A bundle that was read; release it with bundle_release(). All zero: none. */
struct bundle {
    struct json_document document; /* owns the texts */
    const char **command;          /* owned array, ended by NULL */
    struct bundle_option *options; /* owned array */
    size_t option_count;
    struct scenario *scenario; /* owned part; NULL: none */
};

/*
 * Reads a bundle, strictly: nothing unknown, every option one that shapes a story and with a value
 * that it takes. err->field is the path of what is wrong. What requests hold does not matter.
 */
enum status bundle_read(const char *text, size_t length, struct bundle *out,
                        struct error *err) MUST_CHECK;

/* The same for a file of at most 64 MiB; the message names the file and the place. */
enum status bundle_load(const char *path, struct bundle *out, struct error *err) MUST_CHECK;

/* Frees what it owns. */
void bundle_release(struct bundle *bundle);

#endif
