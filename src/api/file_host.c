#include "api/file_host.h"

#include <inttypes.h>
#include <string.h>

#include "api/api_error.h"
#include "api/export_view.h"
#include "api/trouble.h"
#include "api/why.h"
#include "content/corrupt.h"
#include "contract/limits.h"
#include "core/conduct.h"
#include "http/file_reply.h"

static enum storage_refusal refusal_of(enum link_verdict verdict)
{
    switch (verdict) {
    case LINK_MISSING:
        return STORAGE_NO_SIGNATURE;
    case LINK_MALFORMED:
        return STORAGE_MALFORMED_LINK;
    case LINK_WRONG_SIGNATURE:
        return STORAGE_WRONG_SIGNATURE;
    case LINK_OK:
    case LINK_OUTDATED:
        break;
    }
    return STORAGE_OUTDATED_LINK;
}

static struct storage_facts facts_of(const struct api_call *call, int64_t now_ms)
{
    return (struct storage_facts){
        .request_id = call->request_id,
        .now_ms = now_ms,
        .method = call->request->method_name,
        .path = call->request->path,
        .authorization = http_request_header(call->request, "Authorization"),
        .range = http_request_header(call->request, "Range"),
    };
}

static void refuse(const struct api_call *call, enum storage_refusal refusal,
                   const struct storage_facts *facts)
{
    why_refused(call, refusal, facts);
    storage_refuse(call->api->config.storage, refusal, facts, call->response);
}

/* What a client is given to spend a link, when the clock runs faster than its own. */
#define LINK_SLACK_REAL_MS (10 * MS_PER_SECOND)

/*
 * True for an outdated link that the client should have known to be outdated: it lived as long as
 * documented, and, while the clock races, the client had it for some real seconds.
 */
static bool is_late(const struct api_call *call, const struct export *export, int64_t until_ms)
{
    const struct api *api = call->api;
    const struct clock *clock;
    int64_t validity_ms, age_ms;

    if (!export)
        return false;
    validity_ms = export_link_validity_ms(export, api->config.link_validity_ms);
    clock = store_clock(api->store, export->integration->tenant);
    age_ms = clock_now_ms(clock, call->now_real_ms) - until_ms + validity_ms;
    return validity_ms >= FILE_LINK_VALIDITY_MS &&
           (clock->speed <= 1 || (double)age_ms / clock->speed >= LINK_SLACK_REAL_MS);
}

/* What forbids the request whatever the export is like. True when it was refused. */
static bool refuse_request(const struct api_call *call, const struct uuid *export_id,
                           uint32_t number, struct storage_facts *facts)
{
    const struct api *api = call->api;
    struct link link = {0};
    enum link_verdict verdict;
    enum storage_refusal refusal;

    if (call->request->method != HTTP_GET && call->request->method != HTTP_HEAD) {
        refusal = STORAGE_METHOD;
    } else if (facts->authorization) {
        refusal = STORAGE_AUTHORIZATION_SENT;
    } else {
        verdict =
            link_check(&api->signer, export_id, number, call->request->query, facts->now_ms, &link);
        if (verdict == LINK_OK) {
            why_link(call, link.until_ms);
            return false;
        }
        facts->from_ms = link.from_ms;
        facts->until_ms = link.until_ms;
        if (call->note)
            call->note->is_late_link =
                verdict == LINK_OUTDATED &&
                is_late(call, store_find_export(api->store, export_id), link.until_ms);
        refusal = refusal_of(verdict);
    }
    refuse(call, refusal, facts);
    return true;
}

/* The export's file, or NULL after a refusal. */
static struct export_files *find_files(const struct api_call *call, struct export *export,
                                       uint32_t number, struct storage_facts *facts)
{
    const struct api *api = call->api;
    struct export_files *files = NULL;
    enum storage_refusal refusal = STORAGE_NO_FILE;

    if (export && schedule_state_at(&export->schedule, facts->now_ms) == EXPORT_EXPIRED) {
        facts->from_ms = export->schedule.finished_ms;
        facts->until_ms = export->schedule.expires_ms;
        refusal = STORAGE_EXPIRED_EXPORT;
    } else if (export) {
        files = export_view_files(api, export, call->now_real_ms);
    }
    if (files && number >= 1 && number <= files->count)
        return files;
    refuse(call, refusal, facts);
    return NULL;
}

/* Opens a file, with its rows as the faults want them. */
static enum status open_file(const struct api_call *call, const struct export *export,
                             uint32_t index, const struct fault_decision *decision,
                             struct source *source, struct error *err)
{
    struct content *content = call->api->content;
    struct dataset_query query = export_view_query(export);
    struct data_choice choice = export_data_choice(export);
    enum status status = content_file_open(content, &query, &choice, index, source, err);

    if (status != STATUS_OK || !decision->corruption_count)
        return status;
    status = content_corrupt(content, &query, &choice, index, decision->corruptions,
                             decision->corruption_count, source, err);
    if (status != STATUS_OK)
        source_release(source);
    return status;
}

static void send_file(const struct api_call *call, struct export *export, uint32_t number,
                      const struct fault_decision *decision, struct storage_facts *facts)
{
    const struct api *api = call->api;
    struct dataset_query query = export_view_query(export);
    struct data_choice choice = export_data_choice(export);
    struct http_response *response = call->response;
    struct file_reply_facts reply = {.content_type = storage_content_type(api->config.storage),
                                     .modified_ms = export->schedule.finished_ms};
    char tag[STORAGE_TAG_SIZE];
    struct source source;
    struct error err;

    if (open_file(call, export, number - 1, decision, &source, &err) != STATUS_OK) {
        api_refuse(call, MESSAGE_SERVER_FAULT, &err);
        return;
    }
    storage_tag_write(api->config.storage,
                      content_file_identity(api->content, &query, &choice, number - 1), tag);
    reply.tag = tag;
    facts->size_bytes = source.size_bytes;
    facts->modified_ms = reply.modified_ms;
    file_reply(call->request, response, source, &reply);
    if (response->status == 416)
        refuse(call, STORAGE_RANGE, facts);
    else if (response->status == 412)
        refuse(call, STORAGE_PRECONDITION, facts);
    else
        storage_success_headers(api->config.storage, facts, response);
    why_file(call, facts->size_bytes);
}

static void note_file(const struct api_call *call, const struct uuid *export_id,
                      const struct export *export, uint32_t number)
{
    if (!call->note)
        return;
    call->note->kind = NOTE_DOWNLOAD;
    call->note->file = number;
    note_export(call->note, export_id);
    if (!export)
        return;
    call->note->tenant = export->integration->tenant;
    note_entity_type(call->note, (enum entity_type) export->entity_type);
}

/* What the file host says with a status that a fault gives. */
static enum storage_refusal refusal_for(int status)
{
    switch (status) {
    case 403:
        return STORAGE_WRONG_SIGNATURE;
    case 404:
        return STORAGE_NO_FILE;
    case 429:
    case 503:
        return STORAGE_BUSY;
    default:
        return STORAGE_BROKEN;
    }
}

/*
 * Meets the scenario's faults, if it is a GET: each counts as an attempt. False when one of them
 * answered.
 */
static bool pass_faults(const struct api_call *call, struct export *export, uint32_t number,
                        struct storage_facts *facts, struct fault_decision *decision)
{
    struct tenant *tenant = export->integration->tenant;
    struct export_file *file = &export->files->items[number - 1];
    struct fault_event event = {
        .target = FAULT_DOWNLOAD, .entity_types = 1u << export->entity_type, .file = number};

    memset(decision, 0, sizeof *decision);
    if (call->request->method != HTTP_GET)
        return true;
    store_follow_scenario(call->api->store, export->integration, call->now_real_ms);
    event.attempt = ++file->attempt_count;
    store_note_file(call->api->store, export, number);
    if (call->note)
        call->note->attempt = event.attempt;
    trouble_meet(call, tenant, &event, decision);
    if (!decision->answer)
        return true;
    trouble_retry_after(call, tenant, decision->answer);
    facts->fault_status = decision->answer->status;
    if (decision->answer->body)
        trouble_answer_body(call, decision->answer);
    else
        storage_refuse(call->api->config.storage, refusal_for(facts->fault_status), facts,
                       call->response);
    return false;
}

void file_host_answer(const struct api_call *call, const struct uuid *export_id, uint32_t number)
{
    struct export *export = store_find_export(call->api->store, export_id);
    const struct tenant *tenant = export ? export->integration->tenant : NULL;
    struct storage_facts facts =
        facts_of(call, store_now_ms(call->api->store, tenant, call->now_real_ms));

    struct fault_decision decision;

    note_file(call, export_id, export, number);
    if (refuse_request(call, export_id, number, &facts))
        return;
    if (find_files(call, export, number, &facts) &&
        pass_faults(call, export, number, &facts, &decision))
        send_file(call, export, number, &decision, &facts);
}

/* What was fetched. Of a compressed body nobody can tell which bytes of the file broke off. */
static void tell_conduct(const struct http_completion *completion, struct export *export,
                         uint32_t number)
{
    struct span span = {completion->offset_bytes,
                        completion->offset_bytes + completion->sent_bytes};

    if (completion->is_encoded)
        span =
            (struct span){0, completion->aborted ? 0 : export->files->items[number - 1].size_bytes};
    if (completion->aborted)
        conduct_download_broken(export, number, span);
    else
        conduct_download_over(export, number, span, completion->status == 200);
}

void file_host_completed(struct api *api, const struct http_completion *completion)
{
    struct uuid export_id;
    struct export *export;
    struct export_file *file;
    uint32_t number;

    if (completion->is_text || strcmp(completion->method, "GET") != 0 ||
        (completion->status != 200 && completion->status != 206) ||
        !link_path_read(completion->path, &export_id, &number))
        return;
    export = store_find_export(api->store, &export_id);
    if (!export || !export->files || number > export->files->count)
        return;
    file = &export->files->items[number - 1];
    file->request_count++;
    file->sent_bytes += completion->sent_bytes;
    if (!completion->aborted)
        file->completed_count++;
    store_note_file(api->store, export, number);
    tell_conduct(completion, export, number);
}
