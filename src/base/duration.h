/*
 * duration: durations as they are written; base/parse.h reads them.
 */
#ifndef BASE_DURATION_H
#define BASE_DURATION_H

#include <stdint.h>

#include "base/strbuf.h"

/* Appends "1h30m", "250ms" or "0s", as parse_duration_ms() reads it. Not for what is negative. */
void duration_append(struct strbuf *out, int64_t duration_ms);

#endif
