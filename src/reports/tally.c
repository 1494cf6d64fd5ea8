#include "reports/tally.h"

#include <string.h>

static void count(const struct tenant *tenant, const struct finding *finding, void *state)
{
    struct conduct_totals *totals = state;

    (void)tenant;
    totals->counts[conduct_rules[finding->rule].level]++;
}

struct conduct_totals conduct_count(const struct conduct_subject *subject)
{
    struct conduct_totals totals = {.dropped = conduct_dropped(subject->store, subject->tenant)};

    conduct_report(subject->store, subject->tenant, subject->now_real_ms, count, &totals);
    return totals;
}

void tally_token(char out[REDACT_HINT_SIZE], const struct tenant *tenant)
{
    out[0] = '\0';
    if (tenant)
        redact_hint(out, tenant->access_token, strlen(tenant->access_token));
}
