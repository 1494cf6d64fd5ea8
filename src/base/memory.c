#include "base/memory.h"

#include <stdint.h>
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

    if (size && count > SIZE_MAX / size)
        out_of_memory();
    resized = realloc(block, count * size ? count * size : 1);
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
