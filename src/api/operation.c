#include "api/operation.h"

#include <string.h>
#include <strings.h>

#include "api/api_error.h"
#include "api/trouble.h"
#include "api/why.h"
#include "base/excerpt.h"
#include "contract/limits.h"

/* Source: contract/protocol.json, body. */
static const char *const common[] = {"ClientToken", "AccessToken", "Client", "LanguageCode",
                                     "CultureCode"};

#define COMMON_COUNT (sizeof common / sizeof *common)
#define KNOWN_MAX    8

/* Reads an optional string; "" when it is not there. False: refused, it is something else. */
static bool read_text(const struct api_call *call, const struct json_object *body, const char *name,
                      const char **out)
{
    bool found;
    struct error err;

    *out = "";
    if (json_get_text(body, name, out, &found, &err) == STATUS_OK)
        return true;
    api_refuse(call, MESSAGE_INVALID_JSON, &err);
    return false;
}

void operation_explain_missing(const struct json_object *object, const char *name,
                               struct error *err)
{
    const char *other = json_find_other_case(object, name);

    if (other)
        json_error(object, name, err->status, err,
                   "is missing; %s is something else: names of properties are case-sensitive",
                   excerpt(other, strlen(other)).text);
}

static bool refuse_credentials(const struct api_call *call, const struct json_object *body,
                               struct error *err)
{
    if (err->field[0] && json_type_of(body, err->field) == JSON_ABSENT)
        operation_explain_missing(body, err->field, err);
    api_refuse(call, err->status == STATUS_LIMIT ? MESSAGE_SERVER_FULL : MESSAGE_UNAUTHORIZED, err);
    return false;
}

static bool sign_in(const struct api_call *call, struct operation_input *input)
{
    const char *client_token, *access_token;
    struct error err;

    if (!read_text(call, &input->body, "ClientToken", &client_token) ||
        !read_text(call, &input->body, "AccessToken", &access_token))
        return false;
    if (store_sign_in(call->api->store, client_token, access_token, &input->integration, &err) !=
        STATUS_OK)
        return refuse_credentials(call, &input->body, &err);
    note_sender(call->note, input->integration);
    store_follow_scenario(call->api->store, input->integration, call->now_real_ms);
    input->now_ms = store_now_ms(call->api->store, input->integration->tenant, call->now_real_ms);
    return true;
}

static const enum note_kind note_kinds[OPERATION_COUNT] = {
    [OPERATION_ADD] = NOTE_ADD,
    [OPERATION_GET_ALL] = NOTE_GET_ALL,
};

/* Source: contract/protocol.json, rate_limits; Retry-After in seconds: rate_limits.retry_after. */
static bool admit(const struct api_call *call, const struct operation_input *input,
                  enum operation operation)
{
    struct store *store = call->api->store;
    int64_t wait_ms, retry_after_s;
    struct error err;

    if (store_admit(store, input->integration, operation, input->now_ms, &wait_ms))
        return true;
    retry_after_s = clock_retry_after_s(store_clock(store, input->integration->tenant), wait_ms);
    http_response_header(call->response, "Retry-After", "%lld", (long long)retry_after_s);
    note_retry_after(call->note, wait_ms, retry_after_s);
    error_set(&err, STATUS_LIMIT, NULL,
              "this AccessToken is over its rate limit; wait %lld s, as Retry-After says",
              (long long)retry_after_s);
    api_refuse(call, MESSAGE_TOO_MANY_REQUESTS, &err);
    why_over_limit(call, input->integration, input->now_ms);
    return false;
}

/* The entity types of the exports that a getAll asks for, as far as they can be read. */
static unsigned asked_types(const struct api_call *call, const struct json_object *body)
{
    struct json_array ids = {.count = 0};
    unsigned types = 0;
    struct error err;
    bool found;

    if (json_get_array(body, "ExportIds", &ids, &found, &err) != STATUS_OK || !found)
        return 0;
    for (size_t left = ids.count < EXPORT_IDS_MAX ? ids.count : EXPORT_IDS_MAX; left > 0; left--) {
        const struct export *export;
        struct uuid id;

        if (json_array_next_uuid(&ids, &id, &err) != STATUS_OK)
            break;
        export = store_find_export(call->api->store, &id);
        if (export)
            types |= 1u << export->entity_type;
    }
    return types;
}

/* The entity type that an add is about, if it can be read. */
static unsigned added_type(const struct json_object *body)
{
    enum entity_type type;
    const char *name;
    struct error err;
    bool found;

    if (json_get_text(body, "EntityType", &name, &found, &err) != STATUS_OK || !found ||
        !entity_find(name, strlen(name), &type))
        return 0;
    return 1u << type;
}

/* Meets the scenario's faults; false when one of them answered. */
static bool pass_faults(const struct api_call *call, struct operation_input *input,
                        enum operation operation)
{
    struct tenant *tenant = input->integration->tenant;
    struct fault_event event = {.target = operation == OPERATION_ADD ? FAULT_ADD : FAULT_GET_ALL};
    struct fault_decision decision;

    input->size_off_by = 0;
    if (!tenant->story.counts)
        return true;
    event.entity_types =
        operation == OPERATION_ADD ? added_type(&input->body) : asked_types(call, &input->body);
    trouble_meet(call, tenant, &event, &decision);
    for (uint32_t i = 0; i < decision.corruption_count; i++) {
        if (decision.corruptions[i].how == CORRUPT_WRONG_SIZE)
            input->size_off_by += decision.corruptions[i].by_bytes;
    }
    if (decision.answer)
        trouble_answer_operation(call, tenant, decision.answer);
    return decision.answer == NULL;
}

bool operation_check_known(const struct api_call *call, const struct json_object *object,
                           const char *const *known, size_t count)
{
    struct error err;

    if (!call->api->config.strict || json_refuse_unknown(object, known, count, &err) == STATUS_OK)
        return true;
    api_refuse(call, MESSAGE_INVALID_JSON, &err);
    return false;
}

/* Client, LanguageCode and CultureCode, and what else may be there. */
static bool check_rest(const struct api_call *call, const struct operation_input *input,
                       const char *const *known, size_t known_count)
{
    const char *all[COMMON_COUNT + KNOWN_MAX];
    const char *client, *language, *culture;
    struct error err;

    if (!read_text(call, &input->body, "Client", &client) ||
        !read_text(call, &input->body, "LanguageCode", &language) ||
        !read_text(call, &input->body, "CultureCode", &culture))
        return false;
    if (!*client) {
        error_set(&err, STATUS_INVALID, "Client",
                  "is missing or empty: give the name and version of your application, such as "
                  "\"My Client 1.0.0\"");
        operation_explain_missing(&input->body, "Client", &err);
        if (call->note)
            call->note->has_no_client_name = true;
        api_refuse_parameter(call, "Client", &err);
        return false;
    }
    memcpy(all, common, sizeof common);
    memcpy(all + COMMON_COUNT, known, known_count * sizeof *known);
    return operation_check_known(call, &input->body, all, COMMON_COUNT + known_count);
}

/* Says so when a body cannot be read because it is compressed. Source: assumed. */
static void explain_encoding(const struct http_request *request, struct error *err)
{
    const char *encoding = http_request_header(request, "Content-Encoding");

    if (encoding && strcasecmp(encoding, "identity") != 0)
        error_set(
            err, STATUS_MALFORMED, NULL,
            "the body is not JSON as it came, and its Content-Encoding %s is not undone here: "
            "send it uncompressed",
            excerpt(encoding, strlen(encoding)).text);
}

static bool read_body(const struct api_call *call, struct operation_input *input)
{
    const struct http_request *request = call->request;
    struct error err;

    if (request->body_too_large) {
        error_set(&err, STATUS_LIMIT, NULL, "the body is longer than the 1 MiB this server takes");
        api_refuse(call, MESSAGE_CONTENT_TOO_LARGE, &err);
        return false;
    }
    if (json_read(request->body, request->body_length, &input->document, &err) != STATUS_OK) {
        explain_encoding(request, &err);
        api_refuse(call, MESSAGE_INVALID_JSON, &err);
        return false;
    }
    if (json_root_object(&input->document, &input->body, &err) == STATUS_OK)
        return true;
    json_document_release(&input->document);
    api_refuse(call, MESSAGE_INVALID_JSON, &err);
    return false;
}

bool operation_begin(const struct api_call *call, enum operation operation,
                     const char *const *known, size_t known_count, struct operation_input *input)
{
    if (call->note)
        call->note->kind = note_kinds[operation];
    if (!read_body(call, input))
        return false;
    if (sign_in(call, input) && admit(call, input, operation) &&
        pass_faults(call, input, operation) && check_rest(call, input, known, known_count))
        return true;
    json_document_release(&input->document);
    return false;
}

void operation_end(struct operation_input *input)
{
    json_document_release(&input->document);
}
