/*
 * cut_character: where a row can be cut in the middle of a character of several bytes.
 */
#ifndef CONTENT_CUT_CHARACTER_H
#define CONTENT_CUT_CHARACTER_H

#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "base/status.h"
#include "data/dataset.h"

/* What to write where; length_bytes 0: nowhere. */
struct cut_place {
    uint64_t offset_bytes;
    size_t length_bytes;
    const char *bytes; /* static */
};

/*
 * Finds how to put a line end behind the first byte of a character: one byte in the first character
 * of several bytes; or, in a row of ASCII, two letters that follow one another in a string, which
 * become such a first byte and the line end. STATUS_IO when the row cannot be read.
 */
enum status cut_character_find(const struct source *source, struct row_span row,
                               struct cut_place *out) MUST_CHECK;

#endif
