#include "api/export_view.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Longest Host that is taken for links: a name of 253 characters and a port. */
#define HOST_MAX_LENGTH 260

struct dataset_query export_view_query(const struct export *export)
{
    const struct export_filters *filters = &export->filters;

    return (struct dataset_query){
        .entity_type = (enum entity_type) export->entity_type,
        .enterprises = export->scope->enterprises,
        .enterprise_count = export->scope->enterprise_count,
        .as_of_ms = export->schedule.created_ms,
        .has_updated = filters->has_updated,
        .updated_start_ms = filters->updated_start_ms,
        .updated_end_ms = filters->updated_end_ms,
        .has_posting = filters->has_posting,
        .posting_start_day = filters->posting_start_day,
        .posting_end_day = filters->posting_end_day,
    };
}

/* With what was fetched of them before the server was started again. */
static struct export_files *list_files(struct content *content, const struct export *export)
{
    struct dataset_query query = export_view_query(export);
    struct data_choice choice = export_data_choice(export);
    uint32_t count = content_file_count(content, &query, &choice);
    struct export_files *files = memory_new(sizeof *files + (size_t)count * sizeof files->items[0]);

    files->count = count;
    for (uint32_t i = 0; export->files && i < count && i < export->files->count; i++)
        files->items[i] = export->files->items[i];
    for (uint32_t i = 0; i < count; i++)
        files->items[i].size_bytes = content_file_size(content, &query, &choice, i);
    return files;
}

struct export_files *export_view_files(const struct api *api, struct export *export,
                                       int64_t now_real_ms)
{
    if (store_export_state(api->store, export, now_real_ms) != EXPORT_SUCCESS)
        return NULL;
    if (!export->files || export->files->is_restored) {
        struct export_files *files = list_files(api->content, export);

        free(export->files);
        export->files = files;
    }
    return export->files;
}

/* True for a host and port that can stand in a URL as they are. */
static bool is_usable_host(const char *host)
{
    size_t length = strlen(host);

    if (length == 0 || length > HOST_MAX_LENGTH)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!isalnum((unsigned char)host[i]) && !strchr(".-_:[]", host[i]))
            return false;
    }
    return true;
}

void export_view_begin(const struct api_call *call)
{
    const char *host = http_request_header(call->request, "Host");
    struct strbuf *out = &call->api->base_url;

    call->api->size_off_by = 0;
    strbuf_reset(out);
    if (call->api->config.public_url) {
        strbuf_append_text(out, call->api->config.public_url);
    } else if (host && is_usable_host(host)) {
        const char *local_url = call->api->config.local_url; /* whose scheme is spoken */

        strbuf_append(out, local_url, strcspn(local_url, "/") + 2);
        strbuf_append_text(out, host);
    } else {
        strbuf_append_text(out, call->api->config.local_url);
    }
}

static void write_ids(struct json_writer *writer, const char *name, const struct scope *scope,
                      bool chains)
{
    json_begin_array(writer, name);
    if (chains) {
        for (uint32_t i = 0; i < scope->chain_count; i++)
            json_write_uuid(writer, NULL, &scope->chains[i]);
    } else {
        for (uint32_t i = 0; i < scope->enterprise_count; i++)
            json_write_uuid(writer, NULL, &scope->enterprises[i].id);
    }
    json_end_array(writer);
}

/* Source: contract/exports.json, rules.scope_echo: both keys, the one not in use is null. */
void export_view_write_scope(struct json_writer *writer, const struct export *export)
{
    bool chains = entity_is_chain_scoped((enum entity_type) export->entity_type);

    json_begin_object(writer, "Scope");
    if (chains)
        json_write_null(writer, "EnterpriseIds");
    else
        write_ids(writer, "EnterpriseIds", export->scope, false);
    if (chains)
        write_ids(writer, "ChainIds", export->scope, true);
    else
        json_write_null(writer, "ChainIds");
    json_end_object(writer);
}

static void write_updated(struct json_writer *writer, const struct export_filters *filters)
{
    if (!filters->has_updated) {
        json_write_null(writer, "UpdatedUtc");
        return;
    }
    json_begin_object(writer, "UpdatedUtc");
    json_write_seconds(writer, "StartUtc", filters->updated_start_ms);
    json_write_seconds(writer, "EndUtc", filters->updated_end_ms);
    json_end_object(writer);
}

static void write_posting(struct json_writer *writer, const struct export_filters *filters)
{
    if (!filters->has_posting) {
        json_write_null(writer, "LedgerEntryFilters");
        return;
    }
    json_begin_object(writer, "LedgerEntryFilters");
    json_begin_object(writer, "Posting");
    json_write_date(writer, "Start", filters->posting_start_day);
    json_write_date(writer, "End", filters->posting_end_day);
    json_end_object(writer);
    json_end_object(writer);
}

/* Source: contract/exports.json, rules.filters_echo: null, or every key of the revision. */
void export_view_write_filters(struct json_writer *writer, const struct export *export,
                               const struct revision *revision)
{
    if (!export->filters.is_given) {
        json_write_null(writer, "Filters");
        return;
    }
    json_begin_object(writer, "Filters");
    write_updated(writer, &export->filters);
    if (revision->has_ledger_filters)
        write_posting(writer, &export->filters);
    json_end_object(writer);
}

/*
 * Makes the links of this answer differ from those of an earlier one, also when it was given at the
 * same instant, as happens while the clock stands still. Source: contract/exports.json,
 * rules.file_url_regenerated: each getAll answer carries new Urls.
 */
static void renew_links(struct export *export, int64_t now_ms)
{
    if (now_ms > export->newest_link_ms) {
        export->newest_link_ms = now_ms;
        export->link_serial = 0;
    } else {
        export->link_serial = ++export->links_repeated;
    }
}

/*
 * How long a link of the export works. Source: contract/exports.json, rules.file_url_10_minutes and
 * file_url_regenerated; before, rules.file_url_until_expiry.
 */
static struct link link_of(const struct api *api, const struct export *export, int64_t now_ms)
{
    struct link link = {.export_id = export->id};

    if (api->config.revision->file_links_renewed) {
        link.from_ms = now_ms;
        link.serial = export->link_serial;
        link.until_ms =
            instant_after(now_ms, export_link_validity_ms(export, api->config.link_validity_ms));
    } else {
        link.from_ms = export->schedule.finished_ms;
        link.until_ms = export->schedule.expires_ms;
    }
    return link;
}

/* The size that the answer tells: a fault may have it wrong. */
static uint64_t told_size(const struct api *api, uint64_t size_bytes)
{
    int64_t told = (int64_t)size_bytes + api->size_off_by;

    return told > 0 ? (uint64_t)told : 0;
}

void export_view_write_file(const struct api_call *call, struct json_writer *writer,
                            const struct export *export, uint32_t index)
{
    struct api *api = call->api;
    int64_t now_ms = store_now_ms(api->store, export->integration->tenant, call->now_real_ms);
    struct link link = link_of(api, export, now_ms);

    link.file = index + 1;
    strbuf_reset(&api->url);
    strbuf_append(&api->url, api->base_url.data, api->base_url.length);
    link_write(&api->url, &api->signer, &link);
    json_write_plain(writer, "Url", api->url.data, api->url.length);
    json_write_u64(writer, "SizeInBytes", told_size(api, export->files->items[index].size_bytes));
}

static void write_files(const struct api_call *call, struct json_writer *writer,
                        struct export *export, enum export_state state)
{
    const struct export_files *files = NULL;

    if (state == EXPORT_SUCCESS) {
        files = export_view_files(call->api, export, call->now_real_ms);
        renew_links(export,
                    store_now_ms(call->api->store, export->integration->tenant, call->now_real_ms));
    }
    json_begin_array(writer, "Files");
    for (uint32_t i = 0; files && i < files->count; i++) {
        json_begin_object(writer, NULL);
        export_view_write_file(call, writer, export, i);
        json_end_object(writer);
    }
    json_end_array(writer);
}

/* Source: contract/exports.json, rules.expires_utc; Failed: contract/README.md. */
static int64_t expires_of(const struct export *export, enum export_state state)
{
    bool is_set = state == EXPORT_SUCCESS || state == EXPORT_EXPIRED;

    return is_set ? export->schedule.expires_ms : NEVER_MS;
}

void export_view_write(const struct api_call *call, struct json_writer *writer,
                       struct export *export, enum export_state state)
{
    const struct revision *revision = call->api->config.revision;
    const char *name = entity_name((enum entity_type) export->entity_type);

    json_write_uuid(writer, "Id", &export->id);
    json_write_plain(writer, "Status", export_state_name(state), strlen(export_state_name(state)));
    json_write_plain(writer, "EntityType", name, strlen(name));
    if (revision->has_scope_and_filters)
        export_view_write_scope(writer, export);
    write_files(call, writer, export, state);
    json_write_seconds(writer, "ExpiresUtc", expires_of(export, state));
    if (revision->has_scope_and_filters)
        export_view_write_filters(writer, export, revision);
}
