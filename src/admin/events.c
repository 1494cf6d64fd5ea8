/* Live changes as server-sent events. */
#include <stdlib.h>
#include <string.h>

#include "admin/answer.h"
#include "admin/event_report.h"
#include "admin/routes.h"
#include "base/memory.h"
#include "core/announce.h"

/* Most who may look on at once. Source: assumed. */
#define READERS_MAX 256

/* Without events a comment is sent so often, so that proxies and readers see that all is well. */
#define HEARTBEAT_REAL_MS 15000

/* So much is written at once; an event more may be in memory. */
#define BATCH_BYTES ((size_t)16 << 10)

/* What a reader is told to wait before it comes again. */
#define RETRY_REAL_MS 1000

/* One who looks on. */
struct reader {
    struct admin *admin;
    uint64_t after;      /* the last event that was written */
    uint64_t tenant_key; /* of accessToken; 0: all */
    struct strbuf text;  /* what was written and not sent yet */
    size_t sent;         /* of text */
    int64_t last_real_ms;
};

/* What is about the whole server is for everybody. */
static bool is_meant(const struct reader *reader, const struct event *event)
{
    return reader->tenant_key == 0 || event->tenant_key == 0 ||
           event->tenant_key == reader->tenant_key;
}

static void write_lost(struct reader *reader, uint64_t next)
{
    strbuf_append_text(&reader->text, "id: ");
    event_report_write_id(&reader->text, reader->admin, next - 1);
    strbuf_append_text(&reader->text, "\nevent: lost\ndata: {}\n\n");
}

/* Writes what has happened since, as far as it fits. */
static void write_batch(struct reader *reader, int64_t now_real_ms)
{
    const struct events *events = reader->admin->config.events;
    const struct event *event;
    bool lost;

    strbuf_reset(&reader->text);
    reader->sent = 0;
    while (reader->text.length < BATCH_BYTES &&
           (event = events_next(events, reader->after, &lost))) {
        if (lost)
            write_lost(reader, event->id);
        if (is_meant(reader, event))
            event_report_write(&reader->text, reader->admin, event, now_real_ms);
        reader->after = event->id;
    }
    if (reader->text.length == 0 && now_real_ms - reader->last_real_ms >= HEARTBEAT_REAL_MS)
        strbuf_append_text(&reader->text, ": all is well\n\n");
}

static size_t read_events(void *state, int64_t now_real_ms, char *out, size_t room)
{
    struct reader *reader = state;
    size_t length;

    if (reader->sent == reader->text.length)
        write_batch(reader, now_real_ms);
    length = reader->text.length - reader->sent;
    if (length > room)
        length = room;
    if (length == 0)
        return 0;
    memcpy(out, reader->text.data + reader->sent, length);
    reader->sent += length;
    reader->last_real_ms = now_real_ms;
    return length;
}

static bool is_ready(void *state)
{
    const struct reader *reader = state;

    return reader->sent < reader->text.length ||
           reader->after != reader->admin->config.events->last_id;
}

static void end_reader(void *state)
{
    struct reader *reader = state;

    reader->admin->reader_count--;
    strbuf_release(&reader->text);
    free(reader);
}

/* The first frame: how the present is called, and whether the reader missed something. */
static void greet(const struct admin_call *call, struct reader *reader)
{
    const struct events *events = call->admin->config.events;
    const char *last = http_request_header(call->request, "Last-Event-ID");
    bool lost = last != NULL;

    reader->after = events->last_id;
    if (last && event_report_read_id(call->admin, last, &reader->after))
        (void)events_next(events, reader->after, &lost);
    if (lost)
        reader->after = events->last_id;
    strbuf_appendf(&reader->text, "retry: %d\nid: ", RETRY_REAL_MS);
    event_report_write_id(&reader->text, call->admin, reader->after);
    strbuf_appendf(&reader->text, "\nevent: %s\ndata: {}\n\n", lost ? "lost" : "hello");
}

void admin_events(struct admin_call *call)
{
    struct admin *admin = call->admin;
    struct reader *reader;
    struct error err;

    if (admin->reader_count >= READERS_MAX) {
        error_set(&err, STATUS_LIMIT, NULL, "%d look on already; no more are served", READERS_MAX);
        admin_refuse(call, &err);
        return;
    }
    events_begin(admin->config.events);
    announce_look(admin->config.announcer, admin->api->store, admin->config.events,
                  call->now_real_ms);
    reader = memory_new(sizeof *reader);
    admin->reader_count++;
    reader->admin = admin;
    reader->last_real_ms = call->now_real_ms;
    if (call->access_token)
        reader->tenant_key = journal_tenant_key(call->access_token);
    greet(call, reader);
    http_response_header(call->response, "Content-Type", "text/event-stream");
    http_response_header(call->response, "X-Accel-Buffering", "no");
    call->response->body = HTTP_BODY_STREAM;
    call->response->stream = (struct http_stream){
        .read = read_events,
        .is_ready = is_ready,
        .release = end_reader,
        .state = reader,
        .quiet_real_ms = HEARTBEAT_REAL_MS,
    };
}
