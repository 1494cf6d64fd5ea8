/*
 * manual: the man page exports-mock(1), in roff with the man macros.
 */
#ifndef OPTIONS_MANUAL_H
#define OPTIONS_MANUAL_H

#include "base/strbuf.h"

/* Appends the page. */
void manual_write(struct strbuf *out);

#endif
