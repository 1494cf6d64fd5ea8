#include "server/target.h"

#include <string.h>
#include <strings.h>

/* The place after "scheme://host", or text itself when it has no such beginning. */
static char *skip_origin(char *text)
{
    if (strncasecmp(text, "http://", 7) == 0)
        text += 7;
    else if (strncasecmp(text, "https://", 8) == 0)
        text += 8;
    else
        return text;
    return text + strcspn(text, "/?");
}

static bool is_printable(const struct strbuf *target)
{
    for (size_t i = 0; i < target->length; i++) {
        unsigned char c = (unsigned char)target->data[i];

        if (c <= ' ' || c == 0x7f)
            return false;
    }
    return true;
}

bool target_split(struct strbuf *target, const char **path, const char **query)
{
    char *start, *mark;

    if (target->length == 0 || !is_printable(target))
        return false;
    start = skip_origin(target->data);
    if (*start != '/' && start == target->data)
        return false;
    mark = strchr(start, '?');
    if (mark)
        *mark = '\0';
    *path = *start ? start : "/";
    *query = mark ? mark + 1 : "";
    return true;
}

const char *target_skip_base(const char *path, const char *base)
{
    size_t length = base ? strlen(base) : 0;

    return length && strncmp(path, base, length) == 0 && path[length] == '/' ? path + length : path;
}
