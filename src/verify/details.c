#include "verify/details.h"

#include "base/strbuf.h"
#include "base/utf8.h"
#include "json/syntax.h"
#include "verify/digest.h"

/* So many bytes before the first difference are shown, too. */
#define LEAD_BYTES 16

/* An excerpt is about so long. */
#define SHOWN_BYTES 64

/* Reads one row of a file. */
struct fetch {
    struct strbuf *out;
    size_t wanted;
};

static bool collect(void *state, const char *bytes, size_t length)
{
    struct fetch *fetch = state;
    size_t left = fetch->wanted - fetch->out->length;

    strbuf_append(fetch->out, bytes, length < left ? length : left);
    return fetch->out->length < fetch->wanted;
}

static enum status fetch_row(const struct verify_files *files, const struct row_place *at,
                             struct strbuf *out, struct error *err)
{
    struct fetch fetch = {out, at->length};

    strbuf_reset(out);
    strbuf_reserve(out, at->length);
    return files->read(files->state, at->file, at->offset_bytes, collect, &fetch, err);
}

/* Appends a character that can be shown, or the bytes there in hexadecimal digits. */
static size_t append_shown(struct strbuf *out, const char *at, size_t length)
{
    size_t character = utf8_character(at, length);

    if (character == 0 || (unsigned char)*at < ' ' || *at == '\x7f') {
        strbuf_appendf(out, "\\x%02x", (unsigned char)*at);
        return 1;
    }
    strbuf_append(out, at, character);
    return character;
}

/* Appends some of a row from a byte on, or from the begin of the character it is in. */
static void quote(struct strbuf *out, const struct strbuf *row, size_t from)
{
    size_t begin;

    while (from > 0 && from < row->length && ((unsigned char)row->data[from] & 0xc0) == 0x80)
        from--;
    begin = from;
    while (from < row->length && from < begin + SHOWN_BYTES)
        from += append_shown(out, row->data + from, row->length - from);
    if (from < row->length)
        strbuf_append_text(out, "...");
    else if (begin == from)
        strbuf_append_text(out, "nothing");
}

static size_t first_difference(const struct strbuf *a, const struct strbuf *b)
{
    size_t at = 0;

    while (at < a->length && at < b->length && a->data[at] == b->data[at])
        at++;
    return at;
}

/* Says what is wrong with a row by itself, or, if it is sound, against what was expected. */
static void explain(struct finding *finding, const struct strbuf *row, const struct strbuf *wanted)
{
    size_t sound = utf8_valid_prefix(strbuf_text(row), row->length);
    bool is_cut = wanted->length > row->length && finding->differs_at == row->length;
    struct error err;

    if (is_cut)
        strbuf_appendf(&finding->reason, "cut after %zu of %zu bytes", row->length, wanted->length);
    if (sound < row->length)
        strbuf_appendf(&finding->reason, "%snot UTF-8 from its byte %zu on", is_cut ? ", " : "",
                       sound);
    else if (!is_cut && row->length >= VERIFY_ROW_MAX_BYTES)
        strbuf_appendf(&finding->reason, "too long, %zu bytes are the most", VERIFY_ROW_MAX_BYTES);
    else if (!is_cut &&
             json_check_syntax(strbuf_text(row), row->length, SIZE_MAX, &err) != STATUS_OK)
        strbuf_appendf(&finding->reason, "not JSON: %s", err.message);
    else if (!is_cut)
        strbuf_append_text(&finding->reason, "not as the export has it");
}

static enum status look_at_damage(struct finding *finding, const struct verify_files *expected,
                                  const struct verify_files *collected, struct error *err)
{
    struct strbuf row = STRBUF_INIT, wanted = STRBUF_INIT;
    enum status status = fetch_row(collected, &finding->at, &row, err);
    size_t from;

    if (status == STATUS_OK && finding->has_other)
        status = fetch_row(expected, &finding->other, &wanted, err);
    if (status == STATUS_OK) {
        finding->differs_at = finding->has_other ? first_difference(&row, &wanted) : 0;
        from = finding->differs_at > LEAD_BYTES ? finding->differs_at - LEAD_BYTES : 0;
        explain(finding, &row, &wanted);
        quote(&finding->found, &row, from);
        if (finding->has_other)
            quote(&finding->wanted, &wanted, from);
    }
    strbuf_release(&row);
    strbuf_release(&wanted);
    return status;
}

/* Quotes the beginning of a row. */
static enum status look_at_row(struct finding *finding, const struct verify_files *files,
                               struct error *err)
{
    struct strbuf row = STRBUF_INIT;
    enum status status = fetch_row(files, &finding->at, &row, err);

    if (status == STATUS_OK) {
        quote(&finding->found, &row, 0);
        finding->has_id = digest_id(strbuf_text(&row), row.length, &finding->id_key);
    }
    strbuf_release(&row);
    return status;
}

enum status details_fill(struct findings *findings, const struct verify_files *expected,
                         const struct verify_files *collected, struct error *err)
{
    enum status status = STATUS_OK;

    for (int kind = 0; kind < FINDING_KIND_COUNT; kind++) {
        for (size_t i = 0; i < findings->shown_count[kind] && status == STATUS_OK; i++) {
            struct finding *finding = &findings->shown[kind][i];

            if (kind == FINDING_DAMAGED)
                status = look_at_damage(finding, expected, collected, err);
            else
                status = look_at_row(finding, kind == FINDING_MISSING ? expected : collected, err);
        }
    }
    return status;
}
