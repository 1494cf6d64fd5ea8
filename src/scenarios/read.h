/*
 * read: scenarios from JSON, strictly. Source of the format: interface, section 5;
 * docs/scenarios.md.
 */
#ifndef SCENARIOS_READ_H
#define SCENARIOS_READ_H

#include <stddef.h>

#include "core/scenario.h"
#include "json/reader.h"

/*
 * Reads a JSON object; comments are white space. On STATUS_OK the caller owns *out, as the one
 * owner it has. Else err (may be NULL) says where and why: err->field is the full path of what is
 * wrong ("faults[2].corrupt.row"; "" for the text as a whole), the message what was expected and,
 * for an unknown key or word, the one that was probably meant. STATUS_MALFORMED for what is no JSON
 * or of a wrong type, STATUS_LIMIT for too much, STATUS_INVALID for anything else.
 */
enum status scenario_read(const char *text, size_t length, struct scenario **out,
                          struct error *err) MUST_CHECK;

/* The same for an object within a document: paths of errors begin with the object's. */
enum status scenario_read_object(const struct json_object *object, struct scenario **out,
                                 struct error *err) MUST_CHECK;

#endif
