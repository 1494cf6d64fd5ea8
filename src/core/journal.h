/*
 * journal: what was asked and answered, in the order of arrival: for tests and people who look at
 * it, and for the conduct report. Bounded in entries and in bytes; the oldest are dropped first and
 * counted. Same requests on the same virtual clock: same entries; real time is never in them.
 * Source: interface, sections 4 and 6.
 *
 * Texts arrive redacted: whoever records takes tokens out before (json/redact.h).
 */
#ifndef CORE_JOURNAL_H
#define CORE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"
#include "core/note.h"

/* What is kept at most. Source: assumed. */
#define JOURNAL_ENTRIES_MAX 10000
#define JOURNAL_BYTES_MAX   ((size_t)16 << 20)

/* Most that is kept of a body, a path, the reasons, and a header field; the rest is cut. */
#define JOURNAL_BODY_MAX   4096
#define JOURNAL_PATH_MAX   512
#define JOURNAL_WHY_MAX    4096
#define JOURNAL_HEADER_MAX 256

/* Room for what is shown of a token. */
#define JOURNAL_TOKEN_SIZE 24

/* The texts of an entry. */
enum journal_text {
    JOURNAL_METHOD,          /* as sent */
    JOURNAL_PATH,            /* as sent, not decoded, without the query */
    JOURNAL_WHY,             /* a reason a line */
    JOURNAL_REQUEST,         /* the body of the request */
    JOURNAL_ANSWER,          /* the body of the answer, if it is a text */
    JOURNAL_CONTENT_TYPE,    /* header fields of the request; no length: not sent */
    JOURNAL_USER_AGENT,      /* likewise */
    JOURNAL_RANGE,           /* likewise */
    JOURNAL_IF_RANGE,        /* likewise */
    JOURNAL_ACCEPT_ENCODING, /* likewise */
    JOURNAL_TEXT_COUNT
};

/* How far an answer got. */
enum journal_end {
    JOURNAL_RUNNING,   /* still on its way */
    JOURNAL_COMPLETED, /* handed over to the last byte */
    JOURNAL_ABORTED,   /* the client went away */
    JOURNAL_CUT,       /* a fault broke it off */
    JOURNAL_END_COUNT
};

/* What is known of a request and its answer, beside texts and exports. */
struct journal_facts {
    uint64_t number; /* in the order of arrival, from 1 */
    struct uuid request_id;
    int64_t at_ms;                  /* of the tenant's clock; the server's when nobody is known */
    uint64_t tenant_key;            /* journal_tenant_key(); 0: nobody who is known */
    char token[JOURNAL_TOKEN_SIZE]; /* what is shown of the AccessToken */
    enum note_kind kind;
    int status;
    unsigned entity_types;  /* bits 1 << enum entity_type */
    uint32_t file;          /* of a download, from 1 */
    uint32_t attempt;       /* of a download */
    uint64_t faults;        /* bits 1 << index of the scenario's faults that fired */
    int64_t retry_after_s;  /* as sent; -1: not sent */
    uint64_t offset_bytes;  /* of the file: where the body begins */
    uint64_t length_bytes;  /* of the answer's body, uncompressed and uncut */
    bool has_authorization; /* the request had the field; its value is never kept */
    bool has_query;         /* likewise */
};

/* A text of an entry; not NUL-terminated. */
struct journal_span {
    const char *data;
    size_t length;
    bool is_cut; /* there was more */
};

/* An entry; owned by the journal. Texts are read with journal_entry_text(). */
struct journal_entry {
    struct journal_facts facts;
    enum journal_end end;
    uint64_t sent_bytes; /* of the body; known once it is completed, or cut by a fault */
    uint16_t text_lengths[JOURNAL_TEXT_COUNT];
    uint16_t cut_texts; /* bits 1 << enum journal_text */
    uint32_t export_count;
    struct uuid exports[]; /* made, asked for or downloaded; then the texts */
};

/*
 * A value; zeroed is an empty journal. Entries lie one behind the other in one block, that is
 * written round and round: recording costs no allocation.
 */
struct journal {
    char *block;                   /* owned; NULL until the first entry */
    struct journal_entry **ring;   /* owned; likewise */
    size_t next_offset;            /* in the block, behind the newest entry */
    size_t first, count;           /* in the ring */
    size_t entries_max, bytes_max; /* 0: the constants above */
    uint64_t dropped_count;        /* since the start or the last journal_clear() of all */
};

/* Which entries are meant; zeroed: all. */
struct journal_filter {
    bool has_tenant, has_kind, has_export;
    uint64_t tenant_key; /* 0 is a tenant that has no entry */
    enum note_kind kind;
    int status_first, status_last; /* 0: any */
    struct uuid export_id;
    const char *text; /* in path, reasons or bodies, in either case of ASCII; NULL: any */
    size_t text_length;
};

/* The name of a kind ("add", "getAll", "download", "other") and of an end ("completed"). */
const char *note_kind_name(enum note_kind kind);
const char *journal_end_name(enum journal_end end);

/* What stands for a tenant in entries, also when it is forgotten; never 0. */
uint64_t journal_tenant_key(const char *access_token);

/* Frees what the journal owns. */
void journal_release(struct journal *journal);

/*
 * Adds an entry; its number must be above all others. Texts and exports are copied; a text longer
 * than its limit is cut. Drops old entries when there are too many; one that needs more than
 * bytes_max is dropped itself.
 */
void journal_add(struct journal *journal, const struct journal_facts *facts,
                 const struct journal_span texts[JOURNAL_TEXT_COUNT], const struct uuid *exports,
                 size_t export_count);

/* A text of an entry; borrowed. */
struct journal_span journal_entry_text(const struct journal_entry *entry, enum journal_text which);

/*
 * Notes how an answer ended; nothing when its entry is gone. sent_bytes of one that the client gave
 * up are not kept: how many had left is a matter of sockets.
 */
void journal_complete(struct journal *journal, uint64_t number, enum journal_end end,
                      uint64_t sent_bytes);

/* Forgets all entries and the count of dropped ones, or with a key the entries of that tenant. */
void journal_clear(struct journal *journal, const uint64_t *tenant_key);

/* The first entry with a number above after that the filter means, or NULL; borrowed. */
const struct journal_entry *journal_next(const struct journal *journal,
                                         const struct journal_filter *filter, uint64_t after);

/* How many entries the filter means. */
uint64_t journal_count(const struct journal *journal, const struct journal_filter *filter);

#endif
