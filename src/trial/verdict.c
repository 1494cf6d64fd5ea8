#include "trial/verdict.h"

#include <stdlib.h>

bool verdict_conduct_fails(const struct conduct_totals *totals, enum fail_on fail_on)
{
    uint64_t count = 0;

    if (fail_on == FAIL_ON_NEVER)
        return false;
    for (int level = CONDUCT_ERROR; level <= (int)fail_on; level++)
        count += totals->counts[level];
    return count > 0;
}

int verdict_exit_code(const struct evidence_of_trial *evidence, enum fail_on fail_on)
{
    int code = ending_exit_code(evidence->ending);

    if (code != 0)
        return code;
    if (fail_on != FAIL_ON_NEVER && evidence->collected.is_there &&
        !evidence->collected.is_complete)
        return EXIT_FAILURE;
    return verdict_conduct_fails(&evidence->conduct, fail_on) ? EXIT_FAILURE : EXIT_SUCCESS;
}
