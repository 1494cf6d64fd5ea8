#include <inttypes.h>

#include "admin/answer.h"
#include "admin/routes.h"

/* Prometheus' text format. Source: its documentation, "text-based format", version 0.0.4. */
#define CONTENT_TYPE "text/plain; version=0.0.4; charset=utf-8"

#define US_PER_SECOND 1000000

static void begin_family(struct strbuf *out, const char *name, const char *type, const char *help)
{
    strbuf_appendf(out, "# HELP exports_mock_%s %s\n# TYPE exports_mock_%s %s\n", name, help, name,
                   type);
}

static void write_single(struct strbuf *out, const char *name, const char *type, const char *help,
                         uint64_t value)
{
    begin_family(out, name, type, help);
    strbuf_appendf(out, "exports_mock_%s %" PRIu64 "\n", name, value);
}

/* A label's value, with the three characters escaped that must be. */
static void append_label(struct strbuf *out, const char *name, const char *value)
{
    strbuf_appendf(out, "%s=\"", name);
    for (; *value; value++) {
        if (*value == '\n') {
            strbuf_append_text(out, "\\n");
            continue;
        }
        if (*value == '"' || *value == '\\')
            strbuf_append_char(out, '\\');
        strbuf_append_char(out, *value);
    }
    strbuf_append_char(out, '"');
}

static void write_version(struct strbuf *out, const char *version)
{
    begin_family(out, "build_info", "gauge", "Always 1; the version of the program is its label.");
    strbuf_append_text(out, "exports_mock_build_info{");
    append_label(out, "version", version);
    strbuf_append_text(out, "} 1\n");
}

static void write_requests(struct strbuf *out, const struct metrics *metrics)
{
    begin_family(out, "requests_total", "counter",
                 "Requests of the emulated API and the file host that were answered.");
    for (int kind = 0; kind < NOTE_KIND_COUNT; kind++) {
        for (int i = 0; i < METRICS_STATUS_COUNT; i++) {
            if (metrics->requests[kind][i])
                strbuf_appendf(out,
                               "exports_mock_requests_total{operation=\"%s\",status=\"%d\"} "
                               "%" PRIu64 "\n",
                               note_kind_name((enum note_kind)kind), METRICS_STATUS_MIN + i,
                               metrics->requests[kind][i]);
        }
    }
}

static void write_faults(struct strbuf *out, const struct metrics *metrics)
{
    begin_family(out, "faults_total", "counter",
                 "Faults of scenarios that fired, by the operation that they met.");
    for (int kind = 0; kind < NOTE_KIND_COUNT; kind++) {
        if (kind != NOTE_OTHER)
            strbuf_appendf(out, "exports_mock_faults_total{operation=\"%s\"} %" PRIu64 "\n",
                           note_kind_name((enum note_kind)kind), metrics->faults[kind]);
    }
}

/* Counted when somebody asks: states change by themselves. */
static void write_exports(struct strbuf *out, const struct store *store, int64_t now_real_ms)
{
    uint64_t counts[EXPORT_STATE_COUNT] = {0};
    const struct export *export = NULL;

    while ((export = store_next_export(store, NULL, export)))
        counts[store_export_state(store, export, now_real_ms)]++;
    begin_family(out, "exports", "gauge", "Exports that are kept, by their state now.");
    for (int i = 0; i < EXPORT_STATE_COUNT; i++)
        strbuf_appendf(out, "exports_mock_exports{state=\"%s\"} %" PRIu64 "\n",
                       export_state_name((enum export_state)i), counts[i]);
}

static void append_seconds(struct strbuf *out, uint64_t real_us)
{
    strbuf_appendf(out, "%" PRIu64 ".%06u", real_us / US_PER_SECOND,
                   (unsigned)(real_us % US_PER_SECOND));
}

static void write_times(struct strbuf *out, const struct metrics *metrics)
{
    uint64_t count = 0;

    begin_family(out, "request_seconds", "histogram",
                 "Real time that it took to make an answer, without sending it.");
    for (int i = 0; i < METRICS_BUCKET_COUNT; i++) {
        count += metrics->buckets[i];
        strbuf_append_text(out, "exports_mock_request_seconds_bucket{le=\"");
        append_seconds(out, (uint64_t)metrics_bucket_real_us[i]);
        strbuf_appendf(out, "\"} %" PRIu64 "\n", count);
    }
    count += metrics->buckets[METRICS_BUCKET_COUNT];
    strbuf_appendf(out,
                   "exports_mock_request_seconds_bucket{le=\"+Inf\"} %" PRIu64 "\n"
                   "exports_mock_request_seconds_sum ",
                   count);
    append_seconds(out, metrics->sum_real_us);
    strbuf_appendf(out, "\nexports_mock_request_seconds_count %" PRIu64 "\n", count);
}

static void write_all(const struct admin_call *call, struct strbuf *out)
{
    const struct admin_config *config = &call->admin->config;
    const struct metrics *metrics = config->metrics;

    write_version(out, config->version);
    write_requests(out, metrics);
    write_times(out, metrics);
    write_exports(out, call->admin->api->store, call->now_real_ms);
    write_single(out, "sent_bytes_total", "counter",
                 "Bytes of bodies that were sent by the emulated API and the file host.",
                 metrics->sent_bytes);
    write_single(out, "downloads_aborted_total", "counter",
                 "Downloads that were broken off, by the client or by a fault.",
                 metrics->downloads_aborted_count);
    write_faults(out, metrics);
    write_single(out, "journal_entries", "gauge", "Entries of the journal.",
                 config->journal->count);
    write_single(out, "journal_dropped_total", "counter",
                 "Entries that the journal dropped since the start or the last reset.",
                 config->journal->dropped_count);
    if (config->count_connections)
        write_single(out, "connections", "gauge", "Connections that are open.",
                     config->count_connections(config->connections));
}

void admin_metrics(struct admin_call *call)
{
    struct error err;

    if (call->access_token) {
        error_set(&err, STATUS_INVALID, "accessToken",
                  "metrics are counted for the whole server; leave it out");
        admin_refuse(call, &err);
        return;
    }
    http_response_header(call->response, "Content-Type", CONTENT_TYPE);
    write_all(call, &call->response->text);
}
