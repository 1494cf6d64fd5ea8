#include <string.h>

#include "admin/answer.h"
#include "admin/body.h"
#include "admin/export_report.h"
#include "admin/routes.h"
#include "admin/state.h"
#include "api/add_request.h"
#include "api/api_error.h"
#include "base/excerpt.h"
#include "base/nearest.h"

#define FORM "{\"EntityType\":\"Reservation\",\"Status\":\"Processing\",\"Stranger\":true}"

static const char *const known[] = {"EntityType", "Status",   "Scope",      "Filters",
                                    "Stranger",   "Duration", "ClientToken"};

/* The integration to plant for: the ClientToken's, or the only one that the tenant has. */
static enum status find_integration(const struct admin_call *call, const struct json_object *body,
                                    struct integration **out, struct error *err)
{
    struct store *store = call->admin->api->store;
    const char *client_token;
    bool found;
    enum status status;

    if (!call->access_token)
        return error_set(err, STATUS_INVALID, "accessToken",
                         "is missing: say in the query for which AccessToken, as in "
                         "POST /__admin/exports?accessToken=T");
    status = json_get_text(body, "ClientToken", &client_token, &found, err);
    if (status != STATUS_OK)
        return status;
    if (found)
        return store_sign_in(store, client_token, call->access_token, out, err);
    *out = call->tenant ? store_find_integration(store, call->tenant) : NULL;
    if (!*out)
        return json_error(body, "ClientToken", STATUS_INVALID, err,
                          "is missing: this AccessToken was not used yet, so give the ClientToken "
                          "that it will come with");
    return STATUS_OK;
}

static enum status read_type(const struct json_object *body, enum entity_type *type,
                             struct error *err)
{
    const char *names[ENTITY_TYPE_COUNT], *text, *nearest;
    bool found;
    enum status status = json_get_text(body, "EntityType", &text, &found, err);

    if (status != STATUS_OK || (found && entity_find(text, strlen(text), type)))
        return status;
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++)
        names[i] = entity_name((enum entity_type)i);
    nearest = found ? nearest_name(text, names, ENTITY_TYPE_COUNT) : NULL;
    return json_error(body, "EntityType", STATUS_INVALID, err,
                      "%s; give an entity type such as Reservation%s%s",
                      found ? excerpt(text, strlen(text)).text : "is missing",
                      nearest ? ": did you mean " : "", nearest ? nearest : "");
}

static enum status read_rest(const struct json_object *body, struct plant_request *request,
                             struct error *err)
{
    bool found;
    enum status status = read_type(body, &request->export.entity_type, err);

    if (status == STATUS_OK)
        status = admin_read_state(body, &request->state, err);
    if (status == STATUS_OK)
        status = json_get_bool(body, "Stranger", &request->by_stranger, &found, err);
    if (status == STATUS_OK)
        status = json_get_duration_ms(body, "Duration", &request->lasts_ms, &found, err);
    return status;
}

/* Scope and Filters, as exports/add reads them; false when the request was refused. */
static bool read_what(const struct admin_call *call, const struct admin_body *body,
                      struct plant_request *request)
{
    struct operation_input input = {.body = body->object,
                                    .integration = request->export.integration};
    struct api_call api_call = export_report_call(call);

    if (json_type_of(&body->object, "Scope") == JSON_ABSENT &&
        json_type_of(&body->object, "Filters") == JSON_ABSENT) {
        request->export.scope = scope_ref(input.integration->scope);
        return true;
    }
    input.now_ms =
        store_now_ms(call->admin->api->store, input.integration->tenant, call->now_real_ms);
    return add_request_read(&api_call, &input, &request->export);
}

static void plant(const struct admin_call *call, const struct plant_request *request)
{
    struct store *store = call->admin->api->store;
    struct export *export;
    struct error err;

    store_follow_scenario(store, request->export.integration, call->now_real_ms);
    if (store_plant_export(store, request, call->now_real_ms, &export, &err) != STATUS_OK) {
        admin_refuse(call, &err);
        return;
    }
    call->response->status = 201;
    export_report_answer(call, export);
}

void admin_exports_plant(struct admin_call *call)
{
    struct plant_request request = {.lasts_ms = NEVER_MS};
    struct admin_body body;
    struct error err;
    enum status status;

    if (!admin_body_read(call, known, sizeof known / sizeof *known, FORM, &body))
        return;
    status = read_rest(&body.object, &request, &err);
    if (status == STATUS_OK)
        status = find_integration(call, &body.object, &request.export.integration, &err);
    if (status != STATUS_OK) {
        admin_refuse(call, &err);
    } else if (read_what(call, &body, &request)) {
        plant(call, &request);
        scope_unref(request.export.scope);
    }
    admin_body_release(&body);
}
