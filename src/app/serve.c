#include "app/serve.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/app.h"
#include "base/strbuf.h"
#include "base/timestamp.h"
#include "server/server.h"

/* Longest body that is kept. getAll with 1000 ids has 40 KB. Source: assumed. */
#define MAX_BODY_BYTES ((uint64_t)1 << 20)

#define IDLE_TIMEOUT_REAL_S 300

static int64_t read_clock_ms(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

static int64_t read_clock_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static struct moment moment_now(void)
{
    return (struct moment){read_clock_ms(CLOCK_MONOTONIC), read_clock_ms(CLOCK_REALTIME)};
}

/* What server/ calls with; the app is made once the port is known. */
struct serving {
    struct app *app;
};

static void handle(void *context, const struct http_request *request,
                   struct http_response *response)
{
    const struct serving *serving = context;
    int64_t start_us = read_clock_us();

    app_dispatch(serving->app, request, response, moment_now());
    app_took(serving->app, response, read_clock_us() - start_us);
}

static uint64_t count_connections(void *server)
{
    return server_connection_count(server);
}

static void refuse(void *context, int status, const char *reason, struct http_response *response)
{
    const struct serving *serving = context;

    app_refuse(serving->app, status, reason, response, moment_now());
}

static void completed(void *context, const struct http_completion *completion)
{
    const struct serving *serving = context;

    app_completed(serving->app, completion, moment_now());
}

static void idle(void *context)
{
    const struct serving *serving = context;

    app_idle(serving->app);
}

static void quiet(void *context)
{
    const struct serving *serving = context;

    app_quiet(serving->app);
}

/* The base URL; an address of all interfaces is reached as the loopback one. */
static void write_url(struct strbuf *out, const struct settings *settings, uint16_t port)
{
    const char *address = settings->bind_address;

    if (strcmp(address, "0.0.0.0") == 0)
        address = "127.0.0.1";
    else if (strcmp(address, "::") == 0 || strcmp(address, "[::]") == 0)
        address = "::1";
    if (strchr(address, ':') && address[0] != '[')
        strbuf_appendf(out, "http://[%s]:%u", address, (unsigned)port);
    else
        strbuf_appendf(out, "http://%s:%u", address, (unsigned)port);
}

/* Writes the file whole: beside it first, then under its name. */
static enum status write_ready_file(const char *path, const char *url, struct error *err)
{
    struct strbuf beside = STRBUF_INIT;
    enum status status = STATUS_OK;
    bool written;
    FILE *file;

    strbuf_appendf(&beside, "%s.%ld", path, (long)getpid());
    file = fopen(strbuf_text(&beside), "we");
    written = file && fprintf(file, "%s\n", url) > 0;
    if (file && fclose(file) != 0)
        written = false;
    if (!written || rename(strbuf_text(&beside), path) != 0) {
        status =
            error_set(err, STATUS_IO, "--ready-file", "cannot write %s: %s", path, strerror(errno));
        unlink(strbuf_text(&beside));
    }
    strbuf_release(&beside);
    return status;
}

/* Tells that the socket accepts: the ready file first, so that who reads the line finds it. */
static enum status announce(const struct settings *settings, const char *url, struct error *err)
{
    enum status status = STATUS_OK;

    if (settings->ready_file)
        status = write_ready_file(settings->ready_file, url, err);
    if (status == STATUS_OK) {
        printf("exports-mock %s listening on %s\n", VERSION, url);
        fflush(stdout);
    }
    return status;
}

enum status serve(const struct settings *settings, struct error *err)
{
    struct serving serving = {0};
    struct server_config config = {
        .bind_address = settings->bind_address,
        .port = settings->port,
        .max_body_bytes = MAX_BODY_BYTES,
        .idle_timeout_real_s = IDLE_TIMEOUT_REAL_S,
        .handler = handle,
        .refuser = refuse,
        .context = &serving,
        .completed = completed,
        .idle = idle,
        .quiet = quiet,
    };
    struct strbuf url = STRBUF_INIT;
    struct server *server = NULL;
    enum status status = server_start(&server, &config, err);

    if (status != STATUS_OK)
        return status;
    write_url(&url, settings, server_port(server));
    status = app_new(settings, strbuf_text(&url), moment_now(), &serving.app, err);
    if (status == STATUS_OK)
        app_count_connections(serving.app, count_connections, server);
    if (status == STATUS_OK)
        status = announce(settings, strbuf_text(&url), err);
    if (status == STATUS_OK)
        status = server_run(server, err);
    server_free(server);
    app_free(serving.app);
    strbuf_release(&url);
    return status;
}
