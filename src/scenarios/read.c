#include "scenarios/read.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/parse.h"
#include "scenarios/member.h"
#include "scenarios/parts.h"

#define DESCRIPTION_MAX_BYTES 4096

/* A text without control characters, of at most most bytes. */
static enum status read_text(const struct json_object *object, const char *name, size_t most,
                             char **out, struct error *err)
{
    const char *text;
    bool found;
    enum status status = json_get_text(object, name, &text, &found, err);
    size_t length = status == STATUS_OK && found ? strlen(text) : 0;

    if (status != STATUS_OK || !found)
        return status;
    if (length > most)
        return json_error(object, name, STATUS_LIMIT, err, "is longer than %zu bytes", most);
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
            return json_error(object, name, STATUS_INVALID, err, "has a control character in it");
    }
    free(*out);
    *out = memory_copy_text(text, length);
    return STATUS_OK;
}

static const char *const expectations[] = {
    [EXPECT_SUCCESS] = "success", [EXPECT_FAILURE] = "failure", [EXPECT_EITHER] = "either"};

const char *expectation_name(enum expectation expectation)
{
    return expectations[expectation];
}

static enum status read_expectation(const struct json_object *object, enum expectation *out,
                                    struct error *err)
{
    unsigned which;
    bool found;
    enum status status = member_choice(object, "expect", WORDS(expectations), &which, &found, err);

    if (status == STATUS_OK && found)
        *out = (enum expectation)which;
    return status;
}

/* {"requests": N, "per": DURATION}. */
static enum status read_rate_object(const struct json_object *object, struct rate *out,
                                    struct error *err)
{
    static const char *const keys[] = {"requests", "per"};
    int64_t requests = 0, window_ms = 0;
    bool found = false;
    enum status status = member_only(object, WORDS(keys), err);

    if (status == STATUS_OK)
        status = member_whole(object, "requests", 1, RATE_REQUESTS_MAX, &requests, &found, err);
    if (status == STATUS_OK && !found)
        status = member_missing(object, "requests", "a number from 1 on", err);
    if (status == STATUS_OK)
        status = member_duration(object, "per", 1, PARSE_DURATION_MAX_MS, &window_ms, &found, err);
    if (status == STATUS_OK && !found)
        status = member_missing(object, "per", "a duration, for example \"30s\"", err);
    if (status == STATUS_OK)
        *out = (struct rate){(uint32_t)requests, window_ms};
    return status;
}

static enum status read_rate(const struct json_object *object, struct scenario *scenario,
                             struct error *err)
{
    struct json_object rate;
    const char *text = "";
    bool found;
    enum status status;

    if (json_type_of(object, "rateLimit") == JSON_TEXT) {
        status = json_get_text(object, "rateLimit", &text, &found, err);
        scenario->has_rate = strcmp(text, "off") == 0;
        if (status == STATUS_OK && !scenario->has_rate)
            status = json_error(object, "rateLimit", STATUS_INVALID, err,
                                "must be \"off\", or for example {\"requests\": 200, \"per\": "
                                "\"30s\"}");
        return status;
    }
    status = json_get_object(object, "rateLimit", &rate, &found, err);
    if (status != STATUS_OK || !found)
        return status;
    status = read_rate_object(&rate, &scenario->rate, err);
    scenario->has_rate = status == STATUS_OK;
    return status;
}

static enum status read_export_match(const struct json_object *object, struct export_rule *rule,
                                     struct error *err)
{
    static const char *const keys[] = {"entityType", "nth"};
    struct json_object match;
    bool found;
    enum status status = json_get_object(object, "match", &match, &found, err);

    if (status != STATUS_OK || !found)
        return status;
    status = member_only(&match, WORDS(keys), err);
    if (status == STATUS_OK)
        status = member_entity_types(&match, "entityType", &rule->entity_types, &found, err);
    return status == STATUS_OK ? member_turns(&match, "nth", &rule->nth, &found, err) : status;
}

static enum status read_export(const struct json_object *object, struct export_rule *rule,
                               struct error *err)
{
    static const char *const keys[] = {"match", "lifecycle", "data"};
    enum status status = member_only(object, WORDS(keys), err);

    if (status == STATUS_OK)
        status = read_export_match(object, rule, err);
    if (status == STATUS_OK)
        status = read_lifecycle(object, &rule->lifecycle, err);
    if (status == STATUS_OK)
        status = read_data(object, &rule->data, err);
    if (status == STATUS_OK && !lifecycle_says_something(&rule->lifecycle) &&
        !data_says_something(&rule->data))
        status = json_error(object, NULL, STATUS_INVALID, err,
                            "changes nothing: give lifecycle or data");
    return status;
}

/* True when every export that the later rule is for is one of the earlier's, which comes first. */
static bool hides(const struct export_rule *earlier, const struct export_rule *later)
{
    if (earlier->entity_types == later->entity_types)
        return earlier->nth.first == 0 ||
               (later->nth.first != 0 && turn_in(earlier->nth, later->nth.first) &&
                turn_in(earlier->nth, later->nth.last));
    return earlier->nth.first == 0 &&
           (earlier->entity_types == 0 ||
            (later->entity_types != 0 && !(later->entity_types & ~earlier->entity_types)));
}

static enum status check_reached(const struct json_object *object, const struct export_rule *rules,
                                 size_t index, struct error *err)
{
    for (size_t i = 0; i < index; i++) {
        if (hides(&rules[i], &rules[index]))
            return json_error(object, NULL, STATUS_INVALID, err,
                              "is never reached: exports[%zu] matches all that this one does, and "
                              "the first match wins",
                              i);
    }
    return STATUS_OK;
}

static enum status read_exports(const struct json_object *object, struct scenario *scenario,
                                struct error *err)
{
    struct json_array list;
    bool found;
    enum status status = member_list(object, "exports", SCENARIO_EXPORTS_MAX, &list, &found, err);

    if (status != STATUS_OK || !found || list.count == 0)
        return status;
    scenario->exports = memory_new(list.count * sizeof *scenario->exports);
    while (status == STATUS_OK && list.index < list.count) {
        size_t index = scenario->export_count;
        struct json_object entry;

        status = json_array_next_object(&list, &entry, err);
        if (status == STATUS_OK)
            status = read_export(&entry, &scenario->exports[index], err);
        if (status == STATUS_OK)
            status = check_reached(&entry, scenario->exports, index, err);
        scenario->export_count++;
    }
    return status;
}

static enum status read_state(const struct json_object *object, enum export_state *out,
                              struct error *err)
{
    const char *names[EXPORT_STATE_COUNT];
    unsigned which;
    bool found;
    enum status status;

    for (int i = 0; i < EXPORT_STATE_COUNT; i++)
        names[i] = export_state_name((enum export_state)i);
    status = member_choice(object, "status", WORDS(names), &which, &found, err);
    if (status == STATUS_OK && !found)
        status = member_missing(object, "status", "for example \"Processing\"", err);
    if (status == STATUS_OK)
        *out = (enum export_state)which;
    return status;
}

static enum status read_planted_export(const struct json_object *object, struct planted_export *out,
                                       struct error *err)
{
    static const char *const keys[] = {"entityType", "status", "for"};
    bool found = false;
    enum status status = member_only(object, WORDS(keys), err);

    if (status == STATUS_OK)
        status = member_entity_types(object, "entityType", &out->entity_types, &found, err);
    if (status == STATUS_OK)
        status = read_state(object, &out->state, err);
    if (status == STATUS_OK)
        status =
            member_duration(object, "for", 1, PARSE_DURATION_MAX_MS, &out->lasts_ms, &found, err);
    if (status != STATUS_OK)
        return status;
    if (found && !export_state_in_flight(out->state))
        return json_error(object, "for", STATUS_INVALID, err,
                          "is only for Pending and Processing: %s is left in its own time",
                          export_state_name(out->state));
    if (!found && export_state_in_flight(out->state))
        return member_missing(object, "for", "how long it stays so, for example \"20s\"", err);
    return STATUS_OK;
}

static enum status read_planted(const struct json_object *object, struct scenario *scenario,
                                struct error *err)
{
    struct json_array list;
    bool found;
    enum status status = member_list(object, "planted", SCENARIO_PLANTED_MAX, &list, &found, err);

    if (status != STATUS_OK || !found || list.count == 0)
        return status;
    scenario->planted = memory_new(list.count * sizeof *scenario->planted);
    while (status == STATUS_OK && list.index < list.count) {
        struct json_object entry;

        status = json_array_next_object(&list, &entry, err);
        if (status == STATUS_OK)
            status = read_planted_export(&entry, &scenario->planted[scenario->planted_count], err);
        scenario->planted_count++;
    }
    return status;
}

static enum status read_faults(const struct json_object *object, struct scenario *scenario,
                               struct error *err)
{
    struct json_array list;
    bool found;
    enum status status = member_list(object, "faults", FAULTS_MAX, &list, &found, err);

    if (status != STATUS_OK || !found || list.count == 0)
        return status;
    scenario->faults = memory_new(list.count * sizeof *scenario->faults);
    while (status == STATUS_OK && list.index < list.count) {
        struct json_object entry;

        status = json_array_next_object(&list, &entry, err);
        if (status == STATUS_OK)
            status = read_fault(&entry, &scenario->faults[scenario->fault_count], err);
        scenario->fault_count++;
    }
    return status;
}

static enum status read_members(const struct json_object *object, struct scenario *scenario,
                                struct error *err)
{
    static const char *const keys[] = {"name", "description", "expect",  "lifecycle", "exports",
                                       "data", "rateLimit",   "planted", "faults"};
    enum status status = member_only(object, WORDS(keys), err);

    if (status == STATUS_OK)
        status = read_text(object, "name", SCENARIO_NAME_MAX, &scenario->name, err);
    if (status == STATUS_OK)
        status =
            read_text(object, "description", DESCRIPTION_MAX_BYTES, &scenario->description, err);
    if (status == STATUS_OK)
        status = read_expectation(object, &scenario->expect, err);
    if (status == STATUS_OK)
        status = read_lifecycle(object, &scenario->lifecycle, err);
    if (status == STATUS_OK)
        status = read_data(object, &scenario->data, err);
    if (status == STATUS_OK)
        status = read_rate(object, scenario, err);
    if (status == STATUS_OK)
        status = read_exports(object, scenario, err);
    if (status == STATUS_OK)
        status = read_planted(object, scenario, err);
    return status == STATUS_OK ? read_faults(object, scenario, err) : status;
}

enum status scenario_read_object(const struct json_object *object, struct scenario **out,
                                 struct error *err)
{
    struct scenario *scenario = scenario_new();
    struct error local;
    enum status status = read_members(object, scenario, err ? err : &local);

    if (status == STATUS_OK)
        *out = scenario;
    else
        scenario_unref(scenario);
    return status;
}

enum status scenario_read(const char *text, size_t length, struct scenario **out, struct error *err)
{
    const struct json_options options = {.comments = true, .values_max = JSON_VALUES_MAX};
    struct json_document document;
    struct json_object object;
    enum status status = json_read_with(text, length, &options, &document, err);

    if (status != STATUS_OK)
        return status;
    status = json_root_object(&document, &object, err);
    if (status == STATUS_OK)
        status = scenario_read_object(&object, out, err);
    json_document_release(&document);
    return status;
}
