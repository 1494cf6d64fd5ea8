#include "server/body.h"

#include <microhttpd.h>
#include <string.h>

uint64_t body_length_bytes(const struct exchange *exchange)
{
    const struct http_response *response = &exchange->response;

    switch (response->body) {
    case HTTP_BODY_TEXT:
        return response->text.length;
    case HTTP_BODY_RANGE:
        return response->length_bytes;
    case HTTP_BODY_GZIP:
    case HTTP_BODY_STREAM:
        break;
    }
    return UINT64_MAX;
}

/* Of a body whose length is known. */
static ssize_t read_part(struct http_response *response, uint64_t position, char *out,
                         size_t length)
{
    if (response->body == HTTP_BODY_TEXT)
        memcpy(out, response->text.data + position, length);
    else if (response->source.read_at(response->source.state, response->offset_bytes + position,
                                      out, length) != STATUS_OK)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    return (ssize_t)length;
}

static ssize_t read_gzip(struct gzip_stream *gzip, char *out, size_t room)
{
    ssize_t length = gzip_stream_read(gzip, out, room);

    if (length == 0)
        return MHD_CONTENT_READER_END_OF_STREAM;
    return length < 0 ? MHD_CONTENT_READER_END_WITH_ERROR : length;
}

ssize_t body_read(struct exchange *exchange, uint64_t position, char *out, size_t room)
{
    uint64_t left;

    if (exchange->response.body == HTTP_BODY_GZIP)
        return read_gzip(exchange->gzip, out, room);
    left = body_length_bytes(exchange) - position;
    if (left == 0)
        return MHD_CONTENT_READER_END_OF_STREAM;
    return read_part(&exchange->response, position, out, left < room ? (size_t)left : room);
}

bool body_is_at_end(struct exchange *exchange)
{
    char more;

    if (exchange->response.body == HTTP_BODY_GZIP)
        return gzip_stream_read(exchange->gzip, &more, 1) == 0;
    return exchange->sent_bytes >= body_length_bytes(exchange);
}
