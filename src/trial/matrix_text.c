#include <inttypes.h>
#include <string.h>

#include "base/timestamp.h"
#include "trial/matrix.h"

#define NAME_COLUMNS_MIN 8 /* the heading's */

/* Appends so much as there are columns of the text, plain ASCII; anything else becomes '?'. */
static void append_name(struct strbuf *out, const char *name, size_t width)
{
    size_t columns = 0;

    for (; *name; name++, columns++)
        strbuf_append_char(out, *name >= ' ' && *name < 0x7f ? *name : '?');
    for (; columns < width; columns++)
        strbuf_append_char(out, ' ');
}

static size_t name_width(const struct matrix *matrix)
{
    size_t width = NAME_COLUMNS_MIN;

    for (size_t i = 0; i < matrix->count; i++) {
        size_t length = strlen(matrix->cells[i].scenario);

        width = length > width ? length : width;
    }
    return width;
}

/* "0", "3", "KILL", "time-out" */
static void append_ending(struct strbuf *out, struct ending ending)
{
    const char *name = ending.kind == ENDED_BY_SIGNAL ? sigabbrev_np(ending.code) : NULL;

    if (ending.kind == ENDED_BY_TIMEOUT)
        strbuf_append_text(out, "timeout");
    else if (name)
        strbuf_append_text(out, name);
    else
        strbuf_appendf(out, "%d", ending.code);
}

/* "2 errors, 1 warning"; what is not there is left out. */
static void append_conduct(struct strbuf *out, const struct conduct_totals *totals)
{
    static const char *const names[] = {"error", "warning", "info"};
    const char *lead = "";

    for (int level = 0; level < CONDUCT_LEVEL_COUNT; level++) {
        uint32_t count = totals->counts[level];

        if (count == 0)
            continue;
        if (level == CONDUCT_INFO && *lead)
            break;
        strbuf_appendf(out, "%s%" PRIu32 " %s%s", lead, count, names[level],
                       count == 1 || level == CONDUCT_INFO ? "" : "s");
        lead = ", ";
    }
    if (!*lead)
        strbuf_append_char(out, '-');
}

static uint64_t right_rows(const struct collected *collected)
{
    uint64_t wrong = collected->damaged_count + collected->doubled_count + collected->foreign_count;

    return wrong < collected->row_count ? collected->row_count - wrong : 0;
}

/* "300", or, when they are not the same rows, how many of them are right: "120/300". */
static void append_rows(struct strbuf *out, const struct collected *collected)
{
    if (!collected->is_there)
        strbuf_append_char(out, '-');
    else if (collected->is_complete)
        strbuf_appendf(out, "%" PRIu64, collected->expected_count);
    else
        strbuf_appendf(out, "%" PRIu64 "/%" PRIu64, right_rows(collected),
                       collected->expected_count);
}

static void append_seconds(struct strbuf *out, int64_t took_real_ms)
{
    strbuf_appendf(out, "%" PRId64 ".%02d", took_real_ms / MS_PER_SECOND,
                   (int)(took_real_ms % MS_PER_SECOND / 10));
}

static void append_verdict(struct strbuf *out, bool passed, bool coloured)
{
    const char *word = passed ? "passed" : "FAILED";

    if (coloured)
        strbuf_appendf(out, "\033[%dm%s\033[0m", passed ? 32 : 31, word);
    else
        strbuf_append_text(out, word);
}

static void append_row(struct strbuf *out, const struct cell *cell, size_t width, bool coloured)
{
    struct strbuf ending = STRBUF_INIT, conduct = STRBUF_INIT, rows = STRBUF_INIT;

    append_ending(&ending, cell->ending);
    append_conduct(&conduct, &cell->conduct);
    append_rows(&rows, &cell->collected);
    append_name(out, cell->scenario, width);
    strbuf_appendf(out, "  %-7s  %7s  %-19s  %15s  ", cell_expectation_name(cell->expect),
                   strbuf_text(&ending), strbuf_text(&conduct), strbuf_text(&rows));
    append_verdict(out, cell->passed, coloured);
    strbuf_append_text(out, "  ");
    append_seconds(out, cell->took_real_ms);
    strbuf_append_char(out, '\n');
    strbuf_release(&ending);
    strbuf_release(&conduct);
    strbuf_release(&rows);
}

/* Appends lines, each with a lead before it. */
static void append_indented(struct strbuf *out, const char *lines)
{
    while (*lines) {
        size_t length = strcspn(lines, "\n");

        strbuf_append_text(out, "  ");
        strbuf_append(out, lines, length);
        strbuf_append_char(out, '\n');
        lines += length + (lines[length] == '\n');
    }
}

static void append_failure(struct strbuf *out, const struct cell *cell)
{
    strbuf_append_char(out, '\n');
    append_name(out, cell->scenario, 0);
    strbuf_append_text(out, " failed\n");
    append_indented(out, strbuf_text(&cell->reasons));
    if (cell->bundle)
        strbuf_appendf(out, "  bundle: %s\n", cell->bundle);
    strbuf_appendf(out, "  alone: %s\n", strbuf_text(&cell->command));
}

static void append_summary(struct strbuf *out, const struct matrix *matrix)
{
    size_t passed = matrix_passed(matrix);

    strbuf_appendf(out, "\n%zu of %zu passed", passed, matrix->planned_count);
    if (matrix->count > passed)
        strbuf_appendf(out, ", %zu failed", matrix->count - passed);
    if (matrix->planned_count > matrix->count)
        strbuf_appendf(out, ", %zu not run", matrix->planned_count - matrix->count);
    strbuf_append_text(out, ", in ");
    append_seconds(out, matrix->took_real_ms);
    strbuf_append_text(out, " s\n");
}

void matrix_write_text(struct strbuf *out, const struct matrix *matrix, bool coloured)
{
    size_t width = name_width(matrix);

    append_name(out, "scenario", width);
    strbuf_appendf(out, "  %-7s  %7s  %-19s  %15s  %s\n", "expects", "exit", "conduct", "rows",
                   "verdict seconds");
    for (size_t i = 0; i < matrix->count; i++)
        append_row(out, &matrix->cells[i], width, coloured);
    for (size_t i = 0; i < matrix->count; i++) {
        if (!matrix->cells[i].passed)
            append_failure(out, &matrix->cells[i]);
    }
    append_summary(out, matrix);
}
