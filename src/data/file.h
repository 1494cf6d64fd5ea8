/*
 * file: a part of an export as a source. It remembers where the last read ended, so that reading
 * on needs no search; rows that fit are written straight into the reader's memory.
 */
#ifndef DATA_FILE_H
#define DATA_FILE_H

#include "base/source.h"
#include "data/slice.h"
#include "data/workshop.h"

/* A slice of an outline, of which it becomes a holder. It must not outlive the workshop. */
struct source file_open(struct workshop *workshop, struct outline *outline,
                        const struct slice *slice);

#endif
