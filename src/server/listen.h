/*
 * listen: the socket clients connect to.
 */
#ifndef SERVER_LISTEN_H
#define SERVER_LISTEN_H

#include <stdint.h>

#include "base/status.h"

/*
 * Opens a listening socket on bind_address (as address_read() takes it) and port (0: any free
 * one); the caller closes *out_fd. *out_port is the port it got. An IPv6 wildcard takes IPv4 as
 * well. STATUS_INVALID for an address that is none, STATUS_IO with what can be done about it.
 */
enum status listen_open(const char *bind_address, uint16_t port, int *out_fd, uint16_t *out_port,
                        struct error *err) MUST_CHECK;

#endif
