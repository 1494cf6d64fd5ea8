/* Command lines and environments as texts. */
#ifndef TESTS_OPTIONS_FAKE_H
#define TESTS_OPTIONS_FAKE_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "options/options.h"

#define FAKE_WORDS 24

struct fake {
    char *words[FAKE_WORDS]; /* owned by command */
    int count;
    char *command;
    const char *environment[FAKE_WORDS]; /* NAME, VALUE, NAME, VALUE, ... */
    struct settings settings;
    struct strbuf print;
    struct error err;
};

static inline const char *fake_environment(const char *name, void *state)
{
    struct fake *fake = state;

    for (int i = 0; i + 1 < FAKE_WORDS && fake->environment[i]; i += 2) {
        if (strcmp(fake->environment[i], name) == 0)
            return fake->environment[i + 1];
    }
    return NULL;
}

/* Takes words apart at blanks; '_' in a word stands for a blank. */
static inline void fake_split(struct fake *fake, const char *words)
{
    static char program[] = "exports-mock";
    char *at;

    free(fake->command);
    fake->command = strdup(words);
    fake->words[0] = program;
    fake->count = 1;
    for (at = fake->command; at && fake->count < FAKE_WORDS;) {
        char *word = strsep(&at, " ");

        for (char *c = word; *c; c++)
            *c = *c == '_' ? ' ' : *c;
        if (*word)
            fake->words[fake->count++] = word;
    }
}

static inline void fake_release(struct fake *fake)
{
    settings_release(&fake->settings);
    strbuf_release(&fake->print);
    free(fake->command);
    fake->command = NULL;
}

static inline enum status fake_read(struct fake *fake, const char *words)
{
    struct options_input input = {.environment = fake_environment, .state = fake};

    fake_split(fake, words);
    settings_release(&fake->settings);
    strbuf_reset(&fake->print);
    memset(&fake->err, 0, sizeof fake->err);
    input.argc = fake->count;
    input.argv = fake->words;
    return options_read(&input, &fake->settings, &fake->print, &fake->err);
}

/* Reads words that are right. */
static inline const struct settings *fake_settings(struct fake *fake, const char *words)
{
    enum status status = fake_read(fake, words);

    ck_assert_msg(status == STATUS_OK, "%s: %s", words, fake->err.message);
    ck_assert_uint_eq(fake->print.length, 0);
    return &fake->settings;
}

/* Reads words that are wrong; the message must be this one line. */
static inline void fake_refuse(struct fake *fake, const char *words, const char *message)
{
    enum status status = fake_read(fake, words);

    ck_assert_msg(status != STATUS_OK, "%s was taken", words);
    ck_assert_str_eq(fake->err.message, message);
    ck_assert_ptr_null(strchr(fake->err.message, '\n'));
    ck_assert_uint_eq(fake->print.length, 0);
}

#endif
