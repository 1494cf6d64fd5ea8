#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/conduct.h"
#include "contract/limits.h"
#include "core/conduct_state.h"
#include "core/store_state.h"
#include "core/watch.h"

/* The findings of a tenant while a report is made: those that were kept, and those of the end. */
struct ending {
    struct conduct *conduct; /* owned copy */
    int64_t now_ms;
};

static void judge_files(struct ending *ending, const struct export *export)
{
    const struct watch *watch = export->watch;
    uint32_t missed = 0, first = 0;

    for (uint32_t i = 0; i < export->files->count; i++) {
        const struct watched_file *file = &watch->files[i];
        struct subject subject = {RULE_INCOMPLETE_DOWNLOAD, export, i + 1, file->last};

        if (watched_file_is_whole(file, export->files->items[i].size_bytes))
            continue;
        if (file->request_count == 0) {
            first = missed++ == 0 ? i + 1 : first;
        } else {
            conduct_find(&ending->conduct, &subject,
                         "the longest stretch from its start ends at byte %llu of %llu",
                         (unsigned long long)(file->span_count && file->spans[0].start == 0
                                                  ? file->spans[0].end
                                                  : 0),
                         (unsigned long long)export->files->items[i].size_bytes);
        }
    }
    if (missed) {
        struct subject subject = {RULE_MISSED_FILE, export, 0, watch->finished};

        conduct_find(&ending->conduct, &subject,
                     "%u of %u files were never fetched, the first is %u", missed,
                     export->files->count, first);
    }
}

static bool was_fetched(const struct export *export)
{
    const struct watch *watch = export->watch;

    for (uint32_t i = 0; i < watch->file_count; i++) {
        if (watch->files[i].request_count)
            return true;
    }
    return false;
}

/* What the end shows of an export that was added by the client or was shown to it. */
static void judge_export(struct ending *ending, const struct export *export)
{
    const struct watch *watch = export->watch;
    struct subject subject = {RULE_GAVE_UP, export, 0, watch->added};
    bool is_seen = watch->asked.number != 0;

    if (watch->finished.number && export->files && export->files->count) {
        subject.rule = RULE_NEVER_COLLECTED;
        subject.evidence = watch->finished;
        if (watch->files && watch->file_count == export->files->count && was_fetched(export))
            judge_files(ending, export);
        else if (!watch_is_collected(export))
            conduct_find(&ending->conduct, &subject, "it has %u file%s", export->files->count,
                         export->files->count == 1 ? "" : "s");
        return;
    }
    if (is_seen && !export_state_in_flight(watch->shown))
        return;
    if (is_seen)
        subject.evidence = watch->asked;
    if (ending->now_ms - subject.evidence.at_ms >= POLL_INTERVAL_MS ||
        !export_state_in_flight(schedule_state_at(&export->schedule, ending->now_ms)))
        conduct_find(&ending->conduct, &subject, is_seen ? "it was last shown as %s" : "%s",
                     is_seen ? export_state_name(watch->shown) : "it was never asked for");
}

static struct conduct *copy_of(const struct conduct *conduct)
{
    struct conduct *copy = memory_new(sizeof *copy);

    if (!conduct)
        return copy;
    *copy = *conduct;
    copy->findings = NULL;
    copy->troubles = NULL;
    if (conduct->finding_count) {
        copy->findings = memory_new(conduct->finding_count * sizeof *copy->findings);
        memcpy(copy->findings, conduct->findings, conduct->finding_count * sizeof *copy->findings);
    }
    return copy;
}

static void visit_findings(const struct tenant *tenant, const struct conduct *conduct,
                           conduct_visitor *visit, void *state)
{
    for (int rule = 0; rule < CONDUCT_RULE_COUNT; rule++) {
        for (uint32_t i = 0; i < conduct->finding_count; i++) {
            if (conduct->findings[i].rule == (enum conduct_rule)rule)
                visit(tenant, &conduct->findings[i], state);
        }
    }
}

static void report_tenant(struct store *store, const struct tenant *tenant, int64_t now_real_ms,
                          conduct_visitor *visit, void *state)
{
    struct ending ending = {copy_of(tenant->conduct), store_now_ms(store, tenant, now_real_ms)};
    const struct export *export = NULL;

    while ((export = store_next_export(store, tenant, export))) {
        if (export->watch && export->watch->added.number)
            judge_export(&ending, export);
    }
    visit_findings(tenant, ending.conduct, visit, state);
    conduct_free(ending.conduct);
}

void conduct_report(struct store *store, const struct tenant *tenant, int64_t now_real_ms,
                    conduct_visitor *visit, void *state)
{
    if (tenant) {
        report_tenant(store, tenant, now_real_ms, visit, state);
        return;
    }
    for (const struct tenant *each = store->tenants; each; each = each->hh.next)
        report_tenant(store, each, now_real_ms, visit, state);
    if (store->nobody)
        visit_findings(NULL, store->nobody, visit, state);
}

void conduct_take_fresh(struct store *store, const struct tenant *tenant, conduct_visitor *visit,
                        void *state)
{
    struct conduct *conduct = tenant ? tenant->conduct : store->nobody;

    if (!conduct || !conduct->has_fresh)
        return;
    conduct->has_fresh = false;
    for (uint32_t i = 0; i < conduct->finding_count; i++) {
        if (conduct->findings[i].is_fresh)
            visit(tenant, &conduct->findings[i], state);
        conduct->findings[i].is_fresh = false;
    }
}

const struct span *conduct_spans(const struct export *export, uint32_t file, uint32_t *count,
                                 bool *is_whole)
{
    const struct watch *watch = export->watch;

    *count = 0;
    *is_whole = false;
    if (!watch || file == 0 || file > watch->file_count)
        return NULL;
    *is_whole = watch->files[file - 1].whole_count > 0;
    *count = *is_whole ? 0 : watch->files[file - 1].span_count;
    return watch->files[file - 1].spans;
}

uint64_t conduct_dropped(const struct store *store, const struct tenant *tenant)
{
    uint64_t dropped = store->nobody && !tenant ? store->nobody->dropped : 0;

    for (const struct tenant *each = store->tenants; each; each = each->hh.next) {
        if ((!tenant || each == tenant) && each->conduct)
            dropped += each->conduct->dropped;
    }
    return dropped;
}
