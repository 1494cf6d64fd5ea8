/*
 * api_error: error answers in the API's shape: Message, RequestId, Details.
 */
#ifndef API_API_ERROR_H
#define API_API_ERROR_H

#include "api/api.h"
#include "contract/messages.h"

/*
 * Answers with a message of the contract. err may be NULL; its field and message become Details,
 * which --strict leaves null, as the real API does. The body has RequestId since 2025-07-10.
 * Source: contract/messages.json, body; contract/protocol.json, error_object.
 */
void api_refuse(const struct api_call *call, enum message message, const struct error *err);

/* Answers "Invalid {parameter}." with status 400. Source: contract/messages.json, patterns. */
void api_refuse_parameter(const struct api_call *call, const char *parameter,
                          const struct error *err);

/*
 * Answers with a status that a fault chose and the message that goes with it. Source: contract/
 * messages.json, of the status; else chosen.
 */
void api_refuse_status(const struct api_call *call, int status, const struct error *err);

/*
 * Answers a request that is not sound HTTP: "Invalid request." with a status. request of the call
 * may be NULL. Source: assumed.
 */
void api_refuse_http(const struct api_call *call, int status, const struct error *err);

#endif
