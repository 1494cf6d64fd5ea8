/*
 * ending: clients that have ended their side of a connection (FIN) before libmicrohttpd has read
 * all that they sent. It waits for an edge after each short read; when the end is already in the
 * queue by then, no edge comes, and the connection would stay for ever. So it is given one once the
 * queue is empty: shutdown() makes it, and what is still to be sent is not touched. That is looked
 * at after each turn of libmicrohttpd, which alone can change it.
 */
#ifndef SERVER_ENDING_H
#define SERVER_ENDING_H

#include <stddef.h>

/* Zeroed is none. */
struct endings {
    int *fds;
    size_t count;
    size_t capacity;
    size_t *places; /* in fds by socket, from 1; 0: not there */
    size_t fd_capacity;
};

/* Tells that the client of this socket has ended its side. */
void endings_note(struct endings *endings, int fd);

/* Gives the edge to those whose queue is empty. */
void endings_run(struct endings *endings);

/* The socket is closed. */
void endings_forget(struct endings *endings, int fd);

/* Frees the list. */
void endings_release(struct endings *endings);

#endif
