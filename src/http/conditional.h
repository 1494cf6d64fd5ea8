/*
 * conditional: preconditions of a request (RFC 9110, section 13).
 */
#ifndef HTTP_CONDITIONAL_H
#define HTTP_CONDITIONAL_H

#include <stdbool.h>
#include <stdint.h>

#include "http/request.h"

enum conditional_verdict {
    CONDITIONAL_PROCEED,
    CONDITIONAL_NOT_MODIFIED, /* status 304 */
    CONDITIONAL_FAILED        /* status 412 */
};

/* What the chosen representation is known by. */
struct conditional_facts {
    const char *etag;    /* as sent in ETag: strong, with its quotes */
    int64_t modified_ms; /* as sent in Last-Modified; compared in whole seconds */
};

/*
 * Evaluates If-Match, If-Unmodified-Since, If-None-Match and If-Modified-Since in the order of
 * RFC 9110, section 13.2.2, for a GET or HEAD request. A date that cannot be read is ignored; a
 * broken list of tags matches by the tags before the break.
 */
enum conditional_verdict conditional_check(const struct http_request *request,
                                           const struct conditional_facts *facts);

/*
 * True when a Range field of the request counts: there is no If-Range, or it names the same strong
 * tag, or exactly the instant of Last-Modified. A file never changes, so its date is as strong a
 * validator as its tag.
 */
bool conditional_range_holds(const struct http_request *request,
                             const struct conditional_facts *facts);

#endif
