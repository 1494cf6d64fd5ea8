/*
 * state: keeps a store in a file, so that it survives restarts and crashes. It observes the store
 * (core/observer.h), notes what changed, and writes the changed objects whole, as one change, when
 * a request is over and before its answer leaves. The file is written anew when it has grown to
 * several times what it must hold. What is kept, and what not: docs/state.md.
 */
#ifndef STATE_STATE_H
#define STATE_STATE_H

#include <stdint.h>

#include "core/store.h"
#include "state/header.h"

struct state;

/* Borrowed for the call, but for the store. */
struct state_config {
    const char *path;
    const struct header *header; /* what is in force */
    struct store *store;
    int64_t wall_ms;
    int64_t now_real_ms;
};

/*
 * Opens the file, puts what it holds into the store, which is otherwise as at its start, and goes
 * on with it; a file that is not there or empty is begun. Caller frees. Errors of log.h, tape.h,
 * restorer.h and header_compare(); err->field is "--state", the message names the file. The file
 * is then as it was, the store is not.
 */
enum status state_open(const struct state_config *config, struct state **out,
                       struct error *err) MUST_CHECK;

/* Writes what waits, and how late it is now; frees. May be NULL. */
void state_close(struct state *state, int64_t now_real_ms);

/* Bytes at the end of the file that a process which was killed had not finished; cut off. */
uint64_t state_cut_bytes(const struct state *state);

/*
 * To be called when a request is over. STATUS_LIMIT, with the reason, when it changed something
 * that could not be written: then the exports that it made are gone again, and the answer must be
 * a refusal.
 */
enum status state_commit(struct state *state, int64_t now_real_ms, struct error *err) MUST_CHECK;

/* To be called when nothing has happened for a while: writes what may come late. */
void state_rest(struct state *state, int64_t now_real_ms);

#endif
