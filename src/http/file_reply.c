#include "http/file_reply.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/timestamp.h"
#include "http/conditional.h"
#include "http/gzip.h"
#include "http/range.h"

static void write_validators(struct http_response *response,
                             const struct conditional_facts *conditional)
{
    char date[30];

    timestamp_write_http(date, conditional->modified_ms);
    http_response_header(response, "Accept-Ranges", "bytes");
    http_response_header(response, "ETag", "%s", conditional->etag);
    http_response_header(response, "Last-Modified", "%s", date);
    http_response_header(response, "Vary", "Accept-Encoding");
}

static void reply_without_body(struct http_response *response, struct source *source, int status)
{
    source_release(source);
    response->status = status;
}

static void reply_whole(struct http_response *response, struct source source, bool compressed)
{
    http_response_source(response, source);
    response->status = 200;
    if (compressed) {
        response->body = HTTP_BODY_GZIP;
        http_response_header(response, "Content-Encoding", "gzip");
    }
}

static void reply_range(struct http_response *response, struct source source, struct range range)
{
    http_response_header(response, "Content-Range", "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64,
                         range.offset_bytes, range.offset_bytes + range.length_bytes - 1,
                         source.size_bytes);
    http_response_source(response, source);
    response->status = 206;
    response->offset_bytes = range.offset_bytes;
    response->length_bytes = range.length_bytes;
}

/* Answers a request whose preconditions hold. */
static void reply_content(struct http_response *response, struct source source, struct range range,
                          bool compressed, const char *content_type)
{
    if (range.kind == RANGE_UNSATISFIABLE) {
        http_response_header(response, "Content-Range", "bytes */%" PRIu64, source.size_bytes);
        reply_without_body(response, &source, 416);
        return;
    }
    http_response_header(response, "Content-Type", "%s", content_type);
    if (range.kind == RANGE_PARTIAL)
        reply_range(response, source, range);
    else
        reply_whole(response, source, compressed);
}

void file_reply(const struct http_request *request, struct http_response *response,
                struct source source, const struct file_reply_facts *facts)
{
    bool is_get = request->method == HTTP_GET;
    const char *range_value = is_get ? http_request_header(request, "Range") : NULL;
    bool compressed = is_get && !range_value && source.size_bytes >= GZIP_MIN_BYTES &&
                      gzip_wanted(http_request_header(request, "Accept-Encoding"));
    char etag[FILE_REPLY_TAG_MAX + sizeof "\"-gzip\""];
    struct conditional_facts conditional = {etag, facts->modified_ms};
    enum conditional_verdict verdict;

    snprintf(etag, sizeof etag, "\"%.*s%s\"", FILE_REPLY_TAG_MAX, facts->tag,
             compressed ? "-gzip" : "");
    write_validators(response, &conditional);
    verdict = conditional_check(request, &conditional);
    if (verdict != CONDITIONAL_PROCEED) {
        reply_without_body(response, &source, verdict == CONDITIONAL_FAILED ? 412 : 304);
        return;
    }
    if (!conditional_range_holds(request, &conditional))
        range_value = NULL;
    reply_content(response, source, range_read(range_value, source.size_bytes), compressed,
                  facts->content_type);
}
