#include "http/request.h"

#include <string.h>

#include "base/hex.h"

enum http_method http_method_of(const char *word)
{
    static const char *const words[] = {
        [HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD",     [HTTP_POST] = "POST",
        [HTTP_PUT] = "PUT", [HTTP_DELETE] = "DELETE",
    };

    for (int i = 0; i < HTTP_OTHER_METHOD; i++) {
        if (strcmp(words[i], word) == 0)
            return (enum http_method)i;
    }
    return HTTP_OTHER_METHOD;
}

const char *http_request_header(const struct http_request *request, const char *name)
{
    return request->find_header ? request->find_header(request->header_state, name) : NULL;
}

/* Finds the next parameter called name at or after query; *value and *length take its raw value. */
static const char *next_parameter(const char *query, const char *name, const char **value,
                                  size_t *length)
{
    size_t name_length = strlen(name);

    while (*query) {
        size_t all = strcspn(query, "&");
        const char *rest = query + all + (query[all] == '&');

        if (strncmp(query, name, name_length) == 0 &&
            (query[name_length] == '=' || all == name_length)) {
            *value = query + name_length + (all > name_length);
            *length = (size_t)(query + all - *value);
            return rest;
        }
        query = rest;
    }
    return NULL;
}

bool http_decode(struct strbuf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        int byte = text[i];

        if (byte == '%') {
            byte = hex_read(text + i + 1, length - i - 1, 2);
            if (byte <= 0)
                return false;
            i += 2;
        }
        strbuf_append_char(out, (char)byte);
    }
    return true;
}

bool http_query_get(const char *query, const char *name, struct strbuf *out)
{
    const char *value, *again;
    size_t length, other, before = out->length;
    const char *rest = next_parameter(query, name, &value, &length);

    if (!rest || next_parameter(rest, name, &again, &other))
        return false;
    if (http_decode(out, value, length))
        return true;
    out->length = before;
    return false;
}

bool http_query_has(const char *query, const char *name)
{
    const char *value;
    size_t length;

    return next_parameter(query, name, &value, &length) != NULL;
}
