#include "server/cut.h"

#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <sys/socket.h>

#include "server/hold.h"

/* How much of what the client sent after its request is taken off the socket before a close. */
#define UNREAD_MAX_BYTES ((size_t)1 << 20)

void cut_in_order(int fd)
{
    char unread[4096];
    size_t taken = 0;
    ssize_t count;

    (void)shutdown(fd, SHUT_WR);
    while (taken < UNREAD_MAX_BYTES && (count = recv(fd, unread, sizeof unread, MSG_DONTWAIT)) > 0)
        taken += (size_t)count;
}

/*
 * The end of the stream. Over TLS it is told there, too, so that the client cannot tell it from a
 * sound end but by the length of the body.
 */
static void end_in_order(const struct hold *hold)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(hold->connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);

    if (info)
        (void)gnutls_bye(info->tls_session, GNUTLS_SHUT_WR);
    cut_in_order(hold->fd);
}

/* Connecting to no address breaks a connection off with a reset. */
static void reset(int fd)
{
    const struct sockaddr nowhere = {.sa_family = AF_UNSPEC};

    (void)connect(fd, &nowhere, sizeof nowhere);
}

bool cut_now(struct exchange *exchange)
{
    struct hold *hold = exchange->hold;

    exchange->cut = true;
    switch (exchange->response.delivery.cut) {
    case CUT_STALL:
        exchange_drop_content(exchange);
        return hold_for_good(hold);
    case CUT_RESET:
        if (hold_to_drain(hold))
            return true;
        reset(hold->fd);
        return false;
    case CUT_CLOSE:
        end_in_order(hold);
        return false;
    case CUT_NONE:
        break;
    }
    return false;
}
