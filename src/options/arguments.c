#include "options/arguments.h"

#include <stdlib.h>
#include <string.h>

#include "base/choice.h"
#include "base/excerpt.h"
#include "base/memory.h"
#include "base/nearest.h"

/* A command line in the course of reading. */
struct words {
    int argc;
    char *const *argv;
    int at;
};

/* The option of the command that was probably meant by name: nearly it, or begun by it. */
static const char *meant_option(enum command command, const char *name, size_t length)
{
    const char **known = memory_resize(NULL, option_count, sizeof *known);
    const char *meant, *begun = NULL;
    char *copy = memory_copy_text(name, length);
    size_t count = 0;

    for (size_t i = 0; i < option_count; i++) {
        if (!option_is_for(&option_table[i], command))
            continue;
        known[count++] = option_table[i].name;
        if (!begun && length > 1 && strncmp(option_table[i].name, name, length) == 0)
            begun = option_table[i].name;
    }
    meant = nearest_name(copy, known, count);
    free(copy);
    free(known);
    return meant ? meant : begun;
}

static enum status refuse_unknown(enum command command, const char *word, struct error *err)
{
    const char *name = word + strspn(word, "-");
    size_t length = strcspn(name, "=");
    const char *meant = meant_option(command, name, length);
    struct excerpt shown = excerpt(word, (size_t)(name - word) + length);

    if (meant)
        return error_set(err, STATUS_INVALID, NULL, "unknown option %s; did you mean --%s?",
                         shown.text, meant);
    return error_set(err, STATUS_INVALID, NULL,
                     "unknown option %s; \"" PROGRAM_NAME " %s --help\" lists the known ones",
                     shown.text, command_table[command].name);
}

/* The option is known, but the command does not take it. */
static enum status refuse_foreign(enum command command, const struct option *option,
                                  struct error *err)
{
    int owner = 0;

    while (owner < COMMAND_COUNT - 1 && !option_is_for(option, (enum command)owner))
        owner++;
    return error_set(err, STATUS_INVALID, NULL,
                     "--%s is an option of \"" PROGRAM_NAME " %s\" and not of \"" PROGRAM_NAME
                     " %s\"",
                     option->name, command_table[owner].name, command_table[command].name);
}

static enum status refuse_word(enum command command, const char *word, struct error *err)
{
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(word, command_table[i].name) == 0)
            return error_set(err, STATUS_INVALID, NULL,
                             "\"%s\" must come first: write " PROGRAM_NAME " %s [OPTIONS]", word,
                             word);
    }
    return error_set(err, STATUS_INVALID, NULL,
                     "unexpected argument %s: \"" PROGRAM_NAME " %s\" takes only options, which "
                     "begin with --",
                     excerpt(word, strlen(word)).text, command_table[command].name);
}

/* Why a word cannot be one more operand. */
static enum status refuse_operand(enum command command, const char *word, struct error *err)
{
    const struct operands *operands = &command_table[command].operands;
    struct excerpt shown = excerpt(word, strlen(word));

    if (!operands->form)
        return refuse_word(command, word, err);
    if (operands->behind_dashes)
        return error_set(
            err, STATUS_INVALID, NULL,
            "unexpected argument %s: what to run stands behind two dashes, as in \"" PROGRAM_NAME
            " %s %s\"",
            shown.text, command_table[command].name, operands->form);
    return error_set(err, STATUS_INVALID, NULL,
                     "unexpected argument %s: write " PROGRAM_NAME " %s %s", shown.text,
                     command_table[command].name, operands->form);
}

static enum status refuse_command(const char *word, struct error *err)
{
    const char *known[COMMAND_COUNT];
    const char *meant;
    struct strbuf list = STRBUF_INIT;
    enum status status;

    for (int i = 0; i < COMMAND_COUNT; i++) {
        known[i] = command_table[i].name;
        strbuf_appendf(&list, "%s%s", i == 0 ? "" : ", ", known[i]);
    }
    meant = nearest_name(word, known, COMMAND_COUNT);
    if (meant)
        status = error_set(err, STATUS_INVALID, NULL, "unknown command %s; did you mean \"%s\"?",
                           excerpt(word, strlen(word)).text, meant);
    else
        status = error_set(err, STATUS_INVALID, NULL, "unknown command %s; the commands are %s",
                           excerpt(word, strlen(word)).text, strbuf_text(&list));
    strbuf_release(&list);
    return status;
}

/* Takes the command word, if there is one. */
static enum status take_command(struct words *words, enum command *out, struct error *err)
{
    const char *word;

    *out = COMMAND_SERVE;
    if (words->at >= words->argc || words->argv[words->at][0] == '-')
        return STATUS_OK;
    word = words->argv[words->at++];
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(word, command_table[i].name) == 0) {
            *out = (enum command)i;
            return STATUS_OK;
        }
    }
    return refuse_command(word, err);
}

static void note(struct arguments *arguments, const struct option *option, const char *value)
{
    if (option->print && !arguments->print)
        arguments->print = option->print;
    arguments->given[arguments->count++] = (struct occurrence){option, value};
}

/*
 * The value of an option that has none joined by '='. A word that begins with -- is an option whose
 * predecessor lacks its value, rather than a value.
 */
static const char *take_value(struct words *words)
{
    if (words->at >= words->argc || strncmp(words->argv[words->at], "--", 2) == 0)
        return NULL;
    return words->argv[words->at++];
}

/* Takes --name, --name VALUE or --name=VALUE. */
static enum status take_long(struct words *words, const char *word, struct arguments *out,
                             struct error *err)
{
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    const struct option *option = option_find(name, length);
    const char *value = name[length] == '=' ? name + length + 1 : NULL;

    if (!option)
        return refuse_unknown(out->command, word, err);
    if (!option_is_for(option, out->command))
        return refuse_foreign(out->command, option, err);
    if (!option->metavar && value)
        return error_set(err, STATUS_INVALID, NULL, "--%s takes no value: write just --%s",
                         option->name, option->name);
    if (option->metavar && !value)
        value = take_value(words);
    if (option->metavar && (!value || *value == '\0'))
        return error_set(err, STATUS_INVALID, NULL, "--%s needs a value: write for example --%s=%s",
                         option->name, option->name,
                         option->example ? option->example : option->fallback);
    note(out, option, value);
    return STATUS_OK;
}

/* Takes -v, or several such flags in one word. */
static enum status take_letters(const char *word, struct arguments *out, struct error *err)
{
    for (const char *c = word + 1; *c; c++) {
        const struct option *option = option_find_letter(*c);

        if (!option)
            return refuse_unknown(out->command, word, err);
    }
    for (const char *c = word + 1; *c && !out->print; c++)
        note(out, option_find_letter(*c), NULL);
    return STATUS_OK;
}

/* Takes a word that is no option. */
static enum status take_operand(const char *word, bool behind_dashes, struct arguments *out,
                                struct error *err)
{
    const struct operands *operands = &command_table[out->command].operands;

    if (out->operand_count >= operands->most || (operands->behind_dashes && !behind_dashes))
        return refuse_operand(out->command, word, err);
    out->operands[out->operand_count++] = word;
    return STATUS_OK;
}

/* Takes all that follows "--". */
static enum status take_rest(struct words *words, struct arguments *out, struct error *err)
{
    enum status status = STATUS_OK;

    while (status == STATUS_OK && words->at < words->argc)
        status = take_operand(words->argv[words->at++], true, out, err);
    return status;
}

static enum status take_word(struct words *words, struct arguments *out, struct error *err)
{
    const char *word = words->argv[words->at++];

    if (strcmp(word, "--") == 0)
        return take_rest(words, out, err);
    if (strncmp(word, "--", 2) == 0)
        return take_long(words, word, out, err);
    if (word[0] == '-' && word[1] != '\0')
        return take_letters(word, out, err);
    return take_operand(word, false, out, err);
}

#define FIRST_WORDS_MAX 8

/* Holds the first operand to the words that the command knows. */
static enum status check_first_word(const struct arguments *arguments, struct error *err)
{
    const char *words = command_table[arguments->command].operands.words;
    char *known[FIRST_WORDS_MAX];
    size_t count = 0;
    unsigned which;
    enum status status;

    if (!words || arguments->operand_count == 0)
        return STATUS_OK;
    while (*words && count < FIRST_WORDS_MAX) {
        size_t length = strcspn(words, " ");

        known[count++] = memory_copy_text(words, length);
        words += length + strspn(words + length, " ");
    }
    status = choice_read(arguments->operands[0], strlen(arguments->operands[0]),
                         (const char *const *)known, count, &which, err);
    while (count > 0)
        free(known[--count]);
    return status;
}

static enum status check_operands(const struct arguments *arguments, struct error *err)
{
    const struct command_entry *entry = &command_table[arguments->command];

    if (arguments->operand_count < entry->operands.least)
        return error_set(err, STATUS_INVALID, NULL,
                         "something is missing: write " PROGRAM_NAME " %s %s", entry->name,
                         entry->operands.form);
    return check_first_word(arguments, err);
}

/* Room for an occurrence for every letter and every word. */
static size_t most_occurrences(int argc, char *const *argv)
{
    size_t most = 1;

    for (int i = 1; i < argc; i++)
        most += 1 + (argv[i][0] == '-' && argv[i][1] != '-' ? strlen(argv[i]) : 0);
    return most;
}

enum status arguments_read(int argc, char *const *argv, struct arguments *out, struct error *err)
{
    struct words words = {argc, argv, 1};
    struct arguments read = {.count = 0};
    enum status status = take_command(&words, &read.command, err);

    if (status != STATUS_OK)
        return status;
    read.given = memory_resize(NULL, most_occurrences(argc, argv), sizeof *read.given);
    read.operands = memory_new(((size_t)argc + 1) * sizeof *read.operands);
    while (status == STATUS_OK && words.at < argc && !read.print)
        status = take_word(&words, &read, err);
    if (status == STATUS_OK && !read.print)
        status = check_operands(&read, err);
    if (status != STATUS_OK) {
        arguments_release(&read);
        return status;
    }
    *out = read;
    return STATUS_OK;
}

void arguments_release(struct arguments *arguments)
{
    free(arguments->given);
    free(arguments->operands);
    *arguments = (struct arguments){.command = arguments->command};
}

bool arguments_have(const struct arguments *arguments, const struct option *option)
{
    for (size_t i = 0; i < arguments->count; i++) {
        if (arguments->given[i].option == option)
            return true;
    }
    return false;
}
