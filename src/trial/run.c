#include "trial/run.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/duration.h"
#include "reports/reports.h"
#include "trial/bundle.h"
#include "trial/output.h"
#include "trial/reproduce.h"
#include "trial/shell.h"
#include "trial/trial.h"
#include "trial/verdict.h"

/* The files to write at the end. */
struct outputs {
    struct output report;
    struct output bundle;
};

static struct conduct_subject subject_of(const struct trial *trial)
{
    return (struct conduct_subject){app_store(trial_app(trial)), NULL, trial_closed_real_ms(trial)};
}

/* Says why there is nothing to collect, if there is not. */
static void write_nothing(struct strbuf *out, const struct trial *trial,
                          const struct export_counts *exports)
{
    if (app_request_count(trial_app(trial)) == 0)
        strbuf_append_text(out, "Rows: CMD sent no request to the API\n");
    else if (exports->added_count == 0)
        strbuf_append_text(out, "Rows: CMD added no export\n");
    else if (exports->success_count == 0)
        strbuf_append_text(out, "Rows: no export that CMD added became Success\n");
}

static void write_rows(struct strbuf *out, const struct collected *collected)
{
    if (!collected->is_there)
        return;
    if (collected->is_complete)
        strbuf_appendf(out, "Rows: all %" PRIu64 " are there, once and whole\n",
                       collected->expected_count);
    else
        strbuf_appendf(out, "Rows: not what the exports hold\n%s", strbuf_text(&collected->text));
}

static void tell_timeout(struct strbuf *out, int64_t timeout_real_ms)
{
    strbuf_append_text(out, "exports-mock: CMD was ended after ");
    duration_append(out, timeout_real_ms);
    strbuf_append_text(out, ", as --timeout says\n");
}

/* What is told on stderr. With --quiet only what makes the command fail. */
static void tell(const struct settings *settings, const struct trial *trial,
                 const struct evidence_of_trial *evidence)
{
    struct conduct_subject subject = subject_of(trial);
    struct strbuf text = STRBUF_INIT;
    bool is_quiet = settings->verbosity < 0;

    if (evidence->ending.kind == ENDED_BY_TIMEOUT)
        tell_timeout(&text, settings->timeout_real_ms);
    if (!is_quiet)
        write_nothing(&text, trial, &evidence->collected.exports);
    if (!is_quiet || (evidence->collected.is_there && !evidence->collected.is_complete))
        write_rows(&text, &evidence->collected);
    if (!is_quiet || verdict_conduct_fails(&evidence->conduct, settings->fail_on))
        conduct_write_text(&text, &subject);
    fputs(strbuf_text(&text), stderr);
    strbuf_release(&text);
}

static enum status write_report(const struct settings *settings, const struct trial *trial,
                                struct output *output, struct error *err)
{
    struct conduct_subject subject = subject_of(trial);
    struct strbuf text = STRBUF_INIT;
    enum status status;

    switch (settings->report_file_format) {
    case REPORT_TEXT:
        conduct_write_text(&text, &subject);
        break;
    case REPORT_JSON:
        conduct_write_json(&text, &subject);
        break;
    case REPORT_JUNIT:
        conduct_write_junit(&text, &subject);
        break;
    }
    status = output_finish(output, &text, err);
    strbuf_release(&text);
    return status;
}

static enum status write_bundle(const struct settings *settings, const struct trial *trial,
                                struct ending ending, struct output *output, struct error *err)
{
    const struct bundle_story story = {settings, ending, app_journal(trial_app(trial))};
    struct strbuf text = STRBUF_INIT;
    enum status status;

    if (!output->file)
        return STATUS_OK;
    bundle_write(&text, &story);
    status = output_finish(output, &text, err);
    strbuf_release(&text);
    return status;
}

/* A file that cannot be written fails the command, but does not hide how CMD ended. */
static void blame(enum status status, const struct error *err, int *exit_code)
{
    if (status == STATUS_OK)
        return;
    fprintf(stderr, "exports-mock: %s: %s\n", err->field, err->message);
    if (*exit_code == EXIT_SUCCESS)
        *exit_code = EXIT_FAILURE;
}

/* Looks at what the command did, tells it, and gives the exit code. */
static int judge(const struct settings *settings, struct trial *trial, struct ending ending,
                 struct outputs *outputs)
{
    struct evidence_of_trial evidence = {.ending = ending};
    struct conduct_subject subject = subject_of(trial);
    struct error err;
    int exit_code;

    collected_compare(trial, &evidence.collected);
    evidence.conduct = conduct_count(&subject);
    exit_code = verdict_exit_code(&evidence, settings->fail_on);
    tell(settings, trial, &evidence);
    blame(write_report(settings, trial, &outputs->report, &err), &err, &exit_code);
    blame(write_bundle(settings, trial, ending, &outputs->bundle, &err), &err, &exit_code);
    collected_release(&evidence.collected);
    return exit_code;
}

static enum status run_with(const struct settings *settings, const struct signals *signals,
                            struct outputs *outputs, int *exit_code, struct error *err)
{
    const struct trial_config config = {
        .settings = settings,
        .signals = signals,
        .command = settings->operands,
        .stdin_fd = -1,
        .stdout_fd = -1,
        .stderr_fd = -1,
        .is_first = true,
    };
    struct ending ending;
    struct trial *trial;
    enum status status = trial_new(&config, &trial, err);

    if (status != STATUS_OK)
        return status;
    status = trial_run(trial, &ending, err);
    if (status == STATUS_OK && ending.kind == NOT_STARTED) {
        fprintf(stderr, "exports-mock: %s\n", err->message);
        *exit_code = ending_exit_code(ending);
    } else if (status == STATUS_OK) {
        *exit_code = judge(settings, trial, ending, outputs);
    }
    trial_free(trial);
    return status;
}

/* Opens the files to come, and runs the client with a scenario and a clock that are certain. */
static enum status run_pinned(const struct settings *settings, const struct signals *signals,
                              int *exit_code, struct error *err)
{
    struct outputs outputs = {.report = {.file = NULL}};
    struct settings pinned;
    enum status status = story_pin(settings, &pinned, err);

    if (status != STATUS_OK)
        return status;
    status = output_open(&outputs.report, "--report", settings->report_file, err);
    if (status == STATUS_OK)
        status = output_open(&outputs.bundle, "--bundle", settings->bundle_file, err);
    if (status == STATUS_OK)
        status = run_with(&pinned, signals, &outputs, exit_code, err);
    output_drop(&outputs.report);
    output_drop(&outputs.bundle);
    scenario_unref(pinned.scenario_value);
    return status;
}

/* Whoever runs a bundle sees what is run. */
static void tell_command(const struct settings *settings)
{
    struct strbuf text = STRBUF_INIT;

    for (size_t i = 0; i < settings->operand_count; i++) {
        strbuf_append_char(&text, ' ');
        shell_append(&text, settings->operands[i]);
    }
    fprintf(stderr, "exports-mock: %s says to run%s\n", settings->from_file, strbuf_text(&text));
    strbuf_release(&text);
}

enum status run_command(const struct settings *settings, int *exit_code, struct error *err)
{
    struct signals signals;
    enum status status = signals_open(&signals, err);

    if (status != STATUS_OK)
        return status;
    if (settings->is_command_of_bundle && settings->verbosity >= 0)
        tell_command(settings);
    status = run_pinned(settings, &signals, exit_code, err);
    signals_close(&signals);
    return status;
}
