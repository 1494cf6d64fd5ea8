#include "server/stream.h"

#include <microhttpd.h>

/* Between two blocks for one client. */
#define PAUSE_REAL_MS 40

/* A client that takes nothing for this long is given up. */
#define STUCK_REAL_S 30

void stream_begin(struct exchange *exchange, struct holds *holds, struct MHD_Connection *connection)
{
    struct hold *hold = hold_new(holds, connection);

    hold->ends_at_fin = true;
    hold->is_ready = exchange->response.stream.is_ready;
    hold->ready_state = exchange->response.stream.state;
    exchange->hold = hold;
    exchange_trim(exchange);
    (void)MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT,
                                    (unsigned)STUCK_REAL_S);
}

ssize_t stream_read(void *state, uint64_t position, char *out, size_t capacity)
{
    struct exchange *exchange = state;
    const struct http_stream *stream = &exchange->response.stream;
    struct hold *hold = exchange->hold;
    int64_t now_real_ms = hold_now_real_ms();
    size_t length;

    exchange->sent_bytes = position;
    if (hold->gone)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (now_real_ms < hold->pause_until_ms) {
        hold->gone |= !hold_until(hold, HOLD_PACE, hold->pause_until_ms);
        return hold->gone ? MHD_CONTENT_READER_END_WITH_ERROR : 0;
    }
    length = stream->read(stream->state, now_real_ms, out, capacity);
    if (length > 0) {
        hold->pause_until_ms = now_real_ms + PAUSE_REAL_MS;
        return (ssize_t)length;
    }
    hold->gone |= !hold_until_ready(hold, now_real_ms + stream->quiet_real_ms);
    return hold->gone ? MHD_CONTENT_READER_END_WITH_ERROR : 0;
}
