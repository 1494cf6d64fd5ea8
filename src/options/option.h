/*
 * option: the one table of options and commands. Reading, environment variables, --help, the man
 * page, shell completion and the table of the README are all made from it. To add an option or a
 * command: an entry in table.c (and a reader in values_*.c when its value is of a new kind).
 */
#ifndef OPTIONS_OPTION_H
#define OPTIONS_OPTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/strbuf.h"
#include "options/settings.h"

#define PROGRAM_NAME       "exports-mock"
#define ENVIRONMENT_PREFIX "EXPORTS_MOCK_"

/* A heading of --help. */
enum option_section {
    SECTION_LISTEN,
    SECTION_API,
    SECTION_TIME,
    SECTION_DATA,
    SECTION_FILTER,
    SECTION_COMPARE,
    SECTION_OUTPUT,
    SECTION_TRIAL,
    SECTION_GENERAL,
    SECTION_COUNT
};

struct option;

/*
 * Reads text, which is not empty, into settings. An error's message says what is wrong with text
 * and what to write instead; the caller puts the option's name before it.
 */
typedef enum status option_reader(const struct option *option, const char *text,
                                  struct settings *settings, struct error *err);

/* Writes the text that is printed in place of running the command. */
typedef void option_printer(struct strbuf *out, enum command command);

/* An entry of the table; texts are constant. Either read, turn_on or print is set. */
struct option {
    const char *name;     /* without dashes */
    char letter;          /* -v; 0: none */
    const char *metavar;  /* what the value is called; NULL: a flag */
    const char *help;     /* one sentence without a full stop */
    const char *fallback; /* the default, as it is written; NULL: none */
    struct {
        unsigned commands; /* bits 1 << enum command */
        const char *text;
    } other_fallback;          /* the default of some commands, where it is not fallback */
    const char *fallback_note; /* shown as the default where that is no value */
    const char *example;       /* shown in errors; NULL: the fallback serves */
    unsigned commands;         /* bits 1 << enum command */
    enum option_section section;
    bool repeatable;   /* every occurrence counts, else the last one */
    bool shapes_story; /* so do all of the sections on the API, time and data */
    option_reader *read;
    void (*turn_on)(struct settings *settings);
    option_printer *print;
};

/* What a command takes besides its options; all zero: nothing. */
struct operands {
    const char *form;  /* how they are written: "PATH..." */
    const char *help;  /* one sentence without a full stop */
    const char *words; /* what the first must be one of, blanks between them; NULL: anything */
    size_t least, most;
    bool behind_dashes; /* only what follows "--", whatever it begins with: "-- CMD..." */
};

/* A command word. */
struct command_entry {
    const char *name;
    const char *summary; /* one sentence without a full stop */
    struct operands operands;
    bool serves; /* takes all options of serve, too */
};

/* The commands, by enum command. */
extern const struct command_entry command_table[COMMAND_COUNT];

/* The options in the order of --help. */
extern const struct option option_table[];
extern const size_t option_count;

/* The heading of a section. */
const char *option_section_title(enum option_section section);

/* True when the command takes the option. */
static inline bool option_is_for(const struct option *option, enum command command)
{
    return (option->commands >> command & 1u) != 0;
}

/*
 * True for an option of `run` that shapes what a client meets or how it is judged, so that its
 * story can be told again only with it.
 */
bool option_shapes_story(const struct option *option);

/* The option of this name (length bytes, no dashes); NULL when there is none. */
const struct option *option_find(const char *name, size_t length);

/* The flag of this letter; NULL when there is none. */
const struct option *option_find_letter(char letter);

/* Room for the name of any environment variable. */
#define ENVIRONMENT_NAME_SIZE 64

/* True when an environment variable speaks for the option: all but those that print a text. */
static inline bool option_has_environment(const struct option *option)
{
    return option->print == NULL;
}

/* Writes the name of the option's environment variable. */
void option_environment_name(const struct option *option, char out[ENVIRONMENT_NAME_SIZE]);

/* The default for a command, as it is written; NULL: none. */
const char *option_fallback(const struct option *option, enum command command);

/* What --help of a command shows as the default; NULL when there is nothing to show. */
const char *option_shown_default(const struct option *option, enum command command);

/*
 * Calls visit for every word in a metavar that is a value as it stands: "text", "json" and "off" of
 * "text|json|off", "off" of "N/DURATION|off". Words are not terminated.
 */
void option_each_word(const struct option *option,
                      void (*visit)(const char *word, size_t length, void *state), void *state);

#endif
