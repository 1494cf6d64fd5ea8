/*
 * signals: what reaches the process while a client runs, read one by one from a descriptor: ends of
 * child processes, what is to be passed on to the client, and an alarm clock.
 */
#ifndef TRIAL_SIGNALS_H
#define TRIAL_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>

#include "base/status.h"

/* Release it with signals_close(). */
struct signals {
    int fd;                 /* can be read when a signal is there */
    sigset_t outer_mask;    /* what was in force before, for child processes */
    struct rlimit fd_limit; /* likewise: the server raises the limit of open descriptors */
    struct sigaction outer_sigchld;
};

/* A signal that arrived. */
struct signal_event {
    int number;
    bool is_of_terminal; /* a key was pressed: the terminal's whole process group got it */
};

/*
 * Blocks SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGCHLD and SIGALRM and reads them
 * from a descriptor from now on; to be called before a server is started. STATUS_IO when the system
 * has no descriptors left.
 */
enum status signals_open(struct signals *signals, struct error *err) MUST_CHECK;

/* Puts back what was in force. */
void signals_close(struct signals *signals);

/* Takes the next signal; false when none is there. Never waits. */
bool signals_next(const struct signals *signals, struct signal_event *out);

/* Has SIGALRM arrive once after a real time; 0: not any more. */
void signals_set_alarm(int64_t after_real_ms);

#endif
