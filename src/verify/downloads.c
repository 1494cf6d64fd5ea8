#include "verify/downloads.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "json/reader.h"

#define PAGE_ENTRIES   500
#define PAGES_MAX      100
#define PAGE_MAX_BYTES ((size_t)8 << 20)
#define FILES_SHOWN    10
#define TROUBLES_SHOWN 5
#define FAULT_BEGINS   "faults["

/* A walk through the journal. */
struct search {
    struct remote *remote;
    struct downloads *downloads;
    struct error err; /* is not told */
};

static struct download_history *find_history(struct downloads *downloads, size_t file)
{
    for (size_t i = 0; i < downloads->count; i++) {
        if (downloads->files[i].file == file)
            return &downloads->files[i];
    }
    return NULL;
}

static void add_file(struct downloads *downloads, size_t file)
{
    if (downloads->count < FILES_SHOWN && !find_history(downloads, file))
        downloads->files[downloads->count++] = (struct download_history){.file = file};
}

static int compare_files(const void *a, const void *b)
{
    const struct download_history *left = a, *right = b;

    return left->file < right->file ? -1 : left->file > right->file;
}

/* Begins a history for each file that has lost something. */
static void choose_files(const struct findings *findings, struct downloads *downloads)
{
    const struct finding *damaged = findings->shown[FINDING_DAMAGED];

    downloads->files = memory_new(FILES_SHOWN * sizeof *downloads->files);
    for (size_t i = 0; i < findings->shown_count[FINDING_DAMAGED]; i++) {
        if (damaged[i].has_other)
            add_file(downloads, damaged[i].other.file);
    }
    for (size_t i = 0; i < findings->totals[VERIFY_EXPECTED].file_count; i++) {
        if (findings->files[i].missing_count > 0)
            add_file(downloads, i);
    }
    qsort(downloads->files, downloads->count, sizeof *downloads->files, compare_files);
}

/* Appends the reasons of an answer that speak of faults. True when there are any. */
static bool append_faults(const struct json_object *entry, struct strbuf *out, struct error *err)
{
    struct json_array why;
    const char *text;
    bool found, any = false;

    if (json_get_array(entry, "why", &why, &found, err) != STATUS_OK || !found)
        return false;
    while (json_array_next_type(&why) == JSON_TEXT &&
           json_array_next_text(&why, &text, err) == STATUS_OK) {
        if (strncmp(text, FAULT_BEGINS, sizeof FAULT_BEGINS - 1) != 0)
            continue;
        strbuf_appendf(out, ", %s", text);
        any = true;
    }
    return any;
}

/* How a download went. True when something was wrong with it. */
static bool append_trouble(const struct json_object *entry, struct strbuf *out, struct error *err)
{
    int64_t status = 0, sent = 0, length = 0;
    const char *end = "";
    bool found, is_cut, is_aborted, has_faults;

    if (json_get_i64(entry, "status", &status, &found, err) != STATUS_OK ||
        json_get_text(entry, "end", &end, &found, err) != STATUS_OK ||
        json_get_i64(entry, "sentBytes", &sent, &found, err) != STATUS_OK ||
        json_get_i64(entry, "length", &length, &found, err) != STATUS_OK)
        return false;
    is_cut = strcmp(end, "cut") == 0;
    is_aborted = strcmp(end, "aborted") == 0;
    strbuf_appendf(out, "%" PRId64, status);
    has_faults = append_faults(entry, out, err);
    if (is_cut)
        strbuf_appendf(out, ", cut after %" PRId64 " of %" PRId64 " bytes", sent, length);
    else if (is_aborted)
        strbuf_append_text(out, ", given up by the client before its end");
    return status >= 400 || has_faults || is_cut || is_aborted;
}

/* Adds one entry of the journal to the history of its file. */
static void take_entry(struct search *search, size_t export, const struct json_object *entry)
{
    struct strbuf trouble = STRBUF_INIT;
    struct download_history *history;
    int64_t number = 0, attempt = 0;
    size_t file;
    bool found;

    if (json_get_i64(entry, "file", &number, &found, &search->err) != STATUS_OK || !found ||
        !remote_find_file(search->remote, export, (uint64_t)number, &file))
        return;
    history = find_history(search->downloads, file);
    if (!history || json_get_i64(entry, "attempt", &attempt, &found, &search->err) != STATUS_OK)
        return;
    if (!append_trouble(entry, &trouble, &search->err))
        history->sound_count++;
    else if (history->troubled_count++ < TROUBLES_SHOWN)
        strbuf_appendf(&history->troubles, "attempt %" PRId64 ": %s\n", attempt,
                       strbuf_text(&trouble));
    strbuf_release(&trouble);
}

/* Takes a page of the journal; *after is where the next one begins. False at the last. */
static bool take_page(struct search *search, size_t export, const struct json_document *document,
                      int64_t *after)
{
    struct json_object page, entry;
    struct json_array requests;
    bool found;

    if (json_root_object(document, &page, &search->err) != STATUS_OK ||
        json_get_array(&page, "requests", &requests, &found, &search->err) != STATUS_OK || !found)
        return false;
    while (json_array_next_type(&requests) == JSON_OBJECT &&
           json_array_next_object(&requests, &entry, &search->err) == STATUS_OK)
        take_entry(search, export, &entry);
    return json_get_i64(&page, "next", after, &found, &search->err) == STATUS_OK && found;
}

/* Reads what the journal has about the downloads of an export. False when that is nothing. */
static bool read_journal(struct search *search, size_t export)
{
    const struct json_options options = {.values_max = SIZE_MAX};
    struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
    struct json_document document;
    bool goes_on = true, ok = true;
    int64_t after = 0;

    for (int page = 0; page < PAGES_MAX && goes_on && ok; page++) {
        strbuf_reset(&path);
        remote_append_id(search->remote, export, &path,
                         "/__admin/requests?operation=download&export=");
        strbuf_appendf(&path, "&limit=%d&after=%" PRId64, PAGE_ENTRIES, after);
        ok = remote_fetch(search->remote, strbuf_text(&path), PAGE_MAX_BYTES, &text,
                          &search->err) == STATUS_OK &&
             json_read_with(strbuf_text(&text), text.length, &options, &document, &search->err) ==
                 STATUS_OK;
        if (!ok)
            break;
        goes_on = take_page(search, export, &document, &after);
        json_document_release(&document);
    }
    strbuf_release(&path);
    strbuf_release(&text);
    return ok;
}

void downloads_look_up(struct remote *remote, const struct findings *findings,
                       struct downloads *out)
{
    struct search search = {.remote = remote, .downloads = out};
    struct verify_files files = remote_view(remote);
    size_t export, asked = SIZE_MAX;
    bool ok = true;

    *out = (struct downloads){0};
    choose_files(findings, out);
    for (size_t i = 0; i < out->count && ok; i++) {
        export = files.export_of(files.state, out->files[i].file);
        if (export != asked)
            ok = read_journal(&search, export);
        asked = export;
    }
    if (!ok)
        downloads_release(out);
}

void downloads_release(struct downloads *downloads)
{
    for (size_t i = 0; i < downloads->count; i++)
        strbuf_release(&downloads->files[i].troubles);
    free(downloads->files);
    *downloads = (struct downloads){0};
}
