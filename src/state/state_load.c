#include <string.h>

#include "state/inner.h"
#include "state/restorer.h"
#include "state/tape.h"

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
    struct tape_record record = {.json = NULL};
    size_t sound;
    uint32_t sum;
    bool found = false;
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
    enum status status = state_rewrite(state, err);

    if (status == STATUS_OK || !is_new)
        return STATUS_OK;
    state->log.rewrite_status = STATUS_OK;
    state_write_all(state);
    status = state->log.rewrite_status;
    if (status == STATUS_OK)
        return log_commit(&state->log, err);
    *err = state->log.rewrite_error;
    return status;
}

enum status state_load(struct state *state, const struct state_config *config, struct error *err)
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
