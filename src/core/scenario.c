#include "core/scenario.h"

#include <stdlib.h>

#include "base/memory.h"

struct scenario *scenario_new(void)
{
    struct scenario *scenario = memory_new(sizeof *scenario);

    scenario->owner_count = 1;
    scenario->name = memory_copy_text("", 0);
    scenario->description = memory_copy_text("", 0);
    return scenario;
}

struct scenario *scenario_ref(struct scenario *scenario)
{
    scenario->owner_count++;
    return scenario;
}

void scenario_unref(struct scenario *scenario)
{
    if (!scenario || --scenario->owner_count > 0)
        return;
    for (size_t i = 0; i < scenario->fault_count; i++)
        free(scenario->faults[i].answer.body);
    free(scenario->faults);
    free(scenario->planted);
    free(scenario->exports);
    free(scenario->description);
    free(scenario->name);
    free(scenario);
}
