/*
 * state: what a running server consists of; for the files of server/ only.
 */
#ifndef SERVER_STATE_H
#define SERVER_STATE_H

#include <microhttpd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "server/ending.h"
#include "server/exchange.h"
#include "server/handshake.h"
#include "server/hold.h"
#include "server/server.h"

struct server {
    struct server_config config;
    uint16_t port;
    struct MHD_Daemon *daemon; /* owns the listening socket */
    struct exchange_pool pool;
    struct holds holds;
    struct endings endings;
    struct handshakes handshakes;
    bool is_tls;
    int poll_fd;               /* epoll: the daemon's own epoll, signal_fd, ends of connections */
    int signal_fd;             /* SIGTERM and SIGINT, or what the caller watches */
    uint64_t connection_count; /* open now */
    bool stopping;
    int quiet_real_ms;  /* so long nothing came */
    bool signals_taken; /* the two below are what was in force before */
    sigset_t outer_mask;
    struct sigaction outer_sigpipe;
};

#endif
