/*
 * answer: what all answers of the admin API have in common.
 */
#ifndef ADMIN_ANSWER_H
#define ADMIN_ANSWER_H

#include "admin/admin.h"
#include "base/status.h"
#include "json/writer.h"

/* A writer of the body, which will be JSON. */
struct json_writer admin_answer_json(const struct admin_call *call);

/*
 * Answers with an HTTP status from 400 on, in the shape of the API's errors: Message, RequestId,
 * Details. Details are there with --strict too: nobody takes this for the real API.
 */
void admin_refuse_as(const struct admin_call *call, int http_status, const struct error *err);

/* The same with Details of any length; the field is only for Message. */
void admin_refuse_with(const struct admin_call *call, int http_status, const char *field,
                       const char *details);

/* The same with the HTTP status that err->status stands for. */
void admin_refuse(const struct admin_call *call, const struct error *err);

#endif
