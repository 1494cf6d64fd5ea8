/*
 * numbered: how the records of a state file name scenarios: null for none, "first" for the one the
 * server was started with, "own" for the one an AccessToken brings with it, else the number of a
 * record {"Scenario": ...} that stands before.
 */
#ifndef STATE_NUMBERED_H
#define STATE_NUMBERED_H

#include <stddef.h>

#include "core/scenario.h"
#include "core/tenant.h"
#include "json/reader.h"
#include "json/writer.h"

/* Most scenarios that get a number before a file is written anew. */
#define NUMBERED_MAX 10000

/* The scenarios that have a number: their index and 1; parts of them are owned. */
struct numbered {
    struct scenario *first; /* borrowed; may be NULL */
    struct scenario **items;
    size_t count;
};

/* Forgets all numbers. */
void numbered_clear(struct numbered *numbered);

/* Gives a scenario the next number. */
void numbered_add(struct numbered *numbered, struct scenario *scenario);

/* True when the scenario, which may be NULL, can be named; tenant may be NULL. */
bool numbered_knows(const struct numbered *numbered, const struct tenant *tenant,
                    const struct scenario *scenario);

/* Writes the name of a scenario that numbered_knows(). */
void numbered_write(const struct numbered *numbered, const struct tenant *tenant,
                    const struct scenario *scenario, struct json_writer *json, const char *name);

/* The scenario that a member names; borrowed; NULL for none. */
enum status numbered_read(const struct numbered *numbered, const struct tenant *tenant,
                          const struct json_object *object, const char *name, struct scenario **out,
                          struct error *err) MUST_CHECK;

#endif
