#include "state/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/restore.h"
#include "state/log.h"
#include "state/pending.h"
#include "state/restorer.h"
#include "state/scribe.h"
#include "state/tape.h"

/*
 * How far ahead the file says that the server is running, so that it need not be told with every
 * answer: a process that is killed goes on so much later at most, and never earlier.
 */
#define AHEAD_MS 1000

/* A file that cannot be written is tried again at this distance. */
#define RETRY_GAP_REAL_MS 1000

/* So many forgotten exports are cheaper left out of a new file than crossed out in the old one. */
#define GONE_MAX 1000

struct state {
    struct store *store;
    struct store_observer observer;
    struct log log;
    struct numbered numbered;
    struct pending pending;
    struct scribe scribe;
    struct strbuf first_record; /* the header's members */
    int64_t alive_ms;           /* the running time that the file tells of */
    int64_t now_real_ms;        /* of the call at hand */
    uint64_t cut_bytes;
    size_t gone_count;     /* in the records that are collected */
    bool has_urgent;       /* something changed that must be written before an answer leaves */
    bool is_behind;        /* the store has what the file has not: it must be written anew */
    bool is_denied;        /* the last try to write failed, */
    int64_t retry_real_ms; /* and is not repeated before this */
    struct error denial;
};

static int64_t running_ms(const struct state *state)
{
    return state->now_real_ms + state->scribe.offset_ms;
}

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

static void write_alive(struct state *state)
{
    state->alive_ms = running_ms(state) + AHEAD_MS;
    scribe_alive(&state->scribe, state->alive_ms);
}

/* Everything there is. Records between two calls of log_relieve() are no whole: the file is new. */
static void write_all(void *context)
{
    struct state *state = context;
    struct export *export = NULL;

    write_header(state);
    write_alive(state);
    scribe_server(&state->scribe);
    write_tenants(state);
    while ((export = store_next_export(state->store, NULL, export))) {
        write_export(state, export);
        log_relieve(&state->log);
    }
}

/* Afterwards nothing waits to be written. */
static enum status rewrite(struct state *state, struct error *err)
{
    struct numbered former = state->numbered, *next = &state->numbered;
    int64_t former_alive_ms = state->alive_ms;
    enum status status;

    *next = (struct numbered){.first = former.first};
    status = log_rewrite(&state->log, write_all, state, err);
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

/* Says why nothing may change now. */
static enum status deny(struct state *state, const struct error *reason, struct error *err)
{
    state->is_denied = true;
    state->retry_real_ms = state->now_real_ms + RETRY_GAP_REAL_MS;
    (void)error_set(&state->denial, STATUS_LIMIT, NULL,
                    "the file of --state %.200s; nothing is changed until it can be written: make "
                    "room on its disk, or start without --state",
                    reason->message);
    if (err)
        *err = state->denial;
    return STATUS_LIMIT;
}

/* Brings a file that is behind up to date by writing it anew. */
static enum status catch_up(struct state *state, struct error *err)
{
    struct error reason;

    if (!state->is_behind)
        return STATUS_OK;
    if (state->is_denied && state->now_real_ms < state->retry_real_ms) {
        if (err)
            *err = state->denial;
        return STATUS_LIMIT;
    }
    if (rewrite(state, &reason) == STATUS_OK) {
        state->is_denied = false;
        return STATUS_OK;
    }
    return deny(state, &reason, err);
}

static enum status may_change(void *context, struct error *err)
{
    struct state *state = context;
    struct error reason;
    enum status status = catch_up(state, err);

    if (status != STATUS_OK)
        return status;
    return log_make_room(&state->log, &reason) == STATUS_OK ? STATUS_OK : deny(state, &reason, err);
}

static void note_reset(struct state *state, const struct tenant *tenant)
{
    if (tenant) {
        pending_forget_tenant(&state->pending, tenant);
    } else {
        pending_clear(&state->pending);
        state->pending.has_server = true;
    }
    scribe_reset(&state->scribe, tenant);
}

static void note_gone(struct state *state, struct export *export)
{
    pending_forget_export(&state->pending, export);
    if (export->is_kept && ++state->gone_count <= GONE_MAX)
        scribe_gone(&state->scribe, &export->id);
}

static void changed(void *context, const struct store_change *change)
{
    struct state *state = context;

    if (change->kind != CHANGE_USE && change->kind != CHANGE_FILE)
        state->has_urgent = true;
    if (change->kind == CHANGE_RESET)
        note_reset(state, change->tenant);
    else if (change->kind == CHANGE_GONE)
        note_gone(state, change->export);
    else
        pending_note(&state->pending, change);
}

/* Of what changed, each object as it is now. Pairs before what they made. */
static void write_pending(struct state *state)
{
    const struct pending *pending = &state->pending;

    if (pending->has_server)
        scribe_server(&state->scribe);
    for (size_t i = 0; i < pending->tenants.count; i++)
        scribe_tenant(&state->scribe, pending->tenants.items[i]);
    for (size_t i = 0; i < pending->integrations.count; i++)
        scribe_integration(&state->scribe, pending->integrations.items[i]);
    for (size_t i = 0; i < pending->exports.count; i++)
        scribe_export(&state->scribe, pending->exports.items[i]);
    for (size_t i = 0; i < pending->file_count; i++)
        scribe_file(&state->scribe, pending->files[i].export, pending->files[i].number);
}

static void mark_kept(struct state *state)
{
    const struct pending *pending = &state->pending;

    for (size_t i = 0; i < pending->tenants.count; i++)
        ((struct tenant *)pending->tenants.items[i])->is_kept = true;
    for (size_t i = 0; i < pending->integrations.count; i++)
        ((struct integration *)pending->integrations.items[i])->is_kept = true;
    for (size_t i = 0; i < pending->exports.count; i++)
        ((struct export *)pending->exports.items[i])->is_kept = true;
}

/* Takes the exports out again that the file does not know. */
static void undo_exports(struct state *state)
{
    struct pending_list *exports = &state->pending.exports;

    for (size_t i = 0; i < exports->count; i++) {
        struct export *export = exports->items[i];

        if (!export->is_kept)
            restore_forget_export(state->store, export);
        else
            export->is_noted = false;
    }
    exports->count = 0;
}

/* Writes what is collected; a store that has changed otherwise is ahead of the file then. */
static enum status write_change(struct state *state, struct error *err)
{
    struct error reason;

    write_pending(state);
    if (log_commit(&state->log, &reason) == STATUS_OK) {
        mark_kept(state);
        pending_clear_urgent(&state->pending);
        return STATUS_OK;
    }
    undo_exports(state);
    pending_clear(&state->pending);
    numbered_clear(&state->numbered);
    state->is_behind = true;
    return deny(state, &reason, err);
}

/* A file that cannot be written anew serves as it is. */
static void shorten(struct state *state)
{
    struct error err;

    if (log_is_long(&state->log) || state->numbered.count > NUMBERED_MAX) {
        if (rewrite(state, &err) != STATUS_OK)
            state->log.compact_bytes = state->log.file.end_bytes;
    }
}

/* The same when too much is gone to be crossed out. */
static enum status commit_anew(struct state *state, struct error *err)
{
    log_drop(&state->log);
    state->is_behind = true;
    state->is_denied = false;
    state->gone_count = 0;
    return catch_up(state, err);
}

enum status state_commit(struct state *state, int64_t now_real_ms, struct error *err)
{
    bool is_urgent = state->has_urgent;
    enum status status;

    state->now_real_ms = now_real_ms;
    if (!is_urgent && !state->pending.file_count && running_ms(state) <= state->alive_ms)
        return STATUS_OK;
    state->has_urgent = false;
    if (state->is_behind) {
        log_drop(&state->log);
        pending_clear(&state->pending);
        status = is_urgent ? catch_up(state, err) : STATUS_OK;
        return status;
    }
    if (state->gone_count > GONE_MAX)
        return commit_anew(state, err);
    if (running_ms(state) > state->alive_ms)
        write_alive(state);
    state->gone_count = 0;
    status = write_change(state, err);
    if (status != STATUS_OK)
        return is_urgent ? status : STATUS_OK;
    shorten(state);
    return STATUS_OK;
}

/* What has no hurry: how many requests the limiter has counted. */
static void write_use(struct state *state)
{
    const struct pending *pending = &state->pending;

    for (size_t i = 0; i < pending->users.count; i++)
        scribe_tenant(&state->scribe, pending->users.items[i]);
    for (size_t i = 0; i < pending->clients.count; i++)
        scribe_client(&state->scribe, pending->clients.items[i]);
}

void state_rest(struct state *state, int64_t now_real_ms)
{
    struct error err;

    state->now_real_ms = now_real_ms;
    if (state->is_behind)
        return;
    write_use(state);
    if (write_change(state, &err) != STATUS_OK)
        return;
    for (size_t i = 0; i < state->pending.users.count; i++)
        ((struct tenant *)state->pending.users.items[i])->is_kept = true;
    pending_clear(&state->pending);
    shorten(state);
    log_sync(&state->log);
}

/* The records behind the first one. */
static enum status restore_all(struct restorer *restorer, struct tape *tape, size_t sound,
                               struct error *err)
{
    enum status status = STATUS_OK;
    struct tape_record record;
    struct error reason;
    bool found;

    while (tape->at < sound && status == STATUS_OK) {
        status = tape_next(tape, &record, &found, err);
        if (status != STATUS_OK || !found)
            return status;
        status = restorer_read(restorer, record.json, record.length, &reason);
        if (status != STATUS_OK)
            error_set(err, status, NULL, "line %llu (byte %zu) cannot be taken: %s%s%s",
                      (unsigned long long)record.line, record.at, reason.field,
                      reason.field[0] ? ": " : "", reason.message);
    }
    return status;
}

static enum status restore(struct state *state, const struct state_config *config,
                           const struct strbuf *text, struct error *err)
{
    struct tape tape = tape_begin(strbuf_text(text), text->length);
    struct restorer restorer = {.store = state->store, .numbered = &state->numbered};
    struct header header = {.program = NULL};
    struct tape_record record;
    size_t sound;
    uint32_t sum;
    bool found;
    enum status status = tape_check(strbuf_text(text), text->length, &sound, &sum, err);

    if (status == STATUS_OK)
        status = tape_next(&tape, &record, &found, err);
    if (status == STATUS_OK && found)
        status = header_read(record.json, record.length, &header, err);
    if (status == STATUS_OK && found)
        status = header_compare(&header, config->header, err);
    if (status == STATUS_OK)
        status = restore_all(&restorer, &tape, sound, err);
    header_release(&header);
    if (status != STATUS_OK)
        return status;
    state->alive_ms = restorer.alive_ms;
    restorer_finish(&restorer, config->wall_ms, config->now_real_ms);
    state->cut_bytes = text->length - sound;
    return log_continue(&state->log, sound, sum, err);
}

/* Begins the file, or writes it anew; one that cannot be replaced is written to as it is. */
static enum status begin(struct state *state, bool is_new, struct error *err)
{
    enum status status = rewrite(state, err);

    if (status == STATUS_OK || !is_new)
        return STATUS_OK;
    state->log.rewrite_status = STATUS_OK;
    write_all(state);
    status = state->log.rewrite_status;
    if (status == STATUS_OK)
        return log_commit(&state->log, err);
    *err = state->log.rewrite_error;
    return status;
}

static enum status load(struct state *state, const struct state_config *config, struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    enum status status = log_open(&state->log, config->path, &text, err);
    bool is_new;

    if (status == STATUS_OK && !tape_is_ours(strbuf_text(&text), text.length))
        status = error_set(err, STATUS_MALFORMED, NULL,
                           "is no state file of exports-mock and is left as it is: name another "
                           "file");
    is_new = text.length == 0 || !memchr(text.data, '\n', text.length);
    if (status == STATUS_OK && !is_new)
        status = restore(state, config, &text, err);
    else if (status == STATUS_OK)
        status = log_continue(&state->log, 0, 0, err);
    strbuf_release(&text);
    state->scribe.offset_ms = state->alive_ms - config->now_real_ms;
    return status == STATUS_OK ? begin(state, is_new, err) : status;
}

static void release(struct state *state)
{
    log_close(&state->log);
    numbered_clear(&state->numbered);
    pending_release(&state->pending);
    strbuf_release(&state->first_record);
    free(state);
}

/* Keeps the members of the first record as text, because the options' values are borrowed. */
static void take_header(struct state *state, const struct header *header)
{
    struct json_writer json = json_writer(&state->first_record);

    header_write(&json, header);
}

enum status state_open(const struct state_config *config, struct state **out, struct error *err)
{
    struct state *state = memory_new(sizeof *state);
    struct error inner;
    enum status status;

    state->store = config->store;
    state->log.file.fd = -1;
    state->now_real_ms = config->now_real_ms;
    state->numbered.first = restore_first_scenario(config->store);
    state->scribe = (struct scribe){&state->log, state->store, &state->numbered, 0};
    take_header(state, config->header);
    status = load(state, config, &inner);
    if (status != STATUS_OK) {
        release(state);
        return error_set(err, status, "--state", "%.120s %s", config->path, inner.message);
    }
    state->observer = (struct store_observer){state, changed, may_change};
    store_observe(state->store, &state->observer);
    *out = state;
    return STATUS_OK;
}

uint64_t state_cut_bytes(const struct state *state)
{
    return state->cut_bytes;
}

void state_close(struct state *state, int64_t now_real_ms)
{
    struct error err;

    if (!state)
        return;
    state->now_real_ms = now_real_ms;
    store_observe(state->store, NULL);
    if (!state->is_behind || rewrite(state, &err) == STATUS_OK) {
        scribe_alive(&state->scribe, running_ms(state));
        state_rest(state, now_real_ms);
    }
    release(state);
}
