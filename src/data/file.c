#include "data/file.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct file {
    struct workshop *workshop;
    struct outline *outline;    /* held */
    struct slice slice;         /* of the export */
    uint64_t next;              /* byte of the export at which the last read ended */
    struct outline_place place; /* of the row that holds next; valid while can_go_on */
    bool can_go_on;
};

/* Moves to the first row of the next enterprise that has rows, if there is one. */
static void next_enterprise(struct file *file)
{
    if (file->place.start < outline_bytes(file->outline))
        file->place = outline_find_byte(file->outline, file->place.start, &file->workshop->layouts);
}

/* Moves to the first row of the next house, wherever that is; place.start is there already. */
static void next_house(struct file *file)
{
    const struct plan *plan = outline_plan(file->outline, file->place.enterprise);
    struct plan_place *row = &file->place.row;

    row->index = 0;
    if (++row->house < plan->houses)
        return;
    row->house = 0;
    if (++row->block < plan->segments[row->segment].end_block)
        return;
    if (++row->segment < plan->segment_count)
        row->block = plan->segments[row->segment].from_block;
    else
        next_enterprise(file);
}

/* A run of rows of one house. */
struct run {
    struct file *file;
    struct render *render;
    const struct block *block;
    const struct plan_layout *layout;
};

static void write_row(const struct run *run, const struct layout_row *row, char *out)
{
    const struct plan_place *at = &run->file->place.row;

    render_row(run->render, run->block, &run->block->templates[row->template],
               at->block - run->block->rows[row->row].created.blocks, at->house, out);
}

/* A row that is wanted in part; gives the bytes written, at most length. */
static size_t write_part(const struct run *run, const struct layout_row *row, size_t row_bytes,
                         char *out, size_t length)
{
    char *whole = workshop_row(run->file->workshop, row_bytes);
    size_t from = (size_t)(run->file->next - run->file->place.start);

    write_row(run, row, whole);
    if (length > row_bytes - from)
        length = row_bytes - from;
    memcpy(out, whole + from, length);
    return length;
}

/* Writes rows of the house at hand while there is room; gives the bytes written. */
static size_t write_house(const struct run *run, char *out, size_t length)
{
    struct file *file = run->file;
    struct outline_place *place = &file->place;
    size_t written = 0;

    while (written < length && place->row.index < run->layout->count) {
        const struct layout_row *row = &run->layout->rows[place->row.index];
        size_t row_bytes = row[1].offset - row[0].offset;
        size_t part = row_bytes;

        if (file->next == place->start && row_bytes <= length - written)
            write_row(run, row, out + written);
        else
            part = write_part(run, row, row_bytes, out + written, length - written);
        written += part;
        file->next += part;
        if (file->next < place->start + row_bytes)
            break;
        place->start += row_bytes;
        place->row.index++;
    }
    return written;
}

/* Goes where the next read begins. */
static void seek(struct file *file, uint64_t byte)
{
    if (file->can_go_on && file->next == byte)
        return;
    file->place = outline_find_byte(file->outline, byte, &file->workshop->layouts);
    file->next = byte;
    file->can_go_on = true;
}

/* The run that the next row begins or goes on with. */
static struct run run_here(struct file *file)
{
    const struct outline *outline = file->outline;
    size_t enterprise = file->place.enterprise;
    const struct plan *plan = outline_plan(outline, enterprise);
    struct workshop *workshop = file->workshop;

    return (struct run){
        file, workshop_render(workshop, &outline->enterprises[enterprise], outline->opening_day),
        plan->block, layouts_get(&workshop->layouts, plan, file->place.row.segment)};
}

/* Reads bytes of the export. */
static void read_export(struct file *file, uint64_t byte, char *out, size_t length)
{
    if (length == 0)
        return;
    seek(file, byte);
    while (length > 0) {
        struct run run = run_here(file);
        size_t written = write_house(&run, out, length);

        out += written;
        length -= written;
        if (file->place.row.index == run.layout->count)
            next_house(file);
    }
}

static enum status read_at(void *state, uint64_t offset, void *out, size_t length)
{
    struct file *file = state;
    const struct slice *slice = &file->slice;
    uint64_t once_bytes = slice->end - slice->start;
    size_t once = 0;

    outline_wake(file->outline, &file->workshop->shelf);
    if (offset < once_bytes)
        once = length < once_bytes - offset ? length : (size_t)(once_bytes - offset);
    read_export(file, slice->start + offset, out, once);
    read_export(file, slice->start + offset + once - slice->repeat_bytes, (char *)out + once,
                length - once);
    return STATUS_OK;
}

static void release(void *state)
{
    struct file *file = state;

    outline_drop(file->outline, &file->workshop->layouts);
    free(file);
}

struct source file_open(struct workshop *workshop, struct outline *outline,
                        const struct slice *slice)
{
    struct file *file = memory_new(sizeof *file);
    struct source source = {.fd = -1, .read_at = read_at, .release = release, .state = file};

    outline->holders++;
    file->workshop = workshop;
    file->outline = outline;
    file->slice = *slice;
    source.size_bytes = slice_bytes(slice);
    return source;
}
