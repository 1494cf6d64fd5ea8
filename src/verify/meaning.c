/* What a row means: a digest that does not depend on how the JSON is written. */
#include <stdint.h>
#include <string.h>

#include "base/hex.h"
#include "base/rng.h"
#include "base/strbuf.h"
#include "json/syntax.h"
#include "verify/digest.h"
#include "verify/json_scan.h"

#define KIND_OBJECT UINT64_C(0x6f626a)
#define KIND_ARRAY  UINT64_C(0x617272)
#define KIND_NUMBER UINT64_C(0x6e756d)
#define KIND_TEXT   UINT64_C(0x747874)
#define KIND_WORD   UINT64_C(0x776f72)

/* A walk over text that is sound: json_check_syntax() took it. */
struct walk {
    const char *at;
    const char *end;
    struct strbuf *plain; /* of a string with escapes */
};

static void skip_space(struct walk *walk)
{
    walk->at = json_scan_space(walk->at, walk->end);
}

static void append_utf8(struct strbuf *out, uint32_t code)
{
    if (code < 0x80) {
        strbuf_append_char(out, (char)code);
    } else if (code < 0x800) {
        strbuf_append_char(out, (char)(0xc0 | code >> 6));
        strbuf_append_char(out, (char)(0x80 | (code & 0x3f)));
    } else if (code < 0x10000) {
        strbuf_append_char(out, (char)(0xe0 | code >> 12));
        strbuf_append_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
        strbuf_append_char(out, (char)(0x80 | (code & 0x3f)));
    } else {
        strbuf_append_char(out, (char)(0xf0 | code >> 18));
        strbuf_append_char(out, (char)(0x80 | (code >> 12 & 0x3f)));
        strbuf_append_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
        strbuf_append_char(out, (char)(0x80 | (code & 0x3f)));
    }
}

/* Appends the character of the digits behind \u; gives the place behind them. */
static const char *unescape_code(struct strbuf *out, const char *at, const char *end)
{
    int32_t code = hex_read(at, (size_t)(end - at), 4), low;

    at += 4;
    if (code >= 0xd800 && code < 0xdc00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
        low = hex_read(at + 2, (size_t)(end - at - 2), 4);
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        at += 6;
    }
    append_utf8(out, (uint32_t)code);
    return at;
}

static void unescape(struct strbuf *out, const char *at, const char *end)
{
    static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";

    strbuf_reset(out);
    while (at < end) {
        const char *letter;

        if (*at != '\\') {
            strbuf_append_char(out, *at++);
        } else if (at[1] == 'u') {
            at = unescape_code(out, at + 2, end);
        } else {
            letter = strchr(letters, at[1]);
            strbuf_append_char(out, letter ? meant[letter - letters] : at[1]);
            at += 2;
        }
    }
}

/* The digest of a string, at whose opening quote the walk stands. */
static uint64_t walk_text(struct walk *walk)
{
    const char *begin = walk->at + 1, *end = json_scan_string(begin, walk->end);
    size_t length = (size_t)(end - begin);

    walk->at = end + 1;
    if (!memchr(begin, '\\', length))
        return digest_bytes(begin, length) ^ KIND_TEXT;
    unescape(walk->plain, begin, end);
    return digest_bytes(walk->plain->data, walk->plain->length) ^ KIND_TEXT;
}

/* A number as digits times a power of ten, without zeros around. */
struct decimal_form {
    char digits[JSON_NUMBER_LENGTH_MAX];
    size_t count;
    int64_t exponent;
};

static void drop_zeros(struct decimal_form *form)
{
    size_t leading = 0;

    while (leading < form->count && form->digits[leading] == '0')
        leading++;
    form->count -= leading;
    memmove(form->digits, form->digits + leading, form->count);
    while (form->count > 0 && form->digits[form->count - 1] == '0') {
        form->count--;
        form->exponent++;
    }
    if (form->count == 0)
        form->exponent = 0;
}

/* The exponent behind an 'e'; beyond a million it is as good as any. */
static int64_t read_exponent(const char *at, const char *end)
{
    bool negative = *at == '-';
    int64_t value = 0;

    at += *at == '-' || *at == '+';
    for (; at < end; at++)
        value = value < 1000000 ? value * 10 + (*at - '0') : value;
    return negative ? -value : value;
}

static uint64_t walk_number(struct walk *walk)
{
    struct decimal_form form = {.count = 0};
    const char *begin = walk->at, *at = begin;
    bool is_fraction = false;

    while (walk->at < walk->end && strchr("0123456789+-.eE", *walk->at) && *walk->at)
        walk->at++;
    for (at += *at == '-'; at < walk->at && *at != 'e' && *at != 'E'; at++) {
        if (*at == '.') {
            is_fraction = true;
            continue;
        }
        form.digits[form.count++] = *at;
        form.exponent -= is_fraction;
    }
    if (at < walk->at)
        form.exponent += read_exponent(at + 1, walk->at);
    drop_zeros(&form);
    return rng_mix(digest_bytes(form.digits, form.count) + (uint64_t)form.exponent +
                   (form.count > 0 && *begin == '-' ? KIND_NUMBER << 32 : 0)) ^
           KIND_NUMBER;
}

static uint64_t walk_word(struct walk *walk)
{
    const char *begin = walk->at;

    while (walk->at < walk->end && *walk->at >= 'a' && *walk->at <= 'z')
        walk->at++;
    return digest_bytes(begin, (size_t)(walk->at - begin)) ^ KIND_WORD;
}

static uint64_t walk_value(struct walk *walk);

/* Members in any order give the same: their digests are added. */
static uint64_t walk_object(struct walk *walk)
{
    uint64_t sum = 0;

    walk->at++;
    for (skip_space(walk); *walk->at != '}'; skip_space(walk)) {
        uint64_t name = walk_text(walk);

        skip_space(walk);
        walk->at++; /* the colon */
        sum += rng_mix(rng_mix(name) + walk_value(walk));
        walk->at += *walk->at == ',';
    }
    walk->at++;
    return rng_mix(sum ^ KIND_OBJECT);
}

static uint64_t walk_array(struct walk *walk)
{
    uint64_t all = KIND_ARRAY;

    walk->at++;
    for (skip_space(walk); *walk->at != ']'; skip_space(walk)) {
        all = rng_mix(all) + walk_value(walk);
        walk->at += *walk->at == ',';
    }
    walk->at++;
    return rng_mix(all);
}

/* As deep as JSON_DEPTH_MAX at most. */
static uint64_t walk_value(struct walk *walk)
{
    uint64_t value;

    skip_space(walk);
    switch (*walk->at) {
    case '{':
        value = walk_object(walk);
        break;
    case '[':
        value = walk_array(walk);
        break;
    case '"':
        value = walk_text(walk);
        break;
    case 't':
    case 'f':
    case 'n':
        value = walk_word(walk);
        break;
    default:
        value = walk_number(walk);
    }
    skip_space(walk);
    return value;
}

bool digest_meaning(const char *row, size_t length, uint64_t *out)
{
    struct strbuf plain = STRBUF_INIT;
    struct walk walk = {row, row + length, &plain};

    if (json_check_syntax(row, length, SIZE_MAX, NULL) != STATUS_OK)
        return false;
    *out = walk_value(&walk);
    strbuf_release(&plain);
    return true;
}
