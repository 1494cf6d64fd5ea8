#include "trial/certify.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/host.h"
#include "base/memory.h"
#include "trial/bundle.h"
#include "trial/crew.h"
#include "trial/matrix.h"
#include "trial/output.h"
#include "trial/reproduce.h"
#include "trial/selection.h"
#include "trial/trial.h"

/* What all cells have in common. */
struct certification {
    const struct settings *settings;
    struct signals signals;
    struct selection selection;
    struct output report;
    int null_fd; /* /dev/null */
    struct matrix matrix;
    int interruption; /* the signal that broke it off; 0: none */
};

static void note_rule(const struct tenant *tenant, const struct finding *finding, void *state)
{
    struct cell *cell = state;

    (void)tenant;
    cell->rules |= UINT32_C(1) << finding->rule;
}

static void look_at(struct cell *cell, struct trial *trial)
{
    struct conduct_subject subject = {app_store(trial_app(trial)), NULL,
                                      trial_closed_real_ms(trial)};

    cell->conduct = conduct_count(&subject);
    conduct_report(subject.store, NULL, subject.now_real_ms, note_rule, cell);
    collected_compare(trial, &cell->collected);
}

static enum status write_bundle(const struct settings *settings, const struct trial *trial,
                                struct cell *cell, struct error *err)
{
    const struct bundle_story story = {settings, cell->ending, app_journal(trial_app(trial))};
    struct strbuf text = STRBUF_INIT;
    struct output output;
    enum status status;

    cell->bundle = bundle_path_of(settings->bundle_file, cell->scenario);
    status = output_open(&output, "--bundle", cell->bundle, err);
    if (status == STATUS_OK) {
        bundle_write(&text, &story);
        status = output_finish(&output, &text, err);
    }
    strbuf_release(&text);
    return status;
}

static enum status judge(const struct settings *settings, struct trial *trial, struct cell *cell,
                         struct error *err)
{
    look_at(cell, trial);
    cell_judge(cell, settings->fail_on, settings->timeout_real_ms);
    reproduce_write(&cell->command, settings, cell->scenario, settings->operands);
    if (cell->passed || !settings->bundle_file)
        return STATUS_OK;
    return write_bundle(settings, trial, cell, err);
}

/* Runs the client under the settings of one cell. */
static enum status run_trial(struct certification *all, const struct settings *settings,
                             bool is_first, struct cell *cell, struct error *err)
{
    bool is_quiet = settings->verbosity < 0;
    const struct trial_config config = {
        .settings = settings,
        .signals = &all->signals,
        .command = settings->operands,
        .stdin_fd = all->null_fd,
        .stdout_fd = is_quiet ? all->null_fd : STDERR_FILENO,
        .stderr_fd = is_quiet ? all->null_fd : -1,
        .is_first = is_first,
    };
    struct trial *trial;
    enum status status = trial_new(&config, &trial, err);

    if (status != STATUS_OK)
        return status;
    status = trial_run(trial, &cell->ending, err);
    if (status == STATUS_OK && cell->ending.kind == NOT_STARTED)
        status = err->status;
    all->interruption = trial_interruption(trial);
    if (status == STATUS_OK && !all->interruption)
        status = judge(settings, trial, cell, err);
    trial_free(trial);
    return status;
}

static enum status run_cell(struct certification *all, size_t index, struct cell *cell,
                            struct error *err)
{
    const struct selected *selected = &all->selection.items[index];
    struct settings common = *all->settings, settings;
    int64_t begin_real_ms = host_now().real_ms;
    enum status status;

    common.scenario = NULL;
    common.scenario_value = selected->scenario;
    cell->scenario = memory_copy_text(selected->argument, strlen(selected->argument));
    cell->expect = selected->scenario->expect;
    status = story_pin(&common, &settings, err);
    if (status != STATUS_OK)
        return status;
    status = run_trial(all, &settings, index == 0, cell, err);
    cell->took_real_ms = host_now().real_ms - begin_real_ms;
    scenario_unref(settings.scenario_value);
    return status;
}

/* The work of a process of the crew. */
static enum status work(void *context, size_t index, struct cell *cell, int *interruption,
                        struct error *err)
{
    struct certification *all = context;
    enum status status = run_cell(all, index, cell, err);

    *interruption = all->interruption;
    return status;
}

/* Says on stderr whose output follows. */
static void tell_progress(void *context, size_t index, size_t count)
{
    const struct certification *all = context;

    if (all->settings->verbosity >= 0)
        fprintf(stderr, "[%zu/%zu] %s\n", count, all->selection.count,
                all->selection.items[index].argument);
}

/* A port, or a file that tells it, can be had by one server at a time. */
static size_t job_count(const struct settings *settings)
{
    return settings->port || settings->ready_file ? 1 : settings->jobs;
}

/* Leaves out the cells that were not filled. */
static void keep_done(struct matrix *matrix, const bool *is_done)
{
    for (size_t i = 0; i < matrix->planned_count; i++) {
        if (is_done[i])
            matrix->cells[matrix->count++] = matrix->cells[i];
    }
}

static enum status run_cells(struct certification *all, struct error *err)
{
    const struct crew_config config = {
        .count = all->selection.count,
        .jobs = job_count(all->settings),
        .signals = &all->signals,
        .work = work,
        .tell = tell_progress,
        .context = all,
    };
    struct matrix *matrix = &all->matrix;
    int64_t begin_real_ms = host_now().real_ms;
    bool *is_done = memory_new(config.count * sizeof *is_done);
    enum status status;

    matrix->planned_count = config.count;
    matrix->cells = memory_new(config.count * sizeof *matrix->cells);
    status = crew_run(&config, matrix->cells, is_done, &all->interruption, err);
    keep_done(matrix, is_done);
    free(is_done);
    matrix->took_real_ms = host_now().real_ms - begin_real_ms;
    return status;
}

static void write_as(struct strbuf *out, const struct matrix *matrix, enum report_format format,
                     bool coloured)
{
    switch (format) {
    case REPORT_TEXT:
        matrix_write_text(out, matrix, coloured);
        break;
    case REPORT_JSON:
        matrix_write_json(out, matrix);
        break;
    case REPORT_JUNIT:
        matrix_write_junit(out, matrix);
        break;
    }
}

/* Source: no-color.org for NO_COLOR; a dumb terminal shows escapes as they are. */
static bool takes_colour(void)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    return isatty(STDOUT_FILENO) && !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
}

static enum status write_results(struct certification *all, struct error *err)
{
    const struct settings *settings = all->settings;
    struct strbuf text = STRBUF_INIT;
    enum status status = STATUS_OK;

    write_as(&text, &all->matrix, settings->format, takes_colour());
    if (fwrite(text.data, 1, text.length, stdout) < text.length || fflush(stdout) != 0)
        status = error_set(err, STATUS_IO, NULL, "cannot write: %s", strerror(errno));
    strbuf_reset(&text);
    write_as(&text, &all->matrix, settings->report_file_format, false);
    if (status == STATUS_OK)
        status = output_finish(&all->report, &text, err);
    strbuf_release(&text);
    return status;
}

static enum status certify(struct certification *all, int *exit_code, struct error *err)
{
    enum status status = run_cells(all, err);

    if (status == STATUS_OK)
        status = write_results(all, err);
    if (all->interruption)
        *exit_code = 128 + all->interruption;
    else
        *exit_code = matrix_is_passed(&all->matrix) ? EXIT_SUCCESS : EXIT_FAILURE;
    return status;
}

static enum status open_null(int *out, struct error *err)
{
    *out = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (*out < 0)
        return error_set(err, STATUS_IO, NULL, "cannot open /dev/null: %s", strerror(errno));
    return STATUS_OK;
}

enum status certify_command(const struct settings *settings, int *exit_code, struct error *err)
{
    struct certification all = {.settings = settings, .null_fd = -1};
    enum status status = selection_make(settings, &all.selection, err);

    if (status == STATUS_OK)
        status = open_null(&all.null_fd, err);
    if (status == STATUS_OK)
        status = output_open(&all.report, "--report", settings->report_file, err);
    if (status == STATUS_OK)
        status = signals_open(&all.signals, err);
    if (status == STATUS_OK) {
        status = certify(&all, exit_code, err);
        signals_close(&all.signals);
    }
    output_drop(&all.report);
    if (all.null_fd >= 0)
        close(all.null_fd);
    matrix_release(&all.matrix);
    selection_release(&all.selection);
    return status;
}
