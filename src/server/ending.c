#include "server/ending.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "base/memory.h"

#define CAPACITY_MIN 64

static void remove_at(struct endings *endings, size_t place)
{
    int last = endings->fds[--endings->count];

    endings->places[endings->fds[place - 1]] = 0;
    if (place - 1 == endings->count)
        return;
    endings->fds[place - 1] = last;
    endings->places[last] = place;
}

/* True when nothing is left to be told about the socket. */
static bool tell(int fd)
{
    int unread = 0;

    if (ioctl(fd, FIONREAD, &unread) == 0 && unread > 0)
        return false;
    (void)shutdown(fd, SHUT_RD);
    return true;
}

static void grow_places(struct endings *endings, int fd)
{
    size_t capacity = endings->fd_capacity ? endings->fd_capacity : CAPACITY_MIN;

    if ((size_t)fd < endings->fd_capacity)
        return;
    while (capacity <= (size_t)fd)
        capacity *= 2;
    endings->places = memory_resize(endings->places, capacity, sizeof *endings->places);
    for (size_t i = endings->fd_capacity; i < capacity; i++)
        endings->places[i] = 0;
    endings->fd_capacity = capacity;
}

void endings_note(struct endings *endings, int fd)
{
    if (tell(fd))
        return;
    grow_places(endings, fd);
    if (endings->places[fd])
        return;
    if (endings->count == endings->capacity) {
        endings->capacity = endings->capacity ? endings->capacity * 2 : CAPACITY_MIN;
        endings->fds = memory_resize(endings->fds, endings->capacity, sizeof *endings->fds);
    }
    endings->fds[endings->count++] = fd;
    endings->places[fd] = endings->count;
}

void endings_run(struct endings *endings)
{
    for (size_t place = endings->count; place > 0; place--) {
        if (tell(endings->fds[place - 1]))
            remove_at(endings, place);
    }
}

void endings_forget(struct endings *endings, int fd)
{
    if ((size_t)fd < endings->fd_capacity && endings->places[fd])
        remove_at(endings, endings->places[fd]);
}

void endings_release(struct endings *endings)
{
    free(endings->fds);
    free(endings->places);
    *endings = (struct endings){0};
}
