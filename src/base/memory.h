/*
 * memory: allocation that cannot fail. Every size a client controls is capped before it gets
 * here, so running out of memory is a fault of the machine and ends the process.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* size zeroed bytes; caller frees. Aborts when there is no memory. */
void *memory_new(size_t size);

/* Resizes block (may be NULL) to count * size bytes; aborts on overflow or when there is none. */
void *memory_resize(void *block, size_t count, size_t size);

/* A copy of length bytes of text plus a NUL; caller frees. */
char *memory_copy_text(const char *text, size_t length);

#endif
