/*
 * storage: how the file host answers. The files of an export lie at some object store; which one
 * is not documented, so the kind is a choice, and each kind speaks as that store does: header
 * fields, status and body of every refusal.
 *
 * Where an answer was seen in public it is named in the file of its kind; the rest is assumed. One
 * rule stands above the kinds: an outdated link and one of an expired export get 403 (source:
 * contract/README.md, "expired or stale file URL"), though GCS itself would say 400.
 */
#ifndef API_STORAGE_H
#define API_STORAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"
#include "http/response.h"

enum storage_kind {
    STORAGE_AZURE,
    STORAGE_S3,
    STORAGE_GCS,
    STORAGE_PLAIN, /* a web server with signed links and short answers */
    STORAGE_KIND_COUNT
};

enum storage_refusal {
    STORAGE_NO_SIGNATURE,
    STORAGE_MALFORMED_LINK,
    STORAGE_WRONG_SIGNATURE,
    STORAGE_OUTDATED_LINK,
    STORAGE_EXPIRED_EXPORT,     /* the link was good for longer than its export */
    STORAGE_NO_FILE,            /* the signature is right, but there is no such file */
    STORAGE_AUTHORIZATION_SENT, /* an Authorization field came with the signed link */
    STORAGE_METHOD,             /* neither GET nor HEAD */
    STORAGE_RANGE,              /* body for a 416 of file_reply() */
    STORAGE_PRECONDITION,       /* body for a 412 of file_reply() */
    STORAGE_BUSY,               /* a fault's answer with status 429 or 503 */
    STORAGE_BROKEN,             /* a fault's answer with any other status */
    STORAGE_REFUSAL_COUNT
};

/* What an answer tells. Borrowed for the time of the call; only request_id and now_ms are must. */
struct storage_facts {
    struct uuid request_id;    /* the store's own id of the request; the answer's only novelty */
    int64_t now_ms;            /* virtual time of the request */
    int64_t from_ms, until_ms; /* for outdated and expired: the link's, or the export's, validity */
    const char *method;        /* as sent */
    const char *path;          /* as sent; names the object */
    const char *authorization; /* value of the Authorization field */
    const char *range;         /* value of the Range field */
    int fault_status;          /* of STORAGE_BUSY and STORAGE_BROKEN */
    uint64_t size_bytes;       /* of the file, where there is one */
    int64_t modified_ms;       /* Last-Modified of the file, where there is one */
};

/* "azure", "s3", "gcs" or "plain". */
const char *storage_kind_name(enum storage_kind kind);

/* The kind of a name; false when there is none. */
bool storage_kind_read(const char *name, enum storage_kind *out);

/* The Content-Type of a file. Source: assumed (each store's default for an unnamed type). */
const char *storage_content_type(enum storage_kind kind);

#define STORAGE_TAG_SIZE 33

/*
 * Writes the tag (ETag without quotes) of a file whose content is named by identity, in the shape
 * of the kind: "0x8D…" or 32 hex digits. Source: assumed from answers of the stores.
 */
void storage_tag_write(enum storage_kind kind, uint64_t identity, char out[STORAGE_TAG_SIZE]);

/* Adds what the kind sends with 200, 206 and 304 beside the fields of file_reply(). */
void storage_success_headers(enum storage_kind kind, const struct storage_facts *facts,
                             struct http_response *response);

/*
 * Fills status, header fields and body. STORAGE_RANGE and _PRECONDITION go on top of the answer of
 * file_reply(); for all others the response must be empty. For HEAD the server layer drops the
 * body.
 */
void storage_refuse(enum storage_kind kind, enum storage_refusal refusal,
                    const struct storage_facts *facts, struct http_response *response);

#endif
