/* The report for machines. */
#include "json/writer.h"
#include "verify/report.h"

static void write_total(struct json_writer *json, const char *name, const struct side_total *total)
{
    json_begin_object(json, name);
    json_write_u64(json, "fileCount", total->file_count);
    json_write_u64(json, "rowCount", total->row_count);
    json_write_u64(json, "bytes", total->total_bytes);
    json_end_object(json);
}

static void write_place(struct json_writer *json, const char *name,
                        const struct verify_files *files, const struct row_place *at)
{
    json_begin_object(json, name);
    json_write_text(json, "file", files->name(files->state, at->file));
    json_write_u64(json, "line", at->line);
    json_write_u64(json, "offset", at->offset_bytes);
    json_write_u64(json, "length", at->length);
    json_end_object(json);
}

static void write_finding(const struct report_subject *subject, struct json_writer *json,
                          enum finding_kind kind, const struct finding *finding)
{
    bool is_expected = kind == FINDING_MISSING;
    bool is_first = kind == FINDING_DOUBLED;

    json_begin_object(json, NULL);
    write_place(json, is_expected ? "exported" : "collected",
                is_expected ? subject->expected : subject->collected, &finding->at);
    if (finding->has_other)
        write_place(json, is_first ? "first" : "exported",
                    is_first ? subject->collected : subject->expected, &finding->other);
    if (kind == FINDING_DAMAGED) {
        json_write_u64(json, "differsAt", finding->at.offset_bytes + finding->differs_at);
        json_write_text(json, "reason", strbuf_text(&finding->reason));
    }
    json_write_text(json, "excerpt", strbuf_text(&finding->found));
    if (finding->wanted.length)
        json_write_text(json, "expectedExcerpt", strbuf_text(&finding->wanted));
    if (finding->has_holder)
        json_write_uuid(json, "heldBy", &finding->holder);
    json_end_object(json);
}

static void write_kind(const struct report_subject *subject, struct json_writer *json,
                       enum finding_kind kind)
{
    const struct findings *findings = subject->findings;

    json_begin_object(json, finding_kind_name(kind));
    json_write_u64(json, "count", findings->counts[kind]);
    json_begin_array(json, "first");
    for (size_t i = 0; i < findings->shown_count[kind]; i++)
        write_finding(subject, json, kind, &findings->shown[kind][i]);
    json_end_array(json);
    json_end_object(json);
}

static void write_missing_files(const struct report_subject *subject, struct json_writer *json)
{
    json_begin_array(json, "missingByFile");
    for (size_t i = 0; i < subject->expected->count; i++) {
        const struct missing_file *file = &subject->findings->files[i];

        if (file->missing_count == 0)
            continue;
        json_begin_object(json, NULL);
        json_write_text(json, "file", subject->expected->name(subject->expected->state, i));
        json_write_u64(json, "rowCount", file->row_count);
        json_write_u64(json, "missingCount", file->missing_count);
        json_write_u64(json, "firstLine", file->first.line);
        json_write_u64(json, "lastLine", file->last.line);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_troubles(struct json_writer *json, const struct strbuf *troubles)
{
    json_begin_array(json, "troubles");
    for (const char *at = strbuf_text(troubles); *at;) {
        size_t length = strcspn(at, "\n");

        json_write_text_n(json, NULL, at, length);
        at += length + 1;
    }
    json_end_array(json);
}

static void write_downloads(const struct report_subject *subject, struct json_writer *json)
{
    json_begin_array(json, "downloads");
    for (size_t i = 0; subject->downloads && i < subject->downloads->count; i++) {
        const struct download_history *history = &subject->downloads->files[i];

        json_begin_object(json, NULL);
        json_write_text(json, "file",
                        subject->expected->name(subject->expected->state, history->file));
        json_write_u64(json, "soundCount", history->sound_count);
        json_write_u64(json, "troubledCount", history->troubled_count);
        write_troubles(json, &history->troubles);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_notes(const struct findings *findings, struct json_writer *json)
{
    json_begin_object(json, "notes");
    json_write_u64(json, "supersededRows", findings->superseded_count);
    json_write_u64(json, "jsonArrays", findings->oddities.arrays);
    json_write_u64(json, "byteOrderMarks", findings->oddities.byte_order_marks);
    json_write_u64(json, "crlfLines", findings->oddities.crlf_lines);
    json_write_u64(json, "blankLines", findings->oddities.blank_lines);
    json_end_object(json);
}

void report_write_json(const struct report_subject *subject, struct strbuf *out)
{
    const struct findings *findings = subject->findings;
    struct json_writer json = json_writer(out);

    json_begin_object(&json, NULL);
    json_write_bool(&json, "complete", findings_are_none(findings));
    write_total(&json, "exported", &findings->totals[VERIFY_EXPECTED]);
    write_total(&json, "collected", &findings->totals[VERIFY_COLLECTED]);
    for (int kind = 0; kind < FINDING_KIND_COUNT; kind++)
        write_kind(subject, &json, (enum finding_kind)kind);
    write_missing_files(subject, &json);
    write_downloads(subject, &json);
    write_notes(findings, &json);
    json_end_object(&json);
    strbuf_append_char(out, '\n');
}
