#include "http/accept.h"

#include <string.h>
#include <strings.h>

/* How well a media range fits a type: 3 exactly, 2 by its kind, 1 anything, 0 not at all. */
static int fit_of(const char *range, size_t length, const char *type)
{
    size_t kind = strcspn(type, "/");

    if (length == strlen(type) && strncasecmp(range, type, length) == 0)
        return 3;
    if (length == kind + 2 && strncasecmp(range, type, kind + 1) == 0 && range[kind + 1] == '*')
        return 2;
    return length == 3 && strncmp(range, "*/*", 3) == 0;
}

/* A qvalue in thousandths: "1", "0.5", "0.125". */
static int qvalue_of(const char *text, const char *end)
{
    int weight = 0, unit = 100;

    if (text == end || *text != '0')
        return 1000;
    if (++text == end || *text != '.')
        return 0;
    for (text++; text < end && *text >= '0' && *text <= '9'; text++, unit /= 10)
        weight += (*text - '0') * unit;
    return weight;
}

/* The weight of a member in thousandths; its parameters stand from text up to end. */
static int weight_of(const char *text, const char *end)
{
    for (const char *at = text; at < end; at++) {
        if (*at != ';')
            continue;
        at++;
        while (at < end && (*at == ' ' || *at == '\t'))
            at++;
        if (end - at > 2 && (*at == 'q' || *at == 'Q') && at[1] == '=')
            return qvalue_of(at + 2, end);
    }
    return 1000;
}

/*
 * How much the field likes a type: the weight that the most exact member gives it; among equal ones
 * a type that is named is liked better than one that only a wildcard lets in.
 */
static int liking_for(const char *accept, const char *type)
{
    int weight = 0, best = 0;

    while (*accept) {
        const char *end = accept + strcspn(accept, ",");
        size_t name;
        int fit;

        while (accept < end && (*accept == ' ' || *accept == '\t'))
            accept++;
        name = strcspn(accept, ",; \t");
        fit = fit_of(accept, name, type);
        if (fit > best) {
            best = fit;
            weight = weight_of(accept + name, end);
        }
        accept = *end ? end + 1 : end;
    }
    return weight ? 4 * weight + best : 0;
}

size_t accept_choose(const char *accept, const char *const *types, size_t count)
{
    size_t choice = 0;
    int best = 0;

    for (size_t i = 0; accept && i < count; i++) {
        int liking = liking_for(accept, types[i]);

        if (liking > best) {
            best = liking;
            choice = i;
        }
    }
    return choice;
}
