#include "data/slice.h"

#include "data/hazard.h"

/* The row that ends where another file begins, or the export ends. */
static uint64_t row_before(const struct outline *outline, uint64_t byte, struct layouts *layouts)
{
    return outline_find_byte(outline, byte - 1, layouts).start;
}

uint32_t slice_count(const struct outline *outline, uint32_t hazards)
{
    if (hazard_in(hazards, HAZARD_NO_FILE))
        return 0;
    return outline->file_count + hazard_in(hazards, HAZARD_EMPTY_FILE);
}

uint64_t slice_row_count(const struct outline *outline, uint32_t hazards)
{
    uint64_t repeats = 0;

    if (hazard_in(hazards, HAZARD_NO_FILE))
        return 0;
    if (hazard_in(hazards, HAZARD_REPEATED_ROW))
        repeats = outline->file_count > 1 ? outline->file_count - 1 : outline->file_count;
    return outline->row_count + repeats;
}

/* A row stands twice: in two files, or in the only one that has rows. */
static void repeat_row(struct slice *slice, const struct outline *outline, struct layouts *layouts)
{
    if (slice->start > 0)
        slice->start = row_before(outline, slice->start, layouts);
    else if (outline->file_count == 1)
        slice->repeat_bytes = slice->end - row_before(outline, slice->end, layouts);
}

struct slice slice_of(const struct outline *outline, uint32_t index, uint32_t hazards,
                      struct layouts *layouts)
{
    struct slice slice = {0};

    if (index >= outline->file_count || hazard_in(hazards, HAZARD_NO_FILE))
        return slice;
    slice.start = outline_cut(outline, index, layouts);
    slice.end = outline_cut(outline, index + 1, layouts);
    if (hazard_in(hazards, HAZARD_REPEATED_ROW))
        repeat_row(&slice, outline, layouts);
    if (hazard_in(hazards, HAZARD_NO_LAST_NEWLINE))
        slice.cut_bytes = hazard_in(hazards, HAZARD_CRLF) ? 2 : 1;
    return slice;
}

/* The number of the row that begins at byte of the export, or of all rows at its end. */
static uint64_t row_at(const struct outline *outline, uint64_t byte, struct layouts *layouts)
{
    struct outline_place place;

    if (byte == outline_bytes(outline))
        return outline->row_count;
    place = outline_find_byte(outline, byte, layouts);
    return outline_row_number(outline, &place);
}

/* The byte of the export at which a row begins, or the end of all. */
static uint64_t byte_at(const struct outline *outline, uint64_t row, struct layouts *layouts)
{
    if (row == outline->row_count)
        return outline_bytes(outline);
    return outline_find_row(outline, row, layouts).start;
}

bool slice_find_row(const struct slice *slice, const struct outline *outline, uint64_t row,
                    struct layouts *layouts, struct row_span *out)
{
    uint64_t first = row_at(outline, slice->start, layouts);
    uint64_t once = row_at(outline, slice->end, layouts) - first;
    uint64_t start, end, shift = slice->start; /* from the file to the export */

    if (row >= once + (slice->repeat_bytes > 0))
        return false;
    if (row == once) { /* the last row again */
        row--;
        shift -= slice->repeat_bytes;
    }
    start = byte_at(outline, first + row, layouts) - shift;
    end = byte_at(outline, first + row + 1, layouts) - shift;
    if (end > slice_bytes(slice))
        end = slice_bytes(slice);
    *out = (struct row_span){start, end - start};
    return true;
}
