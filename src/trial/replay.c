#include "trial/replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* The environment, and below it the bundle. */
struct layers {
    const struct options_input *input;
    const struct bundle *bundle;
};

static const char *look_up(const char *name, void *state)
{
    const struct layers *layers = state;
    const char *value = layers->input->environment(name, layers->input->state);

    if (value && *value)
        return value;
    for (size_t i = 0; i < layers->bundle->option_count; i++) {
        char own[ENVIRONMENT_NAME_SIZE];

        option_environment_name(layers->bundle->options[i].option, own);
        if (strcmp(own, name) == 0)
            return layers->bundle->options[i].value;
    }
    return NULL;
}

/* Takes the command of the bundle; the array is a copy, because settings own theirs. */
static void take_command(struct settings *settings, const struct bundle *bundle)
{
    size_t count = 0;

    while (bundle->command[count])
        count++;
    free(settings->operands);
    settings->operands = memory_new((count + 1) * sizeof *settings->operands);
    memcpy(settings->operands, bundle->command, count * sizeof *settings->operands);
    settings->operand_count = count;
    settings->is_command_of_bundle = true;
}

enum status replay_apply(const struct options_input *input, struct settings *settings,
                         struct bundle *bundle, struct error *err)
{
    struct strbuf print = STRBUF_INIT;
    struct layers layers = {input, bundle};
    struct options_input layered = {input->argc, input->argv, look_up, &layers};
    struct settings read;
    enum status status = bundle_load(settings->from_file, bundle, err);

    if (status != STATUS_OK)
        return status;
    status = options_read(&layered, &read, &print, err);
    strbuf_release(&print);
    if (status != STATUS_OK) {
        bundle_release(bundle);
        return status;
    }
    settings_release(settings);
    *settings = read;
    if (settings->operand_count == 0)
        take_command(settings, bundle);
    if (!settings->scenario)
        settings->scenario_value = bundle->scenario;
    return STATUS_OK;
}
