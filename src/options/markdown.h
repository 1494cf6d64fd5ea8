/*
 * markdown: the option tables of README.md, one for each section, between its markers.
 */
#ifndef OPTIONS_MARKDOWN_H
#define OPTIONS_MARKDOWN_H

#include "base/strbuf.h"

/* Appends the tables. */
void markdown_write(struct strbuf *out);

#endif
