#include "options/completion_words.h"

#include <string.h>

#include "scenarios/builtin.h"

static void count_word(const char *word, size_t length, void *state)
{
    (void)word;
    (void)length;
    ++*(size_t *)state;
}

static bool takes_entity(const struct option *option)
{
    return strncmp(option->metavar, "TYPE", 4) == 0;
}

static bool takes_hazard(const struct option *option)
{
    return strcmp(option->metavar, "LIST") == 0;
}

static bool takes_scenario(const struct option *option)
{
    return strncmp(option->metavar, "NAME", 4) == 0;
}

enum completion_kind completion_kind(const struct option *option)
{
    size_t words = 0;

    if (!option->metavar)
        return COMPLETE_NOTHING;
    if (strcmp(option->metavar, "FILE") == 0)
        return COMPLETE_FILES;
    if (strcmp(option->metavar, "DIR") == 0)
        return COMPLETE_FOLDERS;
    if (takes_scenario(option))
        return strstr(option->metavar, "FILE") ? COMPLETE_WORDS_OR_FILES : COMPLETE_WORDS;
    option_each_word(option, count_word, &words);
    return words > 0 || takes_entity(option) || takes_hazard(option) ? COMPLETE_WORDS
                                                                     : COMPLETE_NOTHING;
}

/* Appends a blank between words; the first one of out is not preceded by any. */
static void separate(struct strbuf *out, size_t begin)
{
    if (out->length > begin)
        strbuf_append_char(out, ' ');
}

static void append_word(const char *word, size_t length, void *state)
{
    struct strbuf *out = state;

    separate(out, 0);
    strbuf_append(out, word, length);
}

static void append_scenarios(struct strbuf *out)
{
    for (size_t i = 0; i < scenario_builtin_count(); i++)
        append_word(scenario_builtin_at(i)->name, strlen(scenario_builtin_at(i)->name), out);
}

void completion_words(struct strbuf *out, const struct option *option)
{
    struct strbuf words = STRBUF_INIT;
    bool count_follows = strchr(option->metavar, '=') != NULL;

    option_each_word(option, append_word, &words);
    for (int i = 0; i < ENTITY_TYPE_COUNT && takes_entity(option); i++) {
        separate(&words, 0);
        strbuf_appendf(&words, "%s%s", entity_name((enum entity_type)i), count_follows ? "=" : "");
    }
    for (int i = 0; i < HAZARD_COUNT && takes_hazard(option); i++)
        append_word(hazard_table[i].name, strlen(hazard_table[i].name), &words);
    if (takes_scenario(option))
        append_scenarios(&words);
    strbuf_append(out, strbuf_text(&words), words.length);
    strbuf_release(&words);
}

void completion_commands(struct strbuf *out)
{
    size_t begin = out->length;

    for (int i = 0; i < COMMAND_COUNT; i++) {
        separate(out, begin);
        strbuf_append_text(out, command_table[i].name);
    }
}

void completion_operands(struct strbuf *out, enum command command)
{
    const char *first = command_table[command].operands.words;
    struct strbuf words = STRBUF_INIT;

    if (first)
        append_word(first, strlen(first), &words);
    if (command == COMMAND_SCENARIOS)
        append_scenarios(&words);
    strbuf_append(out, strbuf_text(&words), words.length);
    strbuf_release(&words);
}

void completion_options(struct strbuf *out, enum command command)
{
    size_t begin = out->length;

    for (size_t i = 0; i < option_count; i++) {
        const struct option *option = &option_table[i];

        if (!option_is_for(option, command))
            continue;
        separate(out, begin);
        if (option->letter)
            strbuf_appendf(out, "-%c ", option->letter);
        strbuf_appendf(out, "--%s", option->name);
    }
}
