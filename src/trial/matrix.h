/*
 * matrix: the result of a certification, as text for people, as JSON, and as JUnit XML.
 */
#ifndef TRIAL_MATRIX_H
#define TRIAL_MATRIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "trial/cell.h"

struct matrix {
    struct cell *cells; /* owned; of the scenarios that were run, in their order */
    size_t count;
    size_t planned_count; /* more than count when the certification was broken off */
    int64_t took_real_ms;
};

/* Frees the cells. */
void matrix_release(struct matrix *matrix);

/* How many cells passed. */
size_t matrix_passed(const struct matrix *matrix);

/* True when every scenario was run and passed. */
bool matrix_is_passed(const struct matrix *matrix);

/*
 * Appends a row for each scenario, then what is wrong with each that failed and the command that
 * runs it alone, then one line of summary. coloured: verdicts in green and red, for terminals.
 */
void matrix_write_text(struct strbuf *out, const struct matrix *matrix, bool coloured);

/* Appends one JSON object and a newline. */
void matrix_write_json(struct strbuf *out, const struct matrix *matrix);

/* Appends a JUnit document: a test case for each scenario. */
void matrix_write_junit(struct strbuf *out, const struct matrix *matrix);

#endif
