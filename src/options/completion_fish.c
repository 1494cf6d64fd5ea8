#include "options/completion.h"

#include "options/completion_words.h"

/* Appends text in single quotes; no text of the tables has one. */
static void append_quoted(struct strbuf *out, const char *text)
{
    strbuf_appendf(out, "'%s'", text);
}

/* Appends the condition under which an option is offered. */
static void write_condition(struct strbuf *out, const struct option *option)
{
    const char *lead = "";

    strbuf_append_text(out, " -n '");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (!option_is_for(option, (enum command)i))
            continue;
        strbuf_appendf(out, "%s__exports_mock_command %s", lead, command_table[i].name);
        lead = "; or ";
    }
    strbuf_append_char(out, '\'');
}

static void write_value(struct strbuf *out, const struct option *option)
{
    if (!option->metavar)
        return;
    switch (completion_kind(option)) {
    case COMPLETE_NOTHING:
        strbuf_append_text(out, " -x");
        break;
    case COMPLETE_WORDS:
        strbuf_append_text(out, " -x -a '");
        completion_words(out, option);
        strbuf_append_char(out, '\'');
        break;
    case COMPLETE_FILES:
        strbuf_append_text(out, " -r -F");
        break;
    case COMPLETE_WORDS_OR_FILES:
        strbuf_append_text(out, " -r -F -a '");
        completion_words(out, option);
        strbuf_append_char(out, '\'');
        break;
    case COMPLETE_FOLDERS:
        strbuf_append_text(out, " -x -a '(__fish_complete_directories)'");
        break;
    }
}

/* Files, and the words that the command knows. */
static void write_operands(struct strbuf *out, enum command command)
{
    if (!command_table[command].operands.form)
        return;
    strbuf_appendf(out, "complete -c " PROGRAM_NAME " -n '__exports_mock_command %s' -F -a '",
                   command_table[command].name);
    completion_operands(out, command);
    strbuf_append_text(out, "'\n");
}

void completion_write_fish(struct strbuf *out)
{
    strbuf_append_text(out, "# fish completion for exports-mock\n"
                            "function __exports_mock_command\n"
                            "    set -l words (commandline -opc)\n"
                            "    set -l command " PROGRAM_NAME "\n"
                            "    if set -q words[2]; and not string match -q -- '-*' $words[2]\n"
                            "        set command $words[2]\n"
                            "    else\n"
                            "        set command serve\n"
                            "    end\n"
                            "    test $command = $argv[1]\n"
                            "end\n"
                            "complete -c " PROGRAM_NAME " -f\n");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        strbuf_appendf(out,
                       "complete -c " PROGRAM_NAME
                       " -n 'test (count (commandline -opc)) -eq 1' -a %s -d ",
                       command_table[i].name);
        append_quoted(out, command_table[i].summary);
        strbuf_append_char(out, '\n');
        write_operands(out, (enum command)i);
    }
    for (size_t i = 0; i < option_count; i++) {
        strbuf_append_text(out, "complete -c " PROGRAM_NAME);
        write_condition(out, &option_table[i]);
        if (option_table[i].letter)
            strbuf_appendf(out, " -s %c", option_table[i].letter);
        strbuf_appendf(out, " -l %s -d ", option_table[i].name);
        append_quoted(out, option_table[i].help);
        write_value(out, &option_table[i]);
        strbuf_append_char(out, '\n');
    }
}
