#include "trial/collected.h"

#include <inttypes.h>
#include <stdlib.h>

#include "api/export_view.h"
#include "base/memory.h"
#include "trial/expected.h"
#include "trial/folder.h"
#include "trial/trial.h"
#include "verify/disk.h"
#include "verify/report.h"
#include "verify/verify.h"

/* The expected side; owns its files. */
struct expected {
    struct verify_source_list list;
    char **names; /* of the files, in their order */
    size_t capacity;
    size_t export_count;
};

static char *make_name(const struct export *export, uint32_t index)
{
    struct strbuf name = STRBUF_INIT;
    char id[UUID_LENGTH];

    uuid_write(id, &export->id);
    strbuf_appendf(&name, "%.*s-%" PRIu32 ".jsonl", UUID_LENGTH, id, index + 1);
    return name.data;
}

static void add_file(struct expected *expected, const struct export *export, uint32_t index,
                     const struct source *source)
{
    struct verify_source_list *list = &expected->list;

    if (list->count == expected->capacity) {
        expected->capacity = expected->capacity ? expected->capacity * 2 : 16;
        list->items = memory_resize(list->items, expected->capacity, sizeof *list->items);
        expected->names =
            memory_resize(expected->names, expected->capacity, sizeof *expected->names);
    }
    expected->names[list->count] = make_name(export, index);
    list->items[list->count] =
        (struct verify_source){expected->names[list->count], expected->export_count, *source};
    list->count++;
}

static enum status add_export(struct expected *expected, struct content *content,
                              const struct export *export, struct error *err)
{
    struct dataset_query query = export_view_query(export);
    struct data_choice data = export_data_choice(export);
    uint32_t count = content_file_count(content, &query, &data);
    enum status status = STATUS_OK;

    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
        struct source source;

        status = content_file_open(content, &query, &data, i, &source, err);
        if (status == STATUS_OK)
            add_file(expected, export, i, &source);
    }
    expected->export_count++;
    return status;
}

static enum status add_exports(struct expected *expected, const struct trial *trial,
                               struct error *err)
{
    const struct app *app = trial_app(trial);
    const struct store *store = app_store(app);
    enum status status = STATUS_OK;

    for (const struct export *export = store_next_export(store, NULL, NULL);
         export && status == STATUS_OK; export = store_next_export(store, NULL, export)) {
        if (expected_export(trial, export))
            status = add_export(expected, app_content(app), export, err);
    }
    return status;
}

static void release_expected(struct expected *expected)
{
    for (size_t i = 0; i < expected->list.count; i++) {
        free(expected->names[i]);
        source_release(&expected->list.items[i].source);
    }
    free(expected->list.items);
    free(expected->names);
}

static enum status compare(struct expected *expected, struct disk_files *disk,
                           struct collected *out, struct error *err)
{
    struct verify_files wanted = verify_files_of_sources(&expected->list);
    struct verify_files found = disk_files_view(disk);
    struct findings findings;
    struct report_subject subject = {&findings, &wanted, &found};
    enum status status = verify_run(&wanted, &found, &findings, err);

    if (status != STATUS_OK)
        return status;
    *out = (struct collected){
        .is_there = true,
        .is_complete = findings_are_none(&findings),
        .expected_count = findings.totals[VERIFY_EXPECTED].row_count,
        .row_count = findings.totals[VERIFY_COLLECTED].row_count,
        .missing_count = findings.counts[FINDING_MISSING],
        .doubled_count = findings.counts[FINDING_DOUBLED],
        .damaged_count = findings.counts[FINDING_DAMAGED],
        .foreign_count = findings.counts[FINDING_FOREIGN],
    };
    report_write_text(&subject, &out->text);
    findings_release(&findings);
    return STATUS_OK;
}

/* Compares with what is in the folder, if that can hold rows. */
static enum status compare_folder(const struct trial *trial, struct collected *out,
                                  struct error *err)
{
    const char *folder = trial_folder(trial);
    struct expected expected = {.capacity = 0};
    struct disk_files *disk = NULL;
    enum status status = disk_files_new(&folder, 1, &disk, err);

    if (status == STATUS_NOT_FOUND) /* files, but none that hold rows */
        return STATUS_OK;
    if (status == STATUS_OK)
        status = add_exports(&expected, trial, err);
    if (status == STATUS_OK)
        status = compare(&expected, disk, out, err);
    release_expected(&expected);
    disk_files_free(disk);
    return status;
}

void collected_compare(const struct trial *trial, struct collected *out)
{
    struct error err;

    *out = (struct collected){.is_there = false};
    if (folder_has_files(trial_folder(trial)) && compare_folder(trial, out, &err) != STATUS_OK) {
        *out = (struct collected){.is_there = true, .is_unreadable = true};
        strbuf_appendf(&out->text, "%s\n", err.message);
    }
    out->exports = expected_count(trial);
}

void collected_release(struct collected *collected)
{
    strbuf_release(&collected->text);
}
