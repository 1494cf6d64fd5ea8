#include "scenarios/write.h"

#include "core/stage.h"
#include "data/dataset.h"
#include "scenarios/parts.h"

static void write_stage(struct json_writer *json, const char *name, const struct stage *stage)
{
    struct strbuf text = STRBUF_INIT;

    stage_append(&text, stage);
    json_write_plain(json, name, text.data, text.length);
    strbuf_release(&text);
}

static void write_lifecycle(struct json_writer *json, const struct lifecycle_choice *choice)
{
    if (!lifecycle_says_something(choice))
        return;
    json_begin_object(json, "lifecycle");
    if (choice->has_pending)
        write_stage(json, "pending", &choice->pending);
    if (choice->has_processing)
        write_stage(json, "processing", &choice->processing);
    if (choice->has_outcome)
        json_write_text(json, "outcome", export_outcome_name(choice->outcome));
    if (choice->has_kept)
        write_duration(json, "expires", choice->kept_ms);
    if (choice->has_link_validity)
        write_duration(json, "linkValidity", choice->link_validity_ms);
    json_end_object(json);
}

static void write_rows(struct json_writer *json, const struct data_choice *choice)
{
    bool begun = false;

    for (int i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (!choice->has_rows[i])
            continue;
        if (!begun)
            json_begin_object(json, "rows");
        begun = true;
        json_write_i64(json, entity_name((enum entity_type)i), choice->rows[i]);
    }
    if (begun)
        json_end_object(json);
}

static void write_hazards(struct json_writer *json, const struct data_choice *choice)
{
    if (!choice->has_hazards)
        return;
    json_begin_array(json, "hazards");
    for (int i = 0; i < HAZARD_COUNT; i++) {
        if (hazard_in(choice->hazards, (enum dataset_hazard)i))
            json_write_text(json, NULL, hazard_table[i].name);
    }
    json_end_array(json);
}

static void write_data(struct json_writer *json, const struct data_choice *choice)
{
    if (!data_says_something(choice))
        return;
    json_begin_object(json, "data");
    if (choice->has_size)
        json_write_text(json, "size", dataset_size_name(choice->size));
    write_rows(json, choice);
    if (choice->has_max_file_bytes)
        json_write_u64(json, "maxFileSize", choice->max_file_bytes);
    write_hazards(json, choice);
    json_end_object(json);
}

static void write_export(struct json_writer *json, const struct export_rule *rule)
{
    json_begin_object(json, NULL);
    if (rule->entity_types || rule->nth.first) {
        json_begin_object(json, "match");
        write_entity_types(json, rule->entity_types);
        write_turns(json, "nth", rule->nth);
        json_end_object(json);
    }
    write_lifecycle(json, &rule->lifecycle);
    write_data(json, &rule->data);
    json_end_object(json);
}

static void write_exports(struct json_writer *json, const struct scenario *scenario)
{
    if (!scenario->export_count)
        return;
    json_begin_array(json, "exports");
    for (size_t i = 0; i < scenario->export_count; i++)
        write_export(json, &scenario->exports[i]);
    json_end_array(json);
}

static void write_rate(struct json_writer *json, const struct scenario *scenario)
{
    if (!scenario->has_rate)
        return;
    if (!scenario->rate.requests) {
        json_write_text(json, "rateLimit", "off");
        return;
    }
    json_begin_object(json, "rateLimit");
    json_write_u64(json, "requests", scenario->rate.requests);
    write_duration(json, "per", scenario->rate.window_ms);
    json_end_object(json);
}

static void write_planted(struct json_writer *json, const struct scenario *scenario)
{
    if (!scenario->planted_count)
        return;
    json_begin_array(json, "planted");
    for (size_t i = 0; i < scenario->planted_count; i++) {
        const struct planted_export *planted = &scenario->planted[i];

        json_begin_object(json, NULL);
        write_entity_types(json, planted->entity_types);
        json_write_text(json, "status", export_state_name(planted->state));
        if (export_state_in_flight(planted->state))
            write_duration(json, "for", planted->lasts_ms);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_faults(struct json_writer *json, const struct scenario *scenario)
{
    if (!scenario->fault_count)
        return;
    json_begin_array(json, "faults");
    for (size_t i = 0; i < scenario->fault_count; i++)
        write_fault(json, &scenario->faults[i]);
    json_end_array(json);
}

void scenario_write(struct json_writer *json, const char *name, const struct scenario *scenario)
{
    json_begin_object(json, name);
    if (*scenario->name)
        json_write_text(json, "name", scenario->name);
    if (*scenario->description)
        json_write_text(json, "description", scenario->description);
    if (scenario->expect != EXPECT_SUCCESS)
        json_write_text(json, "expect", expectation_name(scenario->expect));
    write_lifecycle(json, &scenario->lifecycle);
    write_exports(json, scenario);
    write_data(json, &scenario->data);
    write_rate(json, scenario);
    write_planted(json, scenario);
    write_faults(json, scenario);
    json_end_object(json);
}
