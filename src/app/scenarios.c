#include "app/scenarios.h"

#include <string.h>

#include "scenarios/builtin.h"
#include "scenarios/load.h"

/* The bytes of the first sentence, without its full stop. */
static size_t first_sentence(const char *description)
{
    const char *end = strstr(description, ". ");

    return end ? (size_t)(end - description) : strlen(description);
}

static size_t longest_name(void)
{
    size_t longest = 0;

    for (size_t i = 0; i < scenario_builtin_count(); i++) {
        size_t length = strlen(scenario_builtin_at(i)->name);

        longest = length > longest ? length : longest;
    }
    return longest;
}

static enum status list(struct strbuf *out, struct error *err)
{
    int width = (int)longest_name();
    enum status status = STATUS_OK;

    for (size_t i = 0; i < scenario_builtin_count() && status == STATUS_OK; i++) {
        const struct builtin *builtin = scenario_builtin_at(i);
        struct scenario *scenario;

        status = scenario_builtin_find(builtin->name, strlen(builtin->name), &scenario, err);
        if (status != STATUS_OK)
            break;
        strbuf_appendf(out, "%-*s  %.*s\n", width, builtin->name,
                       (int)first_sentence(scenario->description), scenario->description);
        scenario_unref(scenario);
    }
    return status;
}

static enum status show(const char *name, struct strbuf *out, struct error *err)
{
    struct scenario *scenario;
    enum status status = scenario_builtin_find(name, strlen(name), &scenario, err);

    if (status != STATUS_OK)
        return status;
    scenario_unref(scenario);
    for (size_t i = 0; i < scenario_builtin_count(); i++) {
        if (strcmp(scenario_builtin_at(i)->name, name) == 0)
            strbuf_append(out, scenario_builtin_at(i)->text, scenario_builtin_at(i)->length);
    }
    return STATUS_OK;
}

static enum status check(const char *path, struct strbuf *out, struct error *err)
{
    struct scenario *scenario;
    enum status status = scenario_load_file(path, &scenario, err);

    if (status != STATUS_OK)
        return status;
    scenario_unref(scenario);
    strbuf_appendf(out, "%s: OK\n", path);
    return STATUS_OK;
}

enum status scenarios_command(const struct settings *settings, struct strbuf *out,
                              struct error *err)
{
    const char *action = settings->operand_count > 0 ? settings->operands[0] : "list";

    if (strcmp(action, "show") == 0)
        return show(settings->operands[1], out, err);
    if (strcmp(action, "check") == 0)
        return check(settings->operands[1], out, err);
    return list(out, err);
}
