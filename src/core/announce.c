#include "core/announce.h"

#include <string.h>

#include "base/token_hint.h"

/* Looks are so far apart, and a millisecond more for each thousand exports. */
#define LOOK_GAP_REAL_MS 50
#define EXPORTS_PER_MS   1000

void announce_touch(struct announcer *announcer)
{
    announcer->is_touched = true;
}

int64_t announce_due_real_ms(const struct announcer *announcer)
{
    if (!announcer->has_looked)
        return 0;
    if (announcer->is_touched || announcer->next_real_ms < announcer->look_real_ms)
        return announcer->look_real_ms;
    return announcer->next_real_ms;
}

struct event *announce_add(struct events *events, enum event_type type, const struct tenant *tenant)
{
    struct event *event = events_add(events, type);

    if (event && tenant) {
        event->tenant = tenant->number;
        event->tenant_key = tenant->journal_key;
        token_hint(event->token, tenant->access_token, strlen(tenant->access_token));
    }
    return event;
}

static struct event *add_about(struct events *events, enum event_type type,
                               const struct export *export)
{
    struct event *event = announce_add(events, type, export->integration->tenant);

    event->has_export = true;
    event->export_id = export->id;
    return event;
}

static void add_state(struct events *events, struct export *export, enum export_state state,
                      int64_t at_ms)
{
    struct event *event = add_about(events, EVENT_EXPORT_STATE, export);

    event->previous = (enum export_state) export->told_state;
    event->state = state;
    event->at_ms = at_ms;
    export->told_state = (uint8_t)state;
}

/* A number that changes when the plan does. */
static uint32_t plan_of(const struct schedule *schedule)
{
    uint64_t plan = (uint64_t)schedule->processing_ms;

    plan = plan * 31 + (uint64_t)schedule->finished_ms;
    plan = plan * 31 + (uint64_t)schedule->expires_ms;
    plan = plan * 31 + schedule->polls_left;
    plan = plan * 31 + (uint64_t)schedule->outcome;
    return (uint32_t)(plan ^ plan >> 32);
}

/* The transitions that the plan has between what was told and now. */
static void tell_way(struct events *events, struct export *export, int64_t now_ms)
{
    int64_t at_ms = export->told_ms;
    enum export_state state;

    while ((at_ms = schedule_next(&export->schedule, at_ms, &state)) <= now_ms &&
           at_ms != NEVER_MS) {
        if (state != (enum export_state) export->told_state)
            add_state(events, export, state, at_ms);
    }
}

static void tell(struct events *events, struct export *export, int64_t now_ms)
{
    enum export_state state = schedule_state_at(&export->schedule, now_ms);
    uint32_t plan = plan_of(&export->schedule);
    bool is_new = !export->is_told;

    if (is_new) {
        add_about(events, EVENT_EXPORT_ADDED, export);
        export->is_told = true;
        export->told_state = (uint8_t)state;
    } else if (export->told_plan == plan) {
        tell_way(events, export, now_ms);
    }
    if (!is_new && (export->told_plan != plan || (enum export_state) export->told_state != state))
        add_state(events, export, state, now_ms);
    export->told_plan = plan;
    export->told_ms = now_ms;
}

/* The real instant at which the export changes next; INT64_MAX: never, or not known. */
static int64_t next_real_ms(const struct clock *clock, const struct export *export, int64_t now_ms,
                            int64_t now_real_ms)
{
    enum export_state state;
    int64_t at_ms = schedule_next(&export->schedule, now_ms, &state);
    double wait_real_ms;

    if (at_ms == NEVER_MS || clock->speed <= 0)
        return INT64_MAX;
    wait_real_ms = (double)(at_ms - now_ms) / clock->speed;
    return wait_real_ms < 1e15 ? now_real_ms + (int64_t)wait_real_ms + 1 : INT64_MAX;
}

void announce_look(struct announcer *announcer, struct store *store, struct events *events,
                   int64_t now_real_ms)
{
    struct export *export = NULL;
    int64_t first_real_ms = INT64_MAX;

    if (now_real_ms < announce_due_real_ms(announcer))
        return;
    while ((export = store_next_export(store, NULL, export))) {
        const struct clock *clock = store_clock(store, export->integration->tenant);
        int64_t now_ms = clock_now_ms(clock, now_real_ms), next;

        tell(events, export, now_ms);
        next = next_real_ms(clock, export, now_ms, now_real_ms);
        first_real_ms = next < first_real_ms ? next : first_real_ms;
    }
    *announcer = (struct announcer){
        .has_looked = true,
        .look_real_ms =
            now_real_ms + LOOK_GAP_REAL_MS + (int64_t)(store_export_count(store) / EXPORTS_PER_MS),
        .next_real_ms = first_real_ms,
    };
}

static void tell_finding(const struct tenant *tenant, const struct finding *finding, void *state)
{
    struct event *event = announce_add(state, EVENT_FINDING, tenant);

    event->rule = finding->rule;
    event->has_export = finding->has_export;
    event->export_id = finding->export_id;
    event->file = finding->file;
    memcpy(event->text, finding->detail, sizeof event->text);
}

void announce_findings(struct events *events, struct store *store, struct tenant *tenant)
{
    if (events_are_kept(events))
        conduct_take_fresh(store, tenant, tell_finding, events);
}
