/*
 * log: one line on stderr for each request that was answered, as text or as JSON. Query strings
 * and bodies are left out: they carry tokens and signatures. Lines are collected and written
 * together once the server has nothing else to do. Writing never waits: a reader that is slow gets
 * them later, and one that reads nothing misses what is more than LOG_MAX_BYTES.
 */
#ifndef APP_LOG_H
#define APP_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "options/settings.h"

/* Most bytes of lines that wait to be written. */
#define LOG_MAX_BYTES ((size_t)1 << 20)

/* A value. */
struct log {
    enum log_format format;
    int fd; /* not owned */
    struct strbuf lines;
};

/* What a line says. Texts are borrowed for the call. */
struct log_entry {
    int64_t at_real_ms; /* since 1970, of the wall clock */
    int64_t now_ms;     /* virtual */
    const char *method;
    const char *path;
    int status;
    uint64_t sent_bytes;  /* of the body */
    bool sent_is_unknown; /* it broke off somewhere within what was handed over in one piece */
    bool aborted;         /* the client went away */
};

/* A log that writes to fd. */
void log_init(struct log *log, enum log_format format, int fd);

/* Writes what is left and frees the memory. */
void log_release(struct log *log);

/* Adds a line. */
void log_request(struct log *log, const struct log_entry *entry);

/*
 * Adds a line with the body of a refusal, for --verbose: what was wrong, and the request's id.
 * Line breaks in it are left out.
 */
void log_refusal(struct log *log, const struct log_entry *entry, const struct strbuf *body);

/*
 * Writes the lines that were collected, as far as that does not block; the rest is kept for the
 * next time, or dropped when nobody can read it any more.
 */
void log_flush(struct log *log);

#endif
