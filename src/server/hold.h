/*
 * hold: connections on which nothing happens for a while because it was decided so: an answer
 * that is to be late, a piece that is not due yet, an answer that never comes. They are suspended,
 * so libmicrohttpd neither looks at them nor times them out; the loop resumes them at their
 * instant, or when their client is gone.
 *
 * A client is gone when the kernel says that the connection is broken (EPOLLHUP, EPOLLERR). Its
 * FIN alone does not tell: it may have shut down its sending side and still be reading, and close()
 * looks the same as shutdown() on the wire until something is sent to it. Where it
 * will get something, it is given that, and where it is gone in truth, sending shows it; a delayed
 * answer may be long in coming, so the kernel probes the client meanwhile. Where nothing would
 * come any more, the FIN is the end.
 */
#ifndef SERVER_HOLD_H
#define SERVER_HOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "server/due.h"
#include "server/pace.h"

struct MHD_Connection;

/* What a connection is suspended for. */
enum hold_reason {
    HOLD_NONE,  /* it is not */
    HOLD_DELAY, /* the answer is to come later */
    HOLD_PACE,  /* the next piece of the body is to come later */
    HOLD_DRAIN, /* the client's system is to take what was sent before the connection is reset */
    HOLD_READY, /* there is to be something to send */
    HOLD_STALL  /* for good */
};

/* All held connections; zeroed is none. */
struct holds {
    struct due_list due;
    struct hold **by_fd; /* those that are suspended, by their socket; NULL: not */
    size_t fd_capacity;
    size_t count;               /* of those that are suspended */
    struct hold *first_waiting; /* those of HOLD_READY */
};

/* What is kept for an answer that is delayed, paced or cut; lives as long as its request. */
struct hold {
    struct due due; /* must be the first member */
    struct holds *holds;
    struct MHD_Connection *connection;
    int fd;
    enum hold_reason reason;
    bool ends_at_fin; /* nothing will be sent, so that a FIN is the end */
    bool half_closed; /* a FIN came while it was suspended */
    bool gone;        /* the client is */
    bool delay_is_over;
    struct pace pace;
    bool (*is_ready)(void *state); /* HOLD_READY: there is something to send */
    void *ready_state;             /* borrowed */
    struct hold *next_waiting, *previous_waiting;
    int64_t pause_until_ms; /* of a stream: nothing is sent before; real */
    int drain_bytes;        /* HOLD_DRAIN: not acknowledged yet */
    int64_t drain_until_ms; /* HOLD_DRAIN: when waiting ends if nothing is acknowledged; real */
};

/* Now on the clock that instants of holds are told by. */
int64_t hold_now_real_ms(void);

/* Something to hold this connection with; hold_free() ends it. It is not suspended yet. */
struct hold *hold_new(struct holds *holds, struct MHD_Connection *connection);

/* Frees hold, which may be NULL. The connection must be over or not suspended. */
void hold_free(struct hold *hold);

/*
 * Suspends the connection until at_real_ms (or up to 32 ms later, when thousands are), or until its
 * client is gone. To be called from a callback of libmicrohttpd, which calls it again afterwards.
 * False: the client is gone already, and the connection is not suspended.
 */
bool hold_until(struct hold *hold, enum hold_reason reason, int64_t at_real_ms);

/* The same without an end of its own (HOLD_STALL). */
bool hold_for_good(struct hold *hold);

/*
 * The same until the client's system has acknowledged all that was sent, but not for long if it
 * takes nothing more. False: not suspended, it is time to go on.
 */
bool hold_to_drain(struct hold *hold);

/*
 * The same until hold->is_ready(hold->ready_state) or at_real_ms, whatever is first; the former is
 * asked in every holds_run_ready().
 */
bool hold_until_ready(struct hold *hold, int64_t at_real_ms);

/* Resumes those that have become ready; true: there were some, libmicrohttpd has to run. */
bool holds_run_ready(struct holds *holds);

/* How long the loop may wait: longest (-1: for ever), or less when something is due before. */
int holds_wait_real_ms(const struct holds *holds, int longest);

/* Resumes what is due; libmicrohttpd has to run afterwards. */
void holds_run_due(struct holds *holds);

/* Tells of epoll events on a socket; false when it is not a suspended connection's. */
bool holds_take_event(struct holds *holds, int fd, uint32_t events);

/* Resumes all, so that libmicrohttpd can be stopped. */
void holds_resume_all(struct holds *holds);

/* Frees the lists; nothing may be held. */
void holds_release(struct holds *holds);

#endif
