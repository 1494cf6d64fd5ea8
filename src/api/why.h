/*
 * why: the reasons of ordinary answers, in words, for the journal: the plan of an export, ids that
 * are left out, links and ranges. Refusals tell their own in api_error.c. Nothing is done when
 * nobody wants to know (call->note is NULL).
 */
#ifndef API_WHY_H
#define API_WHY_H

#include "api/api.h"

/* Most exports, and most ids left out, that get a line of their own. */
#define WHY_LINES_MAX 10

/* The state an export is shown in, since when, and how long by its plan. */
void why_export(const struct api_call *call, const struct export *export, enum export_state state);

/* An id of getAll that is not answered; the first WHY_LINES_MAX (index from 0) get a line. */
void why_left_out(const struct api_call *call, const struct uuid *id, size_t index);

/* How many of count there are beyond those with a line; nothing when there are none. */
void why_more(const struct api_call *call, const char *what, size_t count);

/* The windows that are full, for a request that was over the rate limit. */
void why_over_limit(const struct api_call *call, const struct integration *integration,
                    int64_t now_ms);

/* Why the file host refuses; facts as storage_refuse() gets them. */
void why_refused(const struct api_call *call, enum storage_refusal refusal,
                 const struct storage_facts *facts);

/* A link that is good, and until when. */
void why_link(const struct api_call *call, int64_t until_ms);

/* What is sent of a file that was found, by the answer that is filled. */
void why_file(const struct api_call *call, uint64_t size_bytes);

#endif
