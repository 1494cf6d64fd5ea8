/*
 * parts: the parts of a scenario that have readers and writers of their own. Inside of read*.c and
 * write*.c. Errors are as in member.h.
 */
#ifndef SCENARIOS_PARTS_H
#define SCENARIOS_PARTS_H

#include "core/scenario.h"
#include "json/reader.h"
#include "json/writer.h"

/* The longest delay of a fault, and the longest body: nobody waits, and nobody reads, for more. */
#define FAULT_DELAY_MAX_MS (INT64_C(60) * 60 * 1000)
#define FAULT_BODY_MAX     65536

/* The name of an expectation: "success", "failure", "either". */
const char *expectation_name(enum expectation expectation);

/* True when the choice is one: something of it is said. */
bool lifecycle_says_something(const struct lifecycle_choice *choice);
bool data_says_something(const struct data_choice *choice);

/* Reads the member "lifecycle" of object, if there is one, into out, which is all zero. */
enum status read_lifecycle(const struct json_object *object, struct lifecycle_choice *out,
                           struct error *err) MUST_CHECK;

/* Reads the member "data", likewise. */
enum status read_data(const struct json_object *object, struct data_choice *out,
                      struct error *err) MUST_CHECK;

/*
 * Reads one fault into out, which is all zero; what it owns is its owner's on errors, too.
 * STATUS_INVALID also for a fault that does nothing, never fires, or contradicts itself.
 */
enum status read_fault(const struct json_object *object, struct fault *out,
                       struct error *err) MUST_CHECK;

/* Reads what the fault does: respond, delay, throttle, cut, corrupt. Its targets are known. */
enum status read_fault_effect(const struct json_object *object, struct fault *fault,
                              struct error *err) MUST_CHECK;

/* Writes "entityType": one name, or an array of several; nothing for the empty set. */
void write_entity_types(struct json_writer *json, unsigned types);

/* Writes a range as a number, "2-4" or "5-"; nothing for any. */
void write_turns(struct json_writer *json, const char *name, struct turn_range range);

/* Writes a duration as a text. */
void write_duration(struct json_writer *json, const char *name, int64_t duration_ms);

/* Writes a fault, as an element of an array. */
void write_fault(struct json_writer *json, const struct fault *fault);

#endif
