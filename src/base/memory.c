#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void out_of_memory(void)
{
    fputs("exports-mock: out of memory\n", stderr);
    abort();
}

void *memory_new(size_t size)
{
    void *block = calloc(1, size ? size : 1);

    if (!block)
        out_of_memory();
    return block;
}

void *memory_resize(void *block, size_t count, size_t size)
{
    void *resized;
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes))
        out_of_memory();
    resized = realloc(block, bytes > 0 ? bytes : 1);
    if (!resized)
        out_of_memory();
    return resized;
}

char *memory_copy_text(const char *text, size_t length)
{
    char *copy = memory_new(length + 1);

    memcpy(copy, text, length);
    return copy;
}
