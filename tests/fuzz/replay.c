/*
 * replay: runs a fuzz target over files without libFuzzer, so that the corpus is part of the plain
 * test suite: replay FILE|FOLDER... Fails when a file cannot be read or when there was none.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#define INPUT_MAX (1 << 20)

/* Runs one file, or every file of a folder. Returns how many; -1 when one cannot be read. */
static int replay_path(const char *path);

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes, *exact;
    size_t size;

    if (!file) {
        perror(path);
        return -1;
    }
    bytes = malloc(INPUT_MAX);
    size = bytes ? fread(bytes, 1, INPUT_MAX, file) : 0;
    fclose(file);
    exact = malloc(size ? size : 1); /* so that a sanitizer sees a read past the end */
    if (!exact)
        abort();
    if (size)
        memcpy(exact, bytes, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    free(bytes);
    return 1;
}

static int replay_folder(DIR *folder, const char *path)
{
    const struct dirent *entry;
    char name[4096];
    int count = 0;

    while ((entry = readdir(folder))) {
        int one;

        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        one = replay_path(name);
        if (one < 0)
            return -1;
        count += one;
    }
    return count;
}

static int replay_path(const char *path)
{
    DIR *folder = opendir(path);
    int count;

    if (!folder)
        return replay_file(path);
    count = replay_folder(folder, path);
    closedir(folder);
    return count;
}

int main(int argc, char **argv)
{
    int count = 0;

    for (int i = 1; i < argc; i++) {
        int one = replay_path(argv[i]);

        if (one < 0)
            return EXIT_FAILURE;
        count += one;
    }
    printf("%d inputs replayed\n", count);
    return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
