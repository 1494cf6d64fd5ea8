/*
 * add_request: reads what exports/add asks for, and refuses what may not be asked.
 */
#ifndef API_ADD_REQUEST_H
#define API_ADD_REQUEST_H

#include "api/operation.h"

/*
 * Reads EntityType, Scope and Filters; false when the request was refused. On true, request->scope
 * is to be released with scope_unref(). Source: contract/exports.json, exports/add and the rules
 * scope_* and filter_*; contract/messages.json, for_exports.
 */
bool add_request_read(const struct api_call *call, const struct operation_input *input,
                      struct export_request *request);

#endif
