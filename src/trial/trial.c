#include "trial/trial.h"

#include <stdlib.h>

#include "app/host.h"
#include "base/memory.h"
#include "trial/child.h"
#include "trial/environment.h"
#include "trial/folder.h"
#include "trial/trust.h"

/* What CMD is always told. */
#define OWN_VARIABLES 4
#define VARIABLES_MAX (OWN_VARIABLES + TRUST_VARIABLES_MAX)

/* How long a command has to end after SIGTERM, before SIGKILL. */
#define GRACE_REAL_MS 2000

struct trial {
    struct trial_config config;
    struct host *host;
    char *folder;
    struct trust trust;
    struct child child;
    bool has_timed_out;
    int interruption;
    int64_t closed_real_ms;
};

/* The first alarm asks the command to end, the next one ends it. */
static void take_alarm(struct trial *trial)
{
    if (trial->child.is_over)
        return;
    child_signal(&trial->child, trial->has_timed_out ? SIGKILL : SIGTERM);
    trial->has_timed_out = true;
    signals_set_alarm(GRACE_REAL_MS);
}

static bool asks_to_end(int number)
{
    return number == SIGTERM || number == SIGINT || number == SIGHUP || number == SIGQUIT;
}

/* What came before the command runs. */
static void take_early_signals(struct trial *trial)
{
    struct signal_event event;

    while (signals_next(trial->config.signals, &event)) {
        if (asks_to_end(event.number))
            trial->interruption = event.number;
    }
}

static void take_signals(void *context)
{
    struct trial *trial = context;
    struct signal_event event;

    while (signals_next(trial->config.signals, &event)) {
        if (event.number == SIGCHLD) {
            if (child_reap(&trial->child))
                host_stop_soon(trial->host);
        } else if (event.number == SIGALRM) {
            take_alarm(trial);
        } else {
            if (asks_to_end(event.number))
                trial->interruption = event.number;
            child_pass_on(&trial->child, &event);
        }
    }
}

enum status trial_new(const struct trial_config *config, struct trial **out, struct error *err)
{
    struct trial *trial = memory_new(sizeof *trial);
    struct host_config host = {.settings = config->settings,
                               .watched = take_signals,
                               .watched_context = trial,
                               .watched_fd = config->signals->fd};
    enum status status = folder_make(&trial->folder, err);

    trial->config = *config;
    if (status == STATUS_OK)
        status = host_new(&host, &trial->host, err);
    if (status == STATUS_OK && config->is_first)
        host_warn(trial->host);
    if (status == STATUS_OK)
        status = trust_make(&trial->trust, host_authority(trial->host), err);
    if (status == STATUS_OK)
        status = host_write_ready_file(trial->host, err);
    if (status != STATUS_OK) {
        trial_free(trial);
        return status;
    }
    *out = trial;
    return STATUS_OK;
}

void trial_free(struct trial *trial)
{
    if (!trial)
        return;
    host_free(trial->host);
    if (trial->folder)
        folder_remove(trial->folder);
    free(trial->folder);
    trust_release(&trial->trust);
    free(trial);
}

/* What CMD is told. */
static struct environment *make_environment(const struct trial *trial)
{
    struct token_pair pair = app_working_pair(host_app(trial->host));
    struct variable variables[VARIABLES_MAX] = {
        {"EXPORTS_MOCK_URL", host_url(trial->host)},
        {"EXPORTS_MOCK_CLIENT_TOKEN", pair.client_token},
        {"EXPORTS_MOCK_ACCESS_TOKEN", pair.access_token},
        {"EXPORTS_MOCK_OUT", trial->folder},
    };

    for (size_t i = 0; i < trial->trust.count; i++)
        variables[OWN_VARIABLES + i] = trial->trust.variables[i];
    return environment_new(variables, OWN_VARIABLES + trial->trust.count);
}

static enum status start_child(struct trial *trial, struct ending *ending, struct error *err)
{
    struct environment *environment = make_environment(trial);
    const struct child_config config = {
        .command = trial->config.command,
        .environment = environment_texts(environment),
        .signals = trial->config.signals,
        .stdin_fd = trial->config.stdin_fd,
        .stdout_fd = trial->config.stdout_fd,
        .stderr_fd = trial->config.stderr_fd,
    };
    enum status status = child_start(&config, &trial->child, ending, err);

    environment_free(environment);
    return status;
}

/* Serves until the command is over. */
static enum status serve_child(struct trial *trial, struct error *err)
{
    const struct settings *settings = trial->config.settings;
    enum status status;

    if (settings->has_timeout)
        signals_set_alarm(settings->timeout_real_ms);
    status = host_run(trial->host, err);
    signals_set_alarm(0);
    if (status != STATUS_OK)
        child_signal(&trial->child, SIGKILL);
    return status;
}

enum status trial_run(struct trial *trial, struct ending *out, struct error *err)
{
    enum status status = STATUS_OK;

    take_early_signals(trial);
    if (trial->interruption) {
        *out = (struct ending){ENDED_BY_SIGNAL, trial->interruption};
    } else if (start_child(trial, out, err) == STATUS_OK) {
        status = serve_child(trial, err);
        *out = trial->child.ending;
        if (trial->has_timed_out)
            *out = (struct ending){ENDED_BY_TIMEOUT, 0};
    }
    host_close(trial->host);
    trial->closed_real_ms = host_now().real_ms;
    return status;
}

int trial_interruption(const struct trial *trial)
{
    return trial->interruption;
}

int64_t trial_closed_real_ms(const struct trial *trial)
{
    return trial->closed_real_ms;
}

struct app *trial_app(const struct trial *trial)
{
    return host_app(trial->host);
}

const char *trial_folder(const struct trial *trial)
{
    return trial->folder;
}
