/*
 * load: a scenario that is called by the name of a built-in one or by the path of a file.
 */
#ifndef SCENARIOS_LOAD_H
#define SCENARIOS_LOAD_H

#include "base/status.h"
#include "core/scenario.h"

/*
 * Reads a built-in scenario of this name, else the file: what has a '/' or '.' in it or exists is
 * taken for a file. The caller owns *out. Errors have no field; the message names the file and the
 * path within ("mine.jsonc: faults[0].on: is missing: ..."), or the built-in that was probably
 * meant. STATUS_IO when the file cannot be read, STATUS_LIMIT when it is longer than 1 MiB.
 */
enum status scenario_load(const char *name_or_path, struct scenario **out,
                          struct error *err) MUST_CHECK;

/* The same for a file alone. */
enum status scenario_load_file(const char *path, struct scenario **out,
                               struct error *err) MUST_CHECK;

#endif
