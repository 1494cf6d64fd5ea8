#include "api/why.h"

#include <inttypes.h>

#include "base/timestamp.h"

/* An instant by value: note_why(note, "until %s", instant(at_ms).text). */
struct instant {
    char text[TIMESTAMP_MILLIS_LENGTH + 1];
};

/* In whole seconds when it has no fraction; one that cannot be written is in words. */
static struct instant instant(int64_t at_ms)
{
    struct instant out = {"an end that is not known"};

    if (at_ms < TIMESTAMP_MIN_MS || at_ms > TIMESTAMP_MAX_MS)
        return out;
    if (at_ms % MS_PER_SECOND == 0) {
        timestamp_write_seconds(out.text, at_ms);
        out.text[TIMESTAMP_SECONDS_LENGTH] = '\0';
    } else {
        timestamp_write_millis(out.text, at_ms);
        out.text[TIMESTAMP_MILLIS_LENGTH] = '\0';
    }
    return out;
}

static void append_instant(struct strbuf *out, const char *before, int64_t at_ms)
{
    strbuf_append_text(out, before);
    strbuf_append_text(out, instant(at_ms).text);
}

/* Begins a reason with an id; no printf here: this is done for every answer. */
static struct strbuf *begin_why(const struct api_call *call, const struct uuid *id)
{
    struct strbuf *out = note_begin_why(call->note);
    char text[UUID_LENGTH];

    uuid_write(text, id);
    strbuf_append(out, text, UUID_LENGTH);
    strbuf_append_text(out, ": ");
    return out;
}

/* Of a state that ends by polls, by time, or not at all. */
static void append_end(struct strbuf *out, const struct schedule *schedule, enum export_state state)
{
    int64_t until_ms = state == EXPORT_PENDING ? schedule->processing_ms : schedule->finished_ms;

    if (until_ms != NEVER_MS)
        append_instant(out, ", by its plan until ", until_ms);
    else if (schedule->polls_left > 0)
        strbuf_appendf(out, ", by its plan until getAll has shown it %" PRIu32 " more %s",
                       schedule->polls_left, schedule->polls_left == 1 ? "time" : "times");
    else
        strbuf_append_text(out, ", by its plan without an end");
}

void why_export(const struct api_call *call, const struct export *export, enum export_state state)
{
    const struct schedule *schedule = &export->schedule;
    struct strbuf *out;

    if (!call->note)
        return;
    out = begin_why(call, &export->id);
    strbuf_append_text(out, export_state_name(state));
    append_instant(out, " since ", schedule_instant_of(schedule, state));
    if (export_state_in_flight(state))
        append_end(out, schedule, state);
    else if (state == EXPORT_SUCCESS)
        append_instant(out, ", kept until ", schedule->expires_ms);
    else
        strbuf_append_text(out, ", for good");
}

void why_left_out(const struct api_call *call, const struct uuid *id, size_t index)
{
    if (call->note && index < WHY_LINES_MAX)
        strbuf_append_text(begin_why(call, id),
                           "is not known to this pair of tokens, and left out");
}

void why_more(const struct api_call *call, const char *what, size_t count)
{
    if (count > WHY_LINES_MAX)
        note_why(call->note, "and %zu more that are %s", count - WHY_LINES_MAX, what);
}

static void why_full(const struct api_call *call, const struct limit_view *view)
{
    static const char *const whose[] = {[LIMIT_CLIENT] = "of the ClientToken",
                                        [LIMIT_ACCESS] = "of the AccessToken",
                                        [LIMIT_OPERATION] = "of the AccessToken to this operation"};

    note_why(call->note,
             "the burst that began at %s had %" PRIu32 " requests %s already; the limit is %" PRIu32
             " in %" PRId64 " ms, until %s",
             instant(view->burst.anchor_ms).text, view->burst.count, whose[view->subject],
             view->rate.requests, view->rate.window_ms,
             instant(view->burst.anchor_ms + view->rate.window_ms).text);
}

void why_over_limit(const struct api_call *call, const struct integration *integration,
                    int64_t now_ms)
{
    struct limit_view views[LIMIT_VIEWS_MAX];
    size_t count = call->note ? store_view_limits(call->api->store, integration, now_ms, views) : 0;

    for (size_t i = 0; i < count; i++) {
        bool is_other = views[i].subject == LIMIT_OPERATION &&
                        (views[i].operation == OPERATION_ADD) != (call->note->kind == NOTE_ADD);

        if (views[i].burst.count >= views[i].rate.requests && !is_other)
            why_full(call, &views[i]);
    }
}

static void why_range_refused(const struct api_call *call, uint64_t size_bytes)
{
    note_why(call->note, "the range lies outside the file, which has %" PRIu64 " bytes",
             size_bytes);
}

void why_refused(const struct api_call *call, enum storage_refusal refusal,
                 const struct storage_facts *facts)
{
    static const char *const reasons[STORAGE_REFUSAL_COUNT] = {
        [STORAGE_NO_SIGNATURE] = "the link has no signature",
        [STORAGE_MALFORMED_LINK] = "a parameter of the link is missing or cannot be read",
        [STORAGE_WRONG_SIGNATURE] = "the link is signed for something else, or was changed",
        [STORAGE_NO_FILE] = "the link is good, but the export has no such file now",
        [STORAGE_AUTHORIZATION_SENT] = "an Authorization header field came with the signed link",
        [STORAGE_METHOD] = "files are for GET and HEAD only",
        [STORAGE_PRECONDITION] = "a precondition of the request does not hold",
    };

    if (refusal == STORAGE_OUTDATED_LINK)
        note_why(call->note, "the link was valid until %s", instant(facts->until_ms).text);
    else if (refusal == STORAGE_EXPIRED_EXPORT)
        note_why(call->note, "the export expired at %s", instant(facts->until_ms).text);
    else if (refusal == STORAGE_RANGE)
        why_range_refused(call, facts->size_bytes);
    else
        note_why(call->note, "%s", reasons[refusal]);
}

void why_link(const struct api_call *call, int64_t until_ms)
{
    if (call->note)
        note_why(call->note, "the link is valid until %s", instant(until_ms).text);
}

void why_file(const struct api_call *call, uint64_t size_bytes)
{
    const struct http_response *response = call->response;

    if (response->status == 206)
        note_why(call->note, "bytes %" PRIu64 "-%" PRIu64 " of %" PRIu64, response->offset_bytes,
                 response->offset_bytes + response->length_bytes - 1, size_bytes);
    else if (response->status == 304)
        note_why(call->note, "the client has this version of the file already");
    else if (response->status == 200 && http_request_header(call->request, "Range"))
        note_why(call->note, "all %" PRIu64 " bytes: a Range that does not apply is ignored",
                 size_bytes);
    else if (response->status == 200)
        note_why(call->note, "all %" PRIu64 " bytes", size_bytes);
}
