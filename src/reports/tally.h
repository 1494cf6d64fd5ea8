/* tally: what the writers of conduct reports have in common. Inside of reports/ only. */
#ifndef REPORTS_TALLY_H
#define REPORTS_TALLY_H

#include "base/token_hint.h"
#include "core/tenant.h"
#include "reports/reports.h"

/* What is shown of a tenant's AccessToken; "" for those who did not sign in. */
void tally_token(char out[TOKEN_HINT_SIZE], const struct tenant *tenant);

#endif
