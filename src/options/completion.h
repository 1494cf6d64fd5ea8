/*
 * completion: command lines completed by the shell. After the command word the options of the
 * command come, after an option its words, entity types, files or folders.
 */
#ifndef OPTIONS_COMPLETION_H
#define OPTIONS_COMPLETION_H

#include "base/strbuf.h"

/* Appends the script for bash. */
void completion_write_bash(struct strbuf *out);

/* Appends the script for zsh. */
void completion_write_zsh(struct strbuf *out);

/* Appends the script for fish. */
void completion_write_fish(struct strbuf *out);

#endif
