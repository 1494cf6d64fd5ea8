#include "trial/signals.h"

#include <errno.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/timestamp.h"

static void fill_taken(sigset_t *taken)
{
    static const int numbers[] = {SIGTERM, SIGINT,  SIGHUP,  SIGQUIT,
                                  SIGUSR1, SIGUSR2, SIGCHLD, SIGALRM};

    sigemptyset(taken);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaddset(taken, numbers[i]);
}

/* Where SIGCHLD is ignored, as some parents leave it, ends of children would be lost. */
enum status signals_open(struct signals *signals, struct error *err)
{
    struct sigaction usual = {.sa_handler = SIG_DFL};
    struct signals opened;
    sigset_t taken;

    fill_taken(&taken);
    opened.fd = signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK);
    if (opened.fd < 0)
        return error_set(err, STATUS_IO, NULL, "cannot wait for signals: %s", strerror(errno));
    sigprocmask(SIG_BLOCK, &taken, &opened.outer_mask);
    sigaction(SIGCHLD, &usual, &opened.outer_sigchld);
    if (getrlimit(RLIMIT_NOFILE, &opened.fd_limit) != 0)
        opened.fd_limit.rlim_cur = opened.fd_limit.rlim_max = RLIM_INFINITY;
    *signals = opened;
    return STATUS_OK;
}

void signals_close(struct signals *signals)
{
    signals_set_alarm(0);
    close(signals->fd);
    sigaction(SIGCHLD, &signals->outer_sigchld, NULL);
    sigprocmask(SIG_SETMASK, &signals->outer_mask, NULL);
}

bool signals_next(const struct signals *signals, struct signal_event *out)
{
    struct signalfd_siginfo info;

    if (read(signals->fd, &info, sizeof info) != (ssize_t)sizeof info)
        return false;
    out->number = (int)info.ssi_signo;
    out->is_of_terminal = info.ssi_code == SI_KERNEL;
    return true;
}

void signals_set_alarm(int64_t after_real_ms)
{
    struct itimerval timer = {.it_value = {.tv_sec = after_real_ms / MS_PER_SECOND,
                                           .tv_usec = after_real_ms % MS_PER_SECOND * 1000}};

    setitimer(ITIMER_REAL, &timer, NULL);
}
