#include <stdio.h>
#include <string.h>

#include "admin/answer.h"
#include "admin/body.h"
#include "admin/routes.h"
#include "admin/subject.h"
#include "scenarios/builtin.h"
#include "scenarios/read.h"
#include "scenarios/write.h"

#define FORM "\"download-truncated\", or an object such as {\"lifecycle\":{\"outcome\":\"Failed\"}}"

/* Answers the scenario in force for the subject; none is one that says nothing: {}. */
static void tell(const struct admin_call *call)
{
    struct scenario *scenario = store_scenario(call->admin->api->store, call->tenant);
    struct event *event = announce_add(call->admin->config.events, EVENT_SCENARIO, call->tenant);

    if (event && scenario)
        snprintf(event->text, sizeof event->text, "%s", scenario->name);
}

static void answer(const struct admin_call *call)
{
    struct scenario *scenario = store_scenario(call->admin->api->store, call->tenant);
    struct json_writer json = admin_answer_json(call);

    if (scenario) {
        scenario_write(&json, NULL, scenario);
        return;
    }
    json_begin_object(&json, NULL);
    json_end_object(&json);
}

void admin_scenario_get(struct admin_call *call)
{
    answer(call);
}

/* {"name":"fails"}: an object with nothing but the name of a built-in one stands for that. */
static bool is_reference(const struct json_object *object, const char **name)
{
    static const char *const only[] = {"name"};
    const char *unknown;
    struct error err;
    bool found;

    return !json_find_unknown(object, only, 1, &unknown) &&
           json_get_text(object, "name", name, &found, &err) == STATUS_OK && found;
}

static enum status read_object(const struct json_document *document, struct scenario **out,
                               struct error *err)
{
    struct json_object object;
    const char *name;
    enum status status = json_root_object(document, &object, err);

    if (status != STATUS_OK)
        return status;
    if (is_reference(&object, &name) &&
        scenario_builtin_find(name, strlen(name), out, err) == STATUS_OK)
        return STATUS_OK;
    return scenario_read_object(&object, out, err);
}

/* A name, or a scenario as it is written in a file. */
static enum status read_document(const struct json_document *document, struct scenario **out,
                                 struct error *err)
{
    const char *name;
    enum status status;

    if (json_root_type(document) == JSON_OBJECT)
        return read_object(document, out, err);
    if (json_root_type(document) != JSON_TEXT)
        return error_set(err, STATUS_MALFORMED, NULL,
                         "must be the name of a built-in scenario in quotes, or an object");
    status = json_root_text(document, &name, err);
    return status == STATUS_OK ? scenario_builtin_find(name, strlen(name), out, err) : status;
}

/* A name without quotes, as people type it: `curl -X PUT -d fails`. */
static bool is_bare_name(const struct http_request *request)
{
    return strspn(request->body, "abcdefghijklmnopqrstuvwxyz0123456789-") == request->body_length &&
           request->body[0] >= 'a' && request->body[0] <= 'z' &&
           strcmp(request->body, "null") != 0 && strcmp(request->body, "true") != 0 &&
           strcmp(request->body, "false") != 0;
}

static enum status read_body(const struct http_request *request, struct scenario **out,
                             struct error *err)
{
    const struct json_options options = {.comments = true, .values_max = JSON_VALUES_MAX};
    struct json_document document;
    enum status status;

    if (request->body_length == 0)
        return error_set(err, STATUS_INVALID, NULL, "the body is empty; send %s", FORM);
    if (is_bare_name(request))
        return scenario_builtin_find(request->body, request->body_length, out, err);
    status = json_read_with(request->body, request->body_length, &options, &document, err);
    if (status != STATUS_OK)
        return status;
    status = read_document(&document, out, err);
    json_document_release(&document);
    return status;
}

/* A name that is not there is a mistake in the request, not a path that is not there. */
static void refuse(const struct admin_call *call, const struct error *err)
{
    admin_refuse_as(call, 400, err);
}

void admin_scenario_put(struct admin_call *call)
{
    struct scenario *scenario;
    struct error err;

    if (read_body(call->request, &scenario, &err) != STATUS_OK) {
        refuse(call, &err);
        return;
    }
    if (subject_may_change(call) && subject_make_tenant(call)) {
        store_set_scenario(call->admin->api->store, call->tenant, scenario);
        tell(call);
        answer(call);
    }
    scenario_unref(scenario);
}

void admin_scenario_delete(struct admin_call *call)
{
    if (!admin_body_check_none(call) || !subject_may_change(call))
        return;
    if (call->tenant || !call->access_token)
        store_set_scenario(call->admin->api->store, call->tenant, NULL);
    tell(call);
    answer(call);
}

void admin_scenarios_list(struct admin_call *call)
{
    struct json_writer json = admin_answer_json(call);

    json_begin_object(&json, NULL);
    json_begin_array(&json, "scenarios");
    for (size_t i = 0; i < scenario_builtin_count(); i++) {
        const struct builtin *builtin = scenario_builtin_at(i);
        struct scenario *scenario;
        struct error err;

        if (scenario_builtin_find(builtin->name, strlen(builtin->name), &scenario, &err) !=
            STATUS_OK)
            continue;
        scenario_write(&json, NULL, scenario);
        scenario_unref(scenario);
    }
    json_end_array(&json);
    json_end_object(&json);
}
