/*
 * due: what is to be done at an instant, earliest first. A binary heap of entries that live in
 * their owners, so that one which is no longer wanted is taken out at once.
 */
#ifndef SERVER_DUE_H
#define SERVER_DUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An entry; zeroed: in no list. Must not move while it is in one. */
struct due {
    int64_t at_real_ms; /* of the clock that its list is asked with */
    size_t place;       /* in the list, from 1; 0: in none */
};

/* Zeroed is empty. */
struct due_list {
    struct due **entries; /* a heap */
    size_t count;
    size_t capacity;
};

/* Frees the list's own memory; entries in it are left as they are. */
void due_list_release(struct due_list *list);

/* Puts due, which must be in no list, into this one. */
void due_add(struct due_list *list, struct due *due, int64_t at_real_ms);

/* Takes due out of the list; nothing happens when it is in none. */
void due_remove(struct due_list *list, struct due *due);

/* The earliest entry, or NULL. It stays in the list. */
struct due *due_find_first(const struct due_list *list);

/*
 * How long a loop may wait at now_real_ms: longest (-1: for ever), or less when something is due
 * before.
 */
int due_wait_real_ms(const struct due_list *list, int longest, int64_t now_real_ms);

/* Takes the earliest entry out if it is due at now_real_ms; else NULL. */
struct due *due_take(struct due_list *list, int64_t now_real_ms);

#endif
