#include "admin/answer.h"
#include "admin/body.h"
#include "admin/request_query.h"
#include "admin/request_report.h"
#include "admin/routes.h"

/* A page ends before its limit once it is so large. */
#define PAGE_MAX_BYTES (32u << 20)

static struct journal *journal_of(const struct admin_call *call)
{
    return call->admin->config.journal;
}

/* Writes a page of entries; gives the number of the last one if there are more, else 0. */
static uint64_t write_page(struct json_writer *writer, const struct journal *journal,
                           const struct request_query *query)
{
    const struct journal_entry *entry = journal_next(journal, &query->filter, query->after);
    uint64_t last = query->after;

    for (uint64_t left = query->limit; entry && left > 0; left--) {
        if (writer->out->length >= PAGE_MAX_BYTES)
            break;
        request_report_write(writer, entry, query->bodies);
        last = entry->facts.number;
        entry = journal_next(journal, &query->filter, last);
    }
    return entry && last > query->after ? last : 0;
}

static void answer_list(const struct admin_call *call, struct request_query *query)
{
    const struct journal *journal = journal_of(call);
    struct json_writer writer = admin_answer_json(call);
    uint64_t next;

    json_begin_object(&writer, NULL);
    json_begin_array(&writer, "requests");
    next = write_page(&writer, journal, query);
    json_end_array(&writer);
    if (next)
        json_write_u64(&writer, "next", next);
    else
        json_write_null(&writer, "next");
    json_write_u64(&writer, "dropped", journal->dropped_count);
    json_end_object(&writer);
    request_query_release(query);
}

static void answer_count(const struct admin_call *call, const struct journal_filter *filter)
{
    const struct journal *journal = journal_of(call);
    struct json_writer writer = admin_answer_json(call);

    json_begin_object(&writer, NULL);
    json_write_u64(&writer, "count", journal_count(journal, filter));
    json_write_u64(&writer, "dropped", journal->dropped_count);
    json_end_object(&writer);
}

void admin_requests_list(struct admin_call *call)
{
    struct request_query query;

    if (request_query_read(call, &query))
        answer_list(call, &query);
}

void admin_requests_find(struct admin_call *call)
{
    struct request_query query;

    if (request_query_read_body(call, &query))
        answer_list(call, &query);
}

void admin_requests_count(struct admin_call *call)
{
    struct request_query query;

    if (!request_query_read(call, &query))
        return;
    answer_count(call, &query.filter);
    request_query_release(&query);
}

void admin_requests_forget(struct journal *journal, const char *access_token)
{
    uint64_t key = access_token ? journal_tenant_key(access_token) : 0;

    journal_clear(journal, access_token ? &key : NULL);
}

/* Answers what is left: other tenants' entries. */
void admin_requests_delete(struct admin_call *call)
{
    static const struct journal_filter all = {.has_kind = false};

    if (!admin_body_check_none(call))
        return;
    admin_requests_forget(journal_of(call), call->access_token);
    answer_count(call, &all);
}
