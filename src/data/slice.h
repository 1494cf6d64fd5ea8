/*
 * slice: what one file of an export holds. Without hazards it is the rows from one cut of the
 * outline to the next; some hazards make it begin a row earlier, end a line end earlier, or say
 * its last row twice. Nothing is copied: a slice is a few numbers.
 */
#ifndef DATA_SLICE_H
#define DATA_SLICE_H

#include "data/outline.h"

/* The bytes start to end of the export, the last repeat_bytes of them again, less cut_bytes. */
struct slice {
    uint64_t start;
    uint64_t end;
    uint64_t repeat_bytes;
    uint64_t cut_bytes;
};

/* How many files an outline has under these hazards, and rows in all of them. */
uint32_t slice_count(const struct outline *outline, uint32_t hazards);
uint64_t slice_row_count(const struct outline *outline, uint32_t hazards);

/* The slice of file index; one of no bytes when there is none such. */
struct slice slice_of(const struct outline *outline, uint32_t index, uint32_t hazards,
                      struct layouts *layouts);

/* Where row (from 0) of the file lies; false when it has none such. */
bool slice_find_row(const struct slice *slice, const struct outline *outline, uint64_t row,
                    struct layouts *layouts, struct row_span *out);

/* The size of the file. */
static inline uint64_t slice_bytes(const struct slice *slice)
{
    return slice->end - slice->start + slice->repeat_bytes - slice->cut_bytes;
}

#endif
