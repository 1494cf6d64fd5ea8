#include "base/escape.h"

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/hex.h"
#include "base/utf8.h"

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/*
 * Has the high bit set in some byte when a byte of word is above 0x7f, below 0x20, a double quote
 * or a backslash: subtracting borrows from the high bit where a byte is too small.
 */
static uint64_t unclean(uint64_t word)
{
    uint64_t quote = word ^ EACH_BYTE('"');
    uint64_t backslash = word ^ EACH_BYTE('\\');

    return word | (word - EACH_BYTE(0x20)) | (quote - EACH_BYTE(1)) | (backslash - EACH_BYTE(1));
}

/* unclean() of the eight bytes at text, the first of them the lowest. */
static uint64_t unclean_at(const char *text)
{
    uint64_t word;

    memcpy(&word, text, sizeof word);
    return unclean(le64toh(word));
}

/* How many bytes of a word are clean before the first that is not: below it nothing borrows. */
static size_t clean_bytes(uint64_t marks)
{
    return (size_t)__builtin_ctzll(marks) / 8;
}

static bool byte_clean(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

size_t escape_clean_length(const char *text, size_t length)
{
    size_t at = 0;

    for (; length - at >= 32; at += 32) {
        if ((unclean_at(text + at) | unclean_at(text + at + 8) | unclean_at(text + at + 16) |
             unclean_at(text + at + 24)) &
            EACH_BYTE(0x80))
            break;
    }
    for (; length - at >= 8; at += 8) {
        uint64_t marks = unclean_at(text + at) & EACH_BYTE(0x80);

        if (marks)
            return at + clean_bytes(marks);
    }
    while (at < length && byte_clean((unsigned char)text[at]))
        at++;
    return at;
}

/* Writes the escape of a control character, double quote or backslash. Returns its length. */
static size_t write_escape(char *out, unsigned char c)
{
    static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";

    out[0] = '\\';
    for (size_t i = 0; i < sizeof letters - 1; i += 2) {
        if ((unsigned char)letters[i] == c) {
            out[1] = letters[i + 1];
            return 2;
        }
    }
    memcpy(out + 1, "u00", 3);
    hex_write(out + 4, c);
    return 6;
}

/* Appends the one character at text, escaped if it must be. Returns how many bytes it has there. */
static size_t append_character(struct strbuf *buf, const char *text, size_t length)
{
    size_t step = utf8_character(text, length);
    char escaped[6];

    if (step == 0) {
        strbuf_append(buf, "\xef\xbf\xbd", 3); /* U+FFFD */
        return 1;
    }
    if (step > 1 || byte_clean((unsigned char)*text))
        strbuf_append(buf, text, step);
    else
        strbuf_append(buf, escaped, write_escape(escaped, (unsigned char)*text));
    return step;
}

void escape_append(struct strbuf *buf, const char *text, size_t length)
{
    size_t at = 0;

    while (at < length) {
        size_t clean = escape_clean_length(text + at, length - at);

        strbuf_append(buf, text + at, clean);
        at += clean;
        if (at < length)
            at += append_character(buf, text + at, length - at);
    }
    if (length == 0)
        strbuf_append(buf, "", 0);
}
