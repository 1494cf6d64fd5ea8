/*
 * event_report: an event as callers see it: one frame of a stream of server-sent events.
 * Source: the HTML standard, section 9.2 (server-sent events).
 */
#ifndef ADMIN_EVENT_REPORT_H
#define ADMIN_EVENT_REPORT_H

#include "admin/admin.h"
#include "core/events.h"

/*
 * Appends the event as id, type and one line of JSON. An event about something that is gone (an
 * export, an entry of the journal) says so with a null.
 */
void event_report_write(struct strbuf *out, const struct admin *admin, const struct event *event,
                        int64_t now_real_ms);

/* Appends the id as it is written: with the start of the server, so that no other one has it. */
void event_report_write_id(struct strbuf *out, const struct admin *admin, uint64_t id);

/* The number of an id that was written by this server; false for any other text. */
bool event_report_read_id(const struct admin *admin, const char *text, uint64_t *id);

#endif
