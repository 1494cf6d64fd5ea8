/*
 * state: reads the state that a request wants an export to be in.
 */
#ifndef ADMIN_STATE_H
#define ADMIN_STATE_H

#include "core/lifecycle.h"
#include "json/reader.h"

/* Reads "Status", which must be there. STATUS_INVALID with the names that there are. */
enum status admin_read_state(const struct json_object *body, enum export_state *state,
                             struct error *err) MUST_CHECK;

#endif
