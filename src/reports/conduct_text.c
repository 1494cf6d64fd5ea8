#include <inttypes.h>

#include "base/timestamp.h"
#include "reports/tally.h"

static void append_evidence(struct strbuf *out, const struct finding *finding)
{
    char at[TIMESTAMP_MILLIS_LENGTH];

    strbuf_append_text(out, "         seen in ");
    for (uint32_t i = 0; i < finding->evidence_count; i++) {
        timestamp_write_millis(at, finding->evidence[i].at_ms);
        strbuf_appendf(out, "%srequest %" PRIu64 " at %.*s", i ? ", " : "",
                       finding->evidence[i].number, TIMESTAMP_MILLIS_LENGTH, at);
    }
    if (finding->count > finding->evidence_count)
        strbuf_appendf(out, " and %u more", finding->count - finding->evidence_count);
    strbuf_append_text(out, "\n");
}

static void append_finding(const struct tenant *tenant, const struct finding *finding, void *state)
{
    const struct conduct_rule_entry *rule = &conduct_rules[finding->rule];
    struct strbuf *out = state;
    char token[TOKEN_HINT_SIZE];
    char id[UUID_LENGTH];

    tally_token(token, tenant);
    strbuf_appendf(out, "%-7s  %s: %s\n", conduct_level_name(rule->level), rule->id, rule->summary);
    if (finding->has_export) {
        uuid_write(id, &finding->export_id);
        strbuf_appendf(out, "         export %.*s", UUID_LENGTH, id);
        if (finding->file)
            strbuf_appendf(out, ", file %u", finding->file);
        strbuf_appendf(out, ": %s\n", finding->detail);
    } else {
        strbuf_appendf(out, "         %s\n", finding->detail);
    }
    append_evidence(out, finding);
    strbuf_appendf(out, "         why it matters: %s\n", rule->why);
    strbuf_appendf(out, "         source: %s\n", rule->source);
    if (*token)
        strbuf_appendf(out, "         AccessToken %s\n", token);
}

static void append_count(struct strbuf *out, uint32_t count, const char *name)
{
    strbuf_appendf(out, "%u %s%s", count, name, count == 1 ? "" : "s");
}

void conduct_write_text(struct strbuf *out, const struct conduct_subject *subject)
{
    struct conduct_totals totals = conduct_count(subject);

    strbuf_append_text(out, "Conduct: ");
    if (subject->is_unknown) {
        strbuf_append_text(out, "nobody has used this AccessToken\n");
        return;
    }
    if (!totals.counts[CONDUCT_ERROR] && !totals.counts[CONDUCT_WARNING] &&
        !totals.counts[CONDUCT_INFO]) {
        strbuf_append_text(out, "nothing to object to\n");
        return;
    }
    append_count(out, totals.counts[CONDUCT_ERROR], "error");
    strbuf_append_text(out, ", ");
    append_count(out, totals.counts[CONDUCT_WARNING], "warning");
    strbuf_appendf(out, ", %u info\n", totals.counts[CONDUCT_INFO]);
    conduct_visit(subject, append_finding, out);
    if (totals.dropped)
        strbuf_appendf(out, "%" PRIu64 " more findings were not kept\n", totals.dropped);
}
