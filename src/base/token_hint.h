/*
 * token_hint: what is shown of a credential: enough to tell one's own apart, too little to use it.
 */
#ifndef BASE_TOKEN_HINT_H
#define BASE_TOKEN_HINT_H

#include <stddef.h>

/* Room for what is shown. */
#define TOKEN_HINT_SIZE 20

/* Writes up to four characters, at most half of the token, and "…". */
void token_hint(char out[TOKEN_HINT_SIZE], const char *token, size_t length);

#endif
