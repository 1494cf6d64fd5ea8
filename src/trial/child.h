/*
 * child: a command as a child process: started, signalled, and waited for without waiting.
 *
 * Without a controlling terminal the command leads a process group of its own, so that signals
 * reach all that it starts. With one it stays in ours, so that it can read from the terminal, stop
 * and go on like any other program of the job; keys like Ctrl-C reach it by themselves.
 */
#ifndef TRIAL_CHILD_H
#define TRIAL_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/status.h"
#include "trial/ending.h"
#include "trial/signals.h"

/* What to start; borrowed for the call. */
struct child_config {
    const char *const *command; /* ended by NULL; found by PATH */
    char *const *environment;
    const struct signals *signals;      /* what was in force before them is in force in the child */
    int stdin_fd, stdout_fd, stderr_fd; /* -1: ours */
};

struct child {
    pid_t pid;
    bool has_group; /* a process group of its own, by the number of pid */
    bool is_over;
    struct ending ending; /* once it is over */
};

/*
 * Starts the command. Else *ending is NOT_STARTED with 127 when there is no such program, or 126
 * when it cannot be executed, and err says so: STATUS_NOT_FOUND or STATUS_IO.
 */
enum status child_start(const struct child_config *config, struct child *out, struct ending *ending,
                        struct error *err) MUST_CHECK;

/* Passes a signal on, unless it came from the terminal and reached the child by itself. */
void child_pass_on(const struct child *child, const struct signal_event *event);

/* Sends a signal to the child and, if it leads a group, all of the group; stopped ones go on. */
void child_signal(const struct child *child, int number);

/*
 * Takes note of processes that are over: the child, and whatever else is left to this process, as
 * it is to process 1. True when the child is over.
 */
bool child_reap(struct child *child);

#endif
