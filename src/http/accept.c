#include "http/accept.h"

#include <stdlib.h>
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

/* The weight of a member, its parameters beginning at text, up to end. */
static double weight_of(const char *text, const char *end)
{
    for (const char *at = text; at < end; at++) {
        if (*at != ';')
            continue;
        at++;
        while (at < end && (*at == ' ' || *at == '\t'))
            at++;
        if (end - at > 2 && (*at == 'q' || *at == 'Q') && at[1] == '=' && at[2] >= '0' &&
            at[2] <= '1')
            return at[2] == '1' ? 1 : at[3] == '.' ? strtod(at + 2, NULL) : 0;
    }
    return 1;
}

/* The weight that the most exact member of the field gives to a type. */
static double weight_for(const char *accept, const char *type)
{
    double weight = 0;
    int best = 0;

    while (*accept) {
        size_t member = strcspn(accept, ","), name;
        const char *end = accept + member;
        int fit;

        accept += strspn(accept, " \t");
        name = strcspn(accept, ",; \t");
        fit = fit_of(accept, name, type);
        if (fit > best) {
            best = fit;
            weight = weight_of(accept + name, end);
        }
        accept = *end ? end + 1 : end;
    }
    return weight;
}

size_t accept_choose(const char *accept, const char *const *types, size_t count)
{
    size_t choice = 0;
    double best = 0;

    for (size_t i = 0; accept && i < count; i++) {
        double weight = weight_for(accept, types[i]);

        if (weight > best) {
            best = weight;
            choice = i;
        }
    }
    return choice;
}
