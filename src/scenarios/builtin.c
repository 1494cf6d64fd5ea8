#include "scenarios/builtin.h"

#include <stdlib.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "scenarios/read.h"

size_t scenario_builtin_count(void)
{
    return builtin_files_count;
}

const struct builtin *scenario_builtin_at(size_t index)
{
    return &builtin_files[index];
}

static enum status refuse(const char *name, size_t length, struct error *err)
{
    const char **known = memory_resize(NULL, builtin_files_count, sizeof *known);
    char *copy = memory_copy_text(name, length);
    const char *meant;
    enum status status;

    for (size_t i = 0; i < builtin_files_count; i++)
        known[i] = builtin_files[i].name;
    meant = nearest_name(copy, known, builtin_files_count);
    if (meant)
        status =
            error_set(err, STATUS_NOT_FOUND, NULL, "there is no scenario %s; did you mean \"%s\"?",
                      excerpt(name, length).text, meant);
    else
        status = error_set(err, STATUS_NOT_FOUND, NULL,
                           "there is no scenario %s; \"exports-mock scenarios\" lists them",
                           excerpt(name, length).text);
    free(copy);
    free(known);
    return status;
}

enum status scenario_builtin_find(const char *name, size_t length, struct scenario **out,
                                  struct error *err)
{
    for (size_t i = 0; i < builtin_files_count; i++) {
        const struct builtin *builtin = &builtin_files[i];

        if (strlen(builtin->name) == length && memcmp(builtin->name, name, length) == 0)
            return scenario_read(builtin->text, builtin->length, out, err);
    }
    return refuse(name, length, err);
}
