/* The report for people. */
#include <inttypes.h>

#include "verify/report.h"

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static const char *file_name(const struct verify_files *files, uint32_t index)
{
    return files->name(files->state, index);
}

static void write_total(struct strbuf *out, const char *lead, const struct side_total *total)
{
    strbuf_appendf(out, "%s: %" PRIu64 " row%s in %" PRIu64 " file%s, %" PRIu64 " bytes\n", lead,
                   total->row_count, plural(total->row_count), total->file_count,
                   plural(total->file_count), total->total_bytes);
}

/* FILE:LINE:BYTE */
static void write_place(struct strbuf *out, const struct verify_files *files,
                        const struct row_place *at, uint64_t within_bytes)
{
    strbuf_appendf(out, "%s:%" PRIu64 ":%" PRIu64, file_name(files, at->file), at->line,
                   at->offset_bytes + within_bytes + 1);
}

/* "44 of its 1700 rows, lines 17 to 60" */
static void write_missing_file(struct strbuf *out, const struct verify_files *expected,
                               uint32_t index, const struct missing_file *file)
{
    strbuf_appendf(out, "  %s: ", file_name(expected, index));
    if (file->missing_count == file->row_count)
        strbuf_appendf(out, "all %" PRIu64 " of its rows\n", file->row_count);
    else if (file->missing_count == 1)
        strbuf_appendf(out, "1 of its %" PRIu64 " rows, line %" PRIu64 ", byte %" PRIu64 "\n",
                       file->row_count, file->first.line, file->first.offset_bytes + 1);
    else
        strbuf_appendf(
            out, "%" PRIu64 " of its %" PRIu64 " rows, between lines %" PRIu64 " and %" PRIu64 "\n",
            file->missing_count, file->row_count, file->first.line, file->last.line);
}

/* Which files of the exports lack rows: that tells what went wrong sooner than rows do. */
static void write_missing_files(const struct report_subject *subject, struct strbuf *out)
{
    size_t shown = 0, more = 0;

    for (size_t i = 0; i < subject->expected->count; i++) {
        const struct missing_file *file = &subject->findings->files[i];

        if (file->missing_count == 0)
            continue;
        if (shown < FINDINGS_SHOWN)
            write_missing_file(out, subject->expected, (uint32_t)i, file);
        shown++;
        more += shown > FINDINGS_SHOWN;
    }
    if (more > 0)
        strbuf_appendf(out, "  and %zu more file%s\n", more, plural(more));
}

static void write_finding(const struct report_subject *subject, struct strbuf *out,
                          enum finding_kind kind, const struct finding *finding)
{
    const struct verify_files *own =
        kind == FINDING_MISSING ? subject->expected : subject->collected;

    strbuf_append_text(out, kind == FINDING_MISSING ? "    " : "  ");
    write_place(out, own, &finding->at, finding->differs_at);
    if (kind == FINDING_DAMAGED) {
        strbuf_appendf(out, ": %s\n    has %s\n", strbuf_text(&finding->reason),
                       strbuf_text(&finding->found));
        if (!finding->has_other)
            return;
        strbuf_appendf(out, "    not %s, as ", strbuf_text(&finding->wanted));
        write_place(out, subject->expected, &finding->other, finding->differs_at);
    } else {
        strbuf_appendf(out, ": %s", strbuf_text(&finding->found));
    }
    if (kind == FINDING_DOUBLED) {
        strbuf_append_text(out, ", first at ");
        write_place(out, subject->collected, &finding->other, 0);
    }
    if (finding->has_holder) {
        char id[UUID_LENGTH];

        uuid_write(id, &finding->holder);
        strbuf_appendf(out, ", a row of export %.*s", UUID_LENGTH, id);
    }
    strbuf_append_char(out, '\n');
}

static void write_kind(const struct report_subject *subject, struct strbuf *out,
                       enum finding_kind kind, const char *what)
{
    const struct findings *findings = subject->findings;
    uint64_t count = findings->counts[kind];
    size_t shown = findings->shown_count[kind];

    if (count == 0)
        return;
    strbuf_appendf(out, "\n%s: %" PRIu64 " row%s %s\n", finding_kind_name(kind), count,
                   plural(count), what);
    if (kind == FINDING_MISSING)
        write_missing_files(subject, out);
    for (size_t i = 0; i < shown; i++)
        write_finding(subject, out, kind, &findings->shown[kind][i]);
    if (count > shown)
        strbuf_appendf(out, "  and %" PRIu64 " more\n", count - shown);
}

/* A line for each download that was not sound, or one that says that all were. */
static void write_history(const struct report_subject *subject, struct strbuf *out,
                          const struct download_history *history)
{
    const char *name = file_name(subject->expected, (uint32_t)history->file);
    const char *at = strbuf_text(&history->troubles);

    if (history->troubled_count == 0 && history->sound_count == 0)
        strbuf_appendf(out, "  %s: was never asked for, as far as the journal goes\n", name);
    else if (history->troubled_count == 0)
        strbuf_appendf(out, "  %s: was sent whole and without a fault, %zu time%s\n", name,
                       history->sound_count, plural(history->sound_count));
    while (*at) {
        size_t length = strcspn(at, "\n");

        strbuf_appendf(out, "  %s, %.*s\n", name, (int)length, at);
        at += length + 1;
    }
}

/* Why rows were lost, as far as the server knows. */
static void write_downloads(const struct report_subject *subject, struct strbuf *out)
{
    if (!subject->downloads || subject->downloads->count == 0)
        return;
    strbuf_append_text(out, "\ndownloads of these files\n");
    for (size_t i = 0; i < subject->downloads->count; i++)
        write_history(subject, out, &subject->downloads->files[i]);
}

static void write_note(struct strbuf *out, uint64_t count, const char *one, const char *several)
{
    if (count > 0)
        strbuf_appendf(out, "note: %" PRIu64 " %s\n", count, count == 1 ? one : several);
}

/* What is no difference. */
static void write_notes(const struct findings *findings, struct strbuf *out)
{
    const struct verify_oddities *oddities = &findings->oddities;

    write_note(out, findings->counts[FINDING_REWRITTEN],
               "row was rewritten: other bytes, but the same values",
               "rows were rewritten: other bytes, but the same values");
    write_note(out, findings->superseded_count,
               "row is in several exports in different states, of which one was collected",
               "rows are in several exports in different states, of which one was collected");
    write_note(out, oddities->arrays, "file is a JSON array", "files are JSON arrays");
    write_note(out, oddities->byte_order_marks, "file begins with a byte order mark",
               "files begin with a byte order mark");
    write_note(out, oddities->crlf_lines, "line ends in CRLF", "lines end in CRLF");
    write_note(out, oddities->blank_lines, "line is blank", "lines are blank");
}

static void write_verdict(const struct findings *findings, struct strbuf *out)
{
    const char *lead = "";

    if (findings_are_none(findings)) {
        strbuf_append_text(out, "all rows are there, once and whole\n");
        return;
    }
    for (int kind = 0; kind < FINDING_REWRITTEN; kind++) {
        if (findings->counts[kind] == 0)
            continue;
        strbuf_appendf(out, "%s%" PRIu64 " %s", lead, findings->counts[kind],
                       finding_kind_name((enum finding_kind)kind));
        lead = ", ";
    }
    strbuf_append_char(out, '\n');
}

void report_write_text(const struct report_subject *subject, struct strbuf *out)
{
    const struct findings *findings = subject->findings;

    write_total(out, "exported", &findings->totals[VERIFY_EXPECTED]);
    write_total(out, "collected", &findings->totals[VERIFY_COLLECTED]);
    write_kind(subject, out, FINDING_MISSING, "of the export not collected");
    write_kind(subject, out, FINDING_DAMAGED, "not as exported");
    write_kind(subject, out, FINDING_DOUBLED, "collected once too often");
    write_kind(subject, out, FINDING_FOREIGN, "of no export that was compared with");
    write_downloads(subject, out);
    strbuf_append_char(out, '\n');
    write_notes(findings, out);
    write_verdict(findings, out);
}
