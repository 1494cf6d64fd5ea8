#include "server/exchange.h"

#include <stdlib.h>

#include "base/memory.h"
#include "server/hold.h"

/*
 * What is kept for the next requests. A fresh buffer for an answer of 538 KB costs about half of
 * the throughput; with 32 MiB there is one for each of some thirty that are being sent.
 */
#define KEPT_MAX_BYTES ((size_t)32 << 20)

/* Less is not worth trimming. */
#define TRIM_MIN_BYTES 1024

static size_t memory_of(const struct exchange *exchange)
{
    return sizeof *exchange + exchange->target.capacity + exchange->body.capacity +
           exchange->response.text.capacity + exchange->response.header_fields.capacity;
}

static void free_exchange(struct exchange *exchange)
{
    strbuf_release(&exchange->target);
    strbuf_release(&exchange->body);
    http_response_release(&exchange->response);
    free(exchange);
}

struct exchange *exchange_new(struct exchange_pool *pool)
{
    struct exchange *exchange = pool->first;

    if (exchange) {
        pool->first = exchange->next;
        pool->kept_bytes -= memory_of(exchange);
    } else {
        exchange = memory_new(sizeof *exchange);
        exchange->pool = pool;
        http_response_init(&exchange->response);
    }
    exchange->owner_count = 1;
    return exchange;
}

void exchange_ref(struct exchange *exchange)
{
    exchange->owner_count++;
}

/* Back to what exchange_new() gives, with the buffers' memory. */
static void reset(struct exchange *exchange)
{
    struct exchange empty = {
        .pool = exchange->pool, .target = exchange->target, .body = exchange->body};

    hold_free(exchange->hold);
    gzip_stream_free(exchange->gzip);
    http_response_reset(&exchange->response);
    exchange->pool->block_bytes -= exchange->block_bytes;
    empty.response = exchange->response;
    strbuf_reset(&empty.target);
    strbuf_reset(&empty.body);
    *exchange = empty;
}

void exchange_unref(void *state)
{
    struct exchange *exchange = state;
    struct exchange_pool *pool;

    if (!exchange || --exchange->owner_count > 0)
        return;
    reset(exchange);
    pool = exchange->pool;
    if (pool->kept_bytes + memory_of(exchange) > KEPT_MAX_BYTES) {
        free_exchange(exchange);
        return;
    }
    pool->kept_bytes += memory_of(exchange);
    exchange->next = pool->first;
    pool->first = exchange;
}

static void trim(struct strbuf *buf)
{
    if (buf->capacity <= 2 * buf->length + TRIM_MIN_BYTES)
        return;
    buf->capacity = buf->length + 1;
    buf->data = memory_resize(buf->data, buf->capacity, 1);
}

void exchange_trim(struct exchange *exchange)
{
    strbuf_release(&exchange->body);
    trim(&exchange->response.text);
    trim(&exchange->response.header_fields);
}

void exchange_drop_content(struct exchange *exchange)
{
    gzip_stream_free(exchange->gzip);
    exchange->gzip = NULL;
    source_release(&exchange->response.source);
    strbuf_release(&exchange->response.text);
}

void exchange_pool_trim(struct exchange_pool *pool)
{
    while (pool->first) {
        struct exchange *exchange = pool->first;

        pool->first = exchange->next;
        free_exchange(exchange);
    }
    pool->kept_bytes = 0;
}
