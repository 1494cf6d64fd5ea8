#include "core/note.h"

#include <stdarg.h>

void request_note_release(struct request_note *note)
{
    strbuf_release(&note->exports);
    strbuf_release(&note->why);
}

void request_note_reset(struct request_note *note)
{
    struct request_note empty = {.exports = note->exports, .why = note->why};

    strbuf_reset(&empty.exports);
    strbuf_reset(&empty.why);
    *note = empty;
}

struct strbuf *note_begin_why(struct request_note *note)
{
    if (note->why.length)
        strbuf_append_char(&note->why, '\n');
    return &note->why;
}

void note_why(struct request_note *note, const char *fmt, ...)
{
    va_list args;
    size_t start;

    if (!note)
        return;
    start = note_begin_why(note)->length;
    va_start(args, fmt);
    strbuf_vappendf(&note->why, fmt, args);
    va_end(args);
    for (size_t i = start; i < note->why.length; i++) {
        if (note->why.data[i] == '\n' || note->why.data[i] == '\r')
            note->why.data[i] = ' ';
    }
}

void note_sender(struct request_note *note, const struct integration *integration)
{
    if (!note)
        return;
    note->tenant = integration->tenant;
    note->client = integration->client;
}

void note_export(struct request_note *note, const struct uuid *id)
{
    if (note)
        strbuf_append(&note->exports, (const char *)id, sizeof *id);
}

void note_entity_type(struct request_note *note, enum entity_type type)
{
    if (note)
        note->entity_types |= 1u << type;
}

void note_retry_after(struct request_note *note, int64_t wait_ms, int64_t real_s)
{
    if (!note)
        return;
    note->has_retry_after = true;
    note->retry_after_ms = wait_ms;
    note->retry_after_real_s = real_s;
}
