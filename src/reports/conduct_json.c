#include "json/writer.h"
#include "reports/tally.h"

static void write_evidence(struct json_writer *json, const struct finding *finding)
{
    json_begin_array(json, "evidence");
    for (uint32_t i = 0; i < finding->evidence_count; i++) {
        json_begin_object(json, NULL);
        json_write_u64(json, "request", finding->evidence[i].number);
        json_write_millis(json, "at", finding->evidence[i].at_ms);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_finding(const struct tenant *tenant, const struct finding *finding, void *state)
{
    const struct conduct_rule_entry *rule = &conduct_rules[finding->rule];
    struct json_writer *json = state;
    char token[TOKEN_HINT_SIZE];

    tally_token(token, tenant);
    json_begin_object(json, NULL);
    json_write_text(json, "rule", rule->id);
    json_write_text(json, "level", conduct_level_name(rule->level));
    json_write_text(json, "summary", rule->summary);
    json_write_text(json, "detail", finding->detail);
    json_write_text(json, "why", rule->why);
    json_write_text(json, "source", rule->source);
    if (tenant)
        json_write_text(json, "accessToken", token);
    else
        json_write_null(json, "accessToken");
    if (finding->has_export)
        json_write_uuid(json, "exportId", &finding->export_id);
    else
        json_write_null(json, "exportId");
    if (finding->file)
        json_write_u64(json, "file", finding->file);
    else
        json_write_null(json, "file");
    json_write_u64(json, "count", finding->count);
    write_evidence(json, finding);
    json_end_object(json);
}

void conduct_write_json(struct strbuf *out, const struct conduct_subject *subject)
{
    struct conduct_totals totals = conduct_count(subject);
    struct json_writer json = json_writer(out);

    json_begin_object(&json, NULL);
    json_write_u64(&json, "errors", totals.counts[CONDUCT_ERROR]);
    json_write_u64(&json, "warnings", totals.counts[CONDUCT_WARNING]);
    json_write_u64(&json, "infos", totals.counts[CONDUCT_INFO]);
    json_write_u64(&json, "dropped", totals.dropped);
    json_begin_array(&json, "findings");
    conduct_visit(subject, write_finding, &json);
    json_end_array(&json);
    json_end_object(&json);
}
