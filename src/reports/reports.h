/*
 * reports: what is reported to people and programs, as text: the conduct of the client under test
 * as JSON, as plain text for a terminal, and as JUnit XML for build servers.
 */
#ifndef REPORTS_REPORTS_H
#define REPORTS_REPORTS_H

#include <stdint.h>

#include "base/strbuf.h"
#include "core/conduct.h"

/* What a report is about; borrowed. */
struct conduct_subject {
    struct store *store;
    const struct tenant *tenant; /* NULL: the whole server */
    int64_t now_real_ms;
    bool is_unknown; /* about an AccessToken that nobody has used: no finding */
};

/* How many findings there are of each level. */
struct conduct_totals {
    uint32_t counts[CONDUCT_LEVEL_COUNT];
    uint64_t dropped;
};

/* Counts the findings. */
struct conduct_totals conduct_count(const struct conduct_subject *subject);

/* Visits the findings; see conduct_report(). */
void conduct_visit(const struct conduct_subject *subject, conduct_visitor *visit, void *state);

/* Append the report. JSON is one object; the text ends with a line end; JUnit is a document. */
void conduct_write_json(struct strbuf *out, const struct conduct_subject *subject);
void conduct_write_text(struct strbuf *out, const struct conduct_subject *subject);
void conduct_write_junit(struct strbuf *out, const struct conduct_subject *subject);

#endif
