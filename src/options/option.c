#include "options/option.h"

#include <ctype.h>
#include <string.h>

const char *option_section_title(enum option_section section)
{
    static const char *const titles[SECTION_COUNT] = {
        [SECTION_LISTEN] = "Server",      [SECTION_API] = "Emulated API",
        [SECTION_TIME] = "Time",          [SECTION_DATA] = "Data",
        [SECTION_FILTER] = "Which rows",  [SECTION_COMPARE] = "What to compare",
        [SECTION_OUTPUT] = "Output",      [SECTION_TRIAL] = "Client under test",
        [SECTION_GENERAL] = "In general",
    };

    return titles[section];
}

bool option_shapes_story(const struct option *option)
{
    if (!option_is_for(option, COMMAND_RUN))
        return false;
    return option->shapes_story || option->section == SECTION_API ||
           option->section == SECTION_TIME || option->section == SECTION_DATA;
}

const struct option *option_find(const char *name, size_t length)
{
    for (size_t i = 0; i < option_count; i++) {
        if (strlen(option_table[i].name) == length &&
            memcmp(option_table[i].name, name, length) == 0)
            return &option_table[i];
    }
    return NULL;
}

const struct option *option_find_letter(char letter)
{
    for (size_t i = 0; i < option_count; i++) {
        if (option_table[i].letter != 0 && option_table[i].letter == letter)
            return &option_table[i];
    }
    return NULL;
}

void option_environment_name(const struct option *option, char out[ENVIRONMENT_NAME_SIZE])
{
    size_t at = sizeof ENVIRONMENT_PREFIX - 1;

    memcpy(out, ENVIRONMENT_PREFIX, at);
    for (const char *c = option->name; *c && at < ENVIRONMENT_NAME_SIZE - 1; c++)
        out[at++] = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
    out[at] = '\0';
}

const char *option_fallback(const struct option *option, enum command command)
{
    if (option->other_fallback.commands >> command & 1u)
        return option->other_fallback.text;
    return option->fallback;
}

const char *option_shown_default(const struct option *option, enum command command)
{
    const char *fallback = option_fallback(option, command);

    return fallback ? fallback : option->fallback_note;
}

void option_each_word(const struct option *option,
                      void (*visit)(const char *word, size_t length, void *state), void *state)
{
    const char *at = option->metavar;

    if (!at || !strchr(at, '|'))
        return;
    while (*at) {
        size_t length = strcspn(at, "|");

        if (strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789") == length)
            visit(at, length, state);
        at += length + (at[length] == '|');
    }
}
