/*
 * note: what handlers tell about a request while they answer it, for the journal, the metrics and
 * the conduct report: whose it is, what it is about, and why it is answered as it is.
 */
#ifndef CORE_NOTE_H
#define CORE_NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/strbuf.h"
#include "base/uuid.h"
#include "contract/entity.h"
#include "core/tenant.h"

struct export;

/* What a request is, as far as it is known. */
enum note_kind { NOTE_OTHER, NOTE_ADD, NOTE_GET_ALL, NOTE_DOWNLOAD, NOTE_KIND_COUNT };

/* What a getAll showed; filled by conduct_show(). */
struct polled {
    uint32_t count;
    uint32_t over_count; /* of these: the client knew before that they were over */
    struct export *last; /* borrowed */
    bool was_in_flight;  /* the last one, as far as the client knew */
};

/* Zeroed is an empty note. The strbufs keep their memory over request_note_reset(). */
struct request_note {
    enum note_kind kind;
    struct tenant *tenant;       /* borrowed; NULL: nobody who is known */
    const struct client *client; /* likewise; NULL also for downloads */
    unsigned entity_types;       /* bits 1 << enum entity_type that it is about */
    struct strbuf exports;       /* struct uuid after struct uuid: made, asked for or downloaded */
    uint32_t file;               /* of a download, from 1 */
    uint32_t attempt;            /* of a download: the so manyth GET of the file */
    uint64_t faults;             /* bits 1 << index of the scenario's faults that fired */
    bool is_own_in_flight;       /* add refused: one that the same client added is in flight */
    bool is_refused_in_flight;   /* add refused: something is in flight */
    bool has_no_client_name;
    bool is_late_link;       /* used after the time that the documentation gives links */
    uint32_t left_out_count; /* of getAll: ids that were not answered */
    struct polled polled;
    bool has_retry_after;       /* the answer tells to wait: */
    int64_t retry_after_ms;     /* so much virtual time */
    int64_t retry_after_real_s; /* as it was sent */
    struct strbuf why;          /* a reason a line, without a line end behind the last */
};

/* Frees what the note owns. */
void request_note_release(struct request_note *note);

/* Back to an empty note; keeps the memory. */
void request_note_reset(struct request_note *note);

/* Begins a reason: the caller appends its text, without line breaks, to what is returned. */
struct strbuf *note_begin_why(struct request_note *note);

/* Adds a reason; line breaks in it become blanks. note may be NULL. */
void note_why(struct request_note *note, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Says who sent the request. note may be NULL. */
void note_sender(struct request_note *note, const struct integration *integration);

/* Says how long the answer tells to wait: in virtual time, and as it is sent. note may be NULL. */
void note_retry_after(struct request_note *note, int64_t wait_ms, int64_t real_s);

/* Adds an export that the request is about. note may be NULL. */
void note_export(struct request_note *note, const struct uuid *id);

/* Adds an entity type that the request is about. note may be NULL. */
void note_entity_type(struct request_note *note, enum entity_type type);

#endif
