#include "api/add_request.h"

#include <string.h>

#include "api/api_error.h"
#include "base/excerpt.h"
#include "contract/limits.h"

/* What is being read; refused: the request was answered. */
struct add {
    const struct api_call *call;
    const struct operation_input *input;
    struct export_request request;
    bool is_ledger;
};

static bool refuse(const struct add *add, const char *parameter, const struct error *err)
{
    api_refuse_parameter(add->call, parameter, err);
    return false;
}

static bool refuse_json(const struct add *add, const struct error *err)
{
    api_refuse(add->call, MESSAGE_INVALID_JSON, err);
    return false;
}

static const struct revision *revision_of(const struct add *add)
{
    return add->call->api->config.revision;
}

/* Appends the entity types of the revision to a message. */
static void list_types(const struct add *add, struct strbuf *out)
{
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (revision_has_entity(revision_of(add), (enum entity_type)i))
            strbuf_appendf(out, "%s%s", out->length ? ", " : "", entity_name((enum entity_type)i));
    }
}

/* Source: contract/messages.json, for_exports: missing is one message, an unknown value another. */
static bool read_entity_type(struct add *add)
{
    struct strbuf types = STRBUF_INIT;
    bool found, good = false;
    const char *name;
    struct error err;

    list_types(add, &types);
    if (json_get_text(&add->input->body, "EntityType", &name, &found, &err) != STATUS_OK) {
        refuse_json(add, &err);
    } else if (!found) {
        error_set(&err, STATUS_INVALID, "EntityType", "is missing: give one of %s",
                  strbuf_text(&types));
        operation_explain_missing(&add->input->body, "EntityType", &err);
        refuse(add, "EntityType", &err);
    } else if (!entity_find(name, strlen(name), &add->request.entity_type) ||
               !revision_has_entity(revision_of(add), add->request.entity_type)) {
        error_set(&err, STATUS_MALFORMED, "EntityType", "%s is not an entity type of exports: %s",
                  excerpt(name, strlen(name)).text, strbuf_text(&types));
        refuse_json(add, &err);
    } else {
        note_entity_type(add->call->note, add->request.entity_type);
        add->is_ledger = add->request.entity_type == ENTITY_LEDGER_ENTRY;
        good = true;
    }
    strbuf_release(&types);
    return good;
}

/* Reads the ids of a scope into ids; false when the request was refused. */
static bool read_scope_ids(struct add *add, struct json_array *array, struct uuid *ids)
{
    bool by_chain = entity_is_chain_scoped(add->request.entity_type);
    const char *name = by_chain ? "ChainIds" : "EnterpriseIds";
    const struct scope *scope = add->input->integration->scope;
    struct error err;

    if (array->count < 1 || array->count > SCOPE_IDS_MAX) {
        error_set(&err, STATUS_INVALID, array->path, "must have 1 to %d ids, but has %zu",
                  SCOPE_IDS_MAX, array->count);
        return refuse(add, name, &err);
    }
    for (size_t i = 0; i < array->count; i++) {
        if (json_array_next_uuid(array, &ids[i], &err) != STATUS_OK)
            return refuse_json(add, &err);
    }
    for (size_t i = 0; i < array->count; i++) {
        if (by_chain ? scope_has_chain(scope, &ids[i]) : scope_has_enterprise(scope, &ids[i]))
            continue;
        error_set(&err, STATUS_INVALID, array->path,
                  "entry %zu is not %s that this AccessToken may see", i,
                  by_chain ? "a chain" : "an enterprise");
        return refuse(add, name, &err);
    }
    return true;
}

/* Reads the list that counts for the entity type; the other one is ignored. */
static bool read_named_scope(struct add *add, const struct json_object *object)
{
    bool by_chain = entity_is_chain_scoped(add->request.entity_type), found, other_found;
    const char *name = by_chain ? "ChainIds" : "EnterpriseIds";
    const struct scope *scope = add->input->integration->scope;
    struct uuid ids[SCOPE_IDS_MAX];
    struct json_array array, other;
    struct error err;

    if (json_get_array(object, name, &array, &found, &err) != STATUS_OK ||
        json_get_array(object, by_chain ? "EnterpriseIds" : "ChainIds", &other, &other_found,
                       &err) != STATUS_OK)
        return refuse_json(add, &err);
    if (!found)
        return true;
    if (!read_scope_ids(add, &array, ids))
        return false;
    add->request.scope = by_chain ? scope_of_chains(scope, ids, array.count)
                                  : scope_of_enterprises(scope, ids, array.count);
    return true;
}

/* Reads Scope; leaves request.scope NULL when everything is in it. */
static bool read_scope(struct add *add)
{
    static const char *const names[] = {"EnterpriseIds", "ChainIds"};
    struct json_object object;
    struct error err;
    bool found;

    if (json_get_object(&add->input->body, "Scope", &object, &found, &err) != STATUS_OK)
        return refuse_json(add, &err);
    if (!found)
        return true;
    return operation_check_known(add->call, &object, names, 2) && read_named_scope(add, &object);
}

/* Judges UpdatedUtc once both ends are read. */
static bool check_updated(const struct add *add)
{
    const struct export_filters *filters = &add->request.filters;
    int64_t start_ms = filters->updated_start_ms, end_ms = filters->updated_end_ms;
    int64_t latest_ms = add->input->now_ms - UPDATED_END_MARGIN_MS;
    char latest[TIMESTAMP_MILLIS_LENGTH];
    struct error err;

    if (start_ms > end_ms) {
        error_set(&err, STATUS_INVALID, "Filters.UpdatedUtc.StartUtc", "is later than EndUtc");
        return refuse(add, "UpdatedUtc", &err);
    }
    if (end_ms > latest_ms) {
        timestamp_write_millis(latest, latest_ms < TIMESTAMP_MIN_MS ? TIMESTAMP_MIN_MS : latest_ms);
        error_set(&err, STATUS_INVALID, "Filters.UpdatedUtc.EndUtc",
                  "must not be later than 5 minutes ago, which is %.*s now",
                  TIMESTAMP_MILLIS_LENGTH, latest);
        return refuse(add, "UpdatedUtc", &err);
    }
    if (end_ms - start_ms > UPDATED_INTERVAL_MAX_MS) {
        error_set(&err, STATUS_INVALID, "Filters.UpdatedUtc",
                  "must not be longer than 180 days; split it into several exports");
        api_refuse(add->call, MESSAGE_INTERVAL_TOO_LONG, &err);
        return false;
    }
    return true;
}

static bool read_updated(struct add *add, const struct json_object *filters)
{
    static const char *const names[] = {"StartUtc", "EndUtc"};
    struct export_filters *out = &add->request.filters;
    bool found, has_start, has_end;
    struct json_object interval;
    struct error err;

    if (json_get_object(filters, "UpdatedUtc", &interval, &found, &err) != STATUS_OK)
        return refuse_json(add, &err);
    if (!found)
        return true;
    if (add->is_ledger) {
        error_set(&err, STATUS_INVALID, "Filters.UpdatedUtc",
                  "LedgerEntry rows have no UpdatedUtc; use Filters.LedgerEntryFilters.Posting");
        return refuse(add, "UpdatedUtc", &err);
    }
    if (!operation_check_known(add->call, &interval, names, 2))
        return false;
    if (json_get_timestamp_ms(&interval, "StartUtc", &out->updated_start_ms, &has_start, &err) !=
            STATUS_OK ||
        json_get_timestamp_ms(&interval, "EndUtc", &out->updated_end_ms, &has_end, &err) !=
            STATUS_OK)
        return refuse_json(add, &err);
    if (!has_start || !has_end) {
        error_set(&err, STATUS_INVALID,
                  has_start ? "Filters.UpdatedUtc.EndUtc" : "Filters.UpdatedUtc.StartUtc",
                  "is missing: an interval needs StartUtc and EndUtc");
        return refuse(add, "UpdatedUtc", &err);
    }
    out->has_updated = true;
    return check_updated(add);
}

static bool read_posting(struct add *add, const struct json_object *ledger)
{
    static const char *const names[] = {"Start", "End"};
    struct export_filters *out = &add->request.filters;
    bool found, has_start = false, has_end = false;
    struct json_object posting;
    struct error err;

    if (json_get_object(ledger, "Posting", &posting, &found, &err) != STATUS_OK)
        return refuse_json(add, &err);
    if (found && !operation_check_known(add->call, &posting, names, 2))
        return false;
    if (found &&
        (json_get_date_day(&posting, "Start", &out->posting_start_day, &has_start, &err) !=
             STATUS_OK ||
         json_get_date_day(&posting, "End", &out->posting_end_day, &has_end, &err) != STATUS_OK))
        return refuse_json(add, &err);
    if (!has_start || !has_end) {
        error_set(&err, STATUS_INVALID, "Filters.LedgerEntryFilters.Posting",
                  "needs Start and End, two dates such as 2026-08-07");
        return refuse(add, "Posting", &err);
    }
    if (out->posting_start_day > out->posting_end_day) {
        error_set(&err, STATUS_INVALID, "Filters.LedgerEntryFilters.Posting.Start",
                  "is later than End");
        return refuse(add, "Posting", &err);
    }
    out->has_posting = true;
    return true;
}

static bool read_ledger_filters(struct add *add, const struct json_object *filters)
{
    static const char *const names[] = {"Posting"};
    struct json_object ledger;
    struct error err;
    bool found;

    if (json_get_object(filters, "LedgerEntryFilters", &ledger, &found, &err) != STATUS_OK)
        return refuse_json(add, &err);
    if (!found)
        return true;
    if (!add->is_ledger) {
        error_set(&err, STATUS_INVALID, "Filters.LedgerEntryFilters",
                  "is for EntityType LedgerEntry; use Filters.UpdatedUtc");
        return refuse(add, "LedgerEntryFilters", &err);
    }
    return operation_check_known(add->call, &ledger, names, 1) && read_posting(add, &ledger);
}

static bool read_filters(struct add *add)
{
    static const char *const names[] = {"UpdatedUtc", "LedgerEntryFilters"};
    bool has_ledger = revision_of(add)->has_ledger_filters;
    struct json_object filters;
    struct error err;
    bool found;

    if (json_get_object(&add->input->body, "Filters", &filters, &found, &err) != STATUS_OK)
        return refuse_json(add, &err);
    add->request.filters.is_given = found;
    if (found && (!operation_check_known(add->call, &filters, names, has_ledger ? 2 : 1) ||
                  !read_updated(add, &filters)))
        return false;
    if (found && has_ledger && !read_ledger_filters(add, &filters))
        return false;
    if (!has_ledger || !add->is_ledger || add->request.filters.has_posting)
        return true;
    error_set(&err, STATUS_INVALID, "Filters.LedgerEntryFilters",
              "is missing: LedgerEntry needs Posting with Start and End");
    return refuse(add, "LedgerEntryFilters", &err);
}

bool add_request_read(const struct api_call *call, const struct operation_input *input,
                      struct export_request *request)
{
    struct add add = {.call = call, .input = input};
    bool good = read_entity_type(&add);

    if (good && revision_of(&add)->has_scope_and_filters)
        good = read_scope(&add) && read_filters(&add);
    if (!good) {
        scope_unref(add.request.scope);
        return false;
    }
    if (!add.request.scope)
        add.request.scope = scope_ref(input->integration->scope);
    add.request.integration = input->integration;
    *request = add.request;
    return true;
}
