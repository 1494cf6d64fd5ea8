/*
 * strange_names: which properties hazards may change. Source: contract/entities.json; the checks
 * of tests/data hold the lists to it.
 */
#ifndef DATA_STRANGE_NAMES_H
#define DATA_STRANGE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "contract/entity.h"

/* The length of notes under long-strings, in characters. Source: assumed, no limit is documented.
 */
#define STRANGE_NOTES_LENGTH 10000

/*
 * True when the contract lets a property be null. parent is the name of the object it is in, NULL
 * for a property of the row itself.
 */
bool strange_is_nullable(enum entity_type type, const char *parent, const char *name);

/* True when a property had to have a value in the docs of the seed era. */
bool strange_was_required(const char *name);

/* True for the names and texts of people: any string will do. */
bool strange_is_text(const char *name);

/* True for properties whose string is a value of an enum; others of that name hold no string. */
bool strange_is_enum(const char *name);

/* The longest a string may be, in characters; 0 when long-strings leaves it as it is. */
size_t strange_limit(const char *name);

/* True for objects whose properties are keys of a map: any would be legal. */
bool strange_is_map(const char *name);

#endif
