#include "app/judge.h"

#include <string.h>

#include "base/rng.h"
#include "core/conduct.h"

/* A number that is the same for the same request, whatever its header fields. */
static uint64_t fingerprint_of(const struct http_request *request)
{
    uint64_t name = rng_hash(0, request->method_name, strlen(request->method_name));

    name = rng_hash(name, request->path, strlen(request->path));
    name = rng_hash(name, request->query, strlen(request->query));
    return rng_hash(name, request->body, request->body_length);
}

/* True when the client cannot have read the status. */
static bool is_lost(const struct delivery *delivery)
{
    return delivery->cut != CUT_NONE && delivery->cut_before_answer;
}

void judge_call(const struct api_call *call, const struct sent_fields *sent)
{
    const struct http_request *http = call->request;
    struct conduct_request request;

    if (!http)
        return;
    request = (struct conduct_request){
        .number = call->response->number,
        .now_ms = store_now_ms(call->api->store, call->note->tenant, call->now_real_ms),
        .now_real_ms = call->now_real_ms,
        .status = call->response->status,
        .was_cut = is_lost(&call->response->delivery),
        .fingerprint = call->response->status >= 400 ? fingerprint_of(http) : 0,
        .content_type = sent->content_type,
        .has_authorization = sent->authorization != NULL,
        .has_range = sent->range != NULL,
        .query = http->query,
    };
    conduct_observe(call->api->store, call->note, &request);
}
