/*
 * remote: the exports of a running server, read through its admin API, by libcurl.
 */
#ifndef VERIFY_REMOTE_H
#define VERIFY_REMOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/strbuf.h"
#include "base/uuid.h"
#include "verify/files.h"

/* Which exports of which server; borrowed. */
struct remote_config {
    const char *url;         /* of the server, without a slash at its end */
    const char *admin_token; /* NULL: none */
    const char *ca_file;     /* PEM; NULL: whom libcurl trusts by itself */
    const struct uuid *exports;
    size_t export_count; /* at least 1 */
};

struct remote;

/*
 * Asks the server how many files each export has. STATUS_IO when it cannot be reached or libcurl is
 * missing, STATUS_DENIED without the right token, STATUS_NOT_FOUND when it does not know an export;
 * each message says what to do. Caller frees.
 */
enum status remote_new(const struct remote_config *config, struct remote **out,
                       struct error *err) MUST_CHECK;
void remote_free(struct remote *remote); /* may be NULL */

/* True when the export is one of the configuration. */
bool remote_has_export(const struct remote *remote, const struct uuid *id);

/* Hands what is at a path of the server ("/__admin/...") to sink, until it has enough. Errors as
 * remote_new(). */
enum status remote_read(struct remote *remote, const char *path, verify_sink *sink,
                        void *sink_state, struct error *err) MUST_CHECK;

/*
 * Reads what is at a path of the server ("/__admin/...") into out, which is emptied first.
 * STATUS_LIMIT when it has more than most_bytes; else as remote_new().
 */
enum status remote_fetch(struct remote *remote, const char *path, size_t most_bytes,
                         struct strbuf *out, struct error *err) MUST_CHECK;

/* Appends lead and the id of an export (from 0, in the order of the configuration). */
void remote_append_id(const struct remote *remote, size_t export, struct strbuf *out,
                      const char *lead);

/* The index, in the view, of an export's file with this number, from 1; false: there is none. */
bool remote_find_file(const struct remote *remote, size_t export, uint64_t number, size_t *out);

/* A view of all files of the exports for verify_run(); it must not outlive remote. */
struct verify_files remote_view(struct remote *remote);

#endif
