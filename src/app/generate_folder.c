#include "app/generate_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "app/generate_progress.h"
#include "base/strbuf.h"

#define SUFFIX ".jsonl"

#define ZFS_MAGIC 0x2fc12fc1

/* What to do about an error of the system; the rest speaks for itself. */
static const char *advice_for(int code)
{
    switch (code) {
    case ENOSPC:
    case EDQUOT:
        return "; make room, write fewer rows or choose another folder";
    case EFBIG:
        return "; write smaller files with --max-file-size, or raise ulimit -f";
    case EACCES:
    case EPERM:
    case EROFS:
    case ENOTDIR:
        return "; choose another folder";
    default:
        return "";
    }
}

static enum status refuse(const char *path, const char *name, int code, struct error *err)
{
    return error_set(err, STATUS_IO, "--out", "cannot write %s%s%s: %s%s", path, name ? "/" : "",
                     name ? name : "", strerror(code), advice_for(code));
}

/* Makes every folder of a path that is not there. */
static int make_folders(const char *path)
{
    struct strbuf part = STRBUF_INIT;
    int failed = 0;

    for (const char *end = path; *end && !failed;) {
        end += strspn(end, "/");
        end += strcspn(end, "/");
        strbuf_reset(&part);
        strbuf_append(&part, path, (size_t)(end - path));
        failed = mkdir(strbuf_text(&part), 0777) != 0 && errno != EEXIST;
    }
    strbuf_release(&part);
    return failed;
}

enum status folder_open(struct folder *folder, const char *path, struct error *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0 && errno == ENOENT && make_folders(path) == 0)
        fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return refuse(path, NULL, errno, err);
    *folder = (struct folder){.path = path, .fd = fd, .hidden_fd = -1};
    return STATUS_OK;
}

static void name_file(char name[FILE_NAME_SIZE], enum entity_type type, uint32_t number)
{
    snprintf(name, FILE_NAME_SIZE, "%s-%u" SUFFIX, entity_name(type), (unsigned)number);
}

/* Whether a name is EntityType.jsonl or EntityType-N.jsonl, and the type. */
static bool is_file_of(const char *name, enum entity_type *type)
{
    size_t stem = strcspn(name, "-.");
    const char *rest = name + stem;

    if (*rest == '-')
        rest += 1 + strspn(rest + 1, "0123456789");
    return strcmp(rest, SUFFIX) == 0 && entity_find(name, stem, type);
}

enum status folder_refuse_old(const struct folder *folder, const bool wanted[ENTITY_TYPE_COUNT],
                              struct error *err)
{
    int fd = openat(folder->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = fd < 0 ? NULL : fdopendir(fd);
    const struct dirent *entry;
    char first[FILE_NAME_SIZE] = "";
    enum entity_type type;

    if (!entries) {
        if (fd >= 0)
            close(fd);
        return refuse(folder->path, NULL, errno, err);
    }
    while ((entry = readdir(entries))) {
        if (is_file_of(entry->d_name, &type) && wanted[type] &&
            (!*first || strcmp(entry->d_name, first) < 0))
            snprintf(first, sizeof first, "%.*s", FILE_NAME_SIZE - 1, entry->d_name);
    }
    closedir(entries);
    if (*first)
        return error_set(err, STATUS_CONFLICT, "--out",
                         "%s/%s is there already and nothing is overwritten; remove the files or "
                         "choose another folder",
                         folder->path, first);
    return STATUS_OK;
}

static bool may_compress(const struct statfs *facts)
{
    return facts->f_type == BTRFS_SUPER_MAGIC || facts->f_type == F2FS_SUPER_MAGIC ||
           facts->f_type == ZFS_MAGIC;
}

enum status folder_check_room(const struct folder *folder, uint64_t bytes, struct error *err)
{
    struct strbuf needed = STRBUF_INIT, there = STRBUF_INIT;
    enum status status = STATUS_OK;
    struct statfs facts;
    uint64_t room_bytes;

    if (fstatfs(folder->fd, &facts) != 0 || facts.f_blocks == 0 || may_compress(&facts))
        return STATUS_OK;
    room_bytes = (uint64_t)facts.f_bavail * (uint64_t)facts.f_bsize;
    if (bytes > room_bytes) {
        progress_append_bytes(&needed, (double)bytes);
        progress_append_bytes(&there, (double)room_bytes);
        status =
            error_set(err, STATUS_IO, "--out", "cannot write %s to %s: the disk has room for %s%s",
                      needed.data, folder->path, there.data, advice_for(ENOSPC));
        strbuf_release(&needed);
        strbuf_release(&there);
    }
    return status;
}

/* A folder of its own for every run, so that two of them cannot get in each other's way. */
static enum status make_hidden(struct folder *folder, struct error *err)
{
    struct strbuf path = STRBUF_INIT;
    enum status status = STATUS_OK;

    strbuf_appendf(&path, "%s/.exports-mock-XXXXXX", folder->path);
    if (mkdtemp(path.data)) {
        snprintf(folder->hidden, sizeof folder->hidden, "%s",
                 path.data + path.length - (HIDDEN_NAME_SIZE - 1));
        folder->hidden_fd = openat(folder->fd, folder->hidden, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    if (folder->hidden_fd < 0)
        status = refuse(folder->path, NULL, errno, err);
    strbuf_release(&path);
    return status;
}

/* Says what went wrong with the file of the type that was added last. */
static enum status refuse_file(const struct folder *folder, enum entity_type type, int code,
                               struct error *err)
{
    char name[FILE_NAME_SIZE];

    name_file(name, type, folder->file_counts[type]);
    return refuse(folder->path, name, code, err);
}

/*
 * Takes the room of a whole file at once: the system has less to note for each piece written then.
 * Where that cannot be done, writing will tell whether there is room.
 */
static void reserve(int fd, uint64_t bytes)
{
    struct statfs facts;

    if (bytes <= INT64_MAX && fstatfs(fd, &facts) == 0 && !may_compress(&facts))
        (void)fallocate(fd, 0, 0, (off_t)bytes);
}

enum status folder_add_file(struct folder *folder, enum entity_type type, uint64_t bytes,
                            int *out_fd, struct error *err)
{
    char name[FILE_NAME_SIZE];
    enum status status = STATUS_OK;
    int fd;

    if (folder->hidden_fd < 0)
        status = make_hidden(folder, err);
    if (status != STATUS_OK)
        return status;
    name_file(name, type, folder->file_counts[type] + 1);
    fd = openat(folder->hidden_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return refuse(folder->path, name, errno, err);
    reserve(fd, bytes);
    folder->file_counts[type]++;
    *out_fd = fd;
    return STATUS_OK;
}

enum status folder_write(const struct folder *folder, enum entity_type type, int fd,
                         const char *bytes, size_t length, struct error *err)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return refuse_file(folder, type, errno, err);
        bytes += written;
        length -= (size_t)written;
    }
    return STATUS_OK;
}

enum status folder_close_file(const struct folder *folder, enum entity_type type, int fd,
                              struct error *err)
{
    if (close(fd) != 0 && errno != EINTR)
        return refuse_file(folder, type, errno, err);
    return STATUS_OK;
}

/* rename() that replaces nothing. */
static int move(const struct folder *folder, const char *name)
{
    int fd, keep_errno;

    if (renameat2(folder->hidden_fd, name, folder->fd, name, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    /* The file system cannot do that: take the name with an empty file, then replace that. */
    fd = openat(folder->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return -1;
    close(fd);
    if (renameat(folder->hidden_fd, name, folder->fd, name) == 0)
        return 0;
    keep_errno = errno;
    unlinkat(folder->fd, name, 0);
    errno = keep_errno;
    return -1;
}

/* Calls visit for every file in the order they were made; ends with the first that fails. */
static enum status each_file(struct folder *folder,
                             enum status (*visit)(struct folder *folder, const char *name,
                                                  struct error *err),
                             struct error *err)
{
    char name[FILE_NAME_SIZE];
    enum status status = STATUS_OK;

    for (int type = 0; type < ENTITY_TYPE_COUNT; type++) {
        for (uint32_t n = 1; n <= folder->file_counts[type] && status == STATUS_OK; n++) {
            name_file(name, (enum entity_type)type, n);
            status = visit(folder, name, err);
        }
    }
    return status;
}

static enum status publish_file(struct folder *folder, const char *name, struct error *err)
{
    if (move(folder, name) == 0)
        return STATUS_OK;
    if (errno == EEXIST)
        return error_set(err, STATUS_CONFLICT, "--out",
                         "%s/%s has been made by somebody else meanwhile and is not overwritten; "
                         "choose another folder",
                         folder->path, name);
    return refuse(folder->path, name, errno, err);
}

/* Ends at the first file that is still hidden: it and those behind it were not moved. */
static enum status take_back_file(struct folder *folder, const char *name, struct error *err)
{
    (void)err;
    if (faccessat(folder->hidden_fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
        return STATUS_CONFLICT;
    unlinkat(folder->fd, name, 0);
    return STATUS_OK;
}

enum status folder_publish(struct folder *folder, struct error *err)
{
    enum status status = each_file(folder, publish_file, err);

    if (status != STATUS_OK)
        (void)each_file(folder, take_back_file, NULL);
    return status;
}

static enum status remove_file(struct folder *folder, const char *name, struct error *err)
{
    (void)err;
    unlinkat(folder->hidden_fd, name, 0);
    return STATUS_OK;
}

void folder_release(struct folder *folder)
{
    if (folder->hidden_fd >= 0) {
        (void)each_file(folder, remove_file, NULL);
        unlinkat(folder->fd, folder->hidden, AT_REMOVEDIR);
        close(folder->hidden_fd);
    }
    close(folder->fd);
}
