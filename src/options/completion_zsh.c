#include "options/completion.h"

#include <string.h>

#include "options/completion_words.h"

/* Appends help inside the brackets of an _arguments specification, within single quotes. */
static void append_help(struct strbuf *out, const char *help)
{
    for (; *help; help++) {
        if (strchr("[]:\\", *help))
            strbuf_append_char(out, '\\');
        strbuf_append_char(out, *help);
    }
}

/* Appends ":METAVAR:ACTION". */
static void write_value(struct strbuf *out, const struct option *option)
{
    strbuf_append_text(out, ":value:");
    switch (completion_kind(option)) {
    case COMPLETE_NOTHING:
        strbuf_append_char(out, ' ');
        break;
    case COMPLETE_WORDS:
        strbuf_append_char(out, '(');
        completion_words(out, option);
        strbuf_append_char(out, ')');
        break;
    case COMPLETE_FILES:
        strbuf_append_text(out, "_files");
        break;
    case COMPLETE_WORDS_OR_FILES:
        strbuf_append_text(out, "_exports_mock_scenario");
        break;
    case COMPLETE_FOLDERS:
        strbuf_append_text(out, "_files -/");
        break;
    }
}

static void write_option(struct strbuf *out, const struct option *option)
{
    strbuf_appendf(out, "                '%s--%s%s[", option->repeatable ? "*" : "", option->name,
                   option->metavar ? "=" : "");
    append_help(out, option->help);
    strbuf_append_char(out, ']');
    if (option->metavar)
        write_value(out, option);
    strbuf_append_text(out, "' \\\n");
    if (!option->letter)
        return;
    strbuf_appendf(out, "                '-%c[", option->letter);
    append_help(out, option->help);
    strbuf_append_text(out, "]' \\\n");
}

static void write_command(struct strbuf *out, enum command command)
{
    strbuf_appendf(out, "        %s)\n            _arguments \\\n",
                   command == COMMAND_SERVE ? "*" : command_table[command].name);
    for (size_t i = 0; i < option_count; i++) {
        if (option_is_for(&option_table[i], command))
            write_option(out, &option_table[i]);
    }
    strbuf_append_text(out, "                '1: :(");
    completion_commands(out);
    strbuf_append_text(out, ")'");
    if (command_table[command].operands.form) {
        strbuf_appendf(out, " \\\n                '*:argument:_exports_mock_%s'",
                       command_table[command].name);
    }
    strbuf_append_text(out, "\n            ;;\n");
}

/* A function that offers words or files. */
static void write_alternative(struct strbuf *out, const char *name, const char *words)
{
    strbuf_appendf(out,
                   "_exports_mock_%s()\n{\n    _alternative 'words:word:(%s)' "
                   "'files:file:_files'\n}\n",
                   name, words);
}

/* The functions that options and commands refer to. */
static void write_alternatives(struct strbuf *out)
{
    const struct option *option = option_find("scenario", strlen("scenario"));
    struct strbuf words = STRBUF_INIT;

    completion_words(&words, option);
    write_alternative(out, option->name, strbuf_text(&words));
    for (int i = 0; i < COMMAND_COUNT; i++) {
        strbuf_reset(&words);
        completion_operands(&words, (enum command)i);
        if (command_table[i].operands.form)
            write_alternative(out, command_table[i].name, strbuf_text(&words));
    }
    strbuf_release(&words);
}

void completion_write_zsh(struct strbuf *out)
{
    strbuf_append_text(out, "#compdef " PROGRAM_NAME "\n");
    write_alternatives(out);
    strbuf_append_text(out, "_exports_mock()\n{\n    case ${words[2]} in\n");
    for (int i = COMMAND_COUNT - 1; i >= 0; i--)
        write_command(out, (enum command)i);
    strbuf_append_text(out, "    esac\n}\n_exports_mock \"$@\"\n");
}
