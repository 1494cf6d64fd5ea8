/*
 * lifecycle: the state of an export as a pure function of its schedule and the clock.
 *
 * Nothing happens when an export changes its state: the schedule holds the absolute instants, and
 * whoever looks compares them with now. So no transition is late or skipped, however the clock
 * moves. A stage may be counted in polls instead of time: then the instant at which it ends is
 * entered into the schedule by the poll that ends it. A forced state is an edit of the schedule.
 */
#ifndef CORE_LIFECYCLE_H
#define CORE_LIFECYCLE_H

#include <stdbool.h>
#include <stdint.h>

/* Source: contract/exports.json, rules.status_lifecycle. */
enum export_state {
    EXPORT_PENDING,
    EXPORT_PROCESSING,
    EXPORT_SUCCESS,
    EXPORT_FAILED,
    EXPORT_EXPIRED,
    EXPORT_STATE_COUNT
};

/* How an export ends. Source: interface, section 5. */
enum export_outcome {
    OUTCOME_SUCCESS,
    OUTCOME_FAILED,
    OUTCOME_STUCK, /* stays in its last unfinished state */
    OUTCOME_COUNT
};

/* How long a state lasts: polls (when above 0) or time. */
struct stage {
    int64_t duration_ms;
    uint32_t polls; /* leaves the state once getAll has shown it so often */
};

/* What schedules are made from. */
struct lifecycle {
    struct stage pending;
    struct stage processing;
    enum export_outcome outcome;
    int64_t kept_ms; /* from Success to Expired. Source: exports.json, rules.expiry_typical */
};

/* The plan of one export, in absolute instants; NEVER_MS: not known yet, or never. */
struct schedule {
    int64_t created_ms;
    int64_t processing_ms; /* first instant of Processing */
    int64_t finished_ms;   /* first instant of Success or Failed */
    int64_t expires_ms;    /* first instant of Expired */
    int64_t kept_ms;
    struct stage pending;
    struct stage processing;
    uint32_t polls_left; /* of the stage at hand, when it is counted in polls */
    enum export_outcome outcome;
};

/* The wire name of a state. Source: contract/exports.json, enums.ExportStatus. */
const char *export_state_name(enum export_state state);

/* The name of an outcome: "Success", "Failed", "stuck". Source: interface, section 5. */
const char *export_outcome_name(enum export_outcome outcome);

/* The state with exactly this name; false when there is none. */
bool export_state_read(const char *name, enum export_state *out);

/* The plan of an export that is created at created_ms. */
struct schedule schedule_make(const struct lifecycle *lifecycle, int64_t created_ms);

/* The state at an instant. */
enum export_state schedule_state_at(const struct schedule *schedule, int64_t now_ms);

/* True for the states in which an export blocks others of its type. */
bool export_state_in_flight(enum export_state state);

/* Counts a poll that shows the state of now; it may end a stage, from now on. */
void schedule_note_poll(struct schedule *schedule, int64_t now_ms);

/*
 * Edits the plan so that the export is in state from now on and goes on from there: Pending and
 * Processing last as lifecycle says, Success is kept as long as it says.
 */
void schedule_force(struct schedule *schedule, const struct lifecycle *lifecycle,
                    enum export_state state, int64_t now_ms);

/*
 * The first transition after after_ms: its instant, or NEVER_MS. *state is the state it leads to;
 * transitions at the same instant count as one, to the last of them.
 */
int64_t schedule_next(const struct schedule *schedule, int64_t after_ms, enum export_state *state);

/* The instant at which the export enters a state; NEVER_MS when the plan does not say that it does.
 */
int64_t schedule_instant_of(const struct schedule *schedule, enum export_state state);

#endif
