#include "server/hold.h"

#include <linux/sockios.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

#include "base/memory.h"

/*
 * Instants are rounded up to multiples of the grid: in each turn that resumes something,
 * libmicrohttpd walks along all that are suspended. So the grid widens with their number.
 */
#define GRID_MIN_REAL_MS 4
#define GRID_MAX_REAL_MS 32
#define HELD_PER_GRID_MS 128

/* A client that takes nothing for this long is reset without having got everything. */
#define DRAIN_MAX_REAL_MS 5000

/* How soon and how often a half-closed client is asked whether it is there. */
#define PROBE_REAL_S 10

#define FAR_REAL_MS (INT64_MAX / 2)

int64_t hold_now_real_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct hold *hold_new(struct holds *holds, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct hold *hold = memory_new(sizeof *hold);

    hold->holds = holds;
    hold->connection = connection;
    hold->fd = info ? info->connect_fd : -1;
    return hold;
}

static void link_waiting(struct hold *hold)
{
    struct hold *next = hold->holds->first_waiting;

    hold->previous_waiting = NULL;
    hold->next_waiting = next;
    if (next)
        next->previous_waiting = hold;
    hold->holds->first_waiting = hold;
}

static void unlink_waiting(struct hold *hold)
{
    if (hold->previous_waiting)
        hold->previous_waiting->next_waiting = hold->next_waiting;
    else
        hold->holds->first_waiting = hold->next_waiting;
    if (hold->next_waiting)
        hold->next_waiting->previous_waiting = hold->previous_waiting;
}

/* It is no longer one of those that are suspended. */
static void forget(struct hold *hold)
{
    if (hold->reason == HOLD_NONE)
        return;
    if (hold->reason == HOLD_READY)
        unlink_waiting(hold);
    hold->reason = HOLD_NONE;
    hold->holds->by_fd[hold->fd] = NULL;
    hold->holds->count--;
    due_remove(&hold->holds->due, &hold->due);
}

void hold_free(struct hold *hold)
{
    if (!hold)
        return;
    forget(hold);
    free(hold);
}

static void resume(struct hold *hold)
{
    forget(hold);
    MHD_resume_connection(hold->connection);
}

static void grow(struct holds *holds, int fd)
{
    size_t capacity = holds->fd_capacity ? holds->fd_capacity : 64;

    if ((size_t)fd < holds->fd_capacity)
        return;
    while (capacity <= (size_t)fd)
        capacity *= 2;
    holds->by_fd = memory_resize(holds->by_fd, capacity, sizeof *holds->by_fd);
    for (size_t i = holds->fd_capacity; i < capacity; i++)
        holds->by_fd[i] = NULL;
    holds->fd_capacity = capacity;
}

/*
 * Lets the kernel find out whether a half-closed client is there: the system of one that has closed
 * answers a probe with a reset, Linux after a minute (tcp_fin_timeout).
 */
static void probe(int fd)
{
    const int on = 1, seconds = PROBE_REAL_S;

    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &seconds, sizeof seconds);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &seconds, sizeof seconds);
    (void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

/* Notes what epoll or poll tell about the socket; true when its client is gone. */
static bool note_end(struct hold *hold, bool broken, bool fin)
{
    if (fin && !hold->half_closed && !broken)
        probe(hold->fd);
    hold->half_closed |= fin;
    hold->gone |= broken || (fin && hold->ends_at_fin);
    return hold->gone;
}

/* An end that came before is not told again. */
static bool is_gone(struct hold *hold)
{
    struct pollfd now = {.fd = hold->fd, .events = POLLRDHUP};

    if (hold->gone || hold->fd < 0)
        return true;
    if (poll(&now, 1, 0) <= 0)
        return false;
    return note_end(hold, now.revents & (POLLHUP | POLLERR | POLLNVAL), now.revents & POLLRDHUP);
}

/* What was written leaves now; some of it may wait for more to fill a packet. */
static void push_out(int fd)
{
    const int on = 1;

    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static bool suspend(struct hold *hold, enum hold_reason reason)
{
    hold->ends_at_fin |= reason == HOLD_STALL;
    if (reason != HOLD_PACE) { /* the next piece will tell, and soon */
        if (is_gone(hold))
            return false;
        push_out(hold->fd);
    }
    grow(hold->holds, hold->fd);
    hold->holds->by_fd[hold->fd] = hold;
    hold->holds->count++;
    hold->reason = reason;
    MHD_suspend_connection(hold->connection);
    return true;
}

static int64_t on_grid(const struct holds *holds, int64_t at_real_ms)
{
    int64_t grid_real_ms = GRID_MIN_REAL_MS;

    while (grid_real_ms < GRID_MAX_REAL_MS &&
           holds->count > (size_t)grid_real_ms * HELD_PER_GRID_MS)
        grid_real_ms *= 2;
    return (at_real_ms + grid_real_ms - 1) / grid_real_ms * grid_real_ms;
}

static void add_due(struct hold *hold, int64_t at_real_ms)
{
    if (at_real_ms > FAR_REAL_MS)
        at_real_ms = FAR_REAL_MS;
    due_add(&hold->holds->due, &hold->due, on_grid(hold->holds, at_real_ms));
}

bool hold_until(struct hold *hold, enum hold_reason reason, int64_t at_real_ms)
{
    if (!suspend(hold, reason))
        return false;
    add_due(hold, at_real_ms);
    return true;
}

bool hold_for_good(struct hold *hold)
{
    return suspend(hold, HOLD_STALL);
}

bool hold_until_ready(struct hold *hold, int64_t at_real_ms)
{
    if (!suspend(hold, HOLD_READY))
        return false;
    link_waiting(hold);
    add_due(hold, at_real_ms);
    return true;
}

bool holds_run_ready(struct holds *holds)
{
    struct hold *hold = holds->first_waiting, *next;
    bool resumed = false;

    for (; hold; hold = next) {
        next = hold->next_waiting;
        if (!hold->is_ready(hold->ready_state))
            continue;
        resume(hold);
        resumed = true;
    }
    return resumed;
}

/* True when there is nothing more to wait for. Whatever was acknowledged since prolongs it. */
static bool is_drained(struct hold *hold, int64_t now_real_ms)
{
    int left;

    if (hold->gone || ioctl(hold->fd, SIOCOUTQ, &left) != 0 || left <= 0)
        return true;
    if (left != hold->drain_bytes) {
        hold->drain_bytes = left;
        hold->drain_until_ms = now_real_ms + DRAIN_MAX_REAL_MS;
    }
    return now_real_ms >= hold->drain_until_ms;
}

bool hold_to_drain(struct hold *hold)
{
    int64_t now_real_ms = hold_now_real_ms();

    return !is_drained(hold, now_real_ms) && hold_until(hold, HOLD_DRAIN, now_real_ms + 1);
}

int holds_wait_real_ms(const struct holds *holds, int longest)
{
    return holds->due.count ? due_wait_real_ms(&holds->due, longest, hold_now_real_ms()) : longest;
}

void holds_run_due(struct holds *holds)
{
    int64_t now_real_ms;
    struct due *due;

    if (holds->due.count == 0)
        return;
    now_real_ms = hold_now_real_ms();
    while ((due = due_take(&holds->due, now_real_ms))) {
        struct hold *hold = (struct hold *)due;

        if (hold->reason == HOLD_DRAIN && !is_drained(hold, now_real_ms))
            add_due(hold, now_real_ms + 1);
        else
            resume(hold);
    }
}

bool holds_take_event(struct holds *holds, int fd, uint32_t events)
{
    struct hold *hold = (size_t)fd < holds->fd_capacity ? holds->by_fd[fd] : NULL;

    if (!hold)
        return false;
    if (note_end(hold, events & (EPOLLHUP | EPOLLERR), events & EPOLLRDHUP))
        resume(hold);
    return true;
}

void holds_resume_all(struct holds *holds)
{
    for (size_t fd = 0; fd < holds->fd_capacity; fd++) {
        if (holds->by_fd[fd])
            resume(holds->by_fd[fd]);
    }
}

void holds_release(struct holds *holds)
{
    due_list_release(&holds->due);
    free(holds->by_fd);
    *holds = (struct holds){0};
}
