#include "core/events.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void events_release(struct events *events)
{
    free(events->ring);
    *events = (struct events){0};
}

void events_begin(struct events *events)
{
    if (!events->ring)
        events->ring = memory_new(EVENTS_MAX * sizeof *events->ring);
}

bool events_are_kept(const struct events *events)
{
    return events->ring != NULL;
}

struct event *events_add(struct events *events, enum event_type type)
{
    struct event *event;

    if (!events->ring)
        return NULL;
    event = &events->ring[events->last_id % EVENTS_MAX];
    *event = (struct event){.id = ++events->last_id, .type = type};
    return event;
}

const struct event *events_next(const struct events *events, uint64_t after, bool *lost)
{
    uint64_t oldest = events->last_id > EVENTS_MAX ? events->last_id - EVENTS_MAX : 0;

    *lost = after < oldest || after > events->last_id;
    if (*lost)
        after = oldest;
    if (!events->ring || after == events->last_id)
        return NULL;
    return &events->ring[after % EVENTS_MAX];
}

const char *event_type_name(enum event_type type)
{
    static const char *const names[EVENT_TYPE_COUNT] = {
        [EVENT_EXPORT_ADDED] = "export-added",
        [EVENT_EXPORT_STATE] = "export-state",
        [EVENT_REQUEST] = "request",
        [EVENT_REQUEST_OVER] = "request-over",
        [EVENT_CLOCK] = "clock",
        [EVENT_SCENARIO] = "scenario",
        [EVENT_FINDING] = "finding",
        [EVENT_RESET] = "reset",
    };

    return names[type];
}
