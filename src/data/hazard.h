/*
 * hazard: what may be surprising about data that is legal. A data set has any number of hazards at
 * once; each is a variation of the function that makes its bytes, so that ranges, sizes and
 * memory stay as they are without. To add one: a line here and in hazard.c, then what it does to
 * a row (strange.c) or to a file (slice.c).
 */
#ifndef DATA_HAZARD_H
#define DATA_HAZARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/*
 * The hazards; a set of them has the bits 1 << hazard. Where two say something about the same
 * value: null-rows, then long-strings, then unicode or unknown-enum-values. no-file leaves nothing
 * for the other ones.
 */
enum dataset_hazard {
    HAZARD_UNICODE,
    HAZARD_LONG_STRINGS,
    HAZARD_UNKNOWN_PROPERTIES,
    HAZARD_UNKNOWN_ENUM_VALUES,
    HAZARD_NULL_ROWS,
    HAZARD_EMPTY_FILE,
    HAZARD_NO_FILE,
    HAZARD_CRLF,
    HAZARD_NO_LAST_NEWLINE,
    HAZARD_REPEATED_ROW,
    HAZARD_COUNT
};

/* What people call a hazard, and what a client must survive: a sentence without a full stop. */
struct hazard_entry {
    const char *name;
    const char *summary;
};

/* By enum dataset_hazard. */
extern const struct hazard_entry hazard_table[HAZARD_COUNT];

/* Finds the hazard with exactly this name; false when there is none. */
bool hazard_find(const char *name, size_t length, enum dataset_hazard *out);

/* The same; else STATUS_INVALID with the nearest name and the list of them, field is "". */
enum status hazard_read(const char *text, size_t length, enum dataset_hazard *out,
                        struct error *err) MUST_CHECK;

/* True when the set of hazards has this one. */
static inline bool hazard_in(uint32_t hazards, enum dataset_hazard hazard)
{
    return (hazards >> hazard & 1u) != 0;
}

#endif
