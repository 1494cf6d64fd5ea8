/*
 * crew: the cells of a certification at work side by side, each in a process of its own: a server,
 * a client and the judgement over both take most of their time waiting.
 */
#ifndef TRIAL_CREW_H
#define TRIAL_CREW_H

#include <stddef.h>

#include "base/status.h"
#include "trial/cell.h"
#include "trial/signals.h"

struct crew_config {
    size_t count; /* of the cells */
    size_t jobs;  /* how many are at work at once, at least 1 */
    const struct signals *signals;
    /*
     * Fills a cell, in a process of its own; what it leaves in memory is lost. *interruption is set
     * to the signal that broke it off.
     */
    enum status (*work)(void *context, size_t index, struct cell *cell, int *interruption,
                        struct error *err);
    /* Told before what the client of a cell writes is shown: its place, and how many that makes. */
    void (*tell)(void *context, size_t index, size_t count);
    void *context;
};

/*
 * Fills the cells, zeroed before. What each client writes is shown on stderr: as it comes when one
 * is at work at a time, else when it is over, in the order in which they end. *interruption is the
 * signal that broke it off; 0: none. On errors, and then, the cells that were done before are
 * filled; is_done[i] says so. Signals that ask the process to end are passed on to all that is at
 * work, and waited for.
 */
enum status crew_run(const struct crew_config *config, struct cell *cells, bool *is_done,
                     int *interruption, struct error *err) MUST_CHECK;

#endif
