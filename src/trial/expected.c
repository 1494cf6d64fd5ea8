#include "trial/expected.h"

#include "core/conduct.h"
#include "trial/trial.h"

static bool has_rows(const struct trial *trial, const struct export *export)
{
    enum export_state state;

    if (export->is_planted)
        return false;
    state = store_export_state(app_store(trial_app(trial)), export, trial_closed_real_ms(trial));
    return state == EXPORT_SUCCESS || state == EXPORT_EXPIRED;
}

static bool is_same_scope(const struct export *a, const struct export *b)
{
    enum entity_type type = (enum entity_type)a->entity_type;

    return a->scope == b->scope ||
           (scope_covers(a->scope, b->scope, type) && scope_covers(b->scope, a->scope, type));
}

static bool is_same_filter(const struct export_filters *a, const struct export_filters *b)
{
    if (a->has_updated != b->has_updated || a->has_posting != b->has_posting)
        return false;
    if (a->has_updated &&
        (a->updated_start_ms != b->updated_start_ms || a->updated_end_ms != b->updated_end_ms))
        return false;
    return !a->has_posting || (a->posting_start_day == b->posting_start_day &&
                               a->posting_end_day == b->posting_end_day);
}

/* True when a later export was asked the same. */
static bool is_asked_again(const struct trial *trial, const struct export *export)
{
    const struct store *store = app_store(trial_app(trial));

    for (const struct export *later = store_next_export(store, NULL, export); later;
         later = store_next_export(store, NULL, later)) {
        if (later->entity_type == export->entity_type &&
            is_same_filter(&later->filters, &export->filters) && is_same_scope(later, export) &&
            has_rows(trial, later))
            return true;
    }
    return false;
}

bool expected_export(const struct trial *trial, const struct export *export)
{
    return has_rows(trial, export) && !is_asked_again(trial, export);
}

/* True when the client let it be: it gave no rows, and was not tried again. Source: assumed. */
static bool is_left(const struct trial *trial, const struct export *export)
{
    const struct store *store = app_store(trial_app(trial));

    if (has_rows(trial, export))
        return false;
    for (const struct export *later = store_next_export(store, NULL, export); later;
         later = store_next_export(store, NULL, later)) {
        if (!later->is_planted && later->entity_type == export->entity_type)
            return false;
    }
    return true;
}

static void count(const struct trial *trial, const struct export *export,
                  struct export_counts *counts)
{
    bool is_fetched = conduct_is_collected(export);

    counts->added_count++;
    counts->left_count += is_left(trial, export);
    if (is_fetched ? !has_rows(trial, export) : !expected_export(trial, export))
        return;
    counts->success_count++;
    counts->not_fetched_count += !is_fetched;
}

struct export_counts expected_count(const struct trial *trial)
{
    const struct store *store = app_store(trial_app(trial));
    struct export_counts counts = {.added_count = 0};

    for (const struct export *export = store_next_export(store, NULL, NULL); export;
         export = store_next_export(store, NULL, export)) {
        if (!export->is_planted)
            count(trial, export, &counts);
    }
    return counts;
}
