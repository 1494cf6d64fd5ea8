/*
 * accept: which of several media types a client wants. Source: RFC 9110, section 12.5.1.
 */
#ifndef HTTP_ACCEPT_H
#define HTTP_ACCEPT_H

#include <stddef.h>

/*
 * The index of the type that the value of an Accept field likes best: the highest weight, then the
 * most exactly named, then the first of the types. 0 when there is no field (NULL) and when it
 * wants none of them.
 */
size_t accept_choose(const char *accept, const char *const *types, size_t count);

#endif
