#include "state/tape.h"

#include <string.h>

#include <zlib.h>

#include "base/hex.h"

#define SUM_DIGITS 8

/* What the JSON of the first line begins with. */
static const char first_words[] = " {\"exports-mock-state\":";

struct tape tape_begin(const char *text, size_t length)
{
    return (struct tape){.text = text, .length = length, .line = 1};
}

uint32_t tape_sum(uint32_t former, const char *line, size_t length)
{
    return (uint32_t)crc32_z(former, (const unsigned char *)line, length);
}

void tape_write_sum(char out[8], uint32_t sum)
{
    for (int i = SUM_DIGITS - 2; i >= 0; i -= 2, sum >>= 8)
        hex_write(out + i, (uint8_t)sum);
}

static bool is_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool tape_is_ours(const char *text, size_t length)
{
    size_t words = sizeof first_words - 1;

    for (size_t i = 0; i < length && i < SUM_DIGITS; i++) {
        if (!is_digit(text[i]))
            return false;
    }
    if (length <= SUM_DIGITS)
        return true;
    length -= SUM_DIGITS;
    return memcmp(text + SUM_DIGITS, first_words, length < words ? length : words) == 0;
}

static enum status refuse(const struct tape *tape, const char *what, struct error *err)
{
    return error_set(err, STATUS_MALFORMED, NULL,
                     "line %llu (byte %zu) %s: the file was damaged or edited; take a copy of "
                     "before, keep what stands before it (head -c %zu FILE > OTHER), or begin anew "
                     "with another file",
                     (unsigned long long)tape->line, tape->at, what, tape->at);
}

enum status tape_next(struct tape *tape, struct tape_record *out, bool *found, struct error *err)
{
    const char *line = tape->text + tape->at;
    const char *end = tape->at < tape->length ? memchr(line, '\n', tape->length - tape->at) : NULL;
    size_t length = end ? (size_t)(end - line) : 0;
    char digits[SUM_DIGITS];
    uint32_t sum;

    *found = end != NULL;
    if (!end)
        return STATUS_OK;
    if (length <= TAPE_FRAME_BYTES || (line[SUM_DIGITS] != ' ' && line[SUM_DIGITS] != '+'))
        return refuse(tape, "is no record", err);
    sum = tape_sum(tape->sum, line + SUM_DIGITS, length - SUM_DIGITS);
    tape_write_sum(digits, sum);
    if (memcmp(digits, line, SUM_DIGITS) != 0)
        return refuse(tape, "does not have its checksum", err);
    *out = (struct tape_record){line + TAPE_FRAME_BYTES, length - TAPE_FRAME_BYTES, tape->at,
                                tape->line, line[SUM_DIGITS] == '+'};
    tape->sum = sum;
    tape->at += length + 1;
    tape->line++;
    return STATUS_OK;
}

enum status tape_check(const char *text, size_t length, size_t *sound, uint32_t *sum,
                       struct error *err)
{
    struct tape tape = tape_begin(text, length);
    struct tape_record record;
    size_t sound_so_far = 0;
    uint32_t sum_so_far = 0;
    bool found;

    for (;;) {
        enum status status = tape_next(&tape, &record, &found, err);

        if (status != STATUS_OK)
            return status;
        if (!found)
            break;
        if (!record.more_follow) {
            sound_so_far = tape.at;
            sum_so_far = tape.sum;
        }
    }
    *sound = sound_so_far;
    *sum = sum_so_far;
    return STATUS_OK;
}
