#include "app/host.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/secure.h"
#include "base/memory.h"
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

struct moment host_now(void)
{
    return (struct moment){read_clock_ms(CLOCK_MONOTONIC), read_clock_ms(CLOCK_REALTIME)};
}

struct host {
    struct host_config config;
    struct server *server; /* NULL once it is closed */
    struct app *app;       /* made once the port is known */
    struct strbuf url;
    struct tls_identity identity; /* zeroed over http */
};

static void handle(void *context, const struct http_request *request,
                   struct http_response *response)
{
    const struct host *host = context;
    int64_t start_us = read_clock_us();

    app_dispatch(host->app, request, response, host_now());
    app_took(host->app, response, read_clock_us() - start_us);
}

static uint64_t count_connections(void *server)
{
    return server_connection_count(server);
}

static void refuse(void *context, int status, const char *reason, struct http_response *response)
{
    const struct host *host = context;

    app_refuse(host->app, status, reason, response, host_now());
}

static void refuse_plain(void *context, int status, const char *reason,
                         struct http_response *response)
{
    const struct host *host = context;

    app_refuse_plain(host->app, status, reason, response, host_now());
}

static void completed(void *context, const struct http_completion *completion)
{
    const struct host *host = context;

    app_completed(host->app, completion, host_now());
}

static void watched(void *context)
{
    const struct host *host = context;

    host->config.watched(host->config.watched_context);
}

static int64_t tick(void *context)
{
    const struct host *host = context;

    return app_tick(host->app, host_now());
}

static void idle(void *context)
{
    const struct host *host = context;

    app_idle(host->app);
}

static void quiet(void *context)
{
    const struct host *host = context;

    app_quiet(host->app, host_now());
}

/* The base URL; an address of all interfaces is reached as the loopback one. */
static void write_url(struct strbuf *out, const char *scheme, const char *address, uint16_t port)
{
    bool is_bare_ipv6;

    if (strcmp(address, "0.0.0.0") == 0)
        address = "127.0.0.1";
    else if (strcmp(address, "::") == 0 || strcmp(address, "[::]") == 0)
        address = "::1";
    is_bare_ipv6 = strchr(address, ':') && address[0] != '[';
    strbuf_appendf(out, is_bare_ipv6 ? "%s://[%s]:%u" : "%s://%s:%u", scheme, address,
                   (unsigned)port);
}

/* Writes the file whole: beside it first, then under its name. */
static enum status write_whole(const char *path, const char *text, struct error *err)
{
    struct strbuf beside = STRBUF_INIT;
    enum status status = STATUS_OK;
    bool written;
    FILE *file;

    strbuf_appendf(&beside, "%s.%ld", path, (long)getpid());
    file = fopen(strbuf_text(&beside), "we");
    written = file && fputs(text, file) >= 0;
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

enum status host_write_ready_file(const struct host *host, struct error *err)
{
    const char *path = host->config.settings->ready_file;

    struct strbuf text = STRBUF_INIT, authority_path = STRBUF_INIT;
    enum status status = STATUS_OK;

    if (!path)
        return STATUS_OK;
    strbuf_appendf(&authority_path, "%s.ca.pem", path);
    strbuf_appendf(&text, "%s\n", host_url(host));
    if (host_authority(host))
        status = write_whole(strbuf_text(&authority_path), host_authority(host), err);
    if (status == STATUS_OK)
        status = write_whole(path, strbuf_text(&text), err);
    strbuf_release(&authority_path);
    strbuf_release(&text);
    return status;
}

/*
 * Where the links to files lead to, behind the host: a proxy may pass requests on with this path or
 * without it.
 */
static const char *base_path_of(const struct settings *settings)
{
    const char *scheme_end = settings->public_url ? strstr(settings->public_url, "://") : NULL;

    return scheme_end ? strchr(scheme_end + 3, '/') : NULL;
}

static enum status start_server(struct host *host, struct error *err)
{
    const struct settings *settings = host->config.settings;
    struct server_config config = {
        .bind_address = settings->bind_address,
        .port = settings->port,
        .max_body_bytes = MAX_BODY_BYTES,
        .base_path = base_path_of(settings),
        .idle_timeout_real_s = IDLE_TIMEOUT_REAL_S,
        .handler = handle,
        .refuser = refuse,
        .plain_refuser = refuse_plain,
        .tls_chain = host->identity.chain,
        .tls_key = host->identity.key,
        .context = host,
        .completed = completed,
        .tick = tick,
        .idle = idle,
        .quiet = quiet,
        .watched = host->config.watched ? watched : NULL,
        .watched_fd = host->config.watched_fd,
    };

    enum status status = server_start(&host->server, &config, err);

    tls_identity_forget_key(&host->identity); /* the server has it */
    return status;
}

static enum status make_app(struct host *host, struct error *err)
{
    const struct settings *settings = host->config.settings;
    const struct tls_identity *identity = &host->identity;
    enum status status;

    write_url(&host->url, identity->chain ? "https" : "http", settings->bind_address,
              server_port(host->server));
    status = app_new(settings, host_url(host), host_now(), &host->app, err);
    if (status != STATUS_OK)
        return status;
    app_count_connections(host->app, count_connections, host->server);
    app_show_certificate(host->app, identity->authority ? identity->authority : identity->chain);
    return STATUS_OK;
}

enum status host_new(const struct host_config *config, struct host **out, struct error *err)
{
    struct host *host = memory_new(sizeof *host);
    enum status status;

    host->config = *config;
    status = secure_identity(config->settings, host_now().wall_ms, &host->identity, err);
    if (status == STATUS_OK)
        status = start_server(host, err);
    if (status == STATUS_OK)
        status = make_app(host, err);
    if (status != STATUS_OK) {
        host_free(host);
        return status;
    }
    *out = host;
    return STATUS_OK;
}

void host_free(struct host *host)
{
    if (!host)
        return;
    server_free(host->server);
    if (host->app)
        app_close(host->app, host_now());
    app_free(host->app);
    strbuf_release(&host->url);
    tls_identity_release(&host->identity);
    free(host);
}

const char *host_url(const struct host *host)
{
    return strbuf_text(&host->url);
}

const char *host_authority(const struct host *host)
{
    return host->identity.authority;
}

void host_warn(const struct host *host)
{
    if (host->identity.warning)
        fprintf(stderr, "exports-mock: --tls-cert: %s\n", host->identity.warning);
}

struct app *host_app(const struct host *host)
{
    return host->app;
}

enum status host_run(struct host *host, struct error *err)
{
    return server_run(host->server, err);
}

void host_stop_soon(struct host *host)
{
    server_stop_soon(host->server);
}

void host_close(struct host *host)
{
    server_settle(host->server);
    server_free(host->server);
    host->server = NULL;
    app_idle(host->app);
}
