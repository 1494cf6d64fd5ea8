#include "json/mistake.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/excerpt.h"

/* A line and column, both from 1, as a text by value. */
struct spot {
    char text[64];
};

static struct spot spot_of(const struct json_place *place, size_t offset)
{
    struct spot spot;
    size_t line = 1, column = 1;

    for (size_t i = 0; i < offset; i++) {
        unsigned char c = (unsigned char)place->text[i];

        if (c == '\n') {
            line++;
            column = 1;
        } else if ((c & 0xc0) != 0x80) {
            column++; /* the first byte of a character */
        }
    }
    snprintf(spot.text, sizeof spot.text, "line %zu, column %zu", line, column);
    return spot;
}

/* The byte at the place, or NUL at the end. */
static char byte_at(const struct json_place *place)
{
    return place->at < place->length ? place->text[place->at] : '\0';
}

size_t json_word_length(const struct json_place *place)
{
    size_t end = place->at;

    while (end < place->length &&
           (isalnum((unsigned char)place->text[end]) || place->text[end] == '_'))
        end++;
    return end - place->at;
}

/* Quotes the word at the place, or its one character. */
static struct excerpt word_at(const struct json_place *place)
{
    size_t length = json_word_length(place);

    if (length == 0)
        length = place->at < place->length;
    while (length < 4 && place->at + length < place->length &&
           ((unsigned char)place->text[place->at + length] & 0xc0) == 0x80)
        length++;
    return excerpt(place->text + place->at, length);
}

enum status json_mistake(const struct json_place *place, struct error *err, const char *what)
{
    return error_set(err, STATUS_MALFORMED, NULL, "%s: %s", spot_of(place, place->at).text, what);
}

enum status json_too_much(const struct json_place *place, struct error *err, const char *what)
{
    return error_set(err, STATUS_LIMIT, NULL, "%s: %s", spot_of(place, place->at).text, what);
}

enum status json_mistake_unclosed_string(const struct json_place *place, size_t opened_at,
                                         struct error *err)
{
    return error_set(err, STATUS_MALFORMED, NULL,
                     "%s: a string begins here and is not closed%s: end it with a double quote",
                     spot_of(place, opened_at).text,
                     place->at < place->length ? " on its line" : "");
}

enum status json_mistake_control(const struct json_place *place, struct error *err)
{
    unsigned char c = (unsigned char)byte_at(place);
    char escape[8];

    if (c == '\0')
        return json_mistake(place, err, "a NUL byte in a string");
    if (c == '\t' || c == '\r')
        snprintf(escape, sizeof escape, "\\%c", c == '\t' ? 't' : 'r');
    else
        snprintf(escape, sizeof escape, "\\u%04x", c);
    return error_set(err, STATUS_MALFORMED, NULL, "%s: a control character in a string: write %s",
                     spot_of(place, place->at).text, escape);
}

/* Mistakes that are the same wherever something is expected; NULL when it is another. */
static const char *find_common_mistake(const struct json_place *place)
{
    switch (byte_at(place)) {
    case '/':
    case '#':
        return "comments are not allowed in JSON: remove it";
    case '\'':
        return "single quotes: JSON takes double quotes only";
    case ',':
        return "a comma without a value before it: remove it";
    default:
        return NULL;
    }
}

/* True when the last thing before the place, white space aside, is a comma. */
static bool follows_comma(const struct json_place *place)
{
    size_t at = place->at;

    while (at > 0 && strchr(" \t\r\n", place->text[at - 1]))
        at--;
    return at > 0 && place->text[at - 1] == ',';
}

/* What a bracket means where a name or value is expected; NULL when no closing bracket is there. */
static const char *find_bracket_mistake(const struct json_place *place)
{
    char c = byte_at(place);

    if (c != '}' && c != ']')
        return NULL;
    if (follows_comma(place))
        return c == '}' ? "a comma before }: remove it" : "a comma before ]: remove it";
    return c == '}' ? "a value is missing before }" : "a value is missing before ]";
}

/* The JSON spelling of what other languages write; NULL for anything else. */
static const char *find_spelling(const struct json_place *place)
{
    static const char *const spellings[][2] = {
        {"true", "true"}, {"false", "false"},    {"null", "null"}, {"none", "null"},
        {"nil", "null"},  {"undefined", "null"}, {"nan", "null"},  {"infinity", "null"},
        {"yes", "true"},  {"no", "false"},
    };
    size_t length = json_word_length(place);

    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        if (strlen(spellings[i][0]) == length &&
            strncasecmp(spellings[i][0], place->text + place->at, length) == 0)
            return spellings[i][1];
    }
    return NULL;
}

enum status json_mistake_value(const struct json_place *place, struct error *err)
{
    const char *what = find_common_mistake(place);
    const char *spelling = find_spelling(place);
    char c = byte_at(place);

    if (!what)
        what = find_bracket_mistake(place);
    if (!what && c == '+')
        what = "a number must not begin with +: leave it out";
    if (!what && c == '.')
        what = "a number must not begin with a point: write 0.5, not .5";
    if (what)
        return json_mistake(place, err, what);
    if (spelling)
        return error_set(err, STATUS_MALFORMED, NULL, "%s: %s is not JSON: write %s",
                         spot_of(place, place->at).text, word_at(place).text, spelling);
    if (isalpha((unsigned char)c))
        return error_set(err, STATUS_MALFORMED, NULL,
                         "%s: %s is not JSON: put text in double quotes",
                         spot_of(place, place->at).text, word_at(place).text);
    return error_set(err, STATUS_MALFORMED, NULL, "%s: a value is expected, but %s is there",
                     spot_of(place, place->at).text, word_at(place).text);
}

enum status json_mistake_name(const struct json_place *place, struct error *err)
{
    const char *what = find_common_mistake(place);

    if (!what)
        what = find_bracket_mistake(place);
    if (what)
        return json_mistake(place, err, what);
    if (json_word_length(place) > 0)
        return error_set(err, STATUS_MALFORMED, NULL, "%s: put the name in double quotes: %s",
                         spot_of(place, place->at).text, word_at(place).text);
    return error_set(err, STATUS_MALFORMED, NULL,
                     "%s: a name in double quotes is expected, but %s is there",
                     spot_of(place, place->at).text, word_at(place).text);
}

enum status json_mistake_end(const struct json_place *place, char opened, struct error *err)
{
    char c = byte_at(place);
    const char *what = c == ',' ? NULL : find_common_mistake(place);

    if (!what && (c == '"' || c == '{' || c == '[' || c == '-' || isdigit((unsigned char)c)))
        what = "a comma is missing before this";
    if (!what && c == ':')
        what = opened == '[' ? "a colon in an array: names and values stand in an object, {...}"
                             : "a second colon after a name";
    if (what)
        return json_mistake(place, err, what);
    return error_set(err, STATUS_MALFORMED, NULL, "%s: a comma or %c is expected, but %s is there",
                     spot_of(place, place->at).text, opened == '{' ? '}' : ']',
                     word_at(place).text);
}

enum status json_mistake_cut(const struct json_place *place, size_t opened_at, struct error *err)
{
    char opened = place->text[opened_at];

    return error_set(err, STATUS_MALFORMED, NULL,
                     "%s: the text ends here, but the %s that begins at %s is not closed with %c",
                     spot_of(place, place->length).text, opened == '{' ? "object" : "array",
                     spot_of(place, opened_at).text, opened == '{' ? '}' : ']');
}

enum status json_mistake_empty(struct error *err)
{
    return error_set(err, STATUS_MALFORMED, NULL,
                     "empty, but a JSON value is expected, for example {}");
}

enum status json_check_encoding(const struct json_place *place, struct error *err)
{
    const char *text = place->text;
    size_t length = place->length;

    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        return json_mistake(place, err,
                            "a byte order mark: save or send the text as UTF-8 without one");
    if (length >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0 ||
                        (text[0] == '\0') != (text[1] == '\0')))
        return json_mistake(place, err, "this looks like UTF-16: JSON is UTF-8");
    return STATUS_OK;
}
