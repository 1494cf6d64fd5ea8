/* shell: words of a command line, quoted so that a shell takes them as they are. */
#ifndef TRIAL_SHELL_H
#define TRIAL_SHELL_H

#include "base/strbuf.h"

/*
 * Appends a word: as it is when it means itself to every shell, else in single quotes. A word with
 * control characters other than the ends of lines and tabs, which would act on a terminal, is
 * written as $'\x1b', which bash, zsh and ksh read.
 */
void shell_append(struct strbuf *out, const char *word);

#endif
