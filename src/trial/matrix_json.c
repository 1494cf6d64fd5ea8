#include <string.h>

#include "json/writer.h"
#include "trial/matrix.h"

static void write_seconds(struct json_writer *json, int64_t took_real_ms)
{
    json_write_double(json, "seconds", (double)took_real_ms / 1000);
}

static void write_conduct(struct json_writer *json, const struct cell *cell)
{
    json_begin_object(json, "conduct");
    json_write_u64(json, "errors", cell->conduct.counts[CONDUCT_ERROR]);
    json_write_u64(json, "warnings", cell->conduct.counts[CONDUCT_WARNING]);
    json_write_u64(json, "infos", cell->conduct.counts[CONDUCT_INFO]);
    json_begin_array(json, "rules");
    for (int i = 0; i < CONDUCT_RULE_COUNT; i++) {
        if (cell->rules >> i & 1u)
            json_write_text(json, NULL, conduct_rules[i].id);
    }
    json_end_array(json);
    json_end_object(json);
}

static void write_rows(struct json_writer *json, const struct collected *collected)
{
    if (!collected->is_there) {
        json_write_null(json, "rows");
        return;
    }
    json_begin_object(json, "rows");
    json_write_u64(json, "expected", collected->expected_count);
    json_write_u64(json, "collected", collected->row_count);
    json_write_u64(json, "missing", collected->missing_count);
    json_write_u64(json, "doubled", collected->doubled_count);
    json_write_u64(json, "damaged", collected->damaged_count);
    json_write_u64(json, "foreign", collected->foreign_count);
    json_end_object(json);
}

static void write_reasons(struct json_writer *json, const char *lines)
{
    json_begin_array(json, "reasons");
    while (*lines) {
        size_t length = strcspn(lines, "\n");

        json_write_text_n(json, NULL, lines, length);
        lines += length + (lines[length] == '\n');
    }
    json_end_array(json);
}

static void write_cell(struct json_writer *json, const struct cell *cell)
{
    json_begin_object(json, NULL);
    json_write_text(json, "scenario", cell->scenario);
    json_write_text(json, "verdict", cell->passed ? "passed" : "failed");
    json_write_text(json, "expect", cell_expectation_name(cell->expect));
    ending_write_json(json, "exit", cell->ending);
    write_conduct(json, cell);
    write_rows(json, &cell->collected);
    write_seconds(json, cell->took_real_ms);
    write_reasons(json, strbuf_text(&cell->reasons));
    json_write_text(json, "bundle", cell->bundle);
    json_write_text(json, "command", strbuf_text(&cell->command));
    json_end_object(json);
}

void matrix_write_json(struct strbuf *out, const struct matrix *matrix)
{
    struct json_writer json = json_writer(out);
    size_t passed = matrix_passed(matrix);

    json_begin_object(&json, NULL);
    json_write_text(&json, "verdict", matrix_is_passed(matrix) ? "passed" : "failed");
    json_write_u64(&json, "passed", passed);
    json_write_u64(&json, "failed", matrix->count - passed);
    json_write_u64(&json, "notRun", matrix->planned_count - matrix->count);
    write_seconds(&json, matrix->took_real_ms);
    json_begin_array(&json, "cells");
    for (size_t i = 0; i < matrix->count; i++)
        write_cell(&json, &matrix->cells[i]);
    json_end_array(&json);
    json_end_object(&json);
    strbuf_append_char(out, '\n');
}
