#include "verify/remote.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/parse.h"
#include "base/strbuf.h"
#include "verify/libcurl.h"

#define PIECE_BYTES      (512L << 10)
#define ERROR_BODY_MAX   200
#define FILES_MAX        UINT32_MAX
#define CONNECT_REAL_S   10L
#define STALLED_REAL_S   60L /* without a byte */
#define RANGE_SIZE       24
#define FILE_COUNT_FIELD "File-Count:"

struct remote_file {
    uint32_t export;
    uint32_t number; /* from 1 */
    char *name;      /* as the file host calls it */
};

struct remote {
    struct remote_config config;
    struct libcurl lib;
    CURL *curl;
    struct curl_slist *fields;
    char reason[CURL_ERROR_SIZE];
    struct remote_file *files;
    size_t count;
};

/* One request and what is known of its answer. */
struct exchange {
    struct remote *remote;
    verify_sink *sink; /* NULL: the body is not wanted */
    void *sink_state;
    bool is_enough; /* sink said so */
    bool has_file_count;
    uint64_t file_count;
    struct strbuf refusal; /* the beginning of the body of an error */
};

static long status_of(const struct exchange *exchange)
{
    long status = 0;

    exchange->remote->lib.get(exchange->remote->curl, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

/* curl hands over a piece of the body. */
static size_t take_body(char *bytes, size_t size, size_t count, void *state)
{
    struct exchange *exchange = state;
    size_t length = size * count;

    if (status_of(exchange) >= 300) {
        if (exchange->refusal.length < ERROR_BODY_MAX)
            strbuf_append(&exchange->refusal, bytes, length);
        return length;
    }
    if (exchange->sink && !exchange->sink(exchange->sink_state, bytes, length)) {
        exchange->is_enough = true;
        return 0; /* which ends the transfer */
    }
    return length;
}

/* curl hands over a header field, with its line end. */
static size_t take_field(char *line, size_t size, size_t count, void *state)
{
    const size_t name = sizeof FILE_COUNT_FIELD - 1;
    struct exchange *exchange = state;
    size_t length = size * count, end = length;

    if (length > name && strncasecmp(line, FILE_COUNT_FIELD, name) == 0) {
        size_t begin = name + (line[name] == ' ');

        while (end > begin && (line[end - 1] == '\r' || line[end - 1] == '\n'))
            end--;
        exchange->has_file_count = parse_u64(line + begin, end - begin, &exchange->file_count) &&
                                   exchange->file_count <= FILES_MAX;
    }
    return length;
}

static enum status refuse(const struct exchange *exchange, const char *url, struct error *err)
{
    long status = status_of(exchange);

    if (status == 401 || status == 403)
        return error_set(err, STATUS_DENIED, NULL,
                         "the admin API of %s refuses with %ld; give its token with --admin-token",
                         exchange->remote->config.url, status);
    return error_set(err, status == 404 ? STATUS_NOT_FOUND : STATUS_IO, NULL,
                     "%s answers %ld: %.*s", url, status, (int)ERROR_BODY_MAX,
                     strbuf_text(&exchange->refusal));
}

/* What to do when nobody trusted signed the server's certificate, or nobody is known to trust. */
static const char *hint(CURLcode result)
{
    return result == CURLE_PEER_FAILED_VERIFICATION || result == CURLE_SSL_CACERT_BADFILE
               ? "; name the PEM file of whom to trust with --ca-file"
               : "";
}

/* Makes one request, from a byte of the body on. */
static enum status ask(struct exchange *exchange, const char *url, uint64_t offset_bytes,
                       struct error *err)
{
    struct remote *remote = exchange->remote;
    char range[RANGE_SIZE];
    CURLcode result;

    snprintf(range, sizeof range, "%" PRIu64 "-", offset_bytes);
    remote->lib.set(remote->curl, CURLOPT_URL, url);
    remote->lib.set(remote->curl, CURLOPT_NOBODY, exchange->sink ? 0L : 1L);
    remote->lib.set(remote->curl, CURLOPT_RANGE, offset_bytes ? range : NULL);
    remote->lib.set(remote->curl, CURLOPT_WRITEDATA, exchange);
    remote->lib.set(remote->curl, CURLOPT_HEADERDATA, exchange);
    remote->reason[0] = '\0';
    result = remote->lib.perform(remote->curl);
    if (exchange->is_enough)
        return STATUS_OK;
    if (result != CURLE_OK)
        return error_set(err, STATUS_IO, NULL, "cannot read %s: %s%s", url,
                         remote->reason[0] ? remote->reason : remote->lib.reason(result),
                         hint(result));
    return status_of(exchange) < 300 ? STATUS_OK : refuse(exchange, url, err);
}

void remote_append_id(const struct remote *remote, size_t export, struct strbuf *out,
                      const char *lead)
{
    char id[UUID_LENGTH];

    uuid_write(id, &remote->config.exports[export]);
    strbuf_appendf(out, "%s%.*s", lead, UUID_LENGTH, id);
}

static void write_rows_url(const struct remote *remote, size_t export, struct strbuf *out)
{
    strbuf_append_text(out, remote->config.url);
    remote_append_id(remote, export, out, "/__admin/exports/");
    strbuf_append_text(out, "/rows");
}

static void add_files(struct remote *remote, size_t export, uint32_t count)
{
    remote->files = memory_resize(remote->files, remote->count + count + 1, sizeof *remote->files);
    for (uint32_t i = 0; i < count; i++) {
        struct strbuf name = STRBUF_INIT;

        remote_append_id(remote, export, &name, "");
        strbuf_appendf(&name, "-%" PRIu32 ".jsonl", i + 1);
        remote->files[remote->count++] = (struct remote_file){(uint32_t) export, i + 1, name.data};
    }
}

/* Asks for the files of one export. */
static enum status look_up(struct remote *remote, size_t export, struct error *err)
{
    struct exchange exchange = {.remote = remote};
    struct strbuf url = STRBUF_INIT;
    enum status status;

    write_rows_url(remote, export, &url);
    status = ask(&exchange, strbuf_text(&url), 0, err);
    if (status == STATUS_NOT_FOUND)
        status = error_set(err, status, NULL,
                           "the server at %s has no export %.*s: a reset or a restart forgets them",
                           remote->config.url, UUID_LENGTH,
                           strbuf_text(&url) + url.length - sizeof "/rows" + 1 - UUID_LENGTH);
    else if (status == STATUS_OK && !exchange.has_file_count)
        status = error_set(err, STATUS_IO, NULL, "%s is not answered by exports-mock",
                           strbuf_text(&url));
    if (status == STATUS_OK)
        add_files(remote, export, (uint32_t)exchange.file_count);
    strbuf_release(&exchange.refusal);
    strbuf_release(&url);
    return status;
}

static void send_token(struct remote *remote)
{
    struct strbuf field = STRBUF_INIT;

    strbuf_appendf(&field, "Authorization: Bearer %s", remote->config.admin_token);
    remote->fields = remote->lib.append(NULL, strbuf_text(&field));
    remote->lib.set(remote->curl, CURLOPT_HTTPHEADER, remote->fields);
    strbuf_release(&field);
}

/* By numbers where libcurl is older than 7.85, which brought the names. */
static void keep_to_http(struct remote *remote)
{
#if LIBCURL_VERSION_NUM >= 0x075500
    remote->lib.set(remote->curl, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    remote->lib.set(remote->curl, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

/* libcurl would not name a file that it cannot read. */
static enum status trust(struct remote *remote, struct error *err)
{
    const char *path = remote->config.ca_file;

    if (!path)
        return STATUS_OK;
    if (access(path, R_OK) != 0)
        return error_set(err, STATUS_IO, "--ca-file", "cannot read %s: %s", path, strerror(errno));
    remote->lib.set(remote->curl, CURLOPT_CAINFO, path);
    return STATUS_OK;
}

static enum status set_up(struct remote *remote, struct error *err)
{
    remote->curl = remote->lib.init();
    if (!remote->curl)
        return error_set(err, STATUS_IO, NULL, "libcurl cannot be used");
    remote->lib.set(remote->curl, CURLOPT_ERRORBUFFER, remote->reason);
    keep_to_http(remote);
    remote->lib.set(remote->curl, CURLOPT_NOSIGNAL, 1L);
    remote->lib.set(remote->curl, CURLOPT_PROXY, "");
    remote->lib.set(remote->curl, CURLOPT_BUFFERSIZE, PIECE_BYTES);
    remote->lib.set(remote->curl, CURLOPT_CONNECTTIMEOUT, CONNECT_REAL_S);
    remote->lib.set(remote->curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    remote->lib.set(remote->curl, CURLOPT_LOW_SPEED_TIME, STALLED_REAL_S);
    remote->lib.set(remote->curl, CURLOPT_WRITEFUNCTION, take_body);
    remote->lib.set(remote->curl, CURLOPT_HEADERFUNCTION, take_field);
    if (remote->config.admin_token)
        send_token(remote);
    return trust(remote, err);
}

enum status remote_new(const struct remote_config *config, struct remote **out, struct error *err)
{
    struct remote *remote = memory_new(sizeof *remote);
    enum status status = libcurl_load(&remote->lib, err);

    remote->config = *config;
    if (status == STATUS_OK)
        status = set_up(remote, err);
    for (size_t i = 0; i < config->export_count && status == STATUS_OK; i++)
        status = look_up(remote, i, err);
    if (status == STATUS_OK)
        *out = remote;
    else
        remote_free(remote);
    return status;
}

void remote_free(struct remote *remote)
{
    if (!remote)
        return;
    if (remote->curl) {
        remote->lib.cleanup(remote->curl);
        remote->lib.free_all(remote->fields);
    }
    for (size_t i = 0; i < remote->count; i++)
        free(remote->files[i].name);
    free(remote->files);
    free(remote);
}

static const char *file_name(void *state, size_t index)
{
    const struct remote *remote = state;

    return remote->files[index].name;
}

static size_t file_export(void *state, size_t index)
{
    const struct remote *remote = state;

    return remote->files[index].export;
}

static enum status file_read(void *state, size_t index, uint64_t offset_bytes, verify_sink *sink,
                             void *sink_state, struct error *err)
{
    struct remote *remote = state;
    const struct remote_file *file = &remote->files[index];
    struct exchange exchange = {.remote = remote, .sink = sink, .sink_state = sink_state};
    struct strbuf url = STRBUF_INIT;
    enum status status;

    write_rows_url(remote, file->export, &url);
    strbuf_appendf(&url, "?file=%" PRIu32, file->number);
    status = ask(&exchange, strbuf_text(&url), offset_bytes, err);
    strbuf_release(&exchange.refusal);
    strbuf_release(&url);
    return status;
}

struct verify_files remote_view(struct remote *remote)
{
    return (struct verify_files){remote->count, remote, file_name, file_export, file_read};
}

enum status remote_read(struct remote *remote, const char *path, verify_sink *sink,
                        void *sink_state, struct error *err)
{
    struct exchange exchange = {.remote = remote, .sink = sink, .sink_state = sink_state};
    struct strbuf url = STRBUF_INIT;
    enum status status;

    strbuf_appendf(&url, "%s%s", remote->config.url, path);
    status = ask(&exchange, strbuf_text(&url), 0, err);
    strbuf_release(&exchange.refusal);
    strbuf_release(&url);
    return status;
}

/* Keeps what was fetched, up to a limit. */
struct keeping {
    struct strbuf *out;
    size_t most_bytes;
    bool is_over;
};

static bool keep(void *state, const char *bytes, size_t length)
{
    struct keeping *keeping = state;

    keeping->is_over = length > keeping->most_bytes - keeping->out->length;
    if (!keeping->is_over)
        strbuf_append(keeping->out, bytes, length);
    return !keeping->is_over;
}

enum status remote_fetch(struct remote *remote, const char *path, size_t most_bytes,
                         struct strbuf *out, struct error *err)
{
    struct keeping keeping = {out, most_bytes, false};
    enum status status;

    strbuf_reset(out);
    status = remote_read(remote, path, keep, &keeping, err);
    if (status == STATUS_OK && keeping.is_over)
        status = error_set(err, STATUS_LIMIT, NULL, "%s%s is too long", remote->config.url, path);
    return status;
}

bool remote_has_export(const struct remote *remote, const struct uuid *id)
{
    for (size_t i = 0; i < remote->config.export_count; i++) {
        if (memcmp(&remote->config.exports[i], id, sizeof *id) == 0)
            return true;
    }
    return false;
}

bool remote_find_file(const struct remote *remote, size_t export, uint64_t number, size_t *out)
{
    for (size_t i = 0; i < remote->count; i++) {
        if (remote->files[i].export == export && remote->files[i].number == number) {
            *out = i;
            return true;
        }
    }
    return false;
}
