#include "verify/holders.h"

#include "json/reader.h"
#include "verify/digest.h"

#define EXPORTS_LISTED 10000
#define EXPORTS_READ   100
#define LIST_MAX_BYTES ((size_t)16 << 20)
#define ROWS_MAX_BYTES ((uint64_t)256 << 20)

/* The exports of the server that can be looked at: a ring of the newest ones. */
struct candidates {
    struct uuid ids[EXPORTS_READ];
    size_t count; /* of all that came; the last of them are in ids */
};

struct search {
    struct finding *rows; /* borrowed; the foreign ones */
    size_t count;
    size_t open_count;     /* without a holder yet, though they have an Id */
    struct uuid export_id; /* of the export that is read */
    struct splitter splitter;
    uint64_t left_bytes; /* that may be read yet */
};

static void take_row(void *state, const struct verify_row *row)
{
    struct search *search = state;
    uint64_t key;

    if (!digest_id(row->bytes, row->length, &key))
        return;
    for (size_t i = 0; i < search->count; i++) {
        struct finding *foreign = &search->rows[i];

        if (foreign->has_id && !foreign->has_holder && foreign->id_key == key) {
            foreign->has_holder = true;
            foreign->holder = search->export_id;
            search->open_count--;
        }
    }
}

static bool feed(void *state, const char *bytes, size_t length)
{
    struct search *search = state;

    if (length > search->left_bytes)
        return false;
    search->left_bytes -= length;
    splitter_feed(&search->splitter, bytes, length);
    return search->open_count > 0;
}

/* Reads all rows of an export, or as many as it takes. */
static enum status read_export(struct remote *remote, struct search *search, struct error *err)
{
    struct verify_oddities ignored = {0};
    struct strbuf path = STRBUF_INIT;
    char id[UUID_LENGTH];
    enum status status;

    uuid_write(id, &search->export_id);
    strbuf_appendf(&path, "/__admin/exports/%.*s/rows", UUID_LENGTH, id);
    splitter_init(&search->splitter, &ignored, take_row, search);
    splitter_begin(&search->splitter);
    status = remote_read(remote, strbuf_text(&path), feed, search, err);
    if (status == STATUS_OK)
        splitter_end(&search->splitter);
    splitter_release(&search->splitter);
    strbuf_release(&path);
    return status;
}

static enum status take_list(const struct remote *remote, const struct json_document *document,
                             struct candidates *out, struct error *err)
{
    struct json_object page, entry;
    struct json_array exports;
    bool found;
    enum status status = json_root_object(document, &page, err);

    if (status == STATUS_OK)
        status = json_get_array(&page, "Exports", &exports, &found, err);
    while (status == STATUS_OK && found && json_array_next_type(&exports) == JSON_OBJECT) {
        struct uuid id;

        status = json_array_next_object(&exports, &entry, err);
        if (status == STATUS_OK)
            status = json_get_uuid(&entry, "Id", &id, &found, err);
        if (status == STATUS_OK && found && !remote_has_export(remote, &id))
            out->ids[out->count++ % EXPORTS_READ] = id;
        found = true;
    }
    return status;
}

static enum status list_candidates(struct remote *remote, struct candidates *out, struct error *err)
{
    const struct json_options options = {.values_max = SIZE_MAX};
    struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
    struct json_document document;
    enum status status;

    strbuf_appendf(&path, "/__admin/exports?brief=true&limit=%d", EXPORTS_LISTED);
    status = remote_fetch(remote, strbuf_text(&path), LIST_MAX_BYTES, &text, err);
    if (status == STATUS_OK)
        status = json_read_with(strbuf_text(&text), text.length, &options, &document, err);
    if (status == STATUS_OK) {
        status = take_list(remote, &document, out, err);
        json_document_release(&document);
    }
    strbuf_release(&path);
    strbuf_release(&text);
    return status;
}

static size_t count_open(const struct search *search)
{
    size_t count = 0;

    for (size_t i = 0; i < search->count; i++)
        count += search->rows[i].has_id;
    return count;
}

void holders_look_up(struct remote *remote, struct findings *findings)
{
    struct search search = {.rows = findings->shown[FINDING_FOREIGN],
                            .count = findings->shown_count[FINDING_FOREIGN],
                            .left_bytes = ROWS_MAX_BYTES};
    struct candidates candidates = {.count = 0};
    struct error err; /* is not told */

    search.open_count = count_open(&search);
    if (search.open_count == 0 || list_candidates(remote, &candidates, &err) != STATUS_OK)
        return;
    for (size_t i = 0; i < candidates.count && i < EXPORTS_READ && search.open_count > 0; i++) {
        search.export_id = candidates.ids[(candidates.count - 1 - i) % EXPORTS_READ];
        if (read_export(remote, &search, &err) != STATUS_OK)
            return;
    }
}
