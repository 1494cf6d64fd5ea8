#include "json/arena.h"

#include <stdlib.h>

#include "base/memory.h"

/*
 * Blocks double up to a limit, so that a small document is one and a large one wastes little. Under
 * AddressSanitizer each piece is a block of its own, whose ends and release it sees.
 */
#ifdef __SANITIZE_ADDRESS__
#define FIRST_BYTES ((size_t)0)
#else
#define FIRST_BYTES ((size_t)4 << 10)
#endif
#define LARGEST_BYTES ((size_t)256 << 10)

struct arena_block {
    struct arena_block *next;
    size_t size_bytes;
    size_t used_bytes;
    _Alignas(max_align_t) char bytes[];
};

/* A new first block with room for a piece. */
static struct arena_block *add_block(struct arena *arena, size_t piece_bytes)
{
    size_t size = arena->blocks ? arena->blocks->size_bytes * 2 : FIRST_BYTES;
    struct arena_block *block;

    if (size > LARGEST_BYTES)
        size = LARGEST_BYTES;
    if (size < piece_bytes || FIRST_BYTES == 0)
        size = piece_bytes;
    block = memory_resize(NULL, 1, sizeof *block + size);
    block->next = arena->blocks;
    block->size_bytes = size;
    block->used_bytes = 0;
    arena->blocks = block;
    return block;
}

void *arena_take(struct arena *arena, size_t size)
{
    const size_t alignment = _Alignof(max_align_t);
    struct arena_block *block = arena->blocks;
    void *piece;

    size = (size + alignment - 1) / alignment * alignment;
    if (!block || block->size_bytes - block->used_bytes < size)
        block = add_block(arena, size);
    piece = block->bytes + block->used_bytes;
    block->used_bytes += size;
    return piece;
}

void arena_release(struct arena *arena)
{
    while (arena->blocks) {
        struct arena_block *block = arena->blocks;

        arena->blocks = block->next;
        free(block);
    }
}
