#include "state/numbered.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void numbered_clear(struct numbered *numbered)
{
    for (size_t i = 0; i < numbered->count; i++)
        scenario_unref(numbered->items[i]);
    free(numbered->items);
    numbered->items = NULL;
    numbered->count = 0;
}

void numbered_add(struct numbered *numbered, struct scenario *scenario)
{
    numbered->items =
        memory_resize(numbered->items, numbered->count + 1, sizeof(struct scenario *));
    numbered->items[numbered->count++] = scenario_ref(scenario);
}

/* From 1; 0: it has none. The latest ones are asked for most. */
static size_t number_of(const struct numbered *numbered, const struct scenario *scenario)
{
    size_t number = numbered->count;

    while (number > 0 && numbered->items[number - 1] != scenario)
        number--;
    return number;
}

static bool is_own(const struct tenant *tenant, const struct scenario *scenario)
{
    return tenant && tenant->own_scenario == scenario;
}

bool numbered_knows(const struct numbered *numbered, const struct tenant *tenant,
                    const struct scenario *scenario)
{
    return !scenario || is_own(tenant, scenario) || scenario == numbered->first ||
           number_of(numbered, scenario) > 0;
}

void numbered_write(const struct numbered *numbered, const struct tenant *tenant,
                    const struct scenario *scenario, struct json_writer *json, const char *name)
{
    if (!scenario)
        json_write_null(json, name);
    else if (is_own(tenant, scenario))
        json_write_text(json, name, "own");
    else if (scenario == numbered->first)
        json_write_text(json, name, "first");
    else
        json_write_u64(json, name, number_of(numbered, scenario));
}

static enum status read_word(const struct numbered *numbered, const struct tenant *tenant,
                             const struct json_object *object, const char *name,
                             struct scenario **out, struct error *err)
{
    struct scenario *scenario = NULL;
    const char *word;
    bool found;
    enum status status = json_get_text(object, name, &word, &found, err);

    if (status != STATUS_OK)
        return status;
    if (strcmp(word, "own") == 0)
        scenario = tenant ? tenant->own_scenario : NULL;
    else if (strcmp(word, "first") == 0)
        scenario = numbered->first;
    if (!scenario)
        return json_error(object, name, STATUS_INVALID, err, "names a scenario that is not there");
    *out = scenario;
    return STATUS_OK;
}

enum status numbered_read(const struct numbered *numbered, const struct tenant *tenant,
                          const struct json_object *object, const char *name, struct scenario **out,
                          struct error *err)
{
    int64_t number = 0;
    bool found;
    enum status status;

    if (json_type_of(object, name) == JSON_TEXT)
        return read_word(numbered, tenant, object, name, out, err);
    status = json_get_i64(object, name, &number, &found, err);
    if (status != STATUS_OK)
        return status;
    if (found && (number < 1 || (uint64_t)number > numbered->count))
        return json_error(object, name, STATUS_INVALID, err, "names a scenario that is not there");
    *out = found ? numbered->items[number - 1] : NULL;
    return STATUS_OK;
}
