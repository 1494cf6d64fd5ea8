#include "api/trouble.h"

#include <inttypes.h>
#include <string.h>

#include "api/api_error.h"
#include "base/strbuf.h"

static void append_answer(struct strbuf *out, const struct fault_answer *answer)
{
    if (answer->status)
        strbuf_appendf(out, ", answers %d", answer->status);
}

static void append_delivery(struct strbuf *out, const struct delivery *delivery)
{
    if (delivery->delay_real_ms)
        strbuf_appendf(out, ", waits %" PRId64 " ms", delivery->delay_real_ms);
    if (delivery->bytes_per_real_s)
        strbuf_appendf(out, ", sends %" PRIu64 " bytes a second", delivery->bytes_per_real_s);
    if (delivery->cut != CUT_NONE && delivery->cut_before_answer)
        strbuf_appendf(out, ", cuts before the answer (%s)", cut_name(delivery->cut));
    else if (delivery->cut != CUT_NONE)
        strbuf_appendf(out, ", cuts after %" PRIu64 " bytes (%s)", delivery->cut_after_bytes,
                       cut_name(delivery->cut));
}

static void append_corruption(struct strbuf *out, const struct corruption *corruption)
{
    if (corruption->how == CORRUPT_NONE)
        return;
    strbuf_appendf(out, ", corrupts (%s", corruption_name(corruption->how));
    if (corruption->row)
        strbuf_appendf(out, ", row %" PRIu64, corruption->row);
    if (corruption->has_byte)
        strbuf_appendf(out, ", byte %" PRIu64, corruption->byte);
    if (corruption->by_bytes)
        strbuf_appendf(out, ", by %" PRId64 " bytes", corruption->by_bytes);
    strbuf_append_text(out, ")");
}

/* Tells the note which faults fired, one line each, and what they do. */
static void tell(const struct api_call *call, const struct scenario *scenario, uint64_t fired)
{
    struct strbuf text = STRBUF_INIT;

    for (size_t i = 0; i < scenario->fault_count; i++) {
        const struct fault *fault = &scenario->faults[i];

        if (!(fired >> i & 1u))
            continue;
        strbuf_reset(&text);
        append_answer(&text, &fault->answer);
        append_delivery(&text, &fault->delivery);
        append_corruption(&text, &fault->corruption);
        note_why(call->note, "faults[%zu] of scenario %s%s", i,
                 *scenario->name ? scenario->name : "without a name", strbuf_text(&text));
    }
    strbuf_release(&text);
}

void trouble_meet(const struct api_call *call, struct tenant *tenant,
                  const struct fault_event *event, struct fault_decision *decision)
{
    store_decide_faults(call->api->store, tenant, event, decision);
    if (!decision->fired)
        return;
    call->response->delivery = decision->delivery;
    if (call->note) {
        call->note->faults = decision->fired;
        tell(call, tenant->story.scenario, decision->fired);
    }
}

void trouble_retry_after(const struct api_call *call, const struct tenant *tenant,
                         const struct fault_answer *answer)
{
    int64_t wait_s =
        clock_retry_after_s(store_clock(call->api->store, tenant), answer->retry_after_ms);

    if (!answer->has_retry_after)
        return;
    http_response_header(call->response, "Retry-After", "%" PRId64, wait_s);
    note_retry_after(call->note, answer->retry_after_ms, wait_s);
}

/* The media type that a body looks like. */
static const char *media_type_of(const char *body)
{
    if (body[0] == '{' || body[0] == '[')
        return "application/json";
    if (strncmp(body, "<?xml", 5) == 0)
        return "application/xml";
    return body[0] == '<' ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
}

void trouble_answer_body(const struct api_call *call, const struct fault_answer *answer)
{
    call->response->status = answer->status;
    http_response_header(call->response, "Content-Type", "%s", media_type_of(answer->body));
    strbuf_append_text(&call->response->text, answer->body);
}

void trouble_answer_operation(const struct api_call *call, const struct tenant *tenant,
                              const struct fault_answer *answer)
{
    struct error err;

    trouble_retry_after(call, tenant, answer);
    if (answer->body) {
        trouble_answer_body(call, answer);
        return;
    }
    error_set(
        &err, STATUS_LIMIT, NULL,
        "the scenario of this AccessToken has a fault here; GET /__admin/scenario tells more");
    api_refuse_status(call, answer->status, &err);
}
