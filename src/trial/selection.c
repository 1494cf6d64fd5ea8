#include "trial/selection.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "scenarios/builtin.h"
#include "scenarios/load.h"

static bool has(const struct selection *selection, const char *argument)
{
    for (size_t i = 0; i < selection->count; i++) {
        if (strcmp(selection->items[i].argument, argument) == 0)
            return true;
    }
    return false;
}

static enum status add(struct selection *selection, const char *option, const char *argument,
                       struct error *err)
{
    struct scenario *scenario;
    struct error reason;
    enum status status;

    if (has(selection, argument))
        return STATUS_OK;
    status = scenario_load(argument, &scenario, &reason);
    if (status != STATUS_OK)
        return error_set(err, status, option, "%s", reason.message);
    selection->items =
        memory_resize(selection->items, selection->count + 1, sizeof *selection->items);
    selection->items[selection->count++] =
        (struct selected){memory_copy_text(argument, strlen(argument)), scenario};
    return STATUS_OK;
}

static enum status add_all(struct selection *selection, const char *option,
                           const struct name_list *names, struct error *err)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < names->count && status == STATUS_OK; i++)
        status = add(selection, option, names->names[i], err);
    return status;
}

static enum status add_builtin(struct selection *selection, struct error *err)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < scenario_builtin_count() && status == STATUS_OK; i++)
        status = add(selection, "", scenario_builtin_at(i)->name, err);
    return status;
}

static void release_item(struct selected *item)
{
    free(item->argument);
    scenario_unref(item->scenario);
}

/* A name of a built-in one, a path as it was given, or the name that a file has in itself. */
static bool is_called(const struct selected *item, const char *name)
{
    return strcmp(item->argument, name) == 0 || strcmp(item->scenario->name, name) == 0;
}

/* True when something was left out. */
static bool leave_out(struct selection *selection, const char *name)
{
    size_t kept = 0, before = selection->count;

    for (size_t i = 0; i < before; i++) {
        if (is_called(&selection->items[i], name))
            release_item(&selection->items[i]);
        else
            selection->items[kept++] = selection->items[i];
    }
    selection->count = kept;
    return kept < before;
}

/* A built-in one that was not chosen may be skipped, too; anything else is a mistake. */
static enum status skip(struct selection *selection, const char *name, struct error *err)
{
    struct scenario *scenario;
    struct error reason;

    if (leave_out(selection, name))
        return STATUS_OK;
    if (scenario_builtin_find(name, strlen(name), &scenario, &reason) != STATUS_OK)
        return error_set(err, STATUS_INVALID, "--skip", "%s", reason.message);
    scenario_unref(scenario);
    return STATUS_OK;
}

enum status selection_make(const struct settings *settings, struct selection *out,
                           struct error *err)
{
    struct selection selection = {NULL, 0};
    enum status status;

    if (settings->only.count > 0)
        status = add_all(&selection, "--only", &settings->only, err);
    else
        status = add_builtin(&selection, err);
    if (status == STATUS_OK)
        status = add_all(&selection, "--scenario", &settings->scenarios, err);
    for (size_t i = 0; i < settings->skip.count && status == STATUS_OK; i++)
        status = skip(&selection, settings->skip.names[i], err);
    if (status == STATUS_OK && selection.count == 0)
        status = error_set(err, STATUS_INVALID, "--skip", "no scenario is left to run");
    if (status == STATUS_OK)
        *out = selection;
    else
        selection_release(&selection);
    return status;
}

void selection_release(struct selection *selection)
{
    for (size_t i = 0; i < selection->count; i++)
        release_item(&selection->items[i]);
    free(selection->items);
    *selection = (struct selection){NULL, 0};
}
