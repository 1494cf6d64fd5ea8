/*
 * write: scenarios as JSON, in the form that read.h reads back to an equal scenario.
 */
#ifndef SCENARIOS_WRITE_H
#define SCENARIOS_WRITE_H

#include "core/scenario.h"
#include "json/writer.h"

/*
 * Writes an object with what the scenario says and nothing else: an empty name or description, an
 * expectation of success, and empty lists are left out. name as for json_begin_object().
 */
void scenario_write(struct json_writer *json, const char *name, const struct scenario *scenario);

#endif
