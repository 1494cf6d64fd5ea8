/* exports-mock: reads the options and runs the command; everything else is in the layers. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/generate.h"
#include "app/kept.h"
#include "app/scenarios.h"
#include "app/serve.h"
#include "app/verify_command.h"
#include "options/options.h"
#include "trial/certify.h"
#include "trial/replay.h"
#include "trial/run.h"

#define EXIT_USAGE 2

static const char *environment(const char *name, void *state)
{
    (void)state;
    return getenv(name);
}

static int fail(const struct error *err, int code)
{
    fprintf(stderr, "exports-mock: %s%s%s\n", err->field, err->field[0] ? ": " : "", err->message);
    return code;
}

static enum status run_scenarios(const struct settings *settings, struct error *err)
{
    struct strbuf out = STRBUF_INIT;
    enum status status = scenarios_command(settings, &out, err);

    if (status == STATUS_OK &&
        (fwrite(out.data, 1, out.length, stdout) < out.length || fflush(stdout) != 0))
        status = error_set(err, STATUS_IO, NULL, "cannot write: %s", strerror(errno));
    strbuf_release(&out);
    return status;
}

/* Differences are no error: the report on stdout tells them. */
static int run_verify(const struct settings *settings)
{
    bool is_complete = false;
    struct error err;
    enum status status = verify_command(settings, &is_complete, &err);

    if (status != STATUS_OK)
        return fail(&err, status == STATUS_INVALID ? EXIT_USAGE : EXIT_FAILURE);
    return is_complete ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Nothing was started. A scenario that nobody knows is a wrong command line for the server. */
static int fail_to_start(const struct options_input *input, const struct settings *settings,
                         struct error *err)
{
    bool is_value = settings->command == COMMAND_SERVE && err->status == STATUS_NOT_FOUND;

    options_name_source(input, settings, err);
    return fail(err, is_value ? EXIT_USAGE : EXIT_FAILURE);
}

static int run_trial(const struct options_input *input, const struct settings *settings)
{
    int code = EXIT_FAILURE;
    struct error err;

    enum status status = settings->command == COMMAND_CERTIFY
                             ? certify_command(settings, &code, &err)
                             : run_command(settings, &code, &err);

    return status == STATUS_OK ? code : fail_to_start(input, settings, &err);
}

static int run(const struct options_input *input, const struct settings *settings)
{
    enum status status = STATUS_OK;
    struct error err;

    switch (settings->command) {
    case COMMAND_SERVE:
        status = serve(settings, &err);
        return status == STATUS_OK ? EXIT_SUCCESS : fail_to_start(input, settings, &err);
    case COMMAND_RUN:
    case COMMAND_CERTIFY:
        return run_trial(input, settings);
    case COMMAND_GENERATE:
        status = generate(settings, &err);
        if (status == STATUS_INVALID)
            return fail(&err, EXIT_USAGE);
        break;
    case COMMAND_VERIFY:
        return run_verify(settings);
    case COMMAND_SCENARIOS:
        status = run_scenarios(settings, &err);
        break;
    case COMMAND_COUNT:
        break;
    }
    return status == STATUS_OK ? EXIT_SUCCESS : fail(&err, EXIT_FAILURE);
}

/* Files that say how to go on come between environment and defaults. */
static enum status apply_files(const struct options_input *input, struct settings *settings,
                               struct bundle *bundle, struct header *header, struct error *err)
{
    if (settings->from_file)
        return replay_apply(input, settings, bundle, err);
    return settings->state_file ? kept_apply(input, settings, header, err) : STATUS_OK;
}

int main(int argc, char **argv)
{
    struct options_input input = {argc, argv, environment, NULL};
    struct strbuf print = STRBUF_INIT;
    struct bundle bundle = {.command = NULL};
    struct header header = {.program = NULL};
    struct settings settings;
    struct error err;
    int code = EXIT_SUCCESS;

    if (options_read(&input, &settings, &print, &err) != STATUS_OK)
        return fail(&err, EXIT_USAGE);
    if (print.length) {
        fputs(strbuf_text(&print), stdout);
    } else {
        if (apply_files(&input, &settings, &bundle, &header, &err) != STATUS_OK)
            code = fail(&err, EXIT_FAILURE);
        else
            code = run(&input, &settings);
        settings_release(&settings);
        bundle_release(&bundle);
        header_release(&header);
    }
    strbuf_release(&print);
    return code;
}
