#include "options/markdown.h"

#include "options/help.h"

/* Appends text for a cell of a table. */
static void append_cell(struct strbuf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            strbuf_append_char(out, '\\');
        strbuf_append_char(out, *text);
    }
}

static void append_default(struct strbuf *out, const struct option *option, enum command command)
{
    const char *quote = option_fallback(option, command) ? "`" : "";
    const char *shown = option_shown_default(option, command);

    strbuf_append_text(out, quote);
    append_cell(out, shown ? shown : "");
    strbuf_append_text(out, quote);
}

/* The default, and where some commands have another one, theirs. */
static void write_default(struct strbuf *out, const struct option *option)
{
    int owner = 0;

    while (owner < COMMAND_COUNT - 1 && (!option_is_for(option, (enum command)owner) ||
                                         (option->other_fallback.commands >> owner & 1u)))
        owner++;
    append_default(out, option, (enum command)owner);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (!(option->other_fallback.commands >> i & 1u))
            continue;
        strbuf_appendf(out, "; `%s`: ", command_table[i].name);
        append_default(out, option, (enum command)i);
    }
}

/* Names the command when not all of the section's readers can use the option. */
static void write_commands(struct strbuf *out, const struct option *option)
{
    const char *lead = " (";

    if (option_is_for(option, COMMAND_SERVE))
        return;
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (!option_is_for(option, (enum command)i))
            continue;
        strbuf_appendf(out, "%s`%s`", lead, command_table[i].name);
        lead = ", ";
    }
    strbuf_append_char(out, ')');
}

static void write_row(struct strbuf *out, const struct option *option)
{
    struct strbuf form = STRBUF_INIT;
    size_t before;

    help_option_form(&form, option);
    strbuf_append_text(out, "| `");
    append_cell(out, strbuf_text(&form));
    strbuf_append_text(out, "` | ");
    before = out->length;
    write_default(out, option);
    strbuf_append_text(out, out->length > before ? " | " : "| ");
    append_cell(out, option->help);
    write_commands(out, option);
    strbuf_append_text(out, " |\n");
    strbuf_release(&form);
}

void markdown_write(struct strbuf *out)
{
    for (int section = 0; section < SECTION_COUNT; section++) {
        strbuf_appendf(out, "%s| %s | Default | Meaning |\n| --- | --- | --- |\n",
                       section == 0 ? "" : "\n",
                       option_section_title((enum option_section)section));
        for (size_t i = 0; i < option_count; i++) {
            if ((int)option_table[i].section == section)
                write_row(out, &option_table[i]);
        }
    }
}
