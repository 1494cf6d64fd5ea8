/*
 * story: what a tenant went through under a scenario: how many requests each fault was for, how
 * many exports each rule. It begins anew when another scenario comes into force.
 */
#ifndef CORE_STORY_H
#define CORE_STORY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/scenario.h"

/* The counts of one scenario. */
struct story_counts {
    uint32_t faults[FAULTS_MAX];
    uint32_t exports[SCENARIO_EXPORTS_MAX];
};

/* Zeroed is a story that has not begun. */
struct story {
    struct scenario *scenario;   /* owned part; NULL: of none */
    struct story_counts *counts; /* owned; NULL: the scenario has nothing to count */
};

/*
 * Makes the story one of scenario, which may be NULL: goes on when it is one already, else begins.
 * True when it begins.
 */
bool story_follow(struct story *story, struct scenario *scenario);

/* Ends the story and frees what it owns; it may begin again. */
void story_release(struct story *story);

/*
 * The rule that a new export of the type falls under, counting it for every rule of its type; NULL
 * when there is none. Borrowed from the scenario.
 */
const struct export_rule *story_next_export(struct story *story, enum entity_type type);

#endif
