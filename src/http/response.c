#include "http/response.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/escape.h"

void http_response_init(struct http_response *response)
{
    *response = (struct http_response){.status = 200, .source.fd = -1};
}

static void release_stream(struct http_response *response)
{
    if (response->stream.release)
        response->stream.release(response->stream.state);
    response->stream = (struct http_stream){0};
}

void http_response_release(struct http_response *response)
{
    release_stream(response);
    source_release(&response->source);
    strbuf_release(&response->text);
    strbuf_release(&response->header_fields);
}

void http_response_reset(struct http_response *response)
{
    struct strbuf text = response->text, header_fields = response->header_fields;

    release_stream(response);
    source_release(&response->source);
    strbuf_reset(&text);
    strbuf_reset(&header_fields);
    http_response_init(response);
    response->text = text;
    response->header_fields = header_fields;
}

/* True when nothing of a value is to be left out, as of nearly all. */
static bool is_plain(const char *value, size_t length)
{
    return escape_clean_length(value, length) == length && !memchr(value, 0x7f, length);
}

static void append_plain(struct strbuf *out, const char *value)
{
    for (; *value; value++) {
        if ((unsigned char)*value >= 0x20 && *value != 0x7f)
            strbuf_append_char(out, *value);
    }
}

void http_response_field(struct http_response *response, const char *name, const char *value)
{
    struct strbuf *fields = &response->header_fields;
    size_t length = strlen(value);

    strbuf_append(fields, name, strlen(name) + 1);
    if (is_plain(value, length))
        strbuf_append(fields, value, length);
    else
        append_plain(fields, value);
    strbuf_append_char(fields, '\0');
}

void http_response_header(struct http_response *response, const char *name, const char *fmt, ...)
{
    char value[2048];
    va_list args;

    va_start(args, fmt);
    vsnprintf(value, sizeof value, fmt, args);
    va_end(args);
    http_response_field(response, name, value);
}

bool http_response_next_header(const struct http_response *response, size_t *cursor,
                               const char **name, const char **value)
{
    const struct strbuf *fields = &response->header_fields;

    if (*cursor >= fields->length)
        return false;
    *name = fields->data + *cursor;
    *value = *name + strlen(*name) + 1;
    *cursor = (size_t)(*value - fields->data) + strlen(*value) + 1;
    return true;
}

const char *http_response_find_header(const struct http_response *response, const char *name)
{
    const char *field, *value;
    size_t cursor = 0;

    while (http_response_next_header(response, &cursor, &field, &value)) {
        if (strcasecmp(field, name) == 0)
            return value;
    }
    return NULL;
}

void http_response_source(struct http_response *response, struct source source)
{
    source_release(&response->source);
    response->body = HTTP_BODY_RANGE;
    response->source = source;
    response->offset_bytes = 0;
    response->length_bytes = source.size_bytes;
}
