#include "state/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/restore.h"
#include "state/inner.h"

/* A file that cannot be written is tried again at this distance. */
#define RETRY_GAP_REAL_MS 1000

/* So many forgotten exports are cheaper left out of a new file than crossed out in the old one. */
#define GONE_MAX 1000

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
    if (state_rewrite(state, &reason) == STATUS_OK) {
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
        if (state_rewrite(state, &err) != STATUS_OK)
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
        state_write_alive(state);
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
    status = state_load(state, config, &inner);
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
    if (!state->is_behind || state_rewrite(state, &err) == STATUS_OK) {
        scribe_alive(&state->scribe, running_ms(state));
        state_rest(state, now_real_ms);
    }
    release(state);
}
