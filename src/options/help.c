#include "options/help.h"

#include <string.h>

#include "options/options.h"

#define WIDTH          80
#define TEXT_COLUMN    29
#define NOTE_COLUMN    2
#define SUMMARY_COLUMN 41

const struct help_note help_notes[] = {
    {"Environment",
     "Every option but --help and --version has an environment variable: " ENVIRONMENT_PREFIX
     " and its name in upper case with underscores, as in " ENVIRONMENT_PREFIX
     "READY_FILE. The command line beats the environment, and the environment the default. An "
     "empty variable counts as not set. A flag is 1, true, yes or on, or 0, false, no or off."},
    {"Values", "Durations are written 250ms, 2s, 10m, 1h, 7d or PT10M, \"N polls\" counts "
               "how often getAll shows the state, instants are written 2026-08-07T10:00:00Z."},
    {"Exit status",
     "0 when all is well, also after SIGTERM and SIGINT; 1 when something failed; 2 when the "
     "command "
     "line or the environment is wrong. run ends as CMD did if that failed: with its exit code, "
     "128 "
     "and the number of a signal, 124 after --timeout, 126 or 127 when it cannot be started."},
    {NULL, NULL},
};

void version_write(struct strbuf *out, enum command command)
{
    (void)command;
    strbuf_appendf(out, PROGRAM_NAME " %s\n", options_version());
}

/* True when the command has an option besides --help and the like. */
static bool has_options(enum command command)
{
    for (size_t i = 0; i < option_count; i++) {
        if (!option_table[i].print && option_is_for(&option_table[i], command))
            return true;
    }
    return false;
}

void help_usage(struct strbuf *out, enum command command)
{
    const struct command_entry *entry = &command_table[command];

    strbuf_appendf(out, command == COMMAND_SERVE ? "[%s]" : "%s", entry->name);
    if (has_options(command))
        strbuf_append_text(out, " [OPTIONS]");
    if (entry->operands.form)
        strbuf_appendf(out, " %s", entry->operands.form);
}

void help_option_form(struct strbuf *out, const struct option *option)
{
    if (option->letter)
        strbuf_appendf(out, "-%c, ", option->letter);
    strbuf_appendf(out, "--%s", option->name);
    if (option->metavar)
        strbuf_appendf(out, " %s", option->metavar);
}

bool help_has_section(enum command command, enum option_section section)
{
    for (size_t i = 0; i < option_count; i++) {
        if (option_table[i].section == section && option_is_for(&option_table[i], command))
            return true;
    }
    return false;
}

/* Appends blanks until the line that ends at column is column_wanted long; a new line if it is. */
static void go_to_column(struct strbuf *out, size_t column, size_t column_wanted)
{
    if (column + 2 > column_wanted && column > 0) {
        strbuf_append_char(out, '\n');
        column = 0;
    }
    for (; column < column_wanted; column++)
        strbuf_append_char(out, ' ');
}

/* Appends text in lines from left to WIDTH; the cursor is at left. */
static void wrap(struct strbuf *out, const char *text, size_t left)
{
    size_t column = left;

    while (*text) {
        size_t length = strcspn(text, " ");

        if (column > left && column + 1 + length > WIDTH) {
            go_to_column(out, WIDTH, left);
            column = left;
        } else if (column > left) {
            strbuf_append_char(out, ' ');
            column++;
        }
        strbuf_append(out, text, length);
        column += length;
        text += length + strspn(text + length, " ");
    }
    strbuf_append_char(out, '\n');
}

static void write_option(struct strbuf *out, enum command command, const struct option *option)
{
    struct strbuf text = STRBUF_INIT;
    const char *fallback = option_shown_default(option, command);
    size_t begin = out->length;

    strbuf_append_text(out, option->letter ? "  " : "      ");
    help_option_form(out, option);
    strbuf_append_text(&text, option->help);
    if (fallback)
        strbuf_appendf(&text, " (default: %s)", fallback);
    go_to_column(out, out->length - begin, TEXT_COLUMN);
    wrap(out, strbuf_text(&text), TEXT_COLUMN);
    strbuf_release(&text);
}

static void write_section(struct strbuf *out, enum command command, enum option_section section)
{
    strbuf_appendf(out, "\n%s:\n", option_section_title(section));
    for (size_t i = 0; i < option_count; i++) {
        if (option_table[i].section == section && option_is_for(&option_table[i], command))
            write_option(out, command, &option_table[i]);
    }
}

/* One line for each command, its own only when it is not the default. */
static void write_usage(struct strbuf *out, enum command command)
{
    const char *lead = "Usage: ";

    for (int i = 0; i < COMMAND_COUNT; i++) {
        size_t begin = out->length;

        if (command != COMMAND_SERVE && i != (int)command)
            continue;
        strbuf_appendf(out, "%s" PROGRAM_NAME " ", lead);
        help_usage(out, (enum command)i);
        go_to_column(out, out->length - begin, SUMMARY_COLUMN);
        strbuf_appendf(out, "%s\n", command_table[i].summary);
        lead = "       ";
    }
    if (command == COMMAND_SERVE)
        strbuf_append_text(out, "       " PROGRAM_NAME " COMMAND --help       the options of a "
                                "command\n");
}

/* What the command takes besides options. */
static void write_operands(struct strbuf *out, const struct operands *operands)
{
    struct strbuf text = STRBUF_INIT;

    if (!operands->form)
        return;
    strbuf_appendf(&text, "%s: %s", operands->form, operands->help);
    strbuf_append_text(out, "\nArguments:\n");
    go_to_column(out, 0, NOTE_COLUMN);
    wrap(out, strbuf_text(&text), NOTE_COLUMN);
    strbuf_release(&text);
}

void help_write(struct strbuf *out, enum command command)
{
    wrap(out, PROGRAM_NAME ": " PROGRAM_SUMMARY, 0);
    strbuf_append_char(out, '\n');
    write_usage(out, command);
    write_operands(out, &command_table[command].operands);
    for (int section = 0; section < SECTION_COUNT; section++) {
        if (help_has_section(command, (enum option_section)section))
            write_section(out, command, (enum option_section)section);
    }
    for (const struct help_note *note = help_notes; note->title; note++) {
        strbuf_appendf(out, "\n%s:\n", note->title);
        go_to_column(out, 0, NOTE_COLUMN);
        wrap(out, note->text, NOTE_COLUMN);
    }
}
