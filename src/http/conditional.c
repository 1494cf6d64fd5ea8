#include "http/conditional.h"

#include <string.h>

#include "base/timestamp.h"
#include "http/date.h"

enum comparison {
    COMPARE_STRONG, /* weak tags match nothing */
    COMPARE_WEAK    /* weakness is left out of account */
};

static const char *skip_blanks(const char *at)
{
    while (*at == ' ' || *at == '\t')
        at++;
    return at;
}

/* Takes an entity tag off *at; false when there is none. *tag and *length include the quotes. */
static bool next_tag(const char **at, bool *weak, const char **tag, size_t *length)
{
    const char *start = *at, *end;

    *weak = strncmp(start, "W/", 2) == 0;
    if (*weak)
        start += 2;
    if (*start != '"')
        return false;
    end = strchr(start + 1, '"');
    if (!end)
        return false;
    *tag = start;
    *length = (size_t)(end + 1 - start);
    *at = end + 1;
    return true;
}

static bool tag_is(const char *tag, size_t length, const char *etag)
{
    return strlen(etag) == length && memcmp(tag, etag, length) == 0;
}

/* True when the list ("*" or tags with commas between) has a tag that matches etag. */
static bool list_matches(const char *list, const char *etag, enum comparison how)
{
    const char *at = skip_blanks(list);
    const char *tag;
    size_t length;
    bool weak;

    if (*at == '*')
        return *skip_blanks(at + 1) == '\0';
    for (;;) {
        while (*at == ',')
            at = skip_blanks(at + 1);
        if (!next_tag(&at, &weak, &tag, &length))
            return false;
        if (tag_is(tag, length, etag) && (how == COMPARE_WEAK || !weak))
            return true;
        at = skip_blanks(at);
        if (*at != ',')
            return false;
    }
}

static int64_t floor_second(int64_t at_ms)
{
    int64_t rest = at_ms % MS_PER_SECOND;

    return at_ms - (rest < 0 ? rest + MS_PER_SECOND : rest);
}

enum conditional_verdict conditional_check(const struct http_request *request,
                                           const struct conditional_facts *facts)
{
    const char *if_match = http_request_header(request, "If-Match");
    const char *if_none_match = http_request_header(request, "If-None-Match");
    const char *unmodified = http_request_header(request, "If-Unmodified-Since");
    const char *modified = http_request_header(request, "If-Modified-Since");
    int64_t modified_ms = floor_second(facts->modified_ms), date_ms;

    if (if_match) {
        if (!list_matches(if_match, facts->etag, COMPARE_STRONG))
            return CONDITIONAL_FAILED;
    } else if (unmodified && http_date_read(unmodified, &date_ms) && modified_ms > date_ms) {
        return CONDITIONAL_FAILED;
    }
    if (if_none_match) {
        if (list_matches(if_none_match, facts->etag, COMPARE_WEAK))
            return CONDITIONAL_NOT_MODIFIED;
    } else if (modified && http_date_read(modified, &date_ms) && modified_ms <= date_ms) {
        return CONDITIONAL_NOT_MODIFIED;
    }
    return CONDITIONAL_PROCEED;
}

bool conditional_range_holds(const struct http_request *request,
                             const struct conditional_facts *facts)
{
    const char *if_range = http_request_header(request, "If-Range");
    int64_t date_ms;

    if (!if_range)
        return true;
    if (http_date_read(if_range, &date_ms))
        return date_ms == floor_second(facts->modified_ms);
    return strcmp(if_range, facts->etag) == 0;
}
