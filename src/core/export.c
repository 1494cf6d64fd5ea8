#include "core/export.h"

static void apply(struct lifecycle *lifecycle, const struct lifecycle_choice *choice)
{
    if (choice->has_pending)
        lifecycle->pending = choice->pending;
    if (choice->has_processing)
        lifecycle->processing = choice->processing;
    if (choice->has_outcome)
        lifecycle->outcome = choice->outcome;
    if (choice->has_kept)
        lifecycle->kept_ms = choice->kept_ms;
}

struct lifecycle export_lifecycle(const struct export *export, const struct lifecycle *base)
{
    struct lifecycle lifecycle = *base;

    if (export->scenario)
        apply(&lifecycle, &export->scenario->lifecycle);
    if (export->rule)
        apply(&lifecycle, &export->rule->lifecycle);
    return lifecycle;
}

int64_t export_link_validity_ms(const struct export *export, int64_t base_ms)
{
    if (export->rule && export->rule->lifecycle.has_link_validity)
        return export->rule->lifecycle.link_validity_ms;
    if (export->scenario && export->scenario->lifecycle.has_link_validity)
        return export->scenario->lifecycle.link_validity_ms;
    return base_ms;
}

struct data_choice export_data_choice(const struct export *export)
{
    struct data_choice choice = {0};

    if (export->scenario)
        choice = export->scenario->data;
    if (export->rule)
        data_choice_apply(&choice, &export->rule->data);
    return choice;
}
