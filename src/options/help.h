/*
 * help: what --help and --version print, and what all texts about the options share.
 */
#ifndef OPTIONS_HELP_H
#define OPTIONS_HELP_H

#include "options/option.h"

/* One sentence on what the program is. */
#define PROGRAM_SUMMARY \
    "a local server that emulates the Exports operations of the Mews Connector API"

/* Appends the help of a command, at most 80 columns wide. For the default one, all commands too. */
void help_write(struct strbuf *out, enum command command);

/* Appends "exports-mock VERSION" and a newline. */
void version_write(struct strbuf *out, enum command command);

/* Appends "[serve] [OPTIONS]", "run [OPTIONS] -- CMD...": what follows the program's name. */
void help_usage(struct strbuf *out, enum command command);

/* Appends "-v, --verbose" or "--port N": the option as it is written. */
void help_option_form(struct strbuf *out, const struct option *option);

/* A paragraph that holds for all options. */
struct help_note {
    const char *title;
    const char *text;
};

/* The notes, ended by one without a title. */
extern const struct help_note help_notes[];

/* True when the command has an option in the section. */
bool help_has_section(enum command command, enum option_section section);

#endif
