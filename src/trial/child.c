#include "trial/child.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/excerpt.h"
#include "base/memory.h"

#define EXIT_CANNOT_EXECUTE 126
#define EXIT_NO_PROGRAM     127

static bool has_terminal(void)
{
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static void put(int fd, int as)
{
    if (fd >= 0)
        (void)dup2(fd, as);
}

/* The words as execvpe() takes them; caller frees. */
static char **copy_words(const char *const *words)
{
    size_t count = 1;
    char **copy;

    while (words[count - 1])
        count++;
    copy = memory_resize(NULL, count, sizeof *copy);
    memcpy(copy, words, count * sizeof *copy);
    return copy;
}

/* Becomes the command, in the child; what hinders it is written to report_fd. */
static void become(const struct child_config *config, char **words, bool has_group, int report_fd)
{
    struct sigaction usual = {.sa_handler = SIG_DFL};
    int reason;

    if (has_group)
        (void)setpgid(0, 0);
    put(config->stdin_fd, STDIN_FILENO);
    put(config->stdout_fd, STDOUT_FILENO);
    put(config->stderr_fd, STDERR_FILENO);
    sigaction(SIGPIPE, &usual, NULL);
    (void)setrlimit(RLIMIT_NOFILE, &config->signals->fd_limit);
    sigprocmask(SIG_SETMASK, &config->signals->outer_mask, NULL);
    execvpe(words[0], words, config->environment);
    reason = errno;
    while (write(report_fd, &reason, sizeof reason) < 0 && errno == EINTR)
        ;
    _exit(EXIT_NO_PROGRAM);
}

/* What hindered the child; 0: nothing, its program has begun. */
static int read_reason(int fd)
{
    ssize_t got;
    int reason;

    do {
        got = read(fd, &reason, sizeof reason);
    } while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof reason ? reason : 0;
}

static enum status refuse(const char *program, int reason, struct ending *ending, struct error *err)
{
    struct excerpt shown = excerpt(program, strlen(program));
    bool is_missing = reason == ENOENT || reason == ENOTDIR;

    *ending = (struct ending){NOT_STARTED, is_missing ? EXIT_NO_PROGRAM : EXIT_CANNOT_EXECUTE};
    return error_set(err, is_missing ? STATUS_NOT_FOUND : STATUS_IO, NULL, "cannot start %s: %s",
                     shown.text, is_missing ? "there is no such program" : strerror(reason));
}

enum status child_start(const struct child_config *config, struct child *out, struct ending *ending,
                        struct error *err)
{
    struct child child = {.has_group = !has_terminal()};
    int pipe_fds[2], reason;
    char **words;

    if (pipe2(pipe_fds, O_CLOEXEC) != 0)
        return refuse(config->command[0], errno, ending, err);
    words = copy_words(config->command);
    child.pid = fork();
    if (child.pid == 0)
        become(config, words, child.has_group, pipe_fds[1]);
    reason = child.pid < 0 ? errno : 0;
    free(words);
    close(pipe_fds[1]);
    if (child.pid > 0)
        reason = read_reason(pipe_fds[0]);
    close(pipe_fds[0]);
    if (reason == 0) {
        *out = child;
        return STATUS_OK;
    }
    if (child.pid > 0)
        (void)waitpid(child.pid, NULL, 0);
    return refuse(config->command[0], reason, ending, err);
}

void child_signal(const struct child *child, int number)
{
    pid_t target = child->has_group ? -child->pid : child->pid;

    if (child->is_over)
        return;
    (void)kill(target, number);
    if (number == SIGTERM)
        (void)kill(target, SIGCONT);
}

void child_pass_on(const struct child *child, const struct signal_event *event)
{
    if (child->has_group || !event->is_of_terminal)
        child_signal(child, event->number);
}

bool child_reap(struct child *child)
{
    int wait_status;
    pid_t pid;

    while ((pid = waitpid(-1, &wait_status, WNOHANG)) > 0) {
        if (pid != child->pid)
            continue;
        child->is_over = true;
        child->ending = ending_from_wait(wait_status);
    }
    return child->is_over;
}
