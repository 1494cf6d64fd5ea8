#include "json/redact.h"

#include <string.h>
#include <strings.h>

#include "base/escape.h"
#include "base/hex.h"
#include "base/token_hint.h"
#include "base/utf8.h"

/* ClientToken and AccessToken are equally long, and have their k at the same place. */
#define NAME_LENGTH 11
#define NAME_K      8

/* Work space beyond this is given back: it was for one large body. */
#define WORK_SPACE_KEPT ((size_t)64 << 10)

#define ELLIPSIS "…"

void secrets_release(struct secrets *secrets)
{
    strbuf_release(&secrets->bytes);
    strbuf_release(&secrets->canonical);
    strbuf_release(&secrets->named);
    secrets->count = 0;
}

void secrets_reset(struct secrets *secrets)
{
    if (secrets->canonical.capacity > WORK_SPACE_KEPT)
        strbuf_release(&secrets->canonical);
    strbuf_reset(&secrets->bytes);
    secrets->count = 0;
}

static const char *secret_at(const struct secrets *secrets, size_t index, size_t *length)
{
    size_t start = index ? secrets->ends[index - 1] : 0;

    *length = secrets->ends[index] - start;
    return secrets->bytes.data + start;
}

static void add(struct secrets *secrets, const char *text, size_t length)
{
    size_t other_length;

    if (length > SECRET_BYTES_MAX)
        length = SECRET_BYTES_MAX;
    if (length < SECRET_BYTES_MIN || secrets->count == SECRETS_MAX)
        return;
    for (size_t i = 0; i < secrets->count; i++) {
        const char *other = secret_at(secrets, i, &other_length);

        if (other_length == length && memcmp(other, text, length) == 0)
            return;
    }
    strbuf_append(&secrets->bytes, text, length);
    secrets->ends[secrets->count++] = secrets->bytes.length;
}

void secrets_add(struct secrets *secrets, const char *text, size_t length)
{
    add(secrets, text, length);
    if (escape_clean_length(text, length) == length)
        return;
    strbuf_reset(&secrets->canonical);
    escape_append(&secrets->canonical, text, length);
    add(secrets, secrets->canonical.data, secrets->canonical.length);
}

/* What is shown of a secret, where an escape must not be torn. */
static void append_hint(struct strbuf *out, const char *secret, size_t length)
{
    char hint[TOKEN_HINT_SIZE];

    token_hint(hint, secret, length);
    strbuf_append_text(out, strchr(hint, '"') || strchr(hint, '\\') ? ELLIPSIS : hint);
}

/* The code unit of \uXXXX, or -1. */
static int32_t read_unit(const char *text, size_t length)
{
    if (length < 6 || text[0] != '\\' || text[1] != 'u')
        return -1;
    return hex_read(text + 2, length - 2, 4);
}

static size_t write_utf8(char bytes[4], uint32_t code)
{
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};

    for (size_t i = length - 1; i > 0; i--, code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3f));
    bytes[0] = (char)(leads[length] | code);
    return length;
}

/* Appends the character of the escape at text as JSON writes it; gives the escape's length. */
static size_t resolve_escape(struct strbuf *out, const char *text, size_t length)
{
    int32_t unit = read_unit(text, length), low = -1;
    char bytes[4];
    size_t taken = 6;

    if (length > 1 && text[1] == '/') {
        strbuf_append_char(out, '/');
        return 2;
    }
    if (unit >= 0xd800 && unit < 0xdc00)
        low = read_unit(text + 6, length - 6);
    if (low >= 0xdc00 && low < 0xe000) {
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        taken = 12;
    }
    if (unit < 0 || (unit >= 0xd800 && unit < 0xe000)) {
        taken = length > 1 ? 2 : 1;
        strbuf_append(out, text, taken);
        return taken;
    }
    escape_append(out, bytes, write_utf8(bytes, (uint32_t)unit));
    return taken;
}

/* The text with no escape but those that JSON needs, each in one form. */
static void resolve_escapes(struct strbuf *out, const char *text, size_t length)
{
    const char *end = text + length;

    strbuf_reset(out);
    while (text < end) {
        const char *escape = memchr(text, '\\', (size_t)(end - text));

        strbuf_append(out, text, (size_t)((escape ? escape : end) - text));
        if (!escape)
            return;
        text = escape + resolve_escape(out, escape, (size_t)(end - escape));
    }
}

/* The next k in either case, or end. Ids have none, so that a thousand of them cost little. */
static const char *next_k(const char *text, const char *end)
{
    const char *small = memchr(text, 'k', (size_t)(end - text));
    const char *capital;

    if (!small)
        small = end;
    capital = memchr(text, 'K', (size_t)(small - text));
    return capital ? capital : small;
}

/* The first byte behind the next name in the text, or NULL. */
static const char *next_name(const char *text, const char *end)
{
    const char *start = text;

    while (text < end) {
        const char *k = next_k(text, end);

        if (k - start >= NAME_K && end - k >= NAME_LENGTH - NAME_K &&
            (strncasecmp(k - NAME_K, "ClientToken", NAME_LENGTH) == 0 ||
             strncasecmp(k - NAME_K, "AccessToken", NAME_LENGTH) == 0))
            return k - NAME_K + NAME_LENGTH;
        text = k + 1;
    }
    return NULL;
}

/* strchr() for sets of a few characters. */
static bool is_any(const char *set, char c)
{
    while (*set && *set != c)
        set++;
    return *set == c;
}

static const char *skip_any(const char *text, const char *end, const char *set)
{
    while (text < end && is_any(set, *text))
        text++;
    return text;
}

static const char *skip_until(const char *text, const char *end, const char *set)
{
    while (text < end && !is_any(set, *text))
        text++;
    return text;
}

/* Where a string ends whose first character is at text: at its closing quote, or at the end. */
static const char *string_end(const char *text, const char *end, char quote)
{
    const char *close = memchr(text, quote, (size_t)(end - text));

    if (close && !memchr(text, '\\', (size_t)(close - text)))
        return close;
    while (text < end && *text != quote) {
        if (*text == '\\' && text + 1 < end)
            text++;
        text++;
    }
    return text;
}

/* The end of the array or object at text. */
static const char *nested_end(const char *text, const char *end)
{
    int depth = 0;

    for (; text < end; text++) {
        if (*text == '"')
            text = string_end(text + 1, end, '"');
        else if (*text == '[' || *text == '{')
            depth++;
        else if ((*text == ']' || *text == '}') && --depth == 0)
            return text + 1;
        if (text == end)
            break;
    }
    return end;
}

/* What stands for a secret, without its quotes. */
struct value {
    const char *start, *end;
    bool is_nested; /* an array or an object */
};

/*
 * Finds the value behind a name. False when none follows: the name was a word like others. Takes
 * "Name": , Name= and <Name> , and those in a JSON text that is itself a string of JSON.
 */
static bool find_value(const char *text, const char *end, struct value *value)
{
    bool is_inner;

    text = skip_any(text, end, "\"'\\ \t\r\n");
    if (text == end || !is_any(":=>", *text))
        return false;
    text = skip_any(text, end, ":=> \t\r\n");
    is_inner = end - text > 1 && *text == '\\' && text[1] == '"';
    text += is_inner;
    *value = (struct value){text, end, false};
    if (text == end)
        return true;
    if (*text == '[' || *text == '{') {
        *value = (struct value){text, nested_end(text, end), true};
    } else if (is_inner) {
        value->start = text + 1;
        value->end = skip_until(text + 1, end, "\"");
        value->end -= value->end > value->start && value->end[-1] == '\\';
    } else if (*text == '"' || *text == '\'') {
        value->start = text + 1;
        value->end = string_end(text + 1, end, *text);
    } else {
        value->end = skip_until(text, end, ",;&}<])\"' \t\r\n");
    }
    return true;
}

/* Adds a value as it is written, and as it is read. */
static void add_written(struct secrets *secrets, const char *text, size_t length)
{
    static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
    char read[SECRET_BYTES_MAX];
    size_t count = 0;

    add(secrets, text, length);
    if (!memchr(text, '\\', length))
        return;
    for (size_t i = 0; i < length && count < sizeof read; i++) {
        const char *letter = NULL;

        if (text[i] == '\\' && i + 1 < length)
            letter = strchr(letters, text[++i]);
        read[count++] = letter ? meant[letter - letters] : text[i];
    }
    add(secrets, read, count);
}

/* The texts of an array or object are secrets all of them. */
static void add_nested(struct secrets *secrets, const struct value *value)
{
    const char *text = value->start;

    while (text < value->end) {
        const char *start = skip_until(text, value->end, "\"") + 1;

        if (start >= value->end)
            return;
        text = string_end(start, value->end, '"');
        add_written(secrets, start, (size_t)(text - start));
        text++;
    }
}

/* Appends what is shown in place of a value, and adds it to the secrets. */
static void take_value(struct strbuf *out, const struct value *value, struct secrets *secrets)
{
    size_t length = (size_t)(value->end - value->start);

    if (value->is_nested) {
        add_nested(secrets, value);
        strbuf_append_text(out, "\"" ELLIPSIS "\"");
    } else if (length == 4 && memcmp(value->start, "null", 4) == 0) {
        strbuf_append(out, value->start, length);
    } else if (length > 0) {
        add_written(secrets, value->start, length);
        append_hint(out, value->start, length);
    }
}

/* Appends a piece of a body as far as it is needed. */
static void append_needed(struct strbuf *out, const char *from, const char *to, size_t needed_bytes)
{
    size_t length = (size_t)(to - from);
    size_t room = needed_bytes > out->length ? needed_bytes - out->length : 0;

    strbuf_append(out, from, length < room ? length : room);
}

/* Appends the beginning of a body without the values that stand under their name. */
static void redact_named(struct strbuf *out, const char *text, size_t length, size_t needed_bytes,
                         struct secrets *secrets)
{
    const char *end = text + length, *name;
    struct value value;

    while ((name = next_name(text, end))) {
        if (!find_value(name, end, &value)) {
            append_needed(out, text, name, needed_bytes);
            text = name;
            continue;
        }
        append_needed(out, text, value.start, needed_bytes);
        if (out->length < needed_bytes)
            take_value(out, &value, secrets);
        else
            add_written(secrets, value.start, (size_t)(value.end - value.start));
        text = value.end;
    }
    append_needed(out, text, end, needed_bytes);
}

void redact_body(struct strbuf *out, const char *body, size_t length, size_t max_bytes,
                 struct secrets *secrets)
{
    struct strbuf *named = &secrets->named;

    if (length == 0 || memchr(body, '\0', length))
        return;
    if (memchr(body, '\\', length)) {
        resolve_escapes(&secrets->canonical, body, length);
        body = secrets->canonical.data;
        length = secrets->canonical.length;
    }
    strbuf_reset(named);
    redact_named(named, body, length, max_bytes + SECRET_BYTES_MAX, secrets);
    redact_text(out, strbuf_text(named), named->length, secrets);
}

/* How many bytes of a secret the text begins with, if that is all of it or enough to tell. */
static size_t match_length(const char *text, size_t length, const char *secret,
                           size_t secret_length)
{
    size_t same = 0, least = secret_length < SECRET_BYTES_PART ? secret_length : SECRET_BYTES_PART;

    while (same < length && same < secret_length && text[same] == secret[same])
        same++;
    return same >= least ? same : 0;
}

/*
 * The first place of a secret in the text, or NULL; *match is how long it is there. memmem() costs
 * more than this on texts that are as short as ours.
 */
static const char *find_secret(const char *text, size_t length, const char *secret,
                               size_t secret_length, size_t *match)
{
    const char *end = text + length;

    while ((text = memchr(text, secret[0], (size_t)(end - text)))) {
        *match = match_length(text, (size_t)(end - text), secret, secret_length);
        if (*match)
            return text;
        text++;
    }
    return NULL;
}

/* The first place of any secret. */
static const char *find_any(const char *text, size_t length, const struct secrets *secrets,
                            size_t *match)
{
    const char *first = NULL;

    *match = 0;
    for (size_t i = 0; i < secrets->count; i++) {
        size_t secret_length, other_match;
        const char *secret = secret_at(secrets, i, &secret_length);
        const char *place = find_secret(text, length, secret, secret_length, &other_match);

        if (place && (!first || place < first || (place == first && other_match > *match))) {
            first = place;
            *match = other_match;
        }
    }
    return first;
}

void redact_text(struct strbuf *out, const char *text, size_t length, const struct secrets *secrets)
{
    const char *end = text + length, *place;
    size_t match;

    while ((place = find_any(text, (size_t)(end - text), secrets, &match))) {
        strbuf_append(out, text, (size_t)(place - text));
        append_hint(out, place, match);
        text = place + match;
    }
    strbuf_append(out, text, (size_t)(end - text));
}

/* True when the '=' at place belongs to a parameter that carries a signature. */
static bool is_signature(const char *text, const char *place)
{
    size_t before = (size_t)(place - text);

    return (before >= 4 && strncasecmp(place - 3, "sig", 3) == 0 && strchr("?&;", place[-4])) ||
           (before >= 9 && strncasecmp(place - 9, "signature", 9) == 0);
}

void redact_links(struct strbuf *out, const char *text, size_t length)
{
    const char *start = text, *end = text + length, *place;

    while (text < end && (place = memchr(text, '=', (size_t)(end - text)))) {
        place++;
        strbuf_append(out, text, (size_t)(place - text));
        text = place;
        if (is_signature(start, place - 1)) {
            strbuf_append_text(out, ELLIPSIS);
            text = skip_until(text, end, "&\"'<> \\");
        }
    }
    strbuf_append(out, text, (size_t)(end - text));
}
