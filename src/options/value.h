/*
 * value: kinds of option values that several readers share. Messages name the text and the right
 * form; outputs are written on success only.
 */
#ifndef OPTIONS_VALUE_H
#define OPTIONS_VALUE_H

#include <stdint.h>

#include "options/option.h"

/* What to write, for messages: the option's example, else its default. */
const char *value_example(const struct option *option);

/* STATUS_INVALID with "TEXT is WHAT: write for example EXAMPLE". */
enum status value_refuse(const struct option *option, const char *text, const char *what,
                         struct error *err);

/* A whole number from least to most. */
enum status value_number(const struct option *option, const char *text, uint64_t least,
                         uint64_t most, uint64_t *out, struct error *err) MUST_CHECK;

/* One of the words of the metavar, in their order from 0; *out fits the enum of that order. */
enum status value_choice(const struct option *option, const char *text, unsigned *out,
                         struct error *err) MUST_CHECK;

/* A duration of at least least_ms. */
enum status value_duration(const struct option *option, const char *text, int64_t least_ms,
                           int64_t *out, struct error *err) MUST_CHECK;

/*
 * An instant that the virtual clock may show: in the years 1970 to 9989, so that what comes before
 * and after it can be written, too.
 */
enum status value_instant(const char *text, int64_t *out, struct error *err) MUST_CHECK;

/* Appends a name of length bytes to a list. STATUS_LIMIT when it is full. */
enum status value_add_name(struct name_list *list, const char *name, size_t length,
                           struct error *err) MUST_CHECK;

/* The same for names with commas between them; an empty one is STATUS_INVALID. */
enum status value_names(const struct option *option, const char *text, struct name_list *list,
                        struct error *err) MUST_CHECK;

#endif
