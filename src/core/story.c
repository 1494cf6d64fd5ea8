#include "core/story.h"

#include <stdlib.h>

#include "base/memory.h"

bool story_follow(struct story *story, struct scenario *scenario)
{
    if (story->scenario == scenario)
        return false;
    story_release(story);
    if (!scenario)
        return true;
    story->scenario = scenario_ref(scenario);
    if (scenario->fault_count || scenario->export_count)
        story->counts = memory_new(sizeof *story->counts);
    return true;
}

void story_release(struct story *story)
{
    scenario_unref(story->scenario);
    free(story->counts);
    *story = (struct story){0};
}

const struct export_rule *story_next_export(struct story *story, enum entity_type type)
{
    const struct scenario *scenario = story->scenario;
    const struct export_rule *found = NULL;

    for (size_t i = 0; scenario && i < scenario->export_count; i++) {
        const struct export_rule *rule = &scenario->exports[i];
        uint32_t *count = &story->counts->exports[i];

        if (rule->entity_types && !(rule->entity_types >> type & 1u))
            continue;
        if (*count < UINT32_MAX)
            ++*count;
        if (!found && turn_in(rule->nth, *count))
            found = rule;
    }
    return found;
}
