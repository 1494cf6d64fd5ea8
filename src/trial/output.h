/*
 * output: files that the commands write at their end. They are opened at the beginning, so that a
 * name that cannot be written is told before a client runs for minutes. Until they are written, a
 * file that was there before keeps what is in it; one that was not there is removed again when
 * there is nothing to write, as when the command cannot be started.
 */
#ifndef TRIAL_OUTPUT_H
#define TRIAL_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/status.h"
#include "base/strbuf.h"

/* A file to come; all zero: none is wanted. */
struct output {
    FILE *file;
    bool is_new;        /* was not there before it was opened */
    const char *option; /* for messages; borrowed, as is path */
    const char *path;
};

/* Opens path, of which nothing is changed yet; NULL is no file. option is the one that named it. */
enum status output_open(struct output *out, const char *option, const char *path,
                        struct error *err) MUST_CHECK;

/*
 * Writes the text in place of what was there, if a file is wanted, and closes it. STATUS_IO when it
 * cannot be written.
 */
enum status output_finish(struct output *output, const struct strbuf *text,
                          struct error *err) MUST_CHECK;

/* Closes it if it is still open; one that was not there before is removed. */
void output_drop(struct output *output);

#endif
