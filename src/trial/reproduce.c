#include "trial/reproduce.h"

#include <string.h>

#include "app/host.h"
#include "base/timestamp.h"
#include "options/option.h"
#include "scenarios/load.h"
#include "trial/shell.h"

static bool is_always_told(const struct option *option)
{
    return strcmp(option->name, "seed") == 0 || strcmp(option->name, "speed") == 0 ||
           strcmp(option->name, "timeout") == 0;
}

/* Appends what was given of an option: the last, or all with commas when each counts. */
static size_t join_given(const struct settings *settings, const struct option *option,
                         struct strbuf *out)
{
    size_t count = 0;

    for (size_t i = 0; i < settings->given_count; i++) {
        if (settings->given[i].option != option)
            continue;
        if (!option->repeatable)
            strbuf_reset(out);
        else if (count > 0)
            strbuf_append_char(out, ',');
        if (settings->given[i].value)
            strbuf_append_text(out, settings->given[i].value);
        count++;
    }
    return count;
}

/* Visits what was given of an option, or its default where that is always told. */
static void visit_given(const struct settings *settings, const struct option *option,
                        story_visitor *visit, void *state)
{
    const char *fallback = option_fallback(option, settings->command);
    struct strbuf value = STRBUF_INIT;

    if (join_given(settings, option, &value) > 0)
        visit(option->name, option->metavar ? strbuf_text(&value) : NULL, state);
    else if (fallback && is_always_told(option))
        visit(option->name, fallback, state);
    strbuf_release(&value);
}

void story_visit(const struct settings *settings, story_visitor *visit, void *state)
{
    for (size_t i = 0; i < option_count; i++) {
        const struct option *option = &option_table[i];
        char now[TIMESTAMP_MILLIS_LENGTH + 1] = "";

        if (!option_shapes_story(option) || strcmp(option->name, "scenario") == 0)
            continue;
        if (settings->has_now && strcmp(option->name, "now") == 0) {
            timestamp_write_millis(now, settings->now_ms);
            visit(option->name, now, state);
        } else {
            visit_given(settings, option, visit, state);
        }
    }
}

static void append_option(const char *name, const char *value, void *state)
{
    struct strbuf *out = state;

    strbuf_appendf(out, " --%s", name);
    if (value) {
        strbuf_append_char(out, ' ');
        shell_append(out, value);
    }
}

void reproduce_write(struct strbuf *out, const struct settings *settings, const char *scenario,
                     const char *const *command)
{
    strbuf_append_text(out, PROGRAM_NAME " run");
    if (scenario)
        append_option("scenario", scenario, out);
    story_visit(settings, append_option, out);
    strbuf_append_text(out, " --");
    for (; *command; command++) {
        strbuf_append_char(out, ' ');
        shell_append(out, *command);
    }
}

enum status story_pin(const struct settings *settings, struct settings *out, struct error *err)
{
    struct settings pinned = *settings;
    struct error reason;
    enum status status;

    if (!pinned.has_now) {
        pinned.has_now = true;
        pinned.now_ms = host_now().wall_ms;
    }
    if (pinned.scenario_value) {
        scenario_ref(pinned.scenario_value);
    } else if (pinned.scenario) {
        status = scenario_load(pinned.scenario, &pinned.scenario_value, &reason);
        if (status != STATUS_OK)
            return error_set(err, status, "--scenario", "%s", reason.message);
    }
    *out = pinned;
    return STATUS_OK;
}
