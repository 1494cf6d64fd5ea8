/*
 * output: files that the commands write at their end. They are opened at the beginning, so that a
 * name that cannot be written is told before a client runs for minutes.
 */
#ifndef TRIAL_OUTPUT_H
#define TRIAL_OUTPUT_H

#include <stdio.h>

#include "base/status.h"
#include "base/strbuf.h"

/* A file to come; all zero: none is wanted. */
struct output {
    FILE *file;
    const char *option; /* for messages; borrowed, as is path */
    const char *path;
};

/* Opens path, which is emptied; NULL is no file. option is the one that named it. */
enum status output_open(struct output *out, const char *option, const char *path,
                        struct error *err) MUST_CHECK;

/* Writes the text, if a file is wanted, and closes it. STATUS_IO when it cannot be written. */
enum status output_finish(struct output *output, const struct strbuf *text,
                          struct error *err) MUST_CHECK;

/* Closes it with nothing in it, if it is still open. */
void output_drop(struct output *output);

#endif
