#include "options/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/excerpt.h"
#include "base/memory.h"
#include "options/arguments.h"
#include "options/checks.h"
#include "options/option.h"

const char *options_version(void)
{
    return VERSION;
}

static void release_names(struct name_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->names[i]);
    free(list->names);
    *list = (struct name_list){NULL, 0};
}

void settings_release(struct settings *settings)
{
    free(settings->given);
    settings->given = NULL;
    settings->given_count = 0;
    release_names(&settings->only);
    release_names(&settings->skip);
    release_names(&settings->scenarios);
    free(settings->public_url);
    settings->public_url = NULL;
    free(settings->url);
    settings->url = NULL;
    free(settings->export_ids);
    settings->export_ids = NULL;
    settings->export_count = 0;
    free(settings->operands);
    settings->operands = NULL;
    settings->operand_count = 0;
}

/* Puts the place a value came from before a message: "--port: ...". */
static enum status blame(const char *place, struct error *err)
{
    struct error plain = *err;

    return error_set(err, plain.status, NULL, "%s: %s", place, plain.message);
}

/* What an environment variable says of a flag. */
static bool read_switch(const char *text, bool *out)
{
    static const char *const on[] = {"1", "true", "yes", "on"};
    static const char *const off[] = {"0", "false", "no", "off"};

    for (size_t i = 0; i < sizeof on / sizeof *on; i++) {
        *out = strcasecmp(text, on[i]) == 0;
        if (*out || strcasecmp(text, off[i]) == 0)
            return true;
    }
    return false;
}

static void note_given(struct settings *settings, const struct option *option, const char *value)
{
    settings->given =
        memory_resize(settings->given, settings->given_count + 1, sizeof *settings->given);
    settings->given[settings->given_count++] = (struct given_option){option, value};
}

static enum status apply_switch(const struct option *option, const char *text,
                                struct settings *settings, struct error *err)
{
    bool on;

    if (!read_switch(text, &on))
        return error_set(err, STATUS_INVALID, NULL,
                         "%s is neither on nor off: write 1, true, yes or on, or 0, false, no or "
                         "off",
                         excerpt(text, strlen(text)).text);
    if (on) {
        option->turn_on(settings);
        note_given(settings, option, NULL);
    }
    return STATUS_OK;
}

/* Reads the environment variable of an option, if it is set. */
static enum status apply_environment(const struct options_input *input, const struct option *option,
                                     struct settings *settings, struct error *err)
{
    char name[ENVIRONMENT_NAME_SIZE];
    const char *text;
    enum status status;

    option_environment_name(option, name);
    text = input->environment(name, input->state);
    if (!text || *text == '\0')
        return STATUS_OK;
    status = option->metavar ? option->read(option, text, settings, err)
                             : apply_switch(option, text, settings, err);
    if (status != STATUS_OK)
        return blame(name, err);
    if (option->metavar)
        note_given(settings, option, text);
    return STATUS_OK;
}

/* Gives every option of the command its default, and then what the environment says. */
static enum status apply_defaults(const struct options_input *input,
                                  const struct arguments *arguments, struct settings *settings,
                                  struct error *err)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < option_count && status == STATUS_OK; i++) {
        const struct option *option = &option_table[i];
        const char *fallback = option_fallback(option, arguments->command);

        if (!option_is_for(option, arguments->command))
            continue;
        if (fallback)
            status = option->read(option, fallback, settings, err);
        if (status == STATUS_OK && option_has_environment(option) &&
            !arguments_have(arguments, option))
            status = apply_environment(input, option, settings, err);
    }
    return status;
}

static enum status apply_occurrence(const struct occurrence *occurrence, struct settings *settings,
                                    struct error *err)
{
    const struct option *option = occurrence->option;
    char place[ENVIRONMENT_NAME_SIZE];

    note_given(settings, option, occurrence->value);
    if (!option->metavar) {
        option->turn_on(settings);
        return STATUS_OK;
    }
    if (option->read(option, occurrence->value, settings, err) == STATUS_OK)
        return STATUS_OK;
    snprintf(place, sizeof place, "--%s", option->name);
    return blame(place, err);
}

/* Hands the operands over. */
static void take_operands(struct arguments *arguments, struct settings *settings)
{
    settings->operands = arguments->operands;
    settings->operand_count = arguments->operand_count;
    arguments->operands = NULL;
    arguments->operand_count = 0;
}

static enum status apply(const struct options_input *input, struct arguments *arguments,
                         struct settings *settings, struct error *err)
{
    enum status status = apply_defaults(input, arguments, settings, err);

    take_operands(arguments, settings);
    for (size_t i = 0; i < arguments->count && status == STATUS_OK; i++)
        status = apply_occurrence(&arguments->given[i], settings, err);
    return status == STATUS_OK ? settings_check(settings, err) : status;
}

static struct settings settings_blank(enum command command)
{
    struct settings settings = {.command = command};

    for (int i = 0; i < ENTITY_TYPE_COUNT; i++)
        settings.dataset.rows[i] = -1;
    settings.lifecycle.outcome = OUTCOME_SUCCESS;
    return settings;
}

void options_name_source(const struct options_input *input, const struct settings *settings,
                         struct error *err)
{
    char name[ENVIRONMENT_NAME_SIZE];
    struct error inner = *err;

    for (size_t i = 0; i < settings->given_count; i++) {
        const struct given_option *given = &settings->given[i];

        if (!given->value || strncmp(inner.field, "--", 2) != 0 ||
            strcmp(inner.field + 2, given->option->name) != 0)
            continue;
        option_environment_name(given->option, name);
        if (given->value == input->environment(name, input->state)) /* it is borrowed from there */
            (void)error_set(err, inner.status, name, "%s", inner.message);
    }
}

enum status options_check_value(const struct option *option, const char *text, struct error *err)
{
    struct settings scratch = settings_blank(COMMAND_RUN);
    enum status status = option->metavar ? option->read(option, text, &scratch, err)
                                         : apply_switch(option, text, &scratch, err);

    settings_release(&scratch);
    return status;
}

enum status options_read(const struct options_input *input, struct settings *settings,
                         struct strbuf *print, struct error *err)
{
    struct arguments arguments;
    struct settings read;
    struct error local = {STATUS_OK, "", ""};
    enum status status;

    err = err ? err : &local;
    status = arguments_read(input->argc, input->argv, &arguments, err);
    if (status != STATUS_OK)
        return status;
    read = settings_blank(arguments.command);
    if (arguments.print) {
        arguments.print(print, arguments.command);
        memset(&read, 0, sizeof read);
    } else {
        status = apply(input, &arguments, &read, err);
    }
    if (status == STATUS_OK)
        *settings = read;
    else
        settings_release(&read);
    arguments_release(&arguments);
    return status;
}
