/* tally: what the writers of conduct reports have in common. Inside of reports/ only. */
#ifndef REPORTS_TALLY_H
#define REPORTS_TALLY_H

#include "core/tenant.h"
#include "json/redact.h"
#include "reports/reports.h"

/* What is shown of a tenant's AccessToken; "" for those who did not sign in. */
void tally_token(char out[REDACT_HINT_SIZE], const struct tenant *tenant);

#endif
