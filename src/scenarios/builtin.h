/*
 * builtin: the scenarios that come with the program, one file each in builtin/, NAME.jsonc. They
 * are part of the program and read when they are asked for.
 */
#ifndef SCENARIOS_BUILTIN_H
#define SCENARIOS_BUILTIN_H

#include <stddef.h>

#include "base/status.h"
#include "core/scenario.h"

/* A file: constant, and there as long as the program. */
struct builtin {
    const char *name; /* without a folder and .jsonc */
    const char *text; /* JSON with comments */
    size_t length;    /* of text, in bytes; a NUL stands behind it */
};

/* All of them, in the order of their names; made by scripts/embed. */
extern const struct builtin builtin_files[];
extern const size_t builtin_files_count;

/* How many there are. */
size_t scenario_builtin_count(void);

/* The one at index, which is below the count; in the order of their names. */
const struct builtin *scenario_builtin_at(size_t index);

/*
 * Reads the one with exactly this name of length bytes; the caller owns *out. STATUS_NOT_FOUND when
 * there is none: the message quotes the name and says which was probably meant, field is "".
 */
enum status scenario_builtin_find(const char *name, size_t length, struct scenario **out,
                                  struct error *err) MUST_CHECK;

#endif
