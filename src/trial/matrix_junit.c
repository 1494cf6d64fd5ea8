#include <inttypes.h>
#include <string.h>

#include "base/timestamp.h"
#include "base/xml.h"
#include "trial/matrix.h"

static void append_seconds(struct strbuf *out, int64_t took_real_ms)
{
    strbuf_appendf(out, "time=\"%" PRId64 ".%03d\"", took_real_ms / MS_PER_SECOND,
                   (int)(took_real_ms % MS_PER_SECOND));
}

/* The first reason is the message; the text has all of them. */
static void append_failure(struct strbuf *out, const struct cell *cell)
{
    const char *reasons = strbuf_text(&cell->reasons);
    struct strbuf first = STRBUF_INIT;

    strbuf_append(&first, reasons, strcspn(reasons, "\n"));
    strbuf_append_text(out, "<failure type=\"certify\" message=\"");
    xml_append(out, strbuf_text(&first));
    strbuf_append_text(out, "\">");
    xml_append(out, reasons);
    strbuf_append_text(out, "alone: ");
    xml_append(out, strbuf_text(&cell->command));
    strbuf_append_text(out, "\n</failure>");
    strbuf_release(&first);
}

static void append_cell(struct strbuf *out, const struct cell *cell)
{
    strbuf_append_text(out, "<testcase classname=\"exports-mock.certify\" name=\"");
    xml_append(out, cell->scenario);
    strbuf_append_text(out, "\" ");
    append_seconds(out, cell->took_real_ms);
    strbuf_append_char(out, '>');
    if (!cell->passed)
        append_failure(out, cell);
    strbuf_append_text(out, "</testcase>\n");
}

void matrix_write_junit(struct strbuf *out, const struct matrix *matrix)
{
    size_t failed = matrix->count - matrix_passed(matrix);

    strbuf_append_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    strbuf_appendf(out, "<testsuites tests=\"%zu\" failures=\"%zu\" ", matrix->count, failed);
    append_seconds(out, matrix->took_real_ms);
    strbuf_appendf(out,
                   ">\n<testsuite name=\"certify\" tests=\"%zu\" failures=\"%zu\" "
                   "errors=\"0\" skipped=\"0\" ",
                   matrix->count, failed);
    append_seconds(out, matrix->took_real_ms);
    strbuf_append_text(out, ">\n");
    for (size_t i = 0; i < matrix->count; i++)
        append_cell(out, &matrix->cells[i]);
    strbuf_append_text(out, "</testsuite>\n</testsuites>\n");
}
