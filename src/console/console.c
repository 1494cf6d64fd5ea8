#include "console/console.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "http/accept.h"
#include "http/file_reply.h"

#define ROOT "/__admin/"

/* Everything is of this server; nothing is evaluated, framed or sent elsewhere. */
#define POLICY \
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src " \
    "'self'; " \
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const struct console_file *console_find(const char *path)
{
    const char *name;

    if (strcmp(path, "/__admin") == 0)
        path = ROOT;
    if (strncmp(path, ROOT, strlen(ROOT)) != 0)
        return NULL;
    name = path + strlen(ROOT);
    if (!*name)
        name = "index.html";
    for (size_t i = 0; i < console_files_count; i++) {
        if (strcmp(console_files[i].name, name) == 0)
            return &console_files[i];
    }
    return NULL;
}

static const char *type_of(const char *name)
{
    static const char *const types[][2] = {
        {".html", "text/html; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
    };
    const char *ending = strrchr(name, '.');

    for (size_t i = 0; ending && i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i][0], ending) == 0)
            return types[i][1];
    }
    return "application/octet-stream";
}

static enum status read_text(void *state, uint64_t offset, void *out, size_t length)
{
    const struct console_file *file = state;

    memcpy(out, file->text + offset, length);
    return STATUS_OK;
}

static void write_policy(struct http_response *response)
{
    http_response_header(response, "Content-Security-Policy", POLICY);
    http_response_header(response, "X-Content-Type-Options", "nosniff");
    http_response_header(response, "Referrer-Policy", "no-referrer");
    http_response_header(response, "Cache-Control", "no-cache");
}

void console_answer(const struct http_request *request, struct http_response *response,
                    const struct console_file *file)
{
    struct source source = {.size_bytes = file->length,
                            .fd = -1,
                            .read_at = read_text,
                            .state = (void *)(uintptr_t)file};
    struct file_reply_facts facts = {.content_type = type_of(file->name)};
    char tag[FILE_REPLY_TAG_MAX];

    if (strcmp(request->path, "/__admin") == 0) { /* names in the page are relative */
        console_redirect(response);
        return;
    }
    snprintf(tag, sizeof tag, "%016" PRIx64, rng_hash(0, file->text, file->length));
    facts.tag = tag;
    write_policy(response);
    file_reply(request, response, source, &facts);
}

bool console_is_visit(const struct http_request *request)
{
    static const char *const types[] = {"application/json", "text/html"};
    const char *accept = http_request_header(request, "Accept");

    return (request->method == HTTP_GET || request->method == HTTP_HEAD) &&
           strcmp(request->path, "/") == 0 && accept && accept_choose(accept, types, 2) == 1;
}

void console_redirect(struct http_response *response)
{
    response->status = 303;
    http_response_header(response, "Location", ROOT);
    http_response_header(response, "Cache-Control", "no-store");
}
