#include "admin/query.h"

#include <inttypes.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/nearest.h"
#include "base/parse.h"

static enum status refuse_name(const char *name, size_t length, const char *const *known,
                               size_t count, struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    const char *nearest;

    strbuf_append(&text, name, length);
    nearest = nearest_name(strbuf_text(&text), known, count);
    strbuf_release(&text);
    return error_set(err, STATUS_INVALID, NULL,
                     "this endpoint has no query parameter %s; did you mean \"%s\"?",
                     excerpt(name, length).text, nearest ? nearest : known[0]);
}

static bool is_known(const char *name, size_t length, const char *const *known, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(known[i]) == length && memcmp(known[i], name, length) == 0)
            return true;
    }
    return false;
}

enum status query_check_names(const char *query, const char *const *known, size_t count,
                              struct error *err)
{
    while (*query) {
        size_t all = strcspn(query, "&"), length = strcspn(query, "=&");

        if (all > 0 && !is_known(query, length, known, count))
            return refuse_name(query, length, known, count, err);
        query += all + (query[all] == '&');
    }
    return STATUS_OK;
}

enum status query_read_text(const char *query, const char *name, struct strbuf *out,
                            struct error *err)
{
    if (!http_query_has(query, name))
        return STATUS_OK;
    if (!http_query_get(query, name, out))
        return error_set(err, STATUS_INVALID, name,
                         "is in the query twice, or has an escape that cannot be decoded: write "
                         "%%, & and # as %%25, %%26 and %%23");
    if (out->length == 0)
        return error_set(err, STATUS_INVALID, name, "has no value; give one, or leave %s out",
                         name);
    return STATUS_OK;
}

enum status query_read_number(const char *query, const char *name, uint64_t most, uint64_t *out,
                              struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    enum status status = query_read_text(query, name, &text, err);
    uint64_t number;

    if (status == STATUS_OK && text.length > 0) {
        if (parse_u64(text.data, text.length, &number) && number <= most)
            *out = number;
        else
            status =
                error_set(err, STATUS_INVALID, name, "%s is not a whole number from 0 to %" PRIu64,
                          excerpt(text.data, text.length).text, most);
    }
    strbuf_release(&text);
    return status;
}
