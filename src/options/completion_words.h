/*
 * completion_words: what the completion scripts of all shells are made of.
 */
#ifndef OPTIONS_COMPLETION_WORDS_H
#define OPTIONS_COMPLETION_WORDS_H

#include "options/option.h"

/* What a value is completed with. */
enum completion_kind {
    COMPLETE_NOTHING, /* a flag, or a value that cannot be guessed */
    COMPLETE_WORDS,   /* see completion_words() */
    COMPLETE_FILES,
    COMPLETE_WORDS_OR_FILES,
    COMPLETE_FOLDERS
};

/* How the value of an option is completed. */
enum completion_kind completion_kind(const struct option *option);

/*
 * Appends the words a value is completed with, blanks between them: "text json off", entity types,
 * these with '=' for --rows, scenarios.
 */
void completion_words(struct strbuf *out, const struct option *option);

/* Appends the names of the commands, blanks between them. */
void completion_commands(struct strbuf *out);

/* Appends the words that may stand in a command line of the command beside options and files. */
void completion_operands(struct strbuf *out, enum command command);

/* Appends the options of a command, short and long, blanks between them. */
void completion_options(struct strbuf *out, enum command command);

#endif
