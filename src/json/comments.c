#include "json/comments.h"

#include <stdbool.h>
#include <string.h>

/* The offset behind the string that opens at `at`; where its line ends when it is not closed. */
static size_t skip_string(const char *text, size_t length, size_t at)
{
    for (at++; at < length && text[at] != '\n'; at++) {
        if (text[at] == '\\')
            at++;
        else if (text[at] == '"')
            return at + 1;
    }
    return at < length ? at : length;
}

/* The offset behind the comment that begins at `at`. */
static size_t find_comment_end(const char *text, size_t length, size_t at)
{
    bool block = text[at + 1] == '*';

    for (at += 2; at < length; at++) {
        if (!block && text[at] == '\n')
            return at;
        if (block && text[at] == '*' && at + 1 < length && text[at + 1] == '/')
            return at + 2;
    }
    return length;
}

static void blank(char *text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (text[i] != '\n')
            text[i] = ' ';
    }
}

void json_blank_comments(char *text, size_t length)
{
    size_t at = 0;

    while (at < length) {
        if (text[at] == '"') {
            at = skip_string(text, length, at);
        } else if (text[at] == '/' && at + 1 < length && strchr("/*", text[at + 1]) &&
                   text[at + 1]) {
            size_t end = find_comment_end(text, length, at);

            blank(text, at, end);
            at = end;
        } else {
            at++;
        }
    }
}
