/*
 * remote: the exports of a running server, read through its admin API. The only code that knows
 * libcurl.
 */
#ifndef VERIFY_REMOTE_H
#define VERIFY_REMOTE_H

#include <stddef.h>

#include "base/status.h"
#include "base/uuid.h"
#include "verify/files.h"

/* Which exports of which server; borrowed. */
struct remote_config {
    const char *url;         /* of the server, without a slash at its end */
    const char *admin_token; /* NULL: none */
    const struct uuid *exports;
    size_t export_count; /* at least 1 */
};

struct remote;

/*
 * Asks the server how many files each export has. STATUS_IO when it cannot be reached,
 * STATUS_DENIED without the right token, STATUS_NOT_FOUND when it does not know an export; each
 * message says what to do. Caller frees.
 */
enum status remote_new(const struct remote_config *config, struct remote **out,
                       struct error *err) MUST_CHECK;
void remote_free(struct remote *remote); /* may be NULL */

/* A view of all files of the exports for verify_run(); it must not outlive remote. */
struct verify_files remote_view(struct remote *remote);

#endif
