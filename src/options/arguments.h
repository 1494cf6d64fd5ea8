/*
 * arguments: the words of a command line, taken apart into options and their values.
 */
#ifndef OPTIONS_ARGUMENTS_H
#define OPTIONS_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "options/option.h"

/* One option as it was given. */
struct occurrence {
    const struct option *option;
    const char *value; /* borrowed from argv; NULL for a flag */
};

/* What a command line says. Release it with arguments_release(). */
struct arguments {
    enum command command;
    struct occurrence *given; /* owned; in the order of the command line */
    size_t count;
    const char **operands; /* owned array of words that are borrowed from argv */
    size_t operand_count;
    option_printer *print; /* of the first --help or --version; NULL: there is none */
};

/*
 * Takes argv apart. Words after a --help or --version are not looked at. STATUS_INVALID with one
 * clear line, and nothing to release, for anything that is not known, not of the command, without
 * its value, or with a value that a flag does not take; and for operands that are too many, too
 * few, or none of the words that the command knows.
 */
enum status arguments_read(int argc, char *const *argv, struct arguments *out,
                           struct error *err) MUST_CHECK;

/* Frees what arguments own. */
void arguments_release(struct arguments *arguments);

/* True when the command line gives the option. */
bool arguments_have(const struct arguments *arguments, const struct option *option);

#endif
