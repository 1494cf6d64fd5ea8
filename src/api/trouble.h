/*
 * trouble: what a scenario's faults do to a request of the API or of the file host.
 */
#ifndef API_TROUBLE_H
#define API_TROUBLE_H

#include "api/api.h"
#include "core/fault.h"

/*
 * Decides which faults of the tenant's scenario the request meets, tells the note, and hands their
 * delays, throttles and cuts to the answer. What they answer and what they do to rows is left to
 * the caller: decision->answer, decision->corruptions.
 */
void trouble_meet(const struct api_call *call, struct tenant *tenant,
                  const struct fault_event *event, struct fault_decision *decision);

/*
 * Gives a fault's answer to an operation: its status, Retry-After and body; without a body the
 * API's error for the status.
 */
void trouble_answer_operation(const struct api_call *call, const struct tenant *tenant,
                              const struct fault_answer *answer);

/* Adds the answer's Retry-After, if it has one: real seconds by the tenant's clock. */
void trouble_retry_after(const struct api_call *call, const struct tenant *tenant,
                         const struct fault_answer *answer);

/* Gives the body that a scenario spells out: as JSON, XML, HTML or plain text, by how it begins. */
void trouble_answer_body(const struct api_call *call, const struct fault_answer *answer);

#endif
