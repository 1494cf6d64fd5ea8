#include "state/restore_export.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "content/fixtures.h"
#include "contract/entity.h"
#include "core/restore.h"
#include "state/restore_parts.h"

static enum status read_filters(const struct json_object *object, struct export_filters *out,
                                struct error *err)
{
    struct json_object filters;
    bool found, has_end;
    enum status status = json_get_object(object, "Filters", &filters, &out->is_given, err);

    if (status != STATUS_OK || !out->is_given)
        return status;
    status = json_get_timestamp_ms(&filters, "UpdatedStart", &out->updated_start_ms, &found, err);
    if (status == STATUS_OK)
        status = json_get_timestamp_ms(&filters, "UpdatedEnd", &out->updated_end_ms, &has_end, err);
    if (status != STATUS_OK)
        return status;
    out->has_updated = found && has_end;
    status = json_get_date_day(&filters, "PostingStart", &out->posting_start_day, &found, err);
    if (status == STATUS_OK)
        status = json_get_date_day(&filters, "PostingEnd", &out->posting_end_day, &has_end, err);
    if (status == STATUS_OK)
        out->has_posting = found && has_end;
    return status;
}

static enum status read_stage(const struct json_object *object, const char *name, struct stage *out,
                              struct error *err)
{
    struct json_object stage;
    int64_t polls = 0;
    bool found;
    enum status status = part_object(object, name, &stage, err);

    *out = (struct stage){NEVER_MS, 0};
    if (status == STATUS_OK)
        status = json_get_i64(&stage, "Polls", &polls, &found, err);
    if (status == STATUS_OK)
        status = json_get_i64(&stage, "Ms", &out->duration_ms, &found, err);
    if (status != STATUS_OK)
        return status;
    if (polls < 0 || polls > UINT32_MAX || out->duration_ms < 0)
        return json_error(object, name, STATUS_INVALID, err, "is out of range");
    out->polls = (uint32_t)polls;
    if (polls)
        out->duration_ms = 0;
    return STATUS_OK;
}

static enum status read_outcome(const struct json_object *object, enum export_outcome *out,
                                struct error *err)
{
    const char *name;
    enum status status = part_text(object, "Outcome", &name, err);

    if (status != STATUS_OK)
        return status;
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        if (strcmp(export_outcome_name((enum export_outcome)i), name) == 0) {
            *out = (enum export_outcome)i;
            return STATUS_OK;
        }
    }
    return json_error(object, "Outcome", STATUS_INVALID, err, "is no outcome");
}

static enum status read_instants(const struct json_object *plan, struct schedule *out,
                                 struct error *err)
{
    enum status status = part_instant(plan, "Created", &out->created_ms, err);

    if (status == STATUS_OK && out->created_ms == NEVER_MS)
        status = json_error(plan, "Created", STATUS_INVALID, err, "is missing");
    if (status == STATUS_OK)
        status = part_instant(plan, "Processing", &out->processing_ms, err);
    if (status == STATUS_OK)
        status = part_instant(plan, "Finished", &out->finished_ms, err);
    if (status == STATUS_OK)
        status = part_instant(plan, "Expires", &out->expires_ms, err);
    return status;
}

static enum status read_plan(const struct json_object *object, struct schedule *out,
                             struct error *err)
{
    struct json_object plan;
    enum status status = part_object(object, "Plan", &plan, err);

    if (status == STATUS_OK)
        status = read_instants(&plan, out, err);
    if (status == STATUS_OK)
        status = part_i64(&plan, "KeptMs", 0, JSON_WHOLE_MAX, &out->kept_ms, err);
    if (status == STATUS_OK)
        status = read_stage(&plan, "PendingFor", &out->pending, err);
    if (status == STATUS_OK)
        status = read_stage(&plan, "ProcessingFor", &out->processing, err);
    if (status == STATUS_OK)
        status = part_u32(&plan, "PollsLeft", &out->polls_left, err);
    return status == STATUS_OK ? read_outcome(&plan, &out->outcome, err) : status;
}

static enum status read_type(const struct json_object *object, uint8_t *out, struct error *err)
{
    enum entity_type type;
    const char *name;
    enum status status = part_text(object, "EntityType", &name, err);

    if (status != STATUS_OK)
        return status;
    if (!entity_find(name, strlen(name), &type))
        return json_error(object, "EntityType", STATUS_INVALID, err, "is no entity type");
    *out = (uint8_t)type;
    return STATUS_OK;
}

/* The scenario it was made under, and which of its rules it falls under. Borrowed. */
static enum status read_rule(const struct numbered *numbered, const struct json_object *object,
                             struct export *image, struct error *err)
{
    int64_t rule;
    bool found = false;
    enum status status = numbered_read(numbered, image->integration->tenant, object, "Scenario",
                                       &image->scenario, err);

    if (status == STATUS_OK)
        status = json_get_i64(object, "Rule", &rule, &found, err);
    if (status != STATUS_OK || !found)
        return status;
    if (!image->scenario || rule < 0 || (uint64_t)rule >= image->scenario->export_count)
        return json_error(object, "Rule", STATUS_INVALID, err, "is no rule of the scenario");
    image->rule = &image->scenario->exports[rule];
    return STATUS_OK;
}

static bool is_same_scope(const struct scope *left, const struct scope *right)
{
    if (left->enterprise_count != right->enterprise_count ||
        left->chain_count != right->chain_count)
        return false;
    for (uint32_t i = 0; i < left->enterprise_count; i++) {
        const struct enterprise *one = &left->enterprises[i], *other = &right->enterprises[i];

        if (!uuid_equal(&one->id, &other->id) || !uuid_equal(&one->chain_id, &other->chain_id) ||
            one->pricing != other->pricing)
            return false;
    }
    for (uint32_t i = 0; i < left->chain_count; i++) {
        if (!uuid_equal(&left->chains[i], &right->chains[i]))
            return false;
    }
    return true;
}

/* The scope has an owner more on success; that of the pair is shared where it is the same. */
static enum status read_scope(const struct json_object *object, struct export *image,
                              struct error *err)
{
    struct scope *scope;
    enum status status = part_scope(object, &scope, err);

    if (status != STATUS_OK)
        return status;
    if (!scope)
        return json_error(object, "Scope", STATUS_INVALID, err, "is missing");
    if (is_same_scope(scope, image->integration->scope)) {
        scope_unref(scope);
        scope = scope_ref(image->integration->scope);
    }
    image->scope = scope;
    return STATUS_OK;
}

/* Everything but the scope, which comes last because it is owned. */
static enum status read_image(struct store *store, const struct numbered *numbered,
                              const struct json_object *object, struct export *image,
                              struct error *err)
{
    int64_t turn = 0;
    bool found;
    enum status status = part_uuid(object, "Id", &image->id, err);

    if (status == STATUS_OK)
        status = read_type(object, &image->entity_type, err);
    if (status == STATUS_OK)
        status = json_get_bool(object, "Planted", &image->is_planted, &found, err);
    if (status == STATUS_OK)
        status = part_i64(object, "Turn", 0, JSON_WHOLE_MAX, &turn, err);
    if (status == STATUS_OK)
        status = read_filters(object, &image->filters, err);
    if (status == STATUS_OK)
        status = read_plan(object, &image->schedule, err);
    if (status == STATUS_OK)
        status = part_integration(store, object, &image->integration, err);
    if (status == STATUS_OK)
        status = read_rule(numbered, object, image, err);
    image->turn = (uint64_t)turn;
    return status == STATUS_OK ? read_scope(object, image, err) : status;
}

enum status restore_export_read(struct store *store, const struct numbered *numbered,
                                const struct json_object *object, struct error *err)
{
    struct export image = {.is_kept = true}, *export;
    enum status status = read_image(store, numbered, object, &image, err);

    if (status != STATUS_OK)
        return status;
    if (image.scenario)
        scenario_ref(image.scenario);
    export = restore_export(store, &image.id);
    scope_unref(export->scope);
    scenario_unref(export->scenario);
    free(export->files);
    image.hh = export->hh;
    *export = image;
    return STATUS_OK;
}

static enum status read_counts(const struct json_object *object, struct export_file *out,
                               struct error *err)
{
    int64_t sent_bytes;
    enum status status = part_u32(object, "Attempts", &out->attempt_count, err);

    if (status == STATUS_OK)
        status = part_u32(object, "Requests", &out->request_count, err);
    if (status == STATUS_OK)
        status = part_u32(object, "Completed", &out->completed_count, err);
    if (status == STATUS_OK)
        status = part_i64(object, "SentBytes", 0, JSON_WHOLE_MAX, &sent_bytes, err);
    if (status == STATUS_OK)
        out->sent_bytes = (uint64_t)sent_bytes;
    return status;
}

/* The files of an export, as many as count. */
static struct export_files *files_of(struct export *export, uint32_t count)
{
    if (export->files && export->files->count == count)
        return export->files;
    free(export->files);
    export->files = memory_new(sizeof *export->files + count * sizeof export->files->items[0]);
    export->files->count = count;
    export->files->is_restored = true;
    return export->files;
}

enum status restore_file_read(struct store *store, const struct json_object *object,
                              struct error *err)
{
    struct export_file file = {.size_bytes = 0};
    struct export *export;
    int64_t number, of;
    struct uuid id;
    enum status status = part_uuid(object, "ExportId", &id, err);

    if (status == STATUS_OK)
        status = part_i64(object, "Of", 1, FIXTURES_MAX_FILES, &of, err);
    if (status == STATUS_OK)
        status = part_i64(object, "Number", 1, of, &number, err);
    if (status == STATUS_OK)
        status = read_counts(object, &file, err);
    if (status != STATUS_OK)
        return status;
    export = store_find_export(store, &id);
    if (export)
        files_of(export, (uint32_t)of)->items[number - 1] = file;
    return STATUS_OK;
}
