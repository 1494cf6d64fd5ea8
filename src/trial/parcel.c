#include "trial/parcel.h"

#include <string.h>

#include "base/memory.h"

/* The texts of a cell; NULL stays NULL. */
#define TEXT_COUNT 5

static void append_text(struct strbuf *out, const char *text, size_t length)
{
    size_t told = text ? length + 1 : 0;

    strbuf_append(out, (const char *)&told, sizeof told);
    if (text)
        strbuf_append(out, text, length);
}

void parcel_write(struct strbuf *out, const struct parcel *parcel)
{
    const struct cell *cell = &parcel->cell;

    strbuf_append(out, (const char *)parcel, sizeof *parcel);
    append_text(out, cell->scenario, cell->scenario ? strlen(cell->scenario) : 0);
    append_text(out, cell->bundle, cell->bundle ? strlen(cell->bundle) : 0);
    append_text(out, strbuf_text(&cell->reasons), cell->reasons.length);
    append_text(out, strbuf_text(&cell->command), cell->command.length);
    append_text(out, strbuf_text(&cell->collected.text), cell->collected.text.length);
}

/* A text at *at; false when it does not end within the parcel. */
static bool next_text(const struct strbuf *in, size_t *at, const char **text, size_t *length)
{
    size_t told;

    if (in->length - *at < sizeof told)
        return false;
    memcpy(&told, in->data + *at, sizeof told);
    *at += sizeof told;
    *text = told ? in->data + *at : NULL;
    *length = told ? told - 1 : 0;
    if (*length > in->length - *at)
        return false;
    *at += *length;
    return true;
}

static char *copy(const char *text, size_t length)
{
    return text ? memory_copy_text(text, length) : NULL;
}

bool parcel_read(const struct strbuf *in, struct parcel *parcel)
{
    const char *texts[TEXT_COUNT];
    size_t lengths[TEXT_COUNT], at = sizeof *parcel;
    struct cell *cell = &parcel->cell;

    if (in->length < sizeof *parcel)
        return false;
    for (int i = 0; i < TEXT_COUNT; i++) {
        if (!next_text(in, &at, &texts[i], &lengths[i]))
            return false;
    }
    memcpy(parcel, in->data, sizeof *parcel);
    cell->scenario = copy(texts[0], lengths[0]);
    cell->bundle = copy(texts[1], lengths[1]);
    cell->reasons = cell->command = cell->collected.text = (struct strbuf)STRBUF_INIT;
    strbuf_append(&cell->reasons, texts[2], lengths[2]);
    strbuf_append(&cell->command, texts[3], lengths[3]);
    strbuf_append(&cell->collected.text, texts[4], lengths[4]);
    return true;
}
