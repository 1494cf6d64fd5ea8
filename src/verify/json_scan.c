#include "verify/json_scan.h"

#include <string.h>

const char *json_scan_space(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
        at++;
    return at;
}

const char *json_scan_string(const char *at, const char *end)
{
    while (at < end && *at != '"')
        at += *at == '\\' && end - at > 1 ? 2 : 1;
    return at;
}

/* The end of a number or word that begins at at. */
static const char *scan_plain(const char *at, const char *end)
{
    while (at < end && !strchr(",]} \t\r\n", *at))
        at++;
    return at;
}

/* The end of the object or array that begins at at. */
static const char *scan_nested(const char *at, const char *end)
{
    size_t depth = 0;

    for (; at < end; at++) {
        if (*at == '"') {
            at = json_scan_string(at + 1, end);
            if (at == end)
                return end;
        } else if (*at == '{' || *at == '[') {
            depth++;
        } else if ((*at == '}' || *at == ']') && --depth == 0) {
            return at + 1;
        }
    }
    return end;
}

/* The end of the value that begins at at. */
static const char *scan_value(const char *at, const char *end)
{
    if (at == end)
        return end;
    if (*at == '"') {
        at = json_scan_string(at + 1, end);
        return at < end ? at + 1 : end;
    }
    return *at == '{' || *at == '[' ? scan_nested(at, end) : scan_plain(at, end);
}

/* Takes a value from begin to end as the result. */
static bool take_value(const char *begin, const char *end, const char **value, size_t *value_length)
{
    bool is_text = end - begin >= 2 && *begin == '"' && end[-1] == '"';

    if (begin == end || (!is_text && *begin != '-' && (*begin < '0' || *begin > '9')))
        return false;
    *value = begin + is_text;
    *value_length = (size_t)(end - begin) - 2 * (size_t)is_text;
    return true;
}

bool json_scan_member(const char *text, size_t length, const char *name, const char **value,
                      size_t *value_length)
{
    const char *end = text + length, *at = json_scan_space(text, end), *begin, *behind;
    size_t name_length = strlen(name);

    if (at == end || *at != '{')
        return false;
    for (at = json_scan_space(at + 1, end); at < end && *at == '"';) {
        begin = at + 1;
        behind = json_scan_string(begin, end);
        at = json_scan_space(behind < end ? behind + 1 : end, end);
        if (at == end || *at != ':')
            return false;
        at = json_scan_space(at + 1, end);
        if ((size_t)(behind - begin) == name_length && memcmp(begin, name, name_length) == 0) {
            behind = scan_value(at, end);
            return behind < end && take_value(at, behind, value, value_length);
        }
        at = json_scan_space(scan_value(at, end), end);
        if (at == end || *at != ',')
            return false;
        at = json_scan_space(at + 1, end);
    }
    return false;
}
