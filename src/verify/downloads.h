/*
 * downloads: what the server's journal says about the downloads of files whose rows were lost or
 * damaged: was it a fault of the scenario, a client that gave up, or a client that lost rows which
 * it was sent?
 */
#ifndef VERIFY_DOWNLOADS_H
#define VERIFY_DOWNLOADS_H

#include <stddef.h>

#include "verify/findings.h"
#include "verify/remote.h"

/* What became of the downloads of one file. */
struct download_history {
    size_t file;            /* index on the expected side */
    size_t sound_count;     /* sent to the last byte, without a fault */
    size_t troubled_count;  /* all others */
    struct strbuf troubles; /* of the first few of these, a line each with its newline */
};

/* Release it with downloads_release(). */
struct downloads {
    struct download_history *files; /* owned; in the order of the files */
    size_t count;
};

/*
 * Looks up the files that lack rows, and those of the damaged rows that are shown. Where the
 * journal cannot be had, out is empty: the comparison stands without it.
 */
void downloads_look_up(struct remote *remote, const struct findings *findings,
                       struct downloads *out);

/* Frees what downloads own. */
void downloads_release(struct downloads *downloads);

#endif
