/*
 * target: the request target (RFC 9112, section 3.2), as sent and never decoded.
 */
#ifndef SERVER_TARGET_H
#define SERVER_TARGET_H

#include <stdbool.h>

#include "base/strbuf.h"

/*
 * Splits target in place into a path that starts with '/' and a query without '?' ("" when there
 * is none); both are borrowed from target. An absolute form ("http://host/path") loses scheme and
 * host. False for what is neither, and for control characters, blanks and NUL bytes in it.
 */
bool target_split(struct strbuf *target, const char **path, const char **query);

/* The path after base, when base and a slash begin it, else path. base may be NULL. */
const char *target_skip_base(const char *path, const char *base);

#endif
