#include "trial/shell.h"

#include <stdbool.h>

static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                            "@%+=:,./_-";

static bool has_control(const char *word)
{
    for (; *word; word++) {
        unsigned char c = (unsigned char)*word;

        if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7f)
            return true;
    }
    return false;
}

/* In $'...', where a backslash escapes. */
static void append_escaped(struct strbuf *out, const char *word)
{
    strbuf_append_text(out, "$'");
    for (; *word; word++) {
        unsigned char c = (unsigned char)*word;

        if (c < ' ' || c == 0x7f)
            strbuf_appendf(out, "\\x%02x", c);
        else if (c == '\'' || c == '\\')
            strbuf_appendf(out, "\\%c", c);
        else
            strbuf_append_char(out, *word);
    }
    strbuf_append_char(out, '\'');
}

/* In '...', where a quote ends the quotes, stands by itself, and begins them anew. */
static void append_quoted(struct strbuf *out, const char *word)
{
    strbuf_append_char(out, '\'');
    for (; *word; word++) {
        if (*word == '\'')
            strbuf_append_text(out, "'\\''");
        else
            strbuf_append_char(out, *word);
    }
    strbuf_append_char(out, '\'');
}

void shell_append(struct strbuf *out, const char *word)
{
    if (*word && word[strspn(word, plain)] == '\0')
        strbuf_append_text(out, word);
    else if (has_control(word))
        append_escaped(out, word);
    else
        append_quoted(out, word);
}
