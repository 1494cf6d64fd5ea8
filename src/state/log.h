/*
 * log: a state file as a log that grows at its end, with a lock that keeps other processes out.
 * Records are collected and written by one write() each time, so that a process that is killed
 * leaves all of a change or a beginning of it, which the next start cuts off. Room on the disk is
 * taken ahead, so that a full disk is met before anything has changed.
 */
#ifndef STATE_LOG_H
#define STATE_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/strbuf.h"
#include "json/writer.h"

/* The file that is written to. */
struct log_file {
    int fd;
    uint64_t end_bytes;  /* behind the last record */
    uint64_t room_bytes; /* up to here the disk has room for sure */
    uint32_t sum;        /* of the last record */
};

/* Release it with log_close(). */
struct log {
    char *path; /* owned; where the file really is */
    struct log_file file;
    struct strbuf batch;        /* records that wait to be written */
    size_t record_at;           /* of the last record in it */
    bool has_record;            /* that record is whole, but not yet sealed */
    uint32_t batch_sum;         /* of the last sealed record */
    uint64_t compact_bytes;     /* how long the file was when it was written anew */
    bool is_unsynced;           /* something was written that may not have reached the disk */
    enum status rewrite_status; /* while the file is written anew: how it goes */
    struct error rewrite_error;
};

/*
 * Opens a file, made if it is not there, and locks it; *text gets what it holds, with *text empty
 * when it is new. STATUS_IO with the reason, STATUS_CONFLICT when another process has it.
 */
enum status log_open(struct log *log, const char *path, struct strbuf *text,
                     struct error *err) MUST_CHECK;

/* Says that the file's records end at end_bytes with the checksum sum; cuts off what is behind. */
enum status log_continue(struct log *log, uint64_t end_bytes, uint32_t sum,
                         struct error *err) MUST_CHECK;

/* Gives back room that was taken ahead, and the lock. */
void log_close(struct log *log);

/* Begins a record; the writer stands in an object: {"kind": ...}. End it with log_end_record(). */
struct json_writer log_begin_record(struct log *log);
void log_end_record(struct log *log);

/* Makes what was collected so far a change of its own. */
void log_end_change(struct log *log);

/*
 * Writes what was collected, as one change. On STATUS_IO the file is as it was, and what was
 * collected is dropped. The message has no name of a file.
 */
enum status log_commit(struct log *log, struct error *err) MUST_CHECK;

/* Drops what was collected. */
void log_drop(struct log *log);

/* Makes sure that the disk has room for a change. STATUS_IO with the reason when it has not. */
enum status log_make_room(struct log *log, struct error *err) MUST_CHECK;

/* True when the file has grown to several times what it must hold. */
bool log_is_long(const struct log *log);

/*
 * Writes the file anew: write_all adds records, and calls log_relieve() now and then. They go to
 * a file beside it, which takes its place. STATUS_IO with the reason, and everything as it was,
 * when that does not work.
 */
enum status log_rewrite(struct log *log, void (*write_all)(void *context), void *context,
                        struct error *err) MUST_CHECK;

/* While the file is written anew: hands over what was collected when it is much. */
void log_relieve(struct log *log);

/* Sees to it that the disk has what was written. Takes as long as the disk does. */
void log_sync(struct log *log);

#endif
