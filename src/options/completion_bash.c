#include "options/completion.h"

#include "options/completion_words.h"

/* The case in which the word before the cursor is an option with a value. */
static void write_value_case(struct strbuf *out, const struct option *option)
{
    if (!option->metavar)
        return;
    strbuf_appendf(out, "        --%s)\n            ", option->name);
    switch (completion_kind(option)) {
    case COMPLETE_NOTHING:
        break;
    case COMPLETE_WORDS:
        strbuf_append_text(out, "mapfile -t COMPREPLY < <(compgen -W '");
        completion_words(out, option);
        strbuf_append_text(out, "' -- \"$current\")\n            ");
        break;
    case COMPLETE_FILES:
        strbuf_append_text(out, "compopt -o filenames\n            "
                                "mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
                                "            ");
        break;
    case COMPLETE_WORDS_OR_FILES:
        strbuf_append_text(out, "compopt -o filenames\n            "
                                "mapfile -t COMPREPLY < <(compgen -f -W '");
        completion_words(out, option);
        strbuf_append_text(out, "' -- \"$current\")\n            ");
        break;
    case COMPLETE_FOLDERS:
        strbuf_append_text(out, "compopt -o filenames\n            "
                                "mapfile -t COMPREPLY < <(compgen -d -- \"$current\")\n"
                                "            ");
        break;
    }
    strbuf_append_text(out, "return\n            ;;\n");
}

static void write_options_case(struct strbuf *out, enum command command)
{
    strbuf_appendf(out, "        %s) words='",
                   command == COMMAND_SERVE ? "*" : command_table[command].name);
    completion_options(out, command);
    if (command_table[command].operands.form) {
        strbuf_append_char(out, ' ');
        completion_operands(out, command);
        strbuf_append_text(out, "' files=-f ;;\n");
    } else {
        strbuf_append_text(out, "' ;;\n");
    }
}

/* bash splits --log=text into three words where '=' is a word break. */
static const char head[] = "# bash completion for exports-mock\n"
                           "_exports_mock()\n"
                           "{\n"
                           "    local current=${COMP_WORDS[COMP_CWORD]}\n"
                           "    local previous=${COMP_WORDS[COMP_CWORD - 1]} words files=\n"
                           "    COMPREPLY=()\n"
                           "    if [[ $current == = ]]; then\n"
                           "        current=\n"
                           "    elif [[ $previous == = ]] && ((COMP_CWORD > 2)); then\n"
                           "        previous=${COMP_WORDS[COMP_CWORD - 2]}\n"
                           "    fi\n"
                           "    case $previous in\n";

void completion_write_bash(struct strbuf *out)
{
    strbuf_append_text(out, head);
    for (size_t i = 0; i < option_count; i++)
        write_value_case(out, &option_table[i]);
    strbuf_append_text(out, "    esac\n    case ${COMP_WORDS[1]} in\n");
    for (int i = COMMAND_COUNT - 1; i >= 0; i--)
        write_options_case(out, (enum command)i);
    strbuf_append_text(out, "    esac\n    if ((COMP_CWORD == 1)); then\n        words+=' ");
    completion_commands(out);
    strbuf_append_text(out,
                       "'\n        files=\n    fi\n    [[ -z $files ]] || compopt -o filenames\n"
                       "    mapfile -t COMPREPLY < <(compgen $files -W \"$words\" -- "
                       "\"$current\")\n}\ncomplete -F _exports_mock " PROGRAM_NAME "\n");
}
