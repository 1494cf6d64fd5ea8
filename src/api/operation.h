/*
 * operation: what all operations of the API have in common: a JSON body with credentials in it.
 */
#ifndef API_OPERATION_H
#define API_OPERATION_H

#include <stdbool.h>
#include <stddef.h>

#include "api/api.h"
#include "json/reader.h"

/* An operation's request, once its sender is known. */
struct operation_input {
    struct json_document document; /* owned */
    struct json_object body;
    struct integration *integration;
    int64_t now_ms;      /* of the tenant */
    int64_t size_off_by; /* what a fault adds to each SizeInBytes of the answer */
};

/*
 * Reads the body, signs the sender in, counts the request and meets the scenario's faults. False
 * when it was answered already: 413 too large, 400 not JSON, 401 credentials, 429 too many, 400 no
 * Client, 503 too many tenants, or as a fault says.
 * known[] are the properties that the operation takes beside the credentials, for --strict.
 * On true, operation_end() must follow.
 */
bool operation_begin(const struct api_call *call, enum operation operation,
                     const char *const *known, size_t known_count, struct operation_input *input);
void operation_end(struct operation_input *input);

/*
 * With --strict, false when an object of the request has a property that is none of the known ones;
 * it was refused with 400 then. Source: contract/README.md, "unknown request property".
 */
bool operation_check_known(const struct api_call *call, const struct json_object *object,
                           const char *const *known, size_t count);

/*
 * What to say of a property that is missing: err as it is, or, when the object has its name in
 * other letters of case, that such names are not the same. Source: assumed.
 */
void operation_explain_missing(const struct json_object *object, const char *name,
                               struct error *err);

/* exports/add: one export of an entity type. Source: contract/exports.json, exports/add. */
void exports_add(const struct api_call *call);

/* exports/getAll: up to 1000 exports as they are now. Source: exports.json, exports/getAll. */
void exports_get_all(const struct api_call *call);

#endif
