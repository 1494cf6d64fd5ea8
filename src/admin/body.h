/*
 * body: the JSON bodies of admin requests. Strict: a key that an endpoint does not know is refused
 * with the one that was probably meant. Content-Type is not looked at, so `curl -d` works.
 */
#ifndef ADMIN_BODY_H
#define ADMIN_BODY_H

#include "admin/admin.h"
#include "json/reader.h"

/* A body that was read. */
struct admin_body {
    struct json_document document; /* owned */
    struct json_object object;
};

/*
 * Reads the body as an object with none but the known keys (count of them). Else the request was
 * answered: 400. On true, admin_body_release() must follow. form is an example for the message
 * about an empty body.
 */
bool admin_body_read(const struct admin_call *call, const char *const *known, size_t count,
                     const char *form, struct admin_body *body);
void admin_body_release(struct admin_body *body);

/* True when there is no body, or {}; else the request was answered: 400. */
bool admin_body_check_none(const struct admin_call *call);

#endif
