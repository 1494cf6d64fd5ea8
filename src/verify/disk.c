#include "verify/disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/strbuf.h"
#include "verify/gunzip.h"

#define PIECE_BYTES      ((size_t)256 << 10)
#define FOLDER_DEPTH_MAX 32
#define DISK_FILES_MAX   1000000
#define STDIN_PATH       "-"
#define STDIN_NAME       "stdin"

struct disk_files {
    char **paths;
    size_t count;
    size_t capacity;
    int stdin_fd; /* can be read from any byte on; -1: not asked for */
};

static enum status fail(const char *what, const char *path, struct error *err)
{
    enum status status = errno == ENOENT ? STATUS_NOT_FOUND : STATUS_IO;

    return error_set(err, status, NULL, "cannot %s %s: %s", what, path, strerror(errno));
}

static enum status add_path(struct disk_files *files, const char *path, struct error *err)
{
    if (files->count == DISK_FILES_MAX)
        return error_set(err, STATUS_LIMIT, NULL, "more than %d files: merge some", DISK_FILES_MAX);
    if (files->count == files->capacity) {
        files->capacity = files->capacity ? files->capacity * 2 : 16;
        files->paths = memory_resize(files->paths, files->capacity, sizeof *files->paths);
    }
    files->paths[files->count++] = memory_copy_text(path, strlen(path));
    return STATUS_OK;
}

static bool has_rows(const char *name)
{
    static const char *const endings[] = {".jsonl", ".ndjson", ".json", ".gz"};
    size_t length = strlen(name);

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t ending = strlen(endings[i]);

        if (length > ending && strcmp(name + length - ending, endings[i]) == 0)
            return true;
    }
    return false;
}

static enum status add_folder(struct disk_files *files, const char *path, int depth,
                              struct error *err);

/* Adds a file or folder that was found in a folder; others are left out. */
static enum status add_found(struct disk_files *files, const char *folder, const char *name,
                             int depth, struct error *err)
{
    struct strbuf path = STRBUF_INIT;
    enum status status = STATUS_OK;
    struct stat about;

    strbuf_appendf(&path, "%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/", name);
    if (stat(strbuf_text(&path), &about) != 0)
        status = fail("read", strbuf_text(&path), err);
    else if (S_ISDIR(about.st_mode))
        status = add_folder(files, strbuf_text(&path), depth + 1, err);
    else if (S_ISREG(about.st_mode) && has_rows(name))
        status = add_path(files, strbuf_text(&path), err);
    strbuf_release(&path);
    return status;
}

static enum status add_folder(struct disk_files *files, const char *path, int depth,
                              struct error *err)
{
    enum status status = STATUS_OK;
    struct dirent **found;
    int count;

    if (depth > FOLDER_DEPTH_MAX)
        return error_set(err, STATUS_LIMIT, NULL, "%s: more than %d folders in one another", path,
                         FOLDER_DEPTH_MAX);
    count = scandir(path, &found, NULL, versionsort);
    if (count < 0)
        return fail("read", path, err);
    for (int i = 0; i < count; i++) {
        const char *name = found[i]->d_name;

        if (status == STATUS_OK && name[0] != '.')
            status = add_found(files, path, name, depth, err);
        free(found[i]);
    }
    free(found);
    return status;
}

static enum status copy_all(int from, int to, struct error *err)
{
    char *piece = memory_new(PIECE_BYTES);
    enum status status = STATUS_OK;
    ssize_t got = 1;

    while (got != 0 && status == STATUS_OK) {
        got = read(from, piece, PIECE_BYTES);
        if (got < 0 && errno != EINTR)
            status = fail("read", STDIN_NAME, err);
        for (ssize_t done = 0, put; got > 0 && done < got && status == STATUS_OK; done += put) {
            put = write(to, piece + done, (size_t)(got - done));
            if (put < 0)
                status = fail("keep", STDIN_NAME, err);
        }
    }
    free(piece);
    return status;
}

static enum status add_stdin(struct disk_files *files, struct error *err)
{
    enum status status;
    struct stat about;

    if (files->stdin_fd >= 0)
        return error_set(err, STATUS_INVALID, NULL, "stdin can be given once");
    if (fstat(STDIN_FILENO, &about) == 0 && S_ISREG(about.st_mode)) {
        files->stdin_fd = dup(STDIN_FILENO);
        return files->stdin_fd >= 0 ? add_path(files, STDIN_PATH, err)
                                    : fail("read", STDIN_NAME, err);
    }
    files->stdin_fd = open("/var/tmp", O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    if (files->stdin_fd < 0)
        files->stdin_fd = open("/tmp", O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    if (files->stdin_fd < 0)
        return fail("keep", STDIN_NAME, err);
    status = copy_all(STDIN_FILENO, files->stdin_fd, err);
    return status == STATUS_OK ? add_path(files, STDIN_PATH, err) : status;
}

static enum status add_operand(struct disk_files *files, const char *path, struct error *err)
{
    size_t before = files->count;
    enum status status;
    struct stat about;

    if (strcmp(path, STDIN_PATH) == 0)
        return add_stdin(files, err);
    if (stat(path, &about) != 0)
        return fail("read", path, err);
    if (!S_ISDIR(about.st_mode) && !S_ISREG(about.st_mode))
        return error_set(err, STATUS_INVALID, NULL,
                         "%s is neither a file nor a folder; what comes from a pipe is read with -",
                         path);
    if (S_ISREG(about.st_mode))
        return add_path(files, path, err);
    status = add_folder(files, path, 0, err);
    if (status == STATUS_OK && files->count == before)
        return error_set(err, STATUS_NOT_FOUND, NULL,
                         "%s has no file named *.jsonl, *.ndjson, *.json or *.gz", path);
    return status;
}

enum status disk_files_new(const char *const *paths, size_t count, struct disk_files **out,
                           struct error *err)
{
    struct disk_files *files = memory_new(sizeof *files);
    enum status status = STATUS_OK;

    files->stdin_fd = -1;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = add_operand(files, paths[i], err);
    if (status == STATUS_OK)
        *out = files;
    else
        disk_files_free(files);
    return status;
}

void disk_files_free(struct disk_files *files)
{
    if (!files)
        return;
    for (size_t i = 0; i < files->count; i++)
        free(files->paths[i]);
    free(files->paths);
    if (files->stdin_fd >= 0)
        close(files->stdin_fd);
    free(files);
}

static const char *file_name(void *state, size_t index)
{
    const struct disk_files *files = state;
    const char *path = files->paths[index];

    return strcmp(path, STDIN_PATH) == 0 ? STDIN_NAME : path;
}

/* Hands the bytes of a file on as they are. */
static enum status read_plain(int fd, const char *path, uint64_t offset_bytes, verify_sink *sink,
                              void *sink_state, struct error *err)
{
    char *piece = memory_new(PIECE_BYTES);
    enum status status = STATUS_OK;

    for (;;) {
        ssize_t got = pread(fd, piece, PIECE_BYTES, (off_t)offset_bytes);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            status = fail("read", path, err);
        if (got <= 0 || !sink(sink_state, piece, (size_t)got))
            break;
        offset_bytes += (uint64_t)got;
    }
    free(piece);
    return status;
}

static enum status file_read(void *state, size_t index, uint64_t offset_bytes, verify_sink *sink,
                             void *sink_state, struct error *err)
{
    const struct disk_files *files = state;
    const char *name = file_name(state, index);
    bool is_stdin = strcmp(files->paths[index], STDIN_PATH) == 0;
    int fd = is_stdin ? files->stdin_fd : open(files->paths[index], O_RDONLY | O_CLOEXEC);
    enum status status;

    if (fd < 0)
        return fail("read", name, err);
    posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    if (gunzip_is_needed(fd))
        status = gunzip_read(fd, name, offset_bytes, sink, sink_state, err);
    else
        status = read_plain(fd, name, offset_bytes, sink, sink_state, err);
    if (!is_stdin)
        close(fd);
    return status;
}

struct verify_files disk_files_view(struct disk_files *files)
{
    return (struct verify_files){files->count, files, file_name, NULL, file_read};
}
