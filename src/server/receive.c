#include "server/receive.h"

#include <string.h>

#include "base/address.h"
#include "base/parse.h"
#include "http/request.h"
#include "server/body.h"
#include "server/deliver.h"
#include "server/exchange.h"
#include "server/loop.h"
#include "server/reply.h"
#include "server/screen.h"
#include "server/state.h"
#include "server/target.h"

void *receive_target(void *state, const char *target, struct MHD_Connection *connection)
{
    struct server *server = state;
    struct exchange *exchange = exchange_new(&server->pool);

    (void)connection;
    if (target)
        strbuf_append_text(&exchange->target, target);
    return exchange;
}

/* Keeps a piece of the body; one over the cap is counted out, so that a lie costs no memory. */
static void take_piece(struct exchange *exchange, uint64_t max_bytes, const char *piece,
                       size_t length)
{
    if (exchange->body_too_large)
        return;
    if (length > max_bytes - exchange->body.length) {
        exchange->body_too_large = true;
        strbuf_release(&exchange->body);
        return;
    }
    strbuf_append(&exchange->body, piece, length);
}

static const char *find_header(void *state, const char *name)
{
    return MHD_lookup_connection_value(state, MHD_HEADER_KIND, name);
}

static bool is_loopback(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

    return info && address_is_loopback(info->client_addr);
}

static void call_handler(struct server *server, struct MHD_Connection *connection,
                         struct exchange *exchange)
{
    struct http_request request = {
        .method = http_method_of(exchange->method),
        .method_name = exchange->method,
        .path = exchange->path,
        .query = exchange->query,
        .body = strbuf_text(&exchange->body),
        .body_length = exchange->body.length,
        .body_too_large = exchange->body_too_large,
        .peer_is_loopback = is_loopback(connection),
        .find_header = find_header,
        .header_state = connection,
    };

    exchange->handled = true;
    server->config.handler(server->config.context, &request, &exchange->response);
    deliver_begin(exchange, &server->holds, connection);
}

static bool is_head(const struct exchange *exchange)
{
    return strcmp(exchange->method, "HEAD") == 0;
}

/* Called again when an answer was late. */
static enum MHD_Result answer(struct server *server, struct MHD_Connection *connection,
                              struct exchange *exchange)
{
    if (!exchange->handled)
        call_handler(server, connection, exchange);
    switch (deliver_answer(exchange)) {
    case DELIVER_NOW:
        break;
    case DELIVER_LATER:
        return MHD_YES;
    case DELIVER_NEVER:
        return MHD_NO;
    }
    return reply_queue(connection, exchange, is_head(exchange)) ? MHD_YES : MHD_NO;
}

/* Answers what no handler should see. What follows on the connection cannot be trusted. */
static enum MHD_Result refuse(const struct server *server, struct MHD_Connection *connection,
                              struct exchange *exchange, int status, const char *reason)
{
    struct http_response *response = &exchange->response;

    if (server->config.refuser) {
        server->config.refuser(server->config.context, status, reason, response);
    } else {
        strbuf_appendf(&response->text, "%s\n", reason);
        http_response_header(response, "Content-Type", "text/plain; charset=utf-8");
    }
    response->status = status;
    http_response_header(response, "Connection", "close");
    return reply_queue(connection, exchange, false) ? MHD_YES : MHD_NO;
}

/* True when the client asks before it sends a body, and the body will be too long. */
static bool asks_in_vain(const struct server *server, struct MHD_Connection *connection)
{
    const char *expect = find_header(connection, "Expect");
    const char *length = find_header(connection, "Content-Length");
    uint64_t bytes;

    return expect && length && parse_u64(length, strlen(length), &bytes) &&
           bytes > server->config.max_body_bytes;
}

/* The first call, when the header has come. */
static enum MHD_Result begin(struct server *server, struct MHD_Connection *connection,
                             struct exchange *exchange, const char *url, const char *version)
{
    const char *reason;
    int status = screen_request(connection, exchange, url, version, &reason);

    if (status)
        return refuse(server, connection, exchange, status, reason);
    exchange->path = target_skip_base(exchange->path, server->config.base_path);
    if (!asks_in_vain(server, connection))
        return MHD_YES;
    exchange->body_too_large = true;
    return answer(server, connection, exchange);
}

enum MHD_Result receive_request(void *state, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *piece,
                                size_t *piece_length, void **request_state)
{
    struct server *server = state;
    struct exchange *exchange = *request_state;

    if (!exchange->begun) {
        exchange->begun = true;
        exchange->method = method;
        return begin(server, connection, exchange, url, version);
    }
    if (*piece_length > 0) {
        take_piece(exchange, server->config.max_body_bytes, piece, *piece_length);
        *piece_length = 0;
        return MHD_YES;
    }
    return answer(server, connection, exchange);
}

/* The bytes of the body that a whole answer has. */
static uint64_t whole_bytes(const struct exchange *exchange)
{
    if (is_head(exchange) || exchange->response.status == 304)
        return 0;
    return body_length_bytes(exchange) == UINT64_MAX ? exchange->sent_bytes
                                                     : body_length_bytes(exchange);
}

/* libmicrohttpd did not look at the connection when the client's end of it came. */
static void end_hold(struct server *server, struct exchange *exchange)
{
    if (exchange->hold->half_closed)
        loop_client_ended(server, exchange->hold->fd);
    hold_free(exchange->hold);
    exchange->hold = NULL;
}

void receive_end(void *state, struct MHD_Connection *connection, void **request_state,
                 enum MHD_RequestTerminationCode how)
{
    struct server *server = state;
    struct exchange *exchange = *request_state;
    bool aborted = how != MHD_REQUEST_TERMINATED_COMPLETED_OK;

    (void)connection;
    if (exchange && exchange->handled && server->config.completed) {
        struct http_completion completion = {
            .method = exchange->method,
            .path = exchange->path,
            .status = exchange->response.status,
            .number = exchange->response.number,
            .offset_bytes = exchange->response.offset_bytes,
            .sent_bytes = aborted ? exchange->sent_bytes : whole_bytes(exchange),
            .is_encoded = exchange->response.body == HTTP_BODY_GZIP,
            .is_text = exchange->response.body == HTTP_BODY_TEXT,
            .aborted = aborted,
            .cut = exchange->cut,
        };

        server->config.completed(server->config.context, &completion);
    }
    if (exchange && exchange->hold)
        end_hold(server, exchange);
    exchange_unref(exchange);
    *request_state = NULL;
}
