/*
 * judge: shows a request and its answer to the conduct report.
 */
#ifndef APP_JUDGE_H
#define APP_JUDGE_H

#include "api/api.h"
#include "app/sent.h"

/* Judges a call that was answered. What is not sound HTTP (request NULL) is not judged. */
void judge_call(const struct api_call *call, const struct sent_fields *sent);

#endif
