/*
 * tape: the lines that a state file consists of. A record is a line:
 *
 *   1f2e3d4c {"Alive":1000}
 *
 * The eight digits are a CRC-32 of everything behind them on the line, begun with that of the line
 * before (0 for the first), so that a line that is changed, missing, doubled or moved is found out.
 * The character behind them is a blank, or '+' when the next record belongs to the same change:
 * what one request changed is there wholly or not at all. docs/state.md describes the format.
 */
#ifndef STATE_TAPE_H
#define STATE_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* Digits and mark before the JSON text. */
#define TAPE_FRAME_BYTES 9

/* Lines that are read one after the other; the text is borrowed. */
struct tape {
    const char *text;
    size_t length;
    size_t at;     /* offset of the next line */
    uint64_t line; /* its number, from 1 */
    uint32_t sum;  /* of the line before */
};

/* A line; borrowed. */
struct tape_record {
    const char *json;
    size_t length;
    size_t at;        /* offset of the line */
    uint64_t line;    /* its number, from 1 */
    bool more_follow; /* the next record belongs to the same change */
};

/* A tape before its first line. */
struct tape tape_begin(const char *text, size_t length);

/* The checksum of a line; the mark and the JSON text are length bytes at line. */
uint32_t tape_sum(uint32_t former, const char *line, size_t length);

/* Writes the eight digits of a checksum, no NUL. */
void tape_write_sum(char out[8], uint32_t sum);

/* True when text begins as the first line of a state file does, as far as it goes. */
bool tape_is_ours(const char *text, size_t length);

/*
 * Reads the next line; *found is false at the end and where only the beginning of a line is left.
 * STATUS_MALFORMED when a line is not as it was written; the message says which and what to do.
 */
enum status tape_next(struct tape *tape, struct tape_record *out, bool *found,
                      struct error *err) MUST_CHECK;

/*
 * Checks every line; *sound is how many bytes hold whole changes, *sum the checksum of the last
 * line of these. Behind them stands nothing, or what a process wrote when it was killed. Errors as
 * tape_next().
 */
enum status tape_check(const char *text, size_t length, size_t *sound, uint32_t *sum,
                       struct error *err) MUST_CHECK;

#endif
