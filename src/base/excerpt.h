/*
 * excerpt: input of others, made fit to stand in a message.
 */
#ifndef BASE_EXCERPT_H
#define BASE_EXCERPT_H

#include <stddef.h>

/* A short quotation by value: `return error_set(..., "%s is no date", excerpt(t, n).text)`. */
struct excerpt {
    char text[64];
};

/*
 * text in double quotes. What is longer than about 48 bytes ends in "...", at the end of a
 * character; control characters, double quotes and bytes that are not UTF-8 become '?'.
 */
struct excerpt excerpt(const char *text, size_t length);

#endif
