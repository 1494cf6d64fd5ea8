#include "server/reply.h"

#include <fcntl.h>
#include <microhttpd.h>
#include <strings.h>
#include <unistd.h>

#include "server/body.h"
#include "server/deliver.h"
#include "server/stream.h"

/*
 * A range up to this size is read into the answer's own buffer: header and body leave in one
 * system call, and the buffer is one that was used before.
 */
#define WHOLE_MAX_BYTES ((uint64_t)128 << 10)

/*
 * Longer ones are read block by block. Big blocks mean fewer turns of the loop for each byte;
 * beyond 1 MiB the block falls out of the processor's cache. Each running download holds one, so a
 * new one gets a quarter of what is left for all, but enough to be quick.
 */
#define BLOCK_MAX_BYTES  ((size_t)1 << 20)
#define BLOCK_MIN_BYTES  ((size_t)32 << 10)
#define BLOCKS_MAX_BYTES ((size_t)16 << 20)

/* MHD_ContentReaderCallback of a body that leaves as fast as it goes. */
static ssize_t read_body(void *state, uint64_t position, char *out, size_t capacity)
{
    struct exchange *exchange = state;

    exchange->sent_bytes = position;
    return body_read(exchange, position, out, capacity);
}

static size_t choose_block(struct exchange *exchange)
{
    size_t used = exchange->pool->block_bytes;
    size_t part = used < BLOCKS_MAX_BYTES ? (BLOCKS_MAX_BYTES - used) / 4 : 0;
    size_t block = BLOCK_MAX_BYTES;

    while (block > part && block > BLOCK_MIN_BYTES)
        block /= 2;
    if (block > exchange->response.length_bytes)
        block = (size_t)exchange->response.length_bytes;
    exchange->block_bytes = block;
    exchange->pool->block_bytes += block;
    return block;
}

/* reply frees its part of the exchange when it is done; it has none if it could not be made. */
static struct MHD_Response *share(struct exchange *exchange, struct MHD_Response *reply)
{
    if (reply)
        exchange_ref(exchange);
    return reply;
}

static struct MHD_Response *reply_with_text(struct exchange *exchange)
{
    struct strbuf *text = &exchange->response.text;

    strbuf_reserve(text, 0);
    return share(exchange, MHD_create_response_from_buffer_with_free_callback_cls(
                               text->length, text->data, exchange_unref, exchange));
}

static struct MHD_Response *reply_with_reader(struct exchange *exchange, uint64_t length_bytes,
                                              size_t block, MHD_ContentReaderCallback reader)
{
    return share(exchange, MHD_create_response_from_callback(length_bytes, block, reader, exchange,
                                                             exchange_unref));
}

/* sendfile; NULL when there is no descriptor to spare, which reading copes with. */
static struct MHD_Response *reply_with_file(struct exchange *exchange)
{
    struct http_response *response = &exchange->response;
    int fd = fcntl(response->source.fd, F_DUPFD_CLOEXEC, 0);
    struct MHD_Response *reply;

    if (fd < 0)
        return NULL;
    reply =
        MHD_create_response_from_fd_at_offset64(response->length_bytes, fd, response->offset_bytes);
    if (!reply) {
        close(fd);
        return NULL;
    }
    source_release(&response->source); /* one descriptor for each download is enough */
    return reply;
}

static struct MHD_Response *reply_with_range(struct exchange *exchange)
{
    struct http_response *response = &exchange->response;
    size_t length = (size_t)response->length_bytes;
    struct MHD_Response *reply = NULL;

    if (response->length_bytes > WHOLE_MAX_BYTES) {
        if (exchange->pool->may_send_files && response->source.fd >= 0)
            reply = reply_with_file(exchange);
        return reply ? reply
                     : reply_with_reader(exchange, response->length_bytes, choose_block(exchange),
                                         read_body);
    }
    strbuf_reset(&response->text);
    strbuf_reserve(&response->text, length);
    if (response->source.read_at(response->source.state, response->offset_bytes,
                                 response->text.data, length) != STATUS_OK)
        return NULL;
    response->text.length = length;
    return reply_with_text(exchange);
}

/*
 * Header fields only, and no word of a length. libmicrohttpd would end a chunked body even where
 * there is none, so chunks are forbidden; it closes the connection then.
 */
static struct MHD_Response *reply_without_length(struct exchange *exchange)
{
    struct MHD_Response *reply = reply_with_reader(exchange, MHD_SIZE_UNKNOWN, 1, read_body);

    if (reply)
        (void)MHD_set_response_options(reply, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
    return reply;
}

/* The fields of an answer whose body is known but not sent. */
static struct MHD_Response *reply_without_body(struct exchange *exchange)
{
    struct http_response *response = &exchange->response;

    if (response->body == HTTP_BODY_RANGE)
        return reply_with_reader(exchange, response->length_bytes, 1, read_body);
    /* 304 has the length that 200 would have, or none (RFC 9110, section 8.6). */
    if (response->body == HTTP_BODY_GZIP || response->body == HTTP_BODY_STREAM ||
        response->status == 304)
        return reply_without_length(exchange);
    return reply_with_text(exchange);
}

static uint64_t mhd_length(uint64_t length_bytes)
{
    return length_bytes == UINT64_MAX ? MHD_SIZE_UNKNOWN : length_bytes;
}

static struct MHD_Response *reply_with_body(struct exchange *exchange)
{
    struct http_response *response = &exchange->response;
    uint64_t length_bytes = body_length_bytes(exchange);

    if (response->body == HTTP_BODY_STREAM)
        return reply_with_reader(exchange, MHD_SIZE_UNKNOWN, STREAM_BLOCK_BYTES, stream_read);
    if (response->body == HTTP_BODY_GZIP)
        exchange->gzip = gzip_stream_new(&response->source);
    if (deliver_shapes(exchange, length_bytes))
        return reply_with_reader(exchange, mhd_length(length_bytes), deliver_block_bytes(exchange),
                                 deliver_read);
    if (response->body == HTTP_BODY_TEXT)
        return reply_with_text(exchange);
    if (response->body == HTTP_BODY_RANGE)
        return reply_with_range(exchange);
    return reply_with_reader(exchange, MHD_SIZE_UNKNOWN, BLOCK_MIN_BYTES, read_body);
}

bool reply_queue(struct MHD_Connection *connection, struct exchange *exchange, bool is_head)
{
    bool without_body = is_head || exchange->response.status == 304;
    struct MHD_Response *reply =
        without_body ? reply_without_body(exchange) : reply_with_body(exchange);
    const char *name, *value;
    size_t cursor = 0;
    bool queued;

    if (!reply)
        return false;
    /* libmicrohttpd refuses Content-Length, which it counts itself, and empty values. */
    while (http_response_next_header(&exchange->response, &cursor, &name, &value))
        (void)MHD_add_response_header(reply, name, value);
    queued = MHD_queue_response(connection, (unsigned)exchange->response.status, reply) == MHD_YES;
    MHD_destroy_response(reply);
    return queued;
}
