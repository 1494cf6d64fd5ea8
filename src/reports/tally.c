#include "reports/tally.h"

#include <string.h>

static void count(const struct tenant *tenant, const struct finding *finding, void *state)
{
    struct conduct_totals *totals = state;

    (void)tenant;
    totals->counts[conduct_rules[finding->rule].level]++;
}

void conduct_visit(const struct conduct_subject *subject, conduct_visitor *visit, void *state)
{
    if (!subject->is_unknown)
        conduct_report(subject->store, subject->tenant, subject->now_real_ms, visit, state);
}

struct conduct_totals conduct_count(const struct conduct_subject *subject)
{
    struct conduct_totals totals = {0};

    if (!subject->is_unknown)
        totals.dropped = conduct_dropped(subject->store, subject->tenant);
    conduct_visit(subject, count, &totals);
    return totals;
}

void tally_token(char out[TOKEN_HINT_SIZE], const struct tenant *tenant)
{
    out[0] = '\0';
    if (tenant)
        token_hint(out, tenant->access_token, strlen(tenant->access_token));
}
