/*
 * options: the command line and the environment, read into settings. Pure: prints nothing, ends
 * nothing and reads no environment by itself.
 */
#ifndef OPTIONS_OPTIONS_H
#define OPTIONS_OPTIONS_H

#include "base/status.h"
#include "base/strbuf.h"
#include "options/settings.h"

/* Where options come from. The texts must live as long as the settings read from them. */
struct options_input {
    int argc;
    char *const *argv; /* as main() gets it: the program's name first */
    /* The value of an environment variable, NULL when it is not set; e.g. around getenv(). */
    const char *(*environment)(const char *name, void *state);
    void *state;
};

/*
 * Reads a command line: [COMMAND] [OPTIONS]. The flag beats the environment, the environment beats
 * the default; of the same option given twice the last counts, except for those that are
 * repeatable. A variable that an option overrules is not looked at; an empty one is not set.
 *
 * STATUS_OK: when print is not empty, it is to be written to stdout and the program to end with 0
 * (--help, --version), and settings are all zero; else settings hold the values, release them
 * with settings_release().
 * Else err->message is one line that says what to do (put "exports-mock: " before it), and the
 * program is to end with 2. settings and print are as they were.
 */
enum status options_read(const struct options_input *input, struct settings *settings,
                         struct strbuf *print, struct error *err) MUST_CHECK;

struct option;

/*
 * Where an error is about an option ("--scenario") whose value came from the environment, names the
 * variable in its place. For what is found only when a command uses a value.
 */
void options_name_source(const struct options_input *input, const struct settings *settings,
                         struct error *err);

/*
 * Whether an option takes this text, which is not empty, as its environment variable would: a flag
 * takes what is on or off. Else the message says what is wrong with it, without the option's name.
 */
enum status options_check_value(const struct option *option, const char *text,
                                struct error *err) MUST_CHECK;

/* The version of the program, "0.1.0". */
const char *options_version(void);

#endif
