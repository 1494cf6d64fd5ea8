#include "app/log.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/timestamp.h"
#include "json/writer.h"

/* Lines are written at the latest when there are so many bytes of them. */
#define FLUSH_BYTES ((size_t)64 << 10)

/* A path, and the body of a refusal, is cut here. */
#define PATH_MAX_BYTES    256
#define REFUSAL_MAX_BYTES 1024

void log_init(struct log *log, enum log_format format, int fd)
{
    *log = (struct log){.format = format, .fd = fd};
}

void log_release(struct log *log)
{
    log_flush(log);
    strbuf_release(&log->lines);
}

/*
 * Writes some bytes if that does not block: what poll() calls writable takes PIPE_BUF bytes at once
 * (pipe(7)). Gives how many; 0: not now; -1: never again.
 */
static ssize_t write_some(int fd, const char *bytes, size_t length)
{
    struct pollfd file = {.fd = fd, .events = POLLOUT};
    ssize_t written;

    if (poll(&file, 1, 0) != 1)
        return 0;
    written = write(fd, bytes, length < PIPE_BUF ? length : PIPE_BUF);
    if (written < 0 && (errno == EINTR || errno == EAGAIN))
        return 0;
    return written;
}

void log_flush(struct log *log)
{
    struct strbuf *lines = &log->lines;
    size_t done = 0;
    ssize_t written = 1;

    while (done < lines->length && written > 0) {
        written = write_some(log->fd, lines->data + done, lines->length - done);
        if (written > 0)
            done += (size_t)written;
    }
    if (written < 0)
        done = lines->length;
    if (done == 0)
        return;
    lines->length -= done;
    memmove(lines->data, lines->data + done, lines->length + 1); /* with the NUL */
}

/* Where a credential was taken out of a path. */
static bool is_gap(const char *path)
{
    return strncmp(path, "…", strlen("…")) == 0;
}

/* The path with every byte that is not printable ASCII as %XX. */
static void append_path(struct strbuf *out, const char *path)
{
    for (size_t i = 0; path[i]; i++) {
        unsigned char c = (unsigned char)path[i];

        if (i == PATH_MAX_BYTES) {
            strbuf_append_text(out, "...");
            return;
        }
        if (c > ' ' && c < 0x7f) {
            strbuf_append_char(out, (char)c);
        } else if (is_gap(path + i)) {
            strbuf_append_text(out, "...");
            i += strlen("…") - 1;
        } else {
            strbuf_appendf(out, "%%%02X", c);
        }
    }
}

static void append_text(struct strbuf *out, const struct log_entry *entry)
{
    char at[TIMESTAMP_MILLIS_LENGTH];

    timestamp_write_millis(at, entry->at_real_ms);
    strbuf_append(out, at, sizeof at);
    strbuf_append_char(out, ' ');
    append_path(out, entry->method);
    strbuf_append_char(out, ' ');
    append_path(out, entry->path);
    if (entry->sent_is_unknown)
        strbuf_appendf(out, " %d -", entry->status);
    else
        strbuf_appendf(out, " %d %" PRIu64, entry->status, entry->sent_bytes);
    strbuf_append_text(out, entry->aborted ? " aborted\n" : "\n");
}

static void append_json(struct strbuf *out, const struct log_entry *entry)
{
    struct json_writer writer = json_writer(out);
    size_t length = strnlen(entry->path, PATH_MAX_BYTES);

    json_begin_object(&writer, NULL);
    json_write_millis(&writer, "time", entry->at_real_ms);
    json_write_millis(&writer, "virtualTime", entry->now_ms);
    json_write_text(&writer, "method", entry->method);
    json_write_text_n(&writer, "path", entry->path, length);
    json_write_i64(&writer, "status", entry->status);
    if (entry->sent_is_unknown)
        json_write_null(&writer, "sentBytes");
    else
        json_write_u64(&writer, "sentBytes", entry->sent_bytes);
    json_write_bool(&writer, "aborted", entry->aborted);
    json_end_object(&writer);
    strbuf_append_char(out, '\n');
}

/* True when a line may be added: the log is on, and there is room. */
static bool takes_lines(const struct log *log)
{
    return log->format != LOG_OFF && log->lines.length < LOG_MAX_BYTES;
}

static void flush_when_long(struct log *log)
{
    if (log->lines.length >= FLUSH_BYTES)
        log_flush(log);
}

void log_request(struct log *log, const struct log_entry *entry)
{
    if (!takes_lines(log))
        return;
    if (log->format == LOG_JSON)
        append_json(&log->lines, entry);
    else
        append_text(&log->lines, entry);
    flush_when_long(log);
}

static void append_refusal_text(struct strbuf *out, const struct log_entry *entry,
                                const struct strbuf *body)
{
    char at[TIMESTAMP_MILLIS_LENGTH];

    timestamp_write_millis(at, entry->at_real_ms);
    strbuf_append(out, at, sizeof at);
    strbuf_append_text(out, " refused: ");
    for (size_t i = 0; i < body->length && i < REFUSAL_MAX_BYTES; i++) {
        if ((unsigned char)body->data[i] >= ' ')
            strbuf_append_char(out, body->data[i]);
    }
    strbuf_append_char(out, '\n');
}

static void append_refusal_json(struct strbuf *out, const struct log_entry *entry,
                                const struct strbuf *body)
{
    struct json_writer writer = json_writer(out);

    json_begin_object(&writer, NULL);
    json_write_millis(&writer, "time", entry->at_real_ms);
    json_write_millis(&writer, "virtualTime", entry->now_ms);
    json_write_i64(&writer, "status", entry->status);
    json_write_text_n(&writer, "refusal", body->data,
                      body->length < REFUSAL_MAX_BYTES ? body->length : REFUSAL_MAX_BYTES);
    json_end_object(&writer);
    strbuf_append_char(out, '\n');
}

void log_refusal(struct log *log, const struct log_entry *entry, const struct strbuf *body)
{
    if (!takes_lines(log) || body->length == 0)
        return;
    if (log->format == LOG_JSON)
        append_refusal_json(&log->lines, entry, body);
    else
        append_refusal_text(&log->lines, entry, body);
    flush_when_long(log);
}
