/*
 * folder: a folder for --fixtures with one file in it, gone when the test is over.
 */
#ifndef UNIT_CONTENT_FOLDER_H
#define UNIT_CONTENT_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct folder {
    char path[64];
    char file[96];
};

/* Makes the folder with name.jsonl, which has length bytes of text. */
static inline void folder_init(struct folder *folder, const char *name, const char *text,
                               size_t length)
{
    FILE *file;

    snprintf(folder->path, sizeof folder->path, "%s/exports-mock-XXXXXX", P_tmpdir);
    if (!mkdtemp(folder->path))
        abort();
    snprintf(folder->file, sizeof folder->file, "%.64s/%.20s.jsonl", folder->path, name);
    file = fopen(folder->file, "w");
    if (!file || fwrite(text, 1, length, file) != length || fclose(file) != 0)
        abort();
}

static inline void folder_release(struct folder *folder)
{
    if (unlink(folder->file) != 0 || rmdir(folder->path) != 0)
        abort();
}

#endif
