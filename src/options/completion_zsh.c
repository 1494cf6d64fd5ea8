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
    strbuf_append_text(out, ")'\n            ;;\n");
}

void completion_write_zsh(struct strbuf *out)
{
    strbuf_append_text(out, "#compdef " PROGRAM_NAME "\n"
                            "_exports_mock()\n{\n    case ${words[2]} in\n");
    for (int i = COMMAND_COUNT - 1; i >= 0; i--)
        write_command(out, (enum command)i);
    strbuf_append_text(out, "    esac\n}\n_exports_mock \"$@\"\n");
}
