#include "options/manual.h"

#include "options/help.h"
#include "options/options.h"

/* Appends text with what roff would take for markup escaped. */
static void append_roff(struct strbuf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '-')
            strbuf_append_text(out, "\\-");
        else if (*text == '\\')
            strbuf_append_text(out, "\\e");
        else if (*text == '"')
            strbuf_append_text(out, "\\(dq");
        else
            strbuf_append_char(out, *text);
    }
}

/* A line of text; no text of the tables begins with a point or an apostrophe. */
static void write_line(struct strbuf *out, const char *text)
{
    append_roff(out, text);
    strbuf_append_char(out, '\n');
}

static void write_option(struct strbuf *out, enum command command, const struct option *option)
{
    const char *fallback = option_shown_default(option, command);

    strbuf_append_text(out, ".TP\n.B ");
    if (option->letter)
        strbuf_appendf(out, "\\-%c\\fR, \\fB", option->letter);
    strbuf_append_text(out, "\\-\\-");
    append_roff(out, option->name);
    if (option->metavar) {
        strbuf_append_text(out, " \\fI");
        append_roff(out, option->metavar);
        strbuf_append_text(out, "\\fR");
    }
    strbuf_append_char(out, '\n');
    append_roff(out, option->help);
    if (fallback) {
        strbuf_append_text(out, " (default: ");
        append_roff(out, fallback);
        strbuf_append_char(out, ')');
    }
    strbuf_append_text(out, ".\n");
    if (option_has_environment(option)) {
        char name[ENVIRONMENT_NAME_SIZE];

        option_environment_name(option, name);
        strbuf_appendf(out, "Environment: \\fB%s\\fR.\n", name);
    }
}

static void write_synopsis(struct strbuf *out)
{
    for (int i = 0; i < COMMAND_COUNT; i++) {
        struct strbuf usage = STRBUF_INIT;

        help_usage(&usage, (enum command)i);
        strbuf_append_text(out, i == 0 ? ".B exports\\-mock\n" : ".br\n.B exports\\-mock\n");
        write_line(out, strbuf_text(&usage));
        strbuf_release(&usage);
    }
}

static void write_commands(struct strbuf *out)
{
    for (int i = 0; i < COMMAND_COUNT; i++) {
        strbuf_append_text(out, ".TP\n.B ");
        write_line(out, command_table[i].name);
        append_roff(out, command_table[i].summary);
        if (command_table[i].operands.help) {
            strbuf_append_text(out, ": ");
            append_roff(out, command_table[i].operands.help);
        }
        strbuf_append_text(out, ".\n");
    }
}

/* True when the command has the option, and the page does not tell the same among those of serve.
 */
static bool is_news(const struct option *option, enum command command)
{
    if (!option_is_for(option, command))
        return false;
    return !command_table[command].serves || !option_is_for(option, COMMAND_SERVE) ||
           option_fallback(option, command) != option_fallback(option, COMMAND_SERVE);
}

static bool has_news(enum command command, enum option_section section)
{
    for (size_t i = 0; i < option_count; i++) {
        if (option_table[i].section == section && is_news(&option_table[i], command))
            return true;
    }
    return false;
}

static void write_section(struct strbuf *out, enum command command, enum option_section section)
{
    strbuf_appendf(out, ".SS \"%s\"\n", option_section_title(section));
    for (size_t i = 0; i < option_count; i++) {
        if (option_table[i].section == section && is_news(&option_table[i], command))
            write_option(out, command, &option_table[i]);
    }
}

static void write_options(struct strbuf *out, enum command command)
{
    strbuf_append_text(out, ".SH \"OPTIONS OF ");
    append_roff(out, command_table[command].name);
    strbuf_append_text(out, "\"\n");
    if (command_table[command].serves)
        write_line(out, "All options of serve, and these or with these defaults:");
    for (int section = 0; section < SECTION_COUNT; section++) {
        if (has_news(command, (enum option_section)section))
            write_section(out, command, (enum option_section)section);
    }
}

void manual_write(struct strbuf *out)
{
    strbuf_appendf(out,
                   ".TH EXPORTS\\-MOCK 1 \"\" \"" PROGRAM_NAME " %s\" \"User Commands\"\n"
                   ".SH NAME\nexports\\-mock \\- ",
                   options_version());
    write_line(out, PROGRAM_SUMMARY);
    strbuf_append_text(out, ".SH SYNOPSIS\n");
    write_synopsis(out);
    strbuf_append_text(out, ".SH COMMANDS\n");
    write_commands(out);
    for (int i = 0; i < COMMAND_COUNT; i++)
        write_options(out, (enum command)i);
    for (const struct help_note *note = help_notes; note->title; note++) {
        strbuf_appendf(out, ".SH \"%s\"\n", note->title);
        write_line(out, note->text);
    }
}
