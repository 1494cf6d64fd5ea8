/*
 * trial: a client run once against a server of its own, and what is left to be judged then: how the
 * client ended, what the server saw of it, and what it collected.
 *
 * The client gets, in its environment, EXPORTS_MOCK_URL, EXPORTS_MOCK_CLIENT_TOKEN,
 * EXPORTS_MOCK_ACCESS_TOKEN (a pair that works) and EXPORTS_MOCK_OUT, an empty folder. The server
 * accepts before the client starts. Source: interface, section 3.
 */
#ifndef TRIAL_TRIAL_H
#define TRIAL_TRIAL_H

#include <stdbool.h>

#include "app/app.h"
#include "base/status.h"
#include "options/settings.h"
#include "trial/ending.h"
#include "trial/signals.h"

struct trial_config {
    const struct settings *settings;    /* borrowed, as long as the trial */
    const struct signals *signals;      /* likewise */
    const char *const *command;         /* likewise; ended by NULL */
    int stdin_fd, stdout_fd, stderr_fd; /* of the command; -1: ours */
    bool is_first;                      /* of several with the same certificate: warns of it */
};

struct trial;

/* Starts the server and makes the folder; the errors of both. Caller frees. */
enum status trial_new(const struct trial_config *config, struct trial **out,
                      struct error *err) MUST_CHECK;

/* Frees it and removes the folder; may be NULL. */
void trial_free(struct trial *trial);

/*
 * Runs the command to its end while the server answers, passing signals on; then the server closes.
 * A command that cannot be started is an ending, too, and err says why. STATUS_IO when the server
 * cannot go on.
 */
enum status trial_run(struct trial *trial, struct ending *out, struct error *err) MUST_CHECK;

/* The signal that asked this process to end while the command ran; 0: none did. */
int trial_interruption(const struct trial *trial);

/*
 * When the server closed, by the clock that only goes on: everything is to be judged as of then,
 * because the virtual clock would go on while it is judged.
 */
int64_t trial_closed_real_ms(const struct trial *trial);

/* What the server saw; borrowed. */
struct app *trial_app(const struct trial *trial);

/* The folder EXPORTS_MOCK_OUT; borrowed. */
const char *trial_folder(const struct trial *trial);

#endif
