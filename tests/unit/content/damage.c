#include "damage.h"

#include <ctype.h>
#include <string.h>

uint64_t damage_row(const char *bytes, uint64_t size_bytes, uint64_t row)
{
    uint64_t at = 0;

    for (; row > 0; row--) {
        while (at < size_bytes && bytes[at] != '\n')
            at++;
        at += at < size_bytes;
    }
    return at;
}

uint64_t damage_row_count(const char *bytes, uint64_t size_bytes)
{
    uint64_t count = 0;

    for (uint64_t i = 0; i < size_bytes; i++)
        count += bytes[i] == '\n' || i + 1 == size_bytes;
    return count;
}

/* The end of a row's content: where its line end begins, or the file ends. */
static uint64_t content_end(const char *bytes, uint64_t size_bytes, uint64_t start)
{
    uint64_t at = start;

    while (at < size_bytes && bytes[at] != '\n')
        at++;
    return at < size_bytes && at > start && bytes[at - 1] == '\r' ? at - 1 : at;
}

/* Reads a string from behind its quote; gives where its closing quote is, and two letters. */
static uint64_t read_string(const char *row, uint64_t at, uint64_t length, uint64_t *letters)
{
    *letters = length;
    for (; at < length && row[at] != '"'; at++) {
        if (row[at] == '\\')
            at++;
        else if (at + 1 < length && isalpha((unsigned char)row[at]) &&
                 isalpha((unsigned char)row[at + 1]) && *letters == length)
            *letters = at;
    }
    return at;
}

/* Two letters of the first string value that has two, else of a name; length: none. */
static uint64_t find_letters(const char *row, uint64_t length)
{
    uint64_t in_name = length, letters;
    bool is_value = false;

    for (uint64_t at = 0; at < length; at++) {
        if (row[at] == '"') {
            at = read_string(row, at + 1, length, &letters);
            if (letters < length && is_value)
                return letters;
            if (letters < length && in_name == length)
                in_name = letters;
            is_value = false;
        } else if (strchr(":,{}", row[at]) && row[at]) {
            is_value = row[at] == ':';
        }
    }
    return in_name;
}

static void cut_in_utf8(const char *row, uint64_t length, char *out)
{
    uint64_t at;

    for (at = 0; at + 1 < length; at++) {
        if ((unsigned char)row[at] >= 0xC2 && (unsigned char)row[at] <= 0xF4 &&
            ((unsigned char)row[at + 1] & 0xC0) == 0x80) {
            out[at + 1] = '\n';
            return;
        }
    }
    at = find_letters(row, length);
    if (at < length) {
        out[at] = '\xC3';
        out[at + 1] = '\n';
    }
}

static uint64_t middle_of(const char *row, uint64_t length)
{
    uint64_t middle = length / 2;

    for (int i = 0; i < 3 && middle > 0 && ((unsigned char)row[middle] & 0xC0) == 0x80; i++)
        middle--;
    return middle;
}

/* Damages a row of so many bytes, line end not included. */
static void damage_content(enum corruption_how how, const char *row, uint64_t length, char *out)
{
    static const char page[] = "<html><head><title>502 Bad Gateway</title></head></html>";
    uint64_t middle = middle_of(row, length), page_length = sizeof page - 1;

    if (how == CORRUPT_CUT_IN_UTF8)
        cut_in_utf8(row, length, out);
    if (how == CORRUPT_CUT_ROW)
        memset(out + middle, ' ', length - middle);
    if (how == CORRUPT_NOT_JSON)
        memcpy(out, page, length < page_length ? length : page_length);
    if (how == CORRUPT_FLIP_BIT)
        out[middle] = (char)(out[middle] ^ '\x80');
    if (how == CORRUPT_NUL)
        out[middle] = 0;
}

static void damage_row_of(const struct corruption *corruption, const char *right,
                          uint64_t right_bytes, char *bytes)
{
    uint64_t start, end;

    if (corruption->row > damage_row_count(right, right_bytes))
        return;
    start = damage_row(right, right_bytes, corruption->row - 1);
    end = content_end(right, right_bytes, start);
    if (corruption->how == CORRUPT_NO_LINE_END) {
        for (; end < right_bytes && end < damage_row(right, right_bytes, corruption->row); end++)
            bytes[end] = ' ';
    } else if (end > start) {
        damage_content(corruption->how, right + start, end - start, bytes + start);
    }
}

void damage(const struct corruption *corruption, const char *right, uint64_t right_bytes,
            char *bytes, uint64_t *size_bytes)
{
    if (corruption->how == CORRUPT_NO_LAST_NEWLINE) {
        if (right_bytes > 0 && right[right_bytes - 1] == '\n')
            *size_bytes = right_bytes - 1;
    } else if (corruption->has_byte) {
        if (corruption->byte < right_bytes && corruption->how == CORRUPT_FLIP_BIT)
            bytes[corruption->byte] = (char)(bytes[corruption->byte] ^ '\x80');
        else if (corruption->byte < right_bytes)
            bytes[corruption->byte] = 0;
    } else if (corruption->row > 0 && corruption->how != CORRUPT_WRONG_SIZE) {
        damage_row_of(corruption, right, right_bytes, bytes);
    }
}
