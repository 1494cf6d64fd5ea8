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

static void write_default(struct strbuf *out, const struct option *option)
{
    const char *quote = option->fallback ? "`" : "";
    const char *shown = option_shown_default(option);

    if (!shown)
        return;
    strbuf_append_text(out, quote);
    append_cell(out, shown);
    strbuf_append_text(out, quote);
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

    help_option_form(&form, option);
    strbuf_append_text(out, "| `");
    append_cell(out, strbuf_text(&form));
    strbuf_append_text(out, "` | ");
    write_default(out, option);
    strbuf_append_text(out, option_shown_default(option) ? " | " : "| ");
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
