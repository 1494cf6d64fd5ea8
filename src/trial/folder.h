/*
 * folder: an empty folder of one's own for a client's output, and its removal.
 */
#ifndef TRIAL_FOLDER_H
#define TRIAL_FOLDER_H

#include <stdbool.h>

#include "base/status.h"

/*
 * Makes an empty folder that only the user can enter, in TMPDIR or /tmp; *out is its absolute path,
 * and the caller's to free. STATUS_IO when it cannot be made.
 */
enum status folder_make(char **out, struct error *err) MUST_CHECK;

/* Whether there is a file in it or in its folders. */
bool folder_has_files(const char *path);

/* Removes it with all that is in it, as far as that can be removed; follows no links. */
void folder_remove(const char *path);

#endif
