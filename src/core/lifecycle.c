#include "core/lifecycle.h"

#include <string.h>

#include "core/clock.h"

static const char *const names[EXPORT_STATE_COUNT] = {
    [EXPORT_PENDING] = "Pending", [EXPORT_PROCESSING] = "Processing", [EXPORT_SUCCESS] = "Success",
    [EXPORT_FAILED] = "Failed",   [EXPORT_EXPIRED] = "Expired",
};

static const char *const outcomes[OUTCOME_COUNT] = {
    [OUTCOME_SUCCESS] = "Success", [OUTCOME_FAILED] = "Failed", [OUTCOME_STUCK] = "stuck"};

const char *export_outcome_name(enum export_outcome outcome)
{
    return outcomes[outcome];
}

const char *export_state_name(enum export_state state)
{
    return names[state];
}

bool export_state_read(const char *name, enum export_state *out)
{
    for (int i = 0; i < EXPORT_STATE_COUNT; i++) {
        if (strcmp(names[i], name) == 0) {
            *out = (enum export_state)i;
            return true;
        }
    }
    return false;
}

bool export_state_in_flight(enum export_state state)
{
    return state == EXPORT_PENDING || state == EXPORT_PROCESSING;
}

/* Enters Success or Failed at an instant that is known. */
static void finish_at(struct schedule *schedule, int64_t at_ms)
{
    schedule->finished_ms = at_ms;
    schedule->expires_ms = NEVER_MS;
    if (schedule->outcome == OUTCOME_SUCCESS)
        schedule->expires_ms = instant_after(at_ms, schedule->kept_ms);
}

/* Enters Processing at an instant that is known; what follows is as far known as it can be. */
static void process_at(struct schedule *schedule, int64_t at_ms)
{
    schedule->processing_ms = at_ms;
    schedule->finished_ms = schedule->expires_ms = NEVER_MS;
    schedule->polls_left = schedule->processing.polls;
    if (!schedule->processing.polls && schedule->processing.duration_ms != NEVER_MS &&
        schedule->outcome != OUTCOME_STUCK)
        finish_at(schedule, instant_after(at_ms, schedule->processing.duration_ms));
}

/* Enters Pending at an instant that is known. */
static void pend_at(struct schedule *schedule, int64_t at_ms)
{
    const struct stage *pending = &schedule->pending;

    schedule->processing_ms = schedule->finished_ms = schedule->expires_ms = NEVER_MS;
    schedule->polls_left = pending->polls;
    if (!pending->polls && pending->duration_ms != NEVER_MS)
        process_at(schedule, instant_after(at_ms, pending->duration_ms));
}

struct schedule schedule_make(const struct lifecycle *lifecycle, int64_t created_ms)
{
    struct schedule schedule = {
        .created_ms = created_ms,
        .kept_ms = lifecycle->kept_ms,
        .pending = lifecycle->pending,
        .processing = lifecycle->processing,
        .outcome = lifecycle->outcome,
    };

    pend_at(&schedule, created_ms);
    return schedule;
}

enum export_state schedule_state_at(const struct schedule *schedule, int64_t now_ms)
{
    if (now_ms < schedule->processing_ms)
        return EXPORT_PENDING;
    if (now_ms < schedule->finished_ms)
        return EXPORT_PROCESSING;
    if (schedule->outcome == OUTCOME_FAILED)
        return EXPORT_FAILED;
    return now_ms < schedule->expires_ms ? EXPORT_SUCCESS : EXPORT_EXPIRED;
}

void schedule_note_poll(struct schedule *schedule, int64_t now_ms)
{
    enum export_state state = schedule_state_at(schedule, now_ms);

    if (!export_state_in_flight(state) || schedule->polls_left == 0 || --schedule->polls_left > 0)
        return;
    if (state == EXPORT_PENDING)
        process_at(schedule, now_ms);
    else if (schedule->outcome != OUTCOME_STUCK)
        finish_at(schedule, now_ms);
}

void schedule_force(struct schedule *schedule, const struct lifecycle *lifecycle,
                    enum export_state state, int64_t now_ms)
{
    schedule->kept_ms = lifecycle->kept_ms;
    schedule->pending = lifecycle->pending;
    schedule->processing = lifecycle->processing;
    schedule->outcome = state == EXPORT_FAILED ? OUTCOME_FAILED : OUTCOME_SUCCESS;
    schedule->polls_left = 0;
    if (export_state_in_flight(state))
        schedule->outcome = lifecycle->outcome;
    if (state == EXPORT_PENDING) {
        pend_at(schedule, now_ms);
    } else if (state == EXPORT_PROCESSING) {
        process_at(schedule, now_ms);
    } else {
        if (schedule->processing_ms > now_ms)
            schedule->processing_ms = now_ms;
        if (state != EXPORT_EXPIRED || schedule->finished_ms > now_ms)
            finish_at(schedule, now_ms);
        if (state == EXPORT_EXPIRED)
            schedule->expires_ms = now_ms;
    }
}

int64_t schedule_instant_of(const struct schedule *schedule, enum export_state state)
{
    bool failed = schedule->outcome == OUTCOME_FAILED;

    switch (state) {
    case EXPORT_PENDING:
        return schedule->created_ms;
    case EXPORT_PROCESSING:
        return schedule->processing_ms;
    case EXPORT_SUCCESS:
        return failed ? NEVER_MS : schedule->finished_ms;
    case EXPORT_FAILED:
        return failed ? schedule->finished_ms : NEVER_MS;
    case EXPORT_EXPIRED:
    case EXPORT_STATE_COUNT:
        break;
    }
    return failed ? NEVER_MS : schedule->expires_ms;
}

int64_t schedule_next(const struct schedule *schedule, int64_t after_ms, enum export_state *state)
{
    const int64_t instants[] = {schedule->processing_ms, schedule->finished_ms,
                                schedule->expires_ms};

    for (unsigned i = 0; i < sizeof instants / sizeof *instants; i++) {
        if (instants[i] > after_ms && instants[i] != NEVER_MS) {
            *state = schedule_state_at(schedule, instants[i]);
            return instants[i];
        }
    }
    return NEVER_MS;
}
