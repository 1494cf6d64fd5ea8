/*
 * file: a part of an export as a source. It remembers where the last read ended, so that reading
 * on needs no search; rows that fit are written straight into the reader's memory.
 */
#ifndef DATA_FILE_H
#define DATA_FILE_H

#include "base/source.h"
#include "data/outline.h"
#include "data/render.h"

/* What files share; owned by the data set. */
struct workshop {
    struct shelf shelf;
    struct layouts layouts;
    struct render_days days[PRICING_COUNT];
    char *row; /* a row of which only a part is wanted; row_bytes of them */
    size_t row_bytes;
};

/* File index of an outline, of which it becomes a holder. It must not outlive the workshop. */
struct source file_open(struct workshop *workshop, struct outline *outline, uint32_t index);

#endif
