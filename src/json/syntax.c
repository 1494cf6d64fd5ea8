#include "json/syntax.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/hex.h"
#include "base/escape.h"
#include "base/utf8.h"
#include "json/mistake.h"

/* What may come next. */
enum expected {
    EXPECT_VALUE,
    EXPECT_FIRST_ELEMENT, /* a value or ] */
    EXPECT_FIRST_NAME,    /* a name or } */
    EXPECT_NAME,
    EXPECT_END /* of a value was met: a comma or the closing bracket, or the end of the text */
};

struct checker {
    struct json_place place; /* where the check stands, for messages */
    enum expected expected;
    size_t depth;
    size_t opened_at[JSON_DEPTH_MAX]; /* offsets of the open brackets */
    size_t values_left;
};

static bool is_digit(const struct json_place *place)
{
    return place->at < place->length && place->text[place->at] >= '0' &&
           place->text[place->at] <= '9';
}

static void skip_white_space(struct json_place *place)
{
    while (place->at < place->length) {
        char c = place->text[place->at];

        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            break;
        place->at++;
    }
}

/* The four hex digits at offset `at`, or -1. */
static int32_t read_hex4(const struct json_place *place, size_t at)
{
    return hex_read(place->text + at, place->length - at, 4);
}

/* Checks \uXXXX, the place on the backslash; a pair of surrogates is taken as one. */
static enum status check_unicode_escape(struct json_place *place, struct error *err)
{
    int32_t value = read_hex4(place, place->at + 2), low;

    if (value < 0)
        return json_mistake(place, err, "\\u takes four hex digits, for example \\u00e9");
    if (value == 0)
        return json_mistake(place, err, "\\u0000 cannot stand in a string here");
    if (value >= 0xdc00 && value <= 0xdfff)
        return json_mistake(place, err, "the second half of a surrogate pair stands alone");
    if (value < 0xd800 || value > 0xdbff) {
        place->at += 6;
        return STATUS_OK;
    }
    low = place->length - place->at >= 12 && place->text[place->at + 6] == '\\' &&
                  place->text[place->at + 7] == 'u'
              ? read_hex4(place, place->at + 8)
              : -1;
    if (low < 0xdc00 || low > 0xdfff)
        return json_mistake(place, err, "the first half of a surrogate pair lacks its second");
    place->at += 12;
    return STATUS_OK;
}

/* Checks an escape, the place on the backslash. */
static enum status check_escape(struct json_place *place, struct error *err)
{
    char c = place->length - place->at >= 2 ? place->text[place->at + 1] : '\0';

    if (c == 'u')
        return check_unicode_escape(place, err);
    if (c == '\0' || !strchr("\"\\/bfnrt", c))
        return json_mistake(place, err, "unknown escape: write \\\\ for a backslash itself");
    place->at += 2;
    return STATUS_OK;
}

/* Checks a string, the place on its opening quote. */
static enum status check_string(struct json_place *place, struct error *err)
{
    size_t opened_at = place->at++;

    for (;;) {
        size_t step;

        place->at += escape_clean_length(place->text + place->at, place->length - place->at);
        if (place->at == place->length || place->text[place->at] == '\n')
            return json_mistake_unclosed_string(place, opened_at, err);
        if (place->text[place->at] == '"')
            break;
        if (place->text[place->at] == '\\') {
            enum status status = check_escape(place, err);

            if (status != STATUS_OK)
                return status;
            continue;
        }
        if ((unsigned char)place->text[place->at] < 0x20)
            return json_mistake_control(place, err);
        step = utf8_character(place->text + place->at, place->length - place->at);
        if (step == 0)
            return json_mistake(place, err, "a byte that is not UTF-8");
        place->at += step;
    }
    place->at++;
    return STATUS_OK;
}

static void skip_digits(struct json_place *place)
{
    while (is_digit(place))
        place->at++;
}

static bool skip_char(struct json_place *place, const char *any_of)
{
    if (place->at == place->length || !place->text[place->at] ||
        !strchr(any_of, place->text[place->at]))
        return false;
    place->at++;
    return true;
}

/* Checks a number, the place on its first character. */
static enum status check_number(struct json_place *place, struct error *err)
{
    size_t began_at = place->at;

    skip_char(place, "-");
    if (!is_digit(place))
        return json_mistake(place, err, "a digit is missing after the minus");
    if (place->text[place->at] == '0') {
        place->at++;
        if (is_digit(place))
            return json_mistake(place, err, "a number must not begin with 0: leave the 0 out");
    }
    skip_digits(place);
    if (skip_char(place, ".") && !is_digit(place))
        return json_mistake(place, err, "a digit is missing after the decimal point");
    skip_digits(place);
    if (skip_char(place, "eE")) {
        skip_char(place, "+-");
        if (!is_digit(place))
            return json_mistake(place, err, "a digit is missing in the exponent");
        skip_digits(place);
    }
    if (place->at - began_at > JSON_NUMBER_LENGTH_MAX) {
        place->at = began_at;
        return json_mistake(place, err, "a number of more than 63 characters");
    }
    return STATUS_OK;
}

/* Checks true, false or null; letters that are none of them are a mistake. */
static enum status check_literal(struct json_place *place, struct error *err)
{
    static const char *const literals[] = {"true", "false", "null"};

    for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(literals[i]);

        if (place->length - place->at >= length &&
            memcmp(place->text + place->at, literals[i], length) == 0 &&
            json_word_length(place) == length) {
            place->at += length;
            return STATUS_OK;
        }
    }
    return json_mistake_value(place, err);
}

static enum status open_bracket(struct checker *checker, enum expected expected, struct error *err)
{
    if (checker->depth == JSON_DEPTH_MAX)
        return json_too_much(&checker->place, err,
                             "more than 32 objects and arrays in one another");
    checker->opened_at[checker->depth++] = checker->place.at++;
    checker->expected = expected;
    return STATUS_OK;
}

static void close_bracket(struct checker *checker)
{
    checker->place.at++;
    checker->depth--;
    checker->expected = EXPECT_END;
}

/* Checks the value that begins here, of an object or array only its opening bracket. */
static enum status check_value(struct checker *checker, struct error *err)
{
    struct json_place *place = &checker->place;
    char c = place->text[place->at];

    if (checker->values_left-- == 0)
        return json_too_much(place, err, "too many values");
    if (c == '{')
        return open_bracket(checker, EXPECT_FIRST_NAME, err);
    if (c == '[')
        return open_bracket(checker, EXPECT_FIRST_ELEMENT, err);
    checker->expected = EXPECT_END;
    if (c == '"')
        return check_string(place, err);
    if (c == '-' || is_digit(place))
        return check_number(place, err);
    return check_literal(place, err);
}

/* Checks a name and its colon. */
static enum status check_name(struct checker *checker, struct error *err)
{
    struct json_place *place = &checker->place;
    enum status status;

    if (place->text[place->at] != '"')
        return json_mistake_name(place, err);
    status = check_string(place, err);
    if (status != STATUS_OK)
        return status;
    skip_white_space(place);
    if (place->at == place->length)
        return STATUS_OK; /* the caller sees the end */
    if (place->text[place->at] != ':')
        return json_mistake(place, err, "a colon is missing after the name");
    place->at++;
    checker->expected = EXPECT_VALUE;
    return STATUS_OK;
}

/* Checks what follows a value. */
static enum status check_end(struct checker *checker, struct error *err)
{
    struct json_place *place = &checker->place;
    char opened, c = place->text[place->at];

    if (checker->depth == 0)
        return json_mistake(place, err, "text after the end of the JSON value: remove it");
    opened = place->text[checker->opened_at[checker->depth - 1]];
    if (c == ',') {
        place->at++;
        checker->expected = opened == '{' ? EXPECT_NAME : EXPECT_VALUE;
        return STATUS_OK;
    }
    if (c != (opened == '{' ? '}' : ']'))
        return json_mistake_end(place, opened, err);
    close_bracket(checker);
    return STATUS_OK;
}

/* Checks the one thing that begins here; white space was skipped and the end is not reached. */
static enum status check_next(struct checker *checker, struct error *err)
{
    struct json_place *place = &checker->place;
    char c = place->text[place->at];

    switch (checker->expected) {
    case EXPECT_FIRST_ELEMENT:
    case EXPECT_FIRST_NAME:
        if (c == (checker->expected == EXPECT_FIRST_NAME ? '}' : ']')) {
            close_bracket(checker);
            return STATUS_OK;
        }
        return checker->expected == EXPECT_FIRST_NAME ? check_name(checker, err)
                                                      : check_value(checker, err);
    case EXPECT_NAME:
        return check_name(checker, err);
    case EXPECT_VALUE:
        return check_value(checker, err);
    default:
        return check_end(checker, err);
    }
}

enum status json_check_syntax(const char *text, size_t length, size_t values_max, struct error *err)
{
    struct checker checker = {.place = {text, length, 0}, .values_left = values_max};
    enum status status = json_check_encoding(&checker.place, err);

    while (status == STATUS_OK) {
        skip_white_space(&checker.place);
        if (checker.place.at == length)
            break;
        status = check_next(&checker, err);
    }
    if (status != STATUS_OK)
        return status;
    if (checker.depth > 0)
        return json_mistake_cut(&checker.place, checker.opened_at[checker.depth - 1], err);
    return checker.expected == EXPECT_END ? STATUS_OK : json_mistake_empty(err);
}
