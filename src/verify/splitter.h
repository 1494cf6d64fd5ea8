/*
 * splitter: cuts the bytes of a file into rows, as they come in. A file holds a row a line, or is
 * one JSON array of rows. A byte order mark, CRLF and blank lines are taken and counted.
 */
#ifndef VERIFY_SPLITTER_H
#define VERIFY_SPLITTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

/* Of a longer row only so many bytes are looked at; rows of the API have some hundred. */
#define VERIFY_ROW_MAX_BYTES ((size_t)4 << 20)

/* A row where it was found; bytes are borrowed for the call and without the end of the line. */
struct verify_row {
    const char *bytes;
    size_t length;
    uint64_t line; /* from 1; in an array, where the row begins */
    uint64_t offset_bytes;
    bool is_too_long; /* there was more of it */
    bool is_last;     /* the file ends in it, without the end of a line */
};

/* What is unusual about files, though their rows may be whole. */
struct verify_oddities {
    uint64_t byte_order_marks;
    uint64_t crlf_lines;
    uint64_t blank_lines;
    uint64_t arrays;
};

/* How the file at hand is made. */
enum splitter_form { SPLITTER_UNKNOWN, SPLITTER_LINES, SPLITTER_ARRAY, SPLITTER_BEHIND_ARRAY };

/* Where the splitter is in a file. Release it with splitter_release(). */
struct splitter {
    void (*take)(void *state, const struct verify_row *row);
    void *state;
    struct verify_oddities *oddities; /* counted on; borrowed */
    enum splitter_form form;
    struct strbuf part; /* of a row that began in an earlier piece */
    bool is_too_long;
    uint64_t offset_bytes;     /* of the next byte */
    uint64_t line;             /* the next byte is in */
    uint64_t row_offset_bytes; /* where part begins */
    uint64_t row_line;
    size_t mark_count; /* bytes of a byte order mark that were seen */
    size_t depth;      /* in an array: of what is open in the row */
    bool in_string;
    bool is_escaped;
};

/* Begins with no file; take gets the rows. */
void splitter_init(struct splitter *splitter, struct verify_oddities *oddities,
                   void (*take)(void *state, const struct verify_row *row), void *state);
void splitter_release(struct splitter *splitter);

/* Begins a file. */
void splitter_begin(struct splitter *splitter);

/* Takes the next bytes of the file. */
void splitter_feed(struct splitter *splitter, const char *bytes, size_t length);

/* Ends the file: what is left is a row, too. */
void splitter_end(struct splitter *splitter);

#endif
