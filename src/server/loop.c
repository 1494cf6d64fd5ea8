#include "server/loop.h"

#include <errno.h>
#include <limits.h>
#include <malloc.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* Once nothing happened for this long, memory kept for the next requests is given back. */
#define QUIET_REAL_MS 1000

#define EVENTS_MAX 64

/* A client that never stops asking is not listened to for longer. */
#define SETTLE_TURNS_MAX 1000

static void ignore_sigpipe(struct server *server)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    sigaction(SIGPIPE, &ignore, &server->outer_sigpipe);
    sigprocmask(SIG_BLOCK, NULL, &server->outer_mask);
    server->signals_taken = true;
}

/*
 * Both signals are blocked rather than handled: a blocked signal waits in the queue, so none is
 * lost before the loop runs, and the kernel does not throw it away for process 1.
 */
static int take_signals(struct server *server)
{
    sigset_t stop;

    ignore_sigpipe(server);
    if (server->config.watched)
        return server->config.watched_fd;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    sigprocmask(SIG_BLOCK, &stop, NULL);
    return signalfd(-1, &stop, SFD_CLOEXEC | SFD_NONBLOCK);
}

static int watch(int poll_fd, int fd, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.fd = fd};

    return epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event);
}

enum status loop_open(struct server *server, struct error *err)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);

    server->signal_fd = take_signals(server);
    server->poll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (!info || server->signal_fd < 0 || server->poll_fd < 0 ||
        watch(server->poll_fd, info->epoll_fd, EPOLLIN) != 0 ||
        watch(server->poll_fd, server->signal_fd, EPOLLIN) != 0)
        return error_set(err, STATUS_IO, NULL, "cannot wait for events: %s", strerror(errno));
    return STATUS_OK;
}

void loop_connection(void *state, struct MHD_Connection *connection, void **handshake,
                     enum MHD_ConnectionNotificationCode what)
{
    struct server *server = state;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        server->connection_count++;
        if (info)
            (void)watch(server->poll_fd, info->connect_fd, EPOLLRDHUP | EPOLLET);
        *handshake = server->is_tls ? handshake_new(&server->handshakes, connection) : NULL;
        return;
    }
    server->connection_count--;
    handshake_free(*handshake);
    if (info)
        endings_forget(&server->endings, info->connect_fd);
}

/* Its end is not waited for any more: each shutdown() would tell it again. */
void loop_client_ended(struct server *server, int fd)
{
    struct epoll_event event = {.events = EPOLLET, .data.fd = fd};

    (void)epoll_ctl(server->poll_fd, EPOLL_CTL_MOD, fd, &event);
    endings_note(&server->endings, fd);
}

/* Calls what is to be called in every turn; longest, or less when it asks to be called before. */
static int tick(const struct server *server, int longest)
{
    int64_t due_real_ms, wait_real_ms;

    if (!server->config.tick)
        return longest;
    due_real_ms = server->config.tick(server->config.context);
    if (due_real_ms == INT64_MAX)
        return longest;
    wait_real_ms = due_real_ms - hold_now_real_ms();
    if (wait_real_ms <= 0)
        return 0;
    if (longest >= 0 && wait_real_ms > longest)
        return longest;
    return wait_real_ms > INT_MAX ? INT_MAX : (int)wait_real_ms;
}

/* How long the loop may sleep; -1: until something happens. */
static int wait_real_ms(struct server *server)
{
    unsigned long long timeout;
    int longest = tick(server, server->pool.first ? QUIET_REAL_MS : -1);

    if (holds_run_ready(&server->holds))
        return 0;
    longest = holds_wait_real_ms(&server->holds, longest);
    longest = handshakes_wait_real_ms(&server->handshakes, longest);

    if (MHD_get_timeout(server->daemon, &timeout) != MHD_YES)
        return longest;
    if (longest >= 0 && timeout > (unsigned)longest)
        return longest;
    return timeout > INT_MAX ? INT_MAX : (int)timeout;
}

static void read_signal(struct server *server)
{
    struct signalfd_siginfo info;

    if (server->config.watched)
        server->config.watched(server->config.context);
    else if (read(server->signal_fd, &info, sizeof info) == (ssize_t)sizeof info)
        server->stopping = true;
}

/* A crowd of clients leaves its memory in the allocator's hands; ten thousand left 320 MB there. */
static void give_memory_back(struct server *server)
{
    exchange_pool_trim(&server->pool);
    if (server->config.quiet)
        server->config.quiet(server->config.context);
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

static void take_event(struct server *server, const struct epoll_event *event)
{
    int fd = event->data.fd;

    if (fd == server->signal_fd)
        read_signal(server);
    else if (!handshakes_take_event(&server->handshakes, fd) &&
             !holds_take_event(&server->holds, fd, event->events) && event->events & EPOLLRDHUP)
        loop_client_ended(server, fd);
}

/* Counts how long nothing came from a socket; instants of held connections pass meanwhile. */
static void note_quiet(struct server *server, int count, int waited_real_ms)
{
    if (count > 0 || waited_real_ms <= 0) {
        server->quiet_real_ms = 0;
        return;
    }
    server->quiet_real_ms += waited_real_ms;
    if (server->quiet_real_ms < QUIET_REAL_MS || !server->pool.first)
        return;
    give_memory_back(server);
    server->quiet_real_ms = 0;
}

/* Waits at most so long, and does what there is to do; gives how many events there were. */
static int turn(struct server *server, int wait)
{
    struct epoll_event events[EVENTS_MAX];
    int count = epoll_wait(server->poll_fd, events, EVENTS_MAX, wait);

    if (count < 0 && errno != EINTR)
        return count;
    note_quiet(server, count, wait);
    for (int i = 0; i < count; i++)
        take_event(server, &events[i]);
    holds_run_due(&server->holds);
    handshakes_run_due(&server->handshakes);
    MHD_run(server->daemon);
    endings_run(&server->endings);
    return count < 0 ? 0 : count;
}

enum status loop_run(struct server *server, struct error *err)
{
    while (!server->stopping) {
        if (server->config.idle)
            server->config.idle(server->config.context);
        if (turn(server, wait_real_ms(server)) < 0)
            return error_set(err, STATUS_IO, NULL, "cannot wait for events: %s", strerror(errno));
    }
    return STATUS_OK;
}

void loop_settle(struct server *server)
{
    for (int turns = 0; turns < SETTLE_TURNS_MAX && turn(server, 0) > 0;)
        turns++;
}

void loop_close(struct server *server)
{
    if (server->signal_fd >= 0 && !server->config.watched)
        close(server->signal_fd);
    if (server->poll_fd >= 0)
        close(server->poll_fd);
    if (server->signals_taken) {
        sigaction(SIGPIPE, &server->outer_sigpipe, NULL);
        sigprocmask(SIG_SETMASK, &server->outer_mask, NULL);
    }
}
