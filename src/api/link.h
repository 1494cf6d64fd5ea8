/*
 * link: signed links to the files of an export, /exports/{ExportId}-{n}.jsonl?{signature}, in the
 * style of a kind of storage:
 *
 *   azure  sv, se, sr, sp, sig (base64)
 *   s3     X-Amz-Algorithm, -Credential, -Date, -Expires, -SignedHeaders, -Signature (hex)
 *   gcs    the same with X-Goog-
 *   plain  expires (seconds since 1970), signature (hex)
 *
 * X-Exports-Answer={serial} comes last where a link must differ from one that was made at the same
 * instant.
 *
 * The signature is HMAC-SHA-256 over kind, export, file, both instants and the serial, under a key
 * made from a seed. It looks like the store's own, but is not computed as the store does: clients
 * cannot check it. Instants are exact to the millisecond. Those with a fraction are written with it
 * by azure and plain; s3 and gcs know whole seconds only, so X-Exports-Valid={from}_{until} in
 * milliseconds comes beside their rounded parameters. Source: contract/exports.json,
 * multiple_files.example_name; the styles are assumed.
 */
#ifndef API_LINK_H
#define API_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include <nettle/hmac.h>

#include "api/storage.h"
#include "base/strbuf.h"
#include "base/uuid.h"

/* What a link gives access to. The instants must be writable (TIMESTAMP_MIN_MS to _MAX_MS). */
struct link {
    struct uuid export_id;
    uint32_t file;    /* from 1 */
    int64_t from_ms;  /* when the link was made; not carried by azure and plain */
    int64_t until_ms; /* first instant at which it no longer works */
    uint64_t serial;  /* tells links of one instant apart, up to LINK_SERIAL_MAX; 0: not written */
};

#define LINK_SERIAL_MAX UINT64_C(999999999999999)

/* Room for the query of any style, its signature left out. */
#define LINK_QUERY_SIZE 512

/*
 * A value; nothing to release. It keeps the last query it wrote but for the signature, because a
 * thousand links of one answer share their instants.
 */
struct link_signer {
    enum storage_kind kind;
    struct hmac_sha256_ctx keyed; /* with the key, before the first byte */
    int64_t from_ms, until_ms;    /* of the query that is kept */
    uint64_t serial;              /* of it */
    size_t before_length, length; /* of it: up to the signature's value, and all; 0: none kept */
    char query[LINK_QUERY_SIZE];
};

enum link_verdict {
    LINK_OK,
    LINK_MISSING,         /* no signature at all */
    LINK_MALFORMED,       /* a parameter is missing or cannot be read */
    LINK_WRONG_SIGNATURE, /* signed for something else, or changed, or a parameter doubled */
    LINK_OUTDATED         /* the signature is right, but the link no longer works */
};

/* Makes the signer of a kind; the same seed signs the same links. */
void link_signer_init(struct link_signer *signer, enum storage_kind kind, uint64_t seed);

/* Appends path and query; the caller writes scheme and host before it. */
void link_write(struct strbuf *out, struct link_signer *signer, const struct link *link);

/*
 * Judges the query of a request for a file. On LINK_OK and LINK_OUTDATED *read is what was signed
 * (from_ms 0 where the kind does not carry it). Parameters the kind does not know are ignored. A
 * link that starts to work later than now is good: tenants may set their clock back. Source for
 * the last two: assumed.
 */
enum link_verdict link_check(const struct link_signer *signer, const struct uuid *export_id,
                             uint32_t file, const char *query, int64_t now_ms, struct link *read);

/*
 * Reads the path of a file, as link_write() writes it and not otherwise: lower-case id, n in
 * decimal from 1 without leading zeros. False, and nothing written, for any other path.
 */
bool link_path_read(const char *path, struct uuid *export_id, uint32_t *file);

#endif
