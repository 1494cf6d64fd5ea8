/*
 * A server with a handler that shows what it was given, for the black-box test of server/.
 *
 *   server_fixture FILE [IDLE_TIMEOUT_S [ADDRESS [PORT]]]
 *
 * Prints "port=N" once it listens; FILE is what /file answers.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/server.h"

#define BLOCK_BYTES    ((size_t)256 << 10)
#define MAX_BODY_BYTES ((uint64_t)1 << 20)
#define TEXT_BYTES     600000

struct fixture {
    struct server *server;
    const char *file;
    unsigned char block[BLOCK_BYTES];
    char text[TEXT_BYTES];
    unsigned long answer_count;
    unsigned long handled_count;
    unsigned long completed_count;
    unsigned long aborted_count;
    unsigned long cut_count;
    unsigned long long last_sent_bytes;
    unsigned long source_count; /* sources that are not released yet */
};

struct block_source {
    struct fixture *fixture;
    uint64_t fail_at; /* reading at or behind this offset fails */
};

static enum status read_block(void *state, uint64_t offset, void *out, size_t length)
{
    struct block_source *source = state;
    unsigned char *place = out;

    if (offset + length > source->fail_at)
        return STATUS_IO;
    while (length > 0) {
        size_t start = offset % BLOCK_BYTES;
        size_t part = BLOCK_BYTES - start < length ? BLOCK_BYTES - start : length;

        memcpy(place, source->fixture->block + start, part);
        place += part;
        offset += part;
        length -= part;
    }
    return STATUS_OK;
}

static void release_block(void *state)
{
    struct block_source *source = state;

    source->fixture->source_count--;
    free(source);
}

static struct source block_source(struct fixture *fixture, uint64_t size_bytes, uint64_t fail_at)
{
    struct block_source *state = malloc(sizeof *state);

    if (!state)
        abort();
    *state = (struct block_source){fixture, fail_at};
    fixture->source_count++;
    return (struct source){size_bytes, -1, read_block, release_block, state};
}

static enum status read_file(void *state, uint64_t offset, void *out, size_t length)
{
    return pread(*(int *)state, out, length, (off_t)offset) == (ssize_t)length ? STATUS_OK
                                                                               : STATUS_IO;
}

static void release_file(void *state)
{
    close(*(int *)state);
    free(state);
}

static void answer_file(struct fixture *fixture, struct http_response *response)
{
    struct stat stat;
    int *state = malloc(sizeof *state);

    if (!state)
        abort();
    *state = open(fixture->file, O_RDONLY | O_CLOEXEC);
    if (*state < 0 || fstat(*state, &stat) != 0)
        abort();
    http_response_source(
        response, (struct source){(uint64_t)stat.st_size, *state, read_file, release_file, state});
}

static void answer_echo(const struct http_request *request, struct http_response *response)
{
    const char *shown = http_request_header(request, "x-show");

    strbuf_appendf(&response->text,
                   "method=%s known=%d loopback=%d body=%zu too_large=%d show=%s\n",
                   request->method_name, request->method, request->peer_is_loopback,
                   request->body_length, request->body_too_large, shown ? shown : "-");
    strbuf_appendf(&response->text, "path=%s\nquery=%s\n", request->path, request->query);
    strbuf_append(&response->text, request->body,
                  request->body_length < 64 ? request->body_length : 64);
}

static void answer_text(const struct fixture *fixture, struct http_response *response,
                        size_t length)
{
    strbuf_append(&response->text, fixture->text, length);
}

/* ?from=N&length=N */
static void narrow(const struct http_request *request, struct http_response *response)
{
    unsigned long long from, length;

    if (sscanf(request->query, "from=%llu&length=%llu", &from, &length) != 2)
        return;
    response->status = 206;
    response->offset_bytes = from;
    response->length_bytes = length;
}

/* ?file: the length is known */
static void answer_unchanged(struct fixture *fixture, const struct http_request *request,
                             struct http_response *response)
{
    if (*request->query)
        answer_file(fixture, response);
    response->status = 304;
}

static void answer_counts(const struct fixture *fixture, struct http_response *response)
{
    strbuf_appendf(&response->text,
                   "handled=%lu completed=%lu aborted=%lu cut=%lu last_sent=%llu sources=%lu\n",
                   fixture->handled_count, fixture->completed_count, fixture->aborted_count,
                   fixture->cut_count, fixture->last_sent_bytes, fixture->source_count);
}

static void route(struct fixture *fixture, const struct http_request *request,
                  struct http_response *response)
{
    const char *path = request->path;

    if (strcmp(path, "/big") == 0)
        http_response_source(response, block_source(fixture, (uint64_t)1 << 40, UINT64_MAX));
    else if (strcmp(path, "/download") == 0)
        http_response_source(response, block_source(fixture, (uint64_t)256 << 20, UINT64_MAX));
    else if (strcmp(path, "/broken") == 0)
        http_response_source(response, block_source(fixture, (uint64_t)64 << 20, 5 << 20));
    else if (strcmp(path, "/file") == 0)
        answer_file(fixture, response);
    else if (strcmp(path, "/gzip") == 0)
        http_response_source(response, block_source(fixture, (uint64_t)3 << 20, UINT64_MAX));
    else if (strcmp(path, "/text") == 0)
        answer_text(fixture, response, TEXT_BYTES);
    else if (strcmp(path, "/small") == 0)
        answer_text(fixture, response, 500);
    else if (strcmp(path, "/empty") == 0)
        response->status = 204;
    else if (strcmp(path, "/unchanged") == 0)
        answer_unchanged(fixture, request, response);
    else if (strcmp(path, "/counts") == 0)
        answer_counts(fixture, response);
    else if (strcmp(path, "/stop") == 0)
        server_stop_soon(fixture->server);
    else
        answer_echo(request, response);
}

static unsigned long long number_of(const struct http_request *request, const char *field)
{
    const char *value = http_request_header(request, field);

    return value ? strtoull(value, NULL, 10) : 0;
}

/* X-Delay: MS, X-Rate: BYTES, X-Cut: close|reset|stall, X-After: BYTES or "answer" */
static void choose_delivery(const struct http_request *request, struct delivery *delivery)
{
    const char *cut = http_request_header(request, "X-Cut");
    const char *after = http_request_header(request, "X-After");

    delivery->delay_real_ms = (int64_t)number_of(request, "X-Delay");
    delivery->bytes_per_real_s = number_of(request, "X-Rate");
    delivery->cut_after_bytes = number_of(request, "X-After");
    delivery->cut_before_answer = after && strcmp(after, "answer") == 0;
    if (cut)
        delivery->cut = *cut == 'c' ? CUT_CLOSE : *cut == 'r' ? CUT_RESET : CUT_STALL;
}

static void handle(void *context, const struct http_request *request,
                   struct http_response *response)
{
    struct fixture *fixture = context;

    fixture->handled_count += strcmp(request->path, "/counts") != 0;
    http_response_header(response, "Content-Type", "text/plain");
    http_response_header(response, "X-Answer", "%lu", ++fixture->answer_count);
    route(fixture, request, response);
    if (response->body == HTTP_BODY_RANGE)
        narrow(request, response);
    if (strcmp(request->path, "/gzip") == 0) {
        response->body = HTTP_BODY_GZIP;
        http_response_header(response, "Content-Encoding", "gzip");
    }
    if (request->body_too_large)
        response->status = 413;
    choose_delivery(request, &response->delivery);
}

static void completed(void *context, const struct http_completion *completion)
{
    struct fixture *fixture = context;

    if (strcmp(completion->path, "/counts") == 0)
        return;
    fixture->completed_count++;
    fixture->aborted_count += completion->aborted;
    fixture->cut_count += completion->cut;
    fixture->last_sent_bytes = completion->sent_bytes;
}

int main(int argc, char **argv)
{
    static struct fixture fixture;
    struct server_config config = {.bind_address = "127.0.0.1",
                                   .max_body_bytes = MAX_BODY_BYTES,
                                   .handler = handle,
                                   .context = &fixture,
                                   .completed = completed};
    struct error err;
    enum status status;

    if (argc < 2)
        return 2;
    fixture.file = argv[1];
    if (argc > 2)
        config.idle_timeout_real_s = (unsigned)atoi(argv[2]);
    if (argc > 3)
        config.bind_address = argv[3];
    if (argc > 4)
        config.port = (uint16_t)atoi(argv[4]);
    for (size_t i = 0; i < BLOCK_BYTES; i++)
        fixture.block[i] = (unsigned char)((i * 2654435761U) >> 13);
    for (size_t i = 0; i < TEXT_BYTES; i++)
        fixture.text[i] = (char)('a' + i % 26);
    status = server_start(&fixture.server, &config, &err);
    if (status == STATUS_OK) {
        printf("port=%u\n", (unsigned)server_port(fixture.server));
        fflush(stdout);
        status = server_run(fixture.server, &err);
        server_free(fixture.server);
    }
    if (status != STATUS_OK)
        fprintf(stderr, "%s\n", err.message);
    return status == STATUS_OK ? 0 : 1;
}
