#include "server/screen.h"

#include <microhttpd.h>
#include <string.h>
#include <strings.h>

#include "server/target.h"

struct framing {
    unsigned host_count;
    unsigned length_count;
    unsigned transfer_coding_count;
    bool chunked;
};

/* Most fields have another name already by its first letter. */
static bool is_named(const char *field, const char *name)
{
    return ((field[0] ^ name[0]) & ~0x20) == 0 && strcasecmp(field, name) == 0;
}

static enum MHD_Result note_field(void *state, enum MHD_ValueKind kind, const char *name,
                                  const char *value)
{
    struct framing *framing = state;

    (void)kind;
    if (is_named(name, "Host"))
        framing->host_count++;
    else if (is_named(name, "Content-Length"))
        framing->length_count++;
    else if (is_named(name, "Transfer-Encoding")) {
        framing->transfer_coding_count++;
        framing->chunked = value && strcasecmp(value, "chunked") == 0;
    }
    return MHD_YES;
}

static int screen_fields(struct MHD_Connection *connection, const char *version,
                         const char **reason)
{
    struct framing framing = {0};

    MHD_get_connection_values(connection, MHD_HEADER_KIND, note_field, &framing);
    if (framing.host_count > 1 || (framing.host_count == 0 && strcmp(version, "HTTP/1.0") != 0)) {
        *reason = "the request needs one Host header field";
        return 400;
    }
    if (framing.length_count > 1 || (framing.length_count && framing.transfer_coding_count)) {
        *reason = "the length of the body is ambiguous: send one Content-Length, or chunks";
        return 400;
    }
    if (framing.transfer_coding_count && (framing.transfer_coding_count > 1 || !framing.chunked)) {
        *reason = "the only transfer coding that is understood is chunked";
        return 501;
    }
    return 0;
}

int screen_request(struct MHD_Connection *connection, struct exchange *exchange, const char *url,
                   const char *version, const char **reason)
{
    /*
     * url and version lie one after the other in the same line. A copy of the target that is
     * shorter than their distance was cut at a NUL byte.
     */
    if (version > url + exchange->target.length + 1 ||
        !target_split(&exchange->target, &exchange->path, &exchange->query)) {
        *reason = "the request target is malformed: it must begin with / and hold no blanks, "
                  "control characters or NUL";
        return 400;
    }
    return screen_fields(connection, version, reason);
}
