#include "server/deliver.h"

#include <microhttpd.h>
#include <string.h>

#include "server/body.h"
#include "server/cut.h"
#include "server/stream.h"

/* A body that stalls keeps its block while it does. */
#define STALL_BLOCK_BYTES ((size_t)8 << 10)

/* One that is cut otherwise is quick until then, and keeps nothing. */
#define CUT_BLOCK_BYTES ((size_t)64 << 10)

void deliver_begin(struct exchange *exchange, struct holds *holds,
                   struct MHD_Connection *connection)
{
    const struct delivery *delivery = &exchange->response.delivery;

    if (exchange->response.body == HTTP_BODY_STREAM) {
        stream_begin(exchange, holds, connection);
        return;
    }
    if (delivery->delay_real_ms <= 0 && delivery->bytes_per_real_s == 0 &&
        delivery->cut == CUT_NONE)
        return;
    exchange->hold = hold_new(holds, connection);
    exchange->hold->ends_at_fin = delivery->cut != CUT_NONE && delivery->cut_before_answer;
    exchange_trim(exchange);
}

static int64_t later(int64_t now_real_ms, int64_t delay_real_ms)
{
    return delay_real_ms < INT64_MAX - now_real_ms ? now_real_ms + delay_real_ms : INT64_MAX;
}

enum deliver_step deliver_answer(struct exchange *exchange)
{
    const struct delivery *delivery = &exchange->response.delivery;
    struct hold *hold = exchange->hold;

    if (!hold)
        return DELIVER_NOW;
    if (hold->gone)
        return DELIVER_NEVER;
    if (!hold->delay_is_over && delivery->delay_real_ms > 0) {
        hold->delay_is_over = true;
        return hold_until(hold, HOLD_DELAY, later(hold_now_real_ms(), delivery->delay_real_ms))
                   ? DELIVER_LATER
                   : DELIVER_NEVER;
    }
    if (delivery->cut_before_answer && delivery->cut != CUT_NONE)
        return cut_now(exchange) ? DELIVER_LATER : DELIVER_NEVER;
    return DELIVER_NOW;
}

static bool is_cut_within(const struct delivery *delivery, uint64_t length_bytes)
{
    return delivery->cut != CUT_NONE && delivery->cut_after_bytes < length_bytes;
}

bool deliver_shapes(const struct exchange *exchange, uint64_t length_bytes)
{
    const struct delivery *delivery = &exchange->response.delivery;

    return exchange->hold && length_bytes > 0 &&
           (delivery->bytes_per_real_s > 0 || is_cut_within(delivery, length_bytes));
}

size_t deliver_block_bytes(const struct exchange *exchange)
{
    const struct delivery *delivery = &exchange->response.delivery;
    size_t block = delivery->cut == CUT_STALL ? STALL_BLOCK_BYTES : CUT_BLOCK_BYTES;
    size_t piece =
        delivery->bytes_per_real_s ? pace_piece_bytes(delivery->bytes_per_real_s) : block;

    return piece < block ? piece : block;
}

/*
 * Brings room down to a piece if one may leave now; 0: the connection is suspended until then, or
 * its client is gone.
 */
static size_t keep_pace(struct exchange *exchange, uint64_t position, size_t room)
{
    uint64_t rate = exchange->response.delivery.bytes_per_real_s;
    int64_t now_real_ms = hold_now_real_ms(), due_real_ms;
    struct hold *hold = exchange->hold;
    size_t piece = pace_piece_bytes(rate);

    if (hold->pace.bytes_per_real_s == 0)
        hold->pace = pace_begin(rate, now_real_ms);
    due_real_ms = pace_due_real_ms(&hold->pace, position);
    if (due_real_ms > now_real_ms) {
        hold->gone |= !hold_until(hold, HOLD_PACE, due_real_ms);
        return 0;
    }
    pace_leave(&hold->pace, position, now_real_ms);
    return room < piece ? room : piece;
}

ssize_t deliver_read(void *state, uint64_t position, char *out, size_t capacity)
{
    struct exchange *exchange = state;
    const struct delivery *delivery = &exchange->response.delivery;
    bool cuts = delivery->cut != CUT_NONE;
    size_t room = capacity;

    exchange->sent_bytes = position;
    if (exchange->hold->gone)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (cuts && position >= delivery->cut_after_bytes) {
        if (!exchange->cut && body_is_at_end(exchange))
            return MHD_CONTENT_READER_END_OF_STREAM;
        return cut_now(exchange) ? 0 : MHD_CONTENT_READER_END_WITH_ERROR;
    }
    if (cuts && room > delivery->cut_after_bytes - position)
        room = (size_t)(delivery->cut_after_bytes - position);
    if (delivery->bytes_per_real_s > 0) {
        room = keep_pace(exchange, position, room);
        if (room == 0)
            return exchange->hold->gone ? MHD_CONTENT_READER_END_WITH_ERROR : 0;
    }
    return body_read(exchange, position, out, room);
}
