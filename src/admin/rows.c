/* The rows of an export as they are: what a client should have collected. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "admin/answer.h"
#include "admin/export_report.h"
#include "admin/query.h"
#include "admin/routes.h"
#include "admin/subject.h"
#include "api/export_view.h"
#include "base/memory.h"
#include "base/rng.h"
#include "content/chain.h"
#include "http/file_reply.h"

#define CONTENT_TYPE "application/jsonl"

const char *const admin_rows_query[] = {"file", NULL};

/* Which files of an export are asked for: one, or all of them. */
struct choice {
    struct content *content;
    struct dataset_query query;
    struct data_choice data;
    uint32_t first; /* from 0 */
    uint32_t count;
};

/* Names the bytes of the files. */
static uint64_t identity_of(const struct choice *choice)
{
    uint64_t all = choice->count;

    for (uint32_t i = 0; i < choice->count; i++)
        all = rng_mix(all) ^ content_file_identity(choice->content, &choice->query, &choice->data,
                                                   choice->first + i);
    return rng_mix(all);
}

/* Opens the files as one source. */
static enum status open_rows(const struct choice *choice, struct source *out, struct error *err)
{
    struct source *parts = memory_new((choice->count + 1) * sizeof *parts);
    enum status status = STATUS_OK;
    uint32_t opened = 0;

    while (opened < choice->count && status == STATUS_OK) {
        status = content_file_open(choice->content, &choice->query, &choice->data,
                                   choice->first + opened, &parts[opened], err);
        opened += status == STATUS_OK;
    }
    if (status == STATUS_OK)
        status = chain_open(parts, opened, out, err);
    for (uint32_t i = 0; i < opened && status != STATUS_OK; i++)
        source_release(&parts[i]);
    free(parts);
    return status;
}

/* Reads ?file=N against how many files there are. */
static enum status read_file(const struct admin_call *call, struct choice *choice,
                             struct error *err)
{
    uint64_t number = 0;
    enum status status = query_read_number(call->request->query, "file", UINT32_MAX, &number, err);

    if (status != STATUS_OK || !http_query_has(call->request->query, "file"))
        return status;
    if (number == 0 || number > choice->count)
        return error_set(err, STATUS_NOT_FOUND, "file",
                         "the export has no file %" PRIu64 "; it has %" PRIu32, number,
                         choice->count);
    choice->first = (uint32_t)number - 1;
    choice->count = 1;
    return STATUS_OK;
}

static enum status reply(const struct admin_call *call, const struct export *export,
                         struct choice *choice, struct error *err)
{
    struct file_reply_facts facts = {.content_type = CONTENT_TYPE,
                                     .modified_ms = export->schedule.created_ms};
    char tag[FILE_REPLY_TAG_MAX];
    struct source source;
    enum status status = open_rows(choice, &source, err);

    if (status != STATUS_OK)
        return status;
    snprintf(tag, sizeof tag, "%016" PRIx64, identity_of(choice));
    facts.tag = tag;
    file_reply(call->request, call->response, source, &facts);
    return STATUS_OK;
}

void admin_exports_rows(struct admin_call *call)
{
    struct content *content = call->admin->api->content;
    struct export *export = subject_find_export(call);
    struct choice choice = {.content = content};
    uint32_t file_count;
    struct error err;

    if (!export)
        return;
    choice.query = export_view_query(export);
    choice.data = export_data_choice(export);
    choice.count = file_count = content_file_count(content, &choice.query, &choice.data);
    if (read_file(call, &choice, &err) != STATUS_OK) {
        admin_refuse(call, &err);
        return;
    }
    http_response_header(call->response, "File-Count", "%" PRIu32, file_count);
    if (reply(call, export, &choice, &err) != STATUS_OK)
        admin_refuse(call, &err);
}
