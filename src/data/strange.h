/*
 * strange: what hazards do to a row while it is written. A value is written as ever; when it ends,
 * it is left, changed or overwritten. So the writers of rows know nothing of hazards, and a row
 * keeps one length in every block. row.c calls what is below at its places.
 *
 * What happens to a row follows from its index in the block: some rows are all null, some have
 * long strings, some enum values no docs list. Which properties these are: strange_names.h.
 */
#ifndef DATA_STRANGE_H
#define DATA_STRANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "contract/entity.h"

/* Objects and arrays in each other; the deepest there are is 8. */
#define STRANGE_DEPTH 16

struct row;

/* What becomes of a value when it ends. */
enum strange_change {
    CHANGE_NOTHING,
    CHANGE_NULL,    /* null, whatever it is */
    CHANGE_LENGTH,  /* a string as long as the limit */
    CHANGE_TEXT,    /* another text */
    CHANGE_UNKNOWN, /* an enum value that no docs list */
    CHANGE_ESCAPE   /* the same string, its first letter as a JSON escape */
};

/* The state of a row that is being written. Only the first three are set from outside. */
struct strange {
    uint32_t hazards; /* of the data set; 0: rows are written as they are */
    enum entity_type type;
    uint32_t index; /* of the row in the block */
    uint32_t turn;  /* of the next text or unknown property */
    unsigned depth;
    const char *names[STRANGE_DEPTH]; /* of what is open */
    enum strange_change change;       /* what is to become of the value that began last */
    unsigned change_depth;
    size_t limit; /* of CHANGE_LENGTH, in characters */
    size_t mark;  /* where the value begins in the text, and its patches */
    uint32_t patch_mark;
};

/* A row begins. */
void strange_begin_row(struct row *row);

/* What there is before a value's comma and name are written, and after that. */
void strange_end_value(struct row *row);
void strange_begin_value(struct row *row, const char *name);

/* An object or array has begun; it is about to end. */
void strange_open(struct row *row, const char *name);
void strange_close_object(struct row *row);
void strange_close_array(struct row *row);

#endif
