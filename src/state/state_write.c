#include "core/restore.h"
#include "state/inner.h"

/*
 * How far ahead the file says that the server is running, so that it need not be told with every
 * answer: a process that is killed goes on so much later at most, and never earlier.
 */
#define AHEAD_MS 1000

/* True for one that the options alone bring back as it is. */
static bool is_fresh(const struct tenant *tenant)
{
    bool has_requests = tenant->burst.count > 0;

    for (int i = 0; i < OPERATION_COUNT; i++)
        has_requests |= tenant->operation_bursts[i].count > 0;
    return tenant->is_known && !tenant->has_clock && !has_requests && !tenant->story.scenario &&
           tenant->scenario == tenant->own_scenario;
}

static void write_header(struct state *state)
{
    struct json_writer json = log_begin_record(&state->log);

    (void)json;
    strbuf_append(&state->log.batch, state->first_record.data, state->first_record.length);
    log_end_record(&state->log);
    log_end_change(&state->log);
}

static void write_tenants(struct state *state)
{
    struct tenant *tenant = NULL;
    struct client *client = NULL;
    struct integration *integration = NULL;

    while ((tenant = store_next_tenant(state->store, tenant))) {
        tenant->is_kept = !is_fresh(tenant);
        if (tenant->is_kept)
            scribe_tenant(&state->scribe, tenant);
        log_relieve(&state->log);
    }
    while ((integration = restore_next_integration(state->store, integration))) {
        integration->is_kept = !integration->tenant->is_known || integration->export_count > 0;
        if (integration->is_kept)
            scribe_integration(&state->scribe, integration);
        log_relieve(&state->log);
    }
    while ((client = restore_next_client(state->store, client))) {
        if (client->burst.count)
            scribe_client(&state->scribe, client);
        log_relieve(&state->log);
    }
}

static void write_export(struct state *state, struct export *export)
{
    export->is_kept = true;
    scribe_export(&state->scribe, export);
    for (uint32_t i = 0; export->files && i < export->files->count; i++) {
        if (export->files->items[i].attempt_count)
            scribe_file(&state->scribe, export, i + 1);
    }
}

void state_write_alive(struct state *state)
{
    state->alive_ms = running_ms(state) + AHEAD_MS;
    scribe_alive(&state->scribe, state->alive_ms);
}

/* Everything there is. Records between two calls of log_relieve() are no whole: the file is new. */
void state_write_all(void *context)
{
    struct state *state = context;
    struct export *export = NULL;

    write_header(state);
    state_write_alive(state);
    scribe_server(&state->scribe);
    write_tenants(state);
    while ((export = store_next_export(state->store, NULL, export))) {
        write_export(state, export);
        log_relieve(&state->log);
    }
}

enum status state_rewrite(struct state *state, struct error *err)
{
    struct numbered former = state->numbered, *next = &state->numbered;
    int64_t former_alive_ms = state->alive_ms;
    enum status status;

    *next = (struct numbered){.first = former.first};
    status = log_rewrite(&state->log, state_write_all, state, err);
    numbered_clear(status == STATUS_OK ? &former : next);
    if (status != STATUS_OK) {
        state->numbered = former;
        state->alive_ms = former_alive_ms;
        return status;
    }
    pending_clear(&state->pending);
    state->gone_count = 0;
    state->is_behind = state->has_urgent = false;
    return STATUS_OK;
}
