#include "api/operation.h"

#include "api/api_error.h"
#include "api/export_view.h"
#include "api/why.h"
#include "contract/limits.h"
#include "core/conduct.h"

static const char *const known[] = {"ExportIds"};

/* The asked exports that the sender may see, each once, in the order of first mention. */
struct asked {
    struct export *exports[EXPORT_IDS_MAX];
    size_t count;
    size_t left_out; /* ids that nobody knows or the sender may not see */
};

/*
 * Adds an export to the asked ones, unless nobody knows it, the sender may not see it, or it is
 * there already: export->mark is the number of the last request that asked for it.
 * Source: contract/README.md, the rows on getAll.
 */
static void ask_for(const struct api_call *call, const struct operation_input *input,
                    const struct uuid *id, struct asked *asked)
{
    struct export *export = store_find_export(call->api->store, id);

    note_export(call->note, id);
    if (!export || !store_is_visible(input->integration, export)) {
        why_left_out(call, id, asked->left_out++);
        return;
    }
    if (export->mark == call->api->get_all_count)
        return;
    export->mark = call->api->get_all_count;
    asked->exports[asked->count++] = export;
}

static enum status read_ids(const struct api_call *call, const struct operation_input *input,
                            struct json_array *ids, struct asked *asked, struct error *err)
{
    enum status status = STATUS_OK;
    struct uuid id;

    for (size_t left = ids->count; left > 0 && status == STATUS_OK; left--) {
        status = json_array_next_uuid(ids, &id, err);
        if (status == STATUS_OK)
            ask_for(call, input, &id, asked);
    }
    return status;
}

/* Reads ExportIds; false when the request was refused. */
static bool read_request(const struct api_call *call, const struct operation_input *input,
                         struct asked *asked)
{
    struct json_array ids = {.count = 0};
    struct error err;
    bool found;

    if (json_get_array(&input->body, "ExportIds", &ids, &found, &err) != STATUS_OK) {
        api_refuse(call, MESSAGE_INVALID_JSON, &err);
        return false;
    }
    if (!found || ids.count < 1 || ids.count > EXPORT_IDS_MAX) {
        error_set(&err, STATUS_INVALID, "ExportIds",
                  found ? "must have 1 to %d ids, but has %zu"
                        : "is missing: give 1 to %d ids of exports, as exports/add answers them",
                  EXPORT_IDS_MAX, ids.count);
        if (!found)
            operation_explain_missing(&input->body, "ExportIds", &err);
        api_refuse_parameter(call, "ExportIds", &err);
        return false;
    }
    if (read_ids(call, input, &ids, asked, &err) != STATUS_OK) {
        api_refuse(call, MESSAGE_INVALID_JSON, &err);
        return false;
    }
    return true;
}

/* An answer that is broken off may not have been seen. */
static void tell_conduct(const struct api_call *call, const struct operation_input *input,
                         struct export *export, enum export_state state)
{
    struct evidence evidence = {call->response->number, input->now_ms};

    if (call->note && call->response->delivery.cut == CUT_NONE)
        conduct_show(call->note, export, state, evidence);
}

static void answer(const struct api_call *call, const struct operation_input *input,
                   const struct asked *asked)
{
    struct json_writer writer = json_writer(&call->response->text);

    export_view_begin(call);
    call->api->size_off_by = input->size_off_by;
    http_response_field(call->response, "Content-Type", "application/json");
    json_begin_object(&writer, NULL);
    json_begin_array(&writer, "Exports");
    for (size_t i = 0; i < asked->count; i++) {
        struct export *export = asked->exports[i];
        enum export_state state = store_export_state(call->api->store, export, call->now_real_ms);

        tell_conduct(call, input, export, state);
        note_entity_type(call->note, (enum entity_type) export->entity_type);
        if (i < WHY_LINES_MAX)
            why_export(call, export, state);
        json_begin_object(&writer, NULL);
        export_view_write(call, &writer, export, state);
        json_end_object(&writer);
    }
    json_end_array(&writer);
    json_end_object(&writer);
    why_more(call, "answered", asked->count);
    why_more(call, "left out", asked->left_out);
    if (call->note)
        call->note->left_out_count = (uint32_t)asked->left_out;
}

/* A stage that is counted in polls ends once it was shown so often. */
static void note_polls(const struct api_call *call, const struct asked *asked)
{
    for (size_t i = 0; i < asked->count; i++) {
        struct export *export = asked->exports[i];

        store_note_poll(
            call->api->store, export,
            store_now_ms(call->api->store, export->integration->tenant, call->now_real_ms));
    }
}

void exports_get_all(const struct api_call *call)
{
    struct operation_input input;
    struct asked asked;

    if (!operation_begin(call, OPERATION_GET_ALL, known, sizeof known / sizeof *known, &input))
        return;
    asked.count = asked.left_out = 0;
    call->api->get_all_count++;
    if (read_request(call, &input, &asked)) {
        answer(call, &input, &asked);
        note_polls(call, &asked);
    }
    operation_end(&input);
}
