#include <inttypes.h>

#include "base/timestamp.h"
#include "reports/tally.h"
#include "base/xml.h"

/* One rule of the report: its findings are the failures of one test case. */
struct rule_state {
    struct strbuf *out;
    enum conduct_rule rule;
    uint32_t count;
};

static void append_line(struct strbuf *out, const struct tenant *tenant,
                        const struct finding *finding)
{
    char token[TOKEN_HINT_SIZE], id[UUID_LENGTH], at[TIMESTAMP_MILLIS_LENGTH];

    tally_token(token, tenant);
    if (*token) {
        strbuf_append_text(out, "AccessToken ");
        xml_append(out, token);
        strbuf_append_text(out, ": ");
    }
    if (finding->has_export) {
        uuid_write(id, &finding->export_id);
        strbuf_appendf(out, "export %.*s: ", UUID_LENGTH, id);
    }
    if (finding->file)
        strbuf_appendf(out, "file %u: ", finding->file);
    xml_append(out, finding->detail);
    for (uint32_t i = 0; i < finding->evidence_count; i++) {
        timestamp_write_millis(at, finding->evidence[i].at_ms);
        strbuf_appendf(out, "; request %" PRIu64 " at %.*s", finding->evidence[i].number,
                       TIMESTAMP_MILLIS_LENGTH, at);
    }
    strbuf_append_char(out, '\n');
}

/* Errors and warnings are failures; info is output. */
static void append_finding(const struct tenant *tenant, const struct finding *finding, void *state)
{
    struct rule_state *rule = state;
    const struct conduct_rule_entry *entry = &conduct_rules[rule->rule];

    if (finding->rule != rule->rule)
        return;
    if (rule->count++ == 0 && entry->level == CONDUCT_INFO) {
        strbuf_append_text(rule->out, "<system-out>");
    } else if (rule->count == 1) {
        strbuf_appendf(rule->out, "<failure type=\"%s\" message=\"",
                       conduct_level_name(entry->level));
        xml_append(rule->out, entry->summary);
        strbuf_append_text(rule->out, "\">");
    }
    append_line(rule->out, tenant, finding);
}

static void append_rule(struct strbuf *out, const struct conduct_subject *subject,
                        enum conduct_rule which)
{
    const struct conduct_rule_entry *entry = &conduct_rules[which];
    struct rule_state rule = {out, which, 0};

    strbuf_appendf(out, "<testcase classname=\"exports-mock.conduct\" name=\"%s\">", entry->id);
    conduct_visit(subject, append_finding, &rule);
    if (rule.count)
        strbuf_append_text(out, entry->level == CONDUCT_INFO ? "</system-out>" : "</failure>");
    strbuf_append_text(out, "</testcase>\n");
}

static void mark(const struct tenant *tenant, const struct finding *finding, void *state)
{
    uint32_t *counts = state;

    (void)tenant;
    counts[finding->rule]++;
}

static uint32_t failed_rules(const struct conduct_subject *subject)
{
    uint32_t counts[CONDUCT_RULE_COUNT] = {0}, failed = 0;

    conduct_visit(subject, mark, counts);
    for (int i = 0; i < CONDUCT_RULE_COUNT; i++)
        failed += counts[i] > 0 && conduct_rules[i].level != CONDUCT_INFO;
    return failed;
}

void conduct_write_junit(struct strbuf *out, const struct conduct_subject *subject)
{
    uint32_t failed = failed_rules(subject);

    strbuf_append_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    strbuf_appendf(out, "<testsuites tests=\"%d\" failures=\"%u\">\n", CONDUCT_RULE_COUNT, failed);
    strbuf_appendf(out,
                   "<testsuite name=\"conduct\" tests=\"%d\" failures=\"%u\" errors=\"0\" "
                   "skipped=\"0\">\n",
                   CONDUCT_RULE_COUNT, failed);
    for (int i = 0; i < CONDUCT_RULE_COUNT; i++)
        append_rule(out, subject, (enum conduct_rule)i);
    strbuf_append_text(out, "</testsuite>\n</testsuites>\n");
}
