/*
 * tell: makes events of requests and their ends, for who looks on (core/events.h).
 */
#ifndef APP_TELL_H
#define APP_TELL_H

#include <stdint.h>

#include "core/announce.h"
#include "core/journal.h"
#include "core/note.h"

/* Tells of a request that was answered, recorded and judged, and of what it was found to show. */
void tell_request(struct events *events, struct store *store, const struct request_note *note,
                  uint64_t number);

/* Tells that the answer to a request is over, once the journal and the file host know. */
void tell_over(struct events *events, struct store *store, const struct journal *journal,
               uint64_t number);

#endif
