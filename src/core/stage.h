/*
 * stage: how the length of a state is written: "2s", "3 polls". Source: interface, section 2.
 */
#ifndef CORE_STAGE_H
#define CORE_STAGE_H

#include <stddef.h>

#include "base/status.h"
#include "base/strbuf.h"
#include "core/lifecycle.h"

/* Reads a duration, or a number of polls from 1 to 1000000. Else STATUS_INVALID; field is "". */
enum status stage_read(const char *text, size_t length, struct stage *out,
                       struct error *err) MUST_CHECK;

/* Appends a stage as it is read; "never" for one that is never left (duration NEVER_MS). */
void stage_append(struct strbuf *out, const struct stage *stage);

#endif
