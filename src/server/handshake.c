#include "server/handshake.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "base/memory.h"
#include "server/cut.h"
#include "server/hold.h"
#include "server/server.h"

/* A handshake takes milliseconds; a client on trial may be stopped by a debugger in it. */
#define HANDSHAKE_MAX_REAL_MS 30000

#define CAPACITY_MIN 64

struct handshake {
    struct due due; /* must be the first member; in the list until the handshake is over */
    struct handshakes *all;
    struct MHD_Connection *connection;
    int fd;
    bool begun;   /* its first byte was looked at */
    bool is_over; /* nothing is waited for any more */
    struct handshake *next_waiting, *previous_waiting;
};

void handshakes_init(struct handshakes *handshakes, const struct server_config *config, int poll_fd)
{
    *handshakes = (struct handshakes){.config = config, .poll_fd = poll_fd};
}

void handshakes_release(struct handshakes *handshakes)
{
    due_list_release(&handshakes->due);
    free(handshakes->by_fd);
}

static void grow(struct handshakes *handshakes, int fd)
{
    size_t capacity = handshakes->fd_capacity ? handshakes->fd_capacity : CAPACITY_MIN;

    if ((size_t)fd < handshakes->fd_capacity)
        return;
    while (capacity <= (size_t)fd)
        capacity *= 2;
    handshakes->by_fd = memory_resize(handshakes->by_fd, capacity, sizeof(struct handshake *));
    for (size_t i = handshakes->fd_capacity; i < capacity; i++)
        handshakes->by_fd[i] = NULL;
    handshakes->fd_capacity = capacity;
}

static void watch(const struct handshake *handshake, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.fd = handshake->fd};

    (void)epoll_ctl(handshake->all->poll_fd, EPOLL_CTL_MOD, handshake->fd, &event);
}

/* Called by libmicrohttpd's turn. What came meanwhile is told at once by the changed watch. */
static void wait_for_client(struct handshake *handshake)
{
    struct handshakes *all = handshake->all;

    grow(all, handshake->fd);
    all->by_fd[handshake->fd] = handshake;
    handshake->previous_waiting = NULL;
    handshake->next_waiting = all->first_waiting;
    if (all->first_waiting)
        all->first_waiting->previous_waiting = handshake;
    all->first_waiting = handshake;
    MHD_suspend_connection(handshake->connection);
    watch(handshake, EPOLLIN | EPOLLRDHUP | EPOLLET);
}

static bool is_waiting(const struct handshakes *all, int fd)
{
    return (size_t)fd < all->fd_capacity && all->by_fd[fd];
}

static void forget(struct handshake *handshake)
{
    struct handshakes *all = handshake->all;

    if (!is_waiting(all, handshake->fd))
        return;
    all->by_fd[handshake->fd] = NULL;
    if (handshake->previous_waiting)
        handshake->previous_waiting->next_waiting = handshake->next_waiting;
    else
        all->first_waiting = handshake->next_waiting;
    if (handshake->next_waiting)
        handshake->next_waiting->previous_waiting = handshake->previous_waiting;
}

static void resume(struct handshake *handshake)
{
    forget(handshake);
    watch(handshake, EPOLLRDHUP | EPOLLET);
    MHD_resume_connection(handshake->connection);
}

bool handshakes_take_event(struct handshakes *handshakes, int fd)
{
    if (!is_waiting(handshakes, fd))
        return false;
    resume(handshakes->by_fd[fd]);
    return true;
}

void handshakes_resume_all(struct handshakes *handshakes)
{
    while (handshakes->first_waiting)
        resume(handshakes->first_waiting);
}

/* What is told to a client that speaks HTTP, in what the configuration makes of it. */
static void fill_refusal(const struct server_config *config, struct http_response *response)
{
    static const char reason[] = "this port speaks https, and the request came as http: write "
                                 "https:// in the base URL";
    server_refuser *refuser = config->plain_refuser ? config->plain_refuser : config->refuser;

    if (refuser) {
        refuser(config->context, 400, reason, response);
        return;
    }
    strbuf_appendf(&response->text, "%s\n", reason);
    http_response_header(response, "Content-Type", "text/plain; charset=utf-8");
}

/* Sends what fits into the socket's buffer, which is empty: a refusal is short. */
static void send_refusal(int fd, const struct http_response *response)
{
    struct strbuf out = STRBUF_INIT;
    const char *name, *value;
    size_t cursor = 0;

    strbuf_append_text(&out, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n");
    while (http_response_next_header(response, &cursor, &name, &value))
        strbuf_appendf(&out, "%s: %s\r\n", name, value);
    strbuf_appendf(&out, "Content-Length: %zu\r\n\r\n", response->text.length);
    strbuf_append(&out, strbuf_text(&response->text), response->text.length);
    (void)send(fd, out.data, out.length, MSG_DONTWAIT | MSG_NOSIGNAL);
    strbuf_release(&out);
}

static void refuse_plain(const struct handshake *handshake)
{
    struct http_response response;

    http_response_init(&response);
    fill_refusal(handshake->all->config, &response);
    send_refusal(handshake->fd, &response);
    http_response_release(&response);
    cut_in_order(handshake->fd);
}

/* A method begins with a capital; the types of TLS records are below 32. */
static bool is_http(char first)
{
    return first >= 'A' && first <= 'Z';
}

/* GnuTLS asks for the next bytes of the connection. */
static ssize_t pull(gnutls_transport_ptr_t state, void *out, size_t room)
{
    struct handshake *handshake = state;
    ssize_t length = recv(handshake->fd, out, room, 0);

    if (length < 0 && errno == EAGAIN && !handshake->is_over) {
        wait_for_client(handshake);
        errno = EAGAIN;
        return -1;
    }
    if (handshake->begun || length <= 0)
        return length;
    handshake->begun = true;
    if (!is_http(*(const char *)out))
        return length;
    refuse_plain(handshake);
    errno = ECONNRESET;
    return -1;
}

/*
 * A client that gathers small packets sends its request once its Finished was acknowledged, which
 * takes the system 40 ms where nothing is sent back.
 */
static void acknowledge(int fd)
{
    const int on = 1;

    (void)setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

/* Called behind the Finished message of each side; the client's is the last. */
static int note_finished(gnutls_session_t session, unsigned type, unsigned when, unsigned incoming,
                         const gnutls_datum_t *message)
{
    gnutls_transport_ptr_t state, other;
    struct handshake *handshake;

    (void)type;
    (void)when;
    (void)message;
    gnutls_transport_get_ptr2(session, &state, &other);
    handshake = state;
    if (incoming) {
        handshake->is_over = true;
        due_remove(&handshake->all->due, &handshake->due);
        acknowledge(handshake->fd);
    }
    return 0;
}

struct handshake *handshake_new(struct handshakes *handshakes, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    gnutls_transport_ptr_t from, to;
    gnutls_session_t session = info ? info->tls_session : NULL;
    struct handshake *handshake;

    info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (!session || !info)
        return NULL;
    handshake = memory_new(sizeof *handshake);
    handshake->all = handshakes;
    handshake->connection = connection;
    handshake->fd = info->connect_fd;
    gnutls_transport_get_ptr2(session, &from, &to);
    gnutls_transport_set_ptr2(session, handshake, to);
    gnutls_transport_set_pull_function(session, pull);
    gnutls_handshake_set_hook_function(session, GNUTLS_HANDSHAKE_FINISHED, GNUTLS_HOOK_POST,
                                       note_finished);
    due_add(&handshakes->due, &handshake->due, hold_now_real_ms() + HANDSHAKE_MAX_REAL_MS);
    return handshake;
}

void handshake_free(void *state)
{
    struct handshake *handshake = state;

    if (!handshake)
        return;
    due_remove(&handshake->all->due, &handshake->due);
    forget(handshake);
    free(handshake);
}

int handshakes_wait_real_ms(const struct handshakes *handshakes, int longest)
{
    if (handshakes->due.count == 0)
        return longest;
    return due_wait_real_ms(&handshakes->due, longest, hold_now_real_ms());
}

/* The end of the connection is told as an event, and libmicrohttpd reads it and closes. */
void handshakes_run_due(struct handshakes *handshakes)
{
    struct due *due;

    if (handshakes->due.count == 0)
        return;
    while ((due = due_take(&handshakes->due, hold_now_real_ms())))
        (void)shutdown(((struct handshake *)due)->fd, SHUT_RDWR);
}
