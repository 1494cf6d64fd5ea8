/*
 * arena: the memory of one document. cJSON asks for a piece for every value, name and text; here
 * they lie one behind the other in few blocks, which are freed all at once.
 */
#ifndef JSON_ARENA_H
#define JSON_ARENA_H

#include <stddef.h>

struct arena_block;

/* A value; zeroed is empty. */
struct arena {
    struct arena_block *blocks; /* owned; the one that pieces are taken from first */
};

/* Memory for anything, not cleared, until arena_release(). size: that of something in memory. */
void *arena_take(struct arena *arena, size_t size);

/* Frees all pieces. */
void arena_release(struct arena *arena);

#endif
