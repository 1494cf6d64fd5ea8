/*
 * environment: variables for a child process.
 */
#ifndef TRIAL_ENVIRONMENT_H
#define TRIAL_ENVIRONMENT_H

#include <stddef.h>

/* A variable; borrowed texts. */
struct variable {
    const char *name;
    const char *value;
};

/*
 * The process's own environment with these variables in place of any of the same name. Caller frees
 * with environment_free(); the entries that were there are borrowed from environ.
 */
struct environment *environment_new(const struct variable *variables, size_t count);
void environment_free(struct environment *environment); /* may be NULL */

/* The "NAME=VALUE" texts as execve() takes them; borrowed. */
char **environment_texts(const struct environment *environment);

#endif
