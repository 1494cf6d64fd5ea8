#include <string.h>

#include "admin/answer.h"
#include "admin/query.h"
#include "admin/routes.h"
#include "base/token_hint.h"

#define LIMIT_DEFAULT 100
#define LIMIT_MAX     1000

const char *const admin_limits_query[] = {"limit", "offset", NULL};

static void write_token(struct json_writer *writer, const char *name, const char *token)
{
    char hint[TOKEN_HINT_SIZE];

    token_hint(hint, token, strlen(token));
    json_write_text(writer, name, hint);
}

/* The operation is null in a rule for all of them; window and end are null when none is running. */
static void write_rule(struct json_writer *writer, const struct limit_view *view)
{
    static const char *const operations[OPERATION_COUNT] = {
        [OPERATION_ADD] = "add", [OPERATION_GET_ALL] = "getAll"};
    const struct burst *burst = &view->burst;
    bool is_running = burst->count > 0;
    uint32_t requests = view->rate.requests;

    json_begin_object(writer, NULL);
    json_write_text(writer, "of", view->subject == LIMIT_CLIENT ? "ClientToken" : "AccessToken");
    json_write_text(writer, "operation",
                    view->subject == LIMIT_OPERATION ? operations[view->operation] : NULL);
    json_write_u64(writer, "requests", requests);
    json_write_double(writer, "perSeconds", (double)view->rate.window_ms / MS_PER_SECOND);
    json_write_u64(writer, "count", burst->count);
    json_write_u64(writer, "remaining", burst->count < requests ? requests - burst->count : 0);
    json_write_millis(writer, "began", is_running ? burst->anchor_ms : NEVER_MS);
    json_write_millis(writer, "ends",
                      is_running ? burst->anchor_ms + view->rate.window_ms : NEVER_MS);
    json_end_object(writer);
}

static void write_integration(const struct admin_call *call, struct json_writer *writer,
                              const struct integration *integration)
{
    const struct store *store = call->admin->api->store;
    int64_t now_ms = store_now_ms(store, integration->tenant, call->now_real_ms);
    struct limit_view views[LIMIT_VIEWS_MAX];
    size_t count = store_view_limits(store, integration, now_ms, views);

    json_begin_object(writer, NULL);
    write_token(writer, "accessToken", integration->tenant->access_token);
    write_token(writer, "clientToken", integration->client->token);
    json_write_millis(writer, "now", now_ms);
    json_begin_array(writer, "rules");
    for (size_t i = 0; i < count; i++)
        write_rule(writer, &views[i]);
    json_end_array(writer);
    json_end_object(writer);
}

/* Writes a page of integrations; gives the count of all. */
static uint64_t write_page(const struct admin_call *call, struct json_writer *writer,
                           uint64_t limit, uint64_t offset)
{
    const struct store *store = call->admin->api->store;
    const struct integration *integration = NULL;
    uint64_t total = 0;

    if (call->access_token && !call->tenant)
        return 0;
    while ((integration = store_next_integration(store, call->tenant, integration))) {
        if (total >= offset && total - offset < limit)
            write_integration(call, writer, integration);
        total++;
    }
    return total;
}

void admin_limits(struct admin_call *call)
{
    const char *query = call->request->query;
    uint64_t limit = LIMIT_DEFAULT, offset = 0, total;
    struct json_writer writer;
    struct error err;

    if (query_read_number(query, "limit", LIMIT_MAX, &limit, &err) != STATUS_OK ||
        query_read_number(query, "offset", UINT64_MAX, &offset, &err) != STATUS_OK) {
        admin_refuse(call, &err);
        return;
    }
    writer = admin_answer_json(call);
    json_begin_object(&writer, NULL);
    json_begin_array(&writer, "limits");
    total = write_page(call, &writer, limit, offset);
    json_end_array(&writer);
    json_write_u64(&writer, "total", total);
    json_end_object(&writer);
}
