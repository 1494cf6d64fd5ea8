#include <string.h>

#include "admin/answer.h"
#include "admin/body.h"
#include "admin/export_report.h"
#include "admin/query.h"
#include "admin/routes.h"
#include "admin/state.h"
#include "admin/subject.h"
#include "api/export_view.h"

#define LIMIT_DEFAULT 1000
#define LIMIT_MAX     10000

/* A page ends before its limit once it is so large: an export may have thousands of files. */
#define PAGE_MAX_BYTES (32u << 20)

const char *const admin_exports_query[] = {"limit", "offset", "brief", NULL};

/* Which exports of the list are answered. */
struct page {
    uint64_t limit;
    uint64_t offset;
    bool is_brief;
};

static enum status read_page(const char *query, struct page *page, struct error *err)
{
    enum status status = query_read_number(query, "limit", LIMIT_MAX, &page->limit, err);
    struct strbuf brief = STRBUF_INIT;

    if (status == STATUS_OK)
        status = query_read_text(query, "brief", &brief, err);
    page->is_brief = strcmp(strbuf_text(&brief), "true") == 0;
    if (status == STATUS_OK && brief.length && !page->is_brief &&
        strcmp(strbuf_text(&brief), "false") != 0)
        status = error_set(err, STATUS_INVALID, "brief", "must be true or false");
    strbuf_release(&brief);
    return status == STATUS_OK ? query_read_number(query, "offset", UINT64_MAX, &page->offset, err)
                               : status;
}

/* True when nothing behind this export is on the page any more. */
static bool is_full(const struct page *page, uint64_t index, const struct json_writer *writer)
{
    return (index >= page->offset && index - page->offset >= page->limit) ||
           writer->out->length >= PAGE_MAX_BYTES;
}

/* Writes the exports of the page; gives the count of all. */
static uint64_t write_page(const struct admin_call *call, struct json_writer *writer,
                           const struct page *page)
{
    struct api_call api_call = export_report_call(call);
    const struct store *store = call->admin->api->store;
    struct export *export = NULL;
    uint64_t total = 0;

    if (call->access_token && !call->tenant)
        return 0;
    while ((export = store_next_export(store, call->tenant, export))) {
        if (is_full(page, total, writer)) {
            if (!call->tenant)
                return store_export_count(store);
        } else if (total >= page->offset) {
            if (page->is_brief)
                export_report_write_brief(writer, NULL, store, export, call->now_real_ms);
            else
                export_report_write(&api_call, writer, export);
        }
        total++;
    }
    return total;
}

void admin_exports_list(struct admin_call *call)
{
    struct api_call api_call = export_report_call(call);
    struct page page = {LIMIT_DEFAULT, 0, false};
    struct json_writer writer;
    struct error err;
    uint64_t total;

    if (read_page(call->request->query, &page, &err) != STATUS_OK) {
        admin_refuse(call, &err);
        return;
    }
    writer = admin_answer_json(call);
    export_view_begin(&api_call);
    json_begin_object(&writer, NULL);
    json_begin_array(&writer, "Exports");
    total = write_page(call, &writer, &page);
    json_end_array(&writer);
    json_write_u64(&writer, "Total", total);
    json_end_object(&writer);
}

void admin_exports_get(struct admin_call *call)
{
    struct export *export = subject_find_export(call);

    if (export)
        export_report_answer(call, export);
}

static void force_state(const struct admin_call *call, struct export *export,
                        enum export_state state)
{
    struct error err;

    if (store_force_state(call->admin->api->store, export, state, call->now_real_ms, &err) ==
        STATUS_OK)
        export_report_answer(call, export);
    else
        admin_refuse(call, &err);
}

void admin_exports_put_state(struct admin_call *call)
{
    static const char *const known[] = {"Status"};
    struct export *export = subject_find_export(call);
    struct admin_body body;
    enum export_state state;
    struct error err;
    enum status status;

    if (!export || !admin_body_read(call, known, 1, "{\"Status\":\"Failed\"}", &body))
        return;
    status = admin_read_state(&body.object, &state, &err);
    admin_body_release(&body);
    if (status == STATUS_OK)
        force_state(call, export, state);
    else
        admin_refuse(call, &err);
}
