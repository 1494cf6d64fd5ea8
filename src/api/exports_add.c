#include "api/operation.h"

#include "api/add_request.h"
#include "api/api_error.h"
#include "api/export_view.h"
#include "api/why.h"

static const char *const known_first[] = {"EntityType"};
static const char *const known[] = {"EntityType", "Scope", "Filters"};

/*
 * The answer shows a new export as Pending, however short that state is.
 * Source: contract/exports.json, rules.add_answer_is_pending.
 */
static void answer(const struct api_call *call, struct export *export)
{
    struct json_writer writer = json_writer(&call->response->text);

    export_view_begin(call);
    http_response_field(call->response, "Content-Type", "application/json");
    json_begin_object(&writer, NULL);
    json_begin_object(&writer, "Export");
    export_view_write(call, &writer, export, EXPORT_PENDING);
    json_end_object(&writer);
    json_end_object(&writer);
}

/* Notes whose export is in the way. */
static void note_blocker(const struct api_call *call, const struct export_request *request)
{
    const struct integration *integration = request->integration;
    const struct export *blocker =
        store_find_blocker(call->api->store, integration->tenant, request->entity_type,
                           request->scope, call->now_real_ms);

    if (!call->note || !blocker)
        return;
    call->note->is_refused_in_flight = true;
    call->note->is_own_in_flight = blocker->integration == integration && !blocker->is_planted;
    if (call->note->is_own_in_flight)
        note_export(call->note, &blocker->id);
}

/* Creates the export that was asked for, or says why not. */
static void create(const struct api_call *call, const struct export_request *request)
{
    struct export *export;
    struct error err;

    switch (store_add_export(call->api->store, request, call->now_real_ms, &export, &err)) {
    case STATUS_OK:
        note_export(call->note, &export->id);
        why_export(call, export, EXPORT_PENDING);
        answer(call, export);
        break;
    case STATUS_CONFLICT:
        note_blocker(call, request);
        api_refuse(call, MESSAGE_EXPORT_IN_PROGRESS, &err);
        break;
    default:
        api_refuse(call, MESSAGE_SERVER_FULL, &err);
        break;
    }
}

void exports_add(const struct api_call *call)
{
    bool has_scope = call->api->config.revision->has_scope_and_filters;
    struct operation_input input;
    struct export_request request;

    if (!operation_begin(call, OPERATION_ADD, has_scope ? known : known_first, has_scope ? 3 : 1,
                         &input))
        return;
    if (add_request_read(call, &input, &request)) {
        create(call, &request);
        scope_unref(request.scope);
    }
    operation_end(&input);
}
