#include "base/token_hint.h"

#include <string.h>

#include "base/utf8.h"

#define SHOWN_MAX 4

void token_hint(char out[TOKEN_HINT_SIZE], const char *token, size_t length)
{
    size_t taken = 0;

    for (int i = 0; i < SHOWN_MAX; i++) {
        size_t character = utf8_character(token + taken, length - taken);

        if (character == 0 || taken + character > length / 2)
            break;
        taken += character;
    }
    memcpy(out, token, taken);
    memcpy(out + taken, "…", sizeof "…");
}
