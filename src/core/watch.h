/*
 * watch: what was seen of one export: how it was polled, and what was fetched of its files. For
 * core/conduct*.c only.
 */
#ifndef CORE_WATCH_H
#define CORE_WATCH_H

#include "core/conduct.h"
#include "core/export.h"

/* Most spans of a file that are told apart; beyond, the gap that is the smallest is taken as got.
 */
#define SPANS_MAX 16

/* What was fetched of a file. Ranges may come in any order. */
struct watched_file {
    struct span *spans;    /* owned; in order, none touches the next; NULL until there is a part */
    uint64_t broken_bytes; /* how far the last broken download came; 0: none, or taken up again */
    uint32_t span_count;
    uint32_t request_count;
    uint32_t whole_count; /* downloads of all of it */
    struct evidence first, last;
};

struct watch {
    struct evidence added;
    struct evidence asked;    /* the last getAll that showed it; number 0: none */
    struct evidence finished; /* the first one that showed it as Success */
    enum export_state shown;  /* by the last one */
    uint32_t single_polls;    /* how often it was asked for alone while unfinished */
    uint32_t file_count;
    struct watched_file *files; /* owned */
};

/* The watch of an export, made if it is not there. */
struct watch *watch_of(struct export *export);

/* The watch of file number (from 1), or NULL when the export has no such file. */
struct watched_file *watch_file(struct export *export, uint32_t number);

/* Notes that a span was fetched, which is a part of the file. */
void watched_file_add(struct watched_file *file, struct span span);

/* True when all bytes of a file of this size were fetched; it may have none. */
bool watched_file_is_whole(const struct watched_file *file, uint64_t size_bytes);

/* True when every file that has bytes was fetched whole. */
bool watch_is_collected(const struct export *export);

#endif
