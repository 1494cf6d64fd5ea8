#include "trial/folder.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/strbuf.h"

#define OPEN_FOLDERS_MAX 16

enum status folder_make(char **out, struct error *err)
{
    const char *base = getenv("TMPDIR");
    struct strbuf path = STRBUF_INIT;

    if (!base || base[0] != '/')
        base = "/tmp";
    strbuf_appendf(&path, "%s/exports-mock-XXXXXX", base);
    if (!mkdtemp(path.data)) {
        error_set(err, STATUS_IO, NULL, "cannot make a folder in %s for what CMD collects: %s",
                  base, strerror(errno));
        strbuf_release(&path);
        return STATUS_IO;
    }
    *out = path.data;
    return STATUS_OK;
}

static int stop_at_file(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    (void)path;
    (void)facts;
    (void)place;
    return kind == FTW_D || kind == FTW_DNR ? 0 : 1;
}

bool folder_has_files(const char *path)
{
    return nftw(path, stop_at_file, OPEN_FOLDERS_MAX, FTW_PHYS) == 1;
}

/* A folder that CMD made unreadable is opened up first, as far as it is the user's. */
static int open_up(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    (void)facts;
    (void)place;
    if (kind == FTW_DNR)
        (void)chmod(path, S_IRWXU);
    return 0;
}

static int remove_one(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    (void)facts;
    (void)kind;
    (void)place;
    (void)remove(path);
    return 0;
}

void folder_remove(const char *path)
{
    (void)nftw(path, open_up, OPEN_FOLDERS_MAX, FTW_PHYS);
    (void)nftw(path, remove_one, OPEN_FOLDERS_MAX, FTW_PHYS | FTW_DEPTH);
}
