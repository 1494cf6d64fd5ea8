/*
 * files: one side of a comparison, as files that can be read in pieces from any byte on, as often
 * as it takes: those of an export, in memory or behind HTTP, or those that a client collected.
 */
#ifndef VERIFY_FILES_H
#define VERIFY_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "base/status.h"

/* Takes the next bytes of a file; false says that they are enough. */
typedef bool verify_sink(void *state, const char *bytes, size_t length);

/* A set of files; who made it owns it. */
struct verify_files {
    size_t count;
    void *state;
    /* What to call a file in a report; borrowed. */
    const char *(*name)(void *state, size_t index);
    /* To which export a file of the expected side belongs, from 0; NULL: all to the first. */
    size_t (*export_of)(void *state, size_t index);
    /*
     * Hands the bytes of a file from offset on to sink, until its end or until sink has enough.
     * STATUS_IO and the like, with a message that names the file, when it cannot be read.
     */
    enum status (*read)(void *state, size_t index, uint64_t offset_bytes, verify_sink *sink,
                        void *sink_state, struct error *err);
};

/* A file that is a source, with its name; for verify_files_of_sources(). */
struct verify_source {
    const char *name;
    size_t export; /* which of the exports it belongs to, from 0 */
    struct source source;
};

/* What verify_files_of_sources() reads from; borrowed. */
struct verify_source_list {
    struct verify_source *items;
    size_t count;
};

/* A view of sources, which stay the caller's, as must list; for a server in the same process. */
struct verify_files verify_files_of_sources(struct verify_source_list *list);

#endif
