/*
 * utf8: strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The length in bytes (1 to 4) of the well-formed character at text, of which length bytes may be
 * read; 0 when the bytes there are not one.
 */
size_t utf8_character(const char *text, size_t length);

/* How many leading bytes of text are well-formed UTF-8; equals length when all of it is. */
size_t utf8_valid_prefix(const char *text, size_t length);

#endif
