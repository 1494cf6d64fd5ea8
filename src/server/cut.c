#include "server/cut.h"

#include <sys/socket.h>

#include "server/hold.h"

/* How much of what the client sent after its request is taken off the socket before a close. */
#define UNREAD_MAX_BYTES ((size_t)1 << 20)

/*
 * The end of the stream. A socket that is closed with bytes unread sends a reset instead, so what
 * came after the request is thrown away.
 */
static void end_in_order(int fd)
{
    char unread[4096];
    size_t taken = 0;
    ssize_t count;

    (void)shutdown(fd, SHUT_WR);
    while (taken < UNREAD_MAX_BYTES && (count = recv(fd, unread, sizeof unread, MSG_DONTWAIT)) > 0)
        taken += (size_t)count;
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
        end_in_order(hold->fd);
        return false;
    case CUT_NONE:
        break;
    }
    return false;
}
