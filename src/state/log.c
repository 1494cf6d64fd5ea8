#include "state/log.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "state/tape.h"

/* Room that is taken at a time, and that must be there before a change. */
#define ROOM_STEP_BYTES ((uint64_t)1 << 20)
#define ROOM_MIN_BYTES  ((uint64_t)1 << 18)

/* A log is written anew once it is so long, and so many times as long as after the last time. */
#define LONG_MIN_BYTES ((uint64_t)1 << 20)
#define LONG_FACTOR    4

/* What is handed over at a time while the file is written anew; what a batch may keep. */
#define RELIEF_BYTES ((size_t)1 << 20)

/* A file that changes its place while it is opened is opened again so often. */
#define OPEN_TRIES 16

static enum status io_error(struct error *err, const char *what)
{
    return error_set(err, STATUS_IO, NULL, "%s: %s", what, strerror(errno));
}

/* Opens and locks the file that is at path now. *moved: it is another one meanwhile. */
static enum status open_locked(struct log *log, bool *moved, struct error *err)
{
    struct stat opened, there;
    int fd = open(log->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);

    log->file.fd = fd;
    if (fd < 0)
        return io_error(err, "cannot be opened for writing");
    if (fstat(fd, &opened) != 0)
        return io_error(err, "cannot be looked at");
    if (!S_ISREG(opened.st_mode))
        return error_set(err, STATUS_IO, NULL, "is no regular file");
    if (!(opened.st_mode & 0222))
        return error_set(err, STATUS_IO, NULL, "is read-only: make it writable (chmod u+w)");
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return error_set(err, STATUS_CONFLICT, NULL,
                             "is in use by another exports-mock: end that one, or give this one a "
                             "file of its own");
        return io_error(err, "cannot be locked");
    }
    *moved = stat(log->path, &there) != 0 || there.st_ino != opened.st_ino ||
             there.st_dev != opened.st_dev;
    return STATUS_OK;
}

static enum status read_all(int fd, struct strbuf *text, struct error *err)
{
    struct stat facts;
    ssize_t got;

    if (fstat(fd, &facts) != 0)
        return io_error(err, "cannot be looked at");
    strbuf_reserve(text, (size_t)facts.st_size + 1);
    do {
        strbuf_reserve(text, 4096);
        got = pread(fd, text->data + text->length, text->capacity - text->length - 1,
                    (off_t)text->length);
        if (got > 0)
            text->length += (size_t)got;
    } while (got > 0 || (got < 0 && errno == EINTR));
    text->data[text->length] = '\0';
    return got < 0 ? io_error(err, "cannot be read") : STATUS_OK;
}

enum status log_open(struct log *log, const char *path, struct strbuf *text, struct error *err)
{
    char *real = realpath(path, NULL);
    enum status status = STATUS_OK;
    bool moved = true;

    *log = (struct log){.path = memory_copy_text(real ? real : path, strlen(real ? real : path)),
                        .file = {.fd = -1}};
    free(real);
    for (int tries = 0; moved && status == STATUS_OK && tries < OPEN_TRIES; tries++) {
        if (log->file.fd >= 0)
            close(log->file.fd);
        status = open_locked(log, &moved, err);
    }
    if (status == STATUS_OK && moved)
        status = error_set(err, STATUS_IO, NULL, "is replaced again and again by somebody else");
    if (status == STATUS_OK)
        status = read_all(log->file.fd, text, err);
    if (status != STATUS_OK)
        log_close(log);
    return status;
}

enum status log_continue(struct log *log, uint64_t end_bytes, uint32_t sum, struct error *err)
{
    log->file.end_bytes = log->file.room_bytes = log->compact_bytes = end_bytes;
    log->file.sum = log->batch_sum = sum;
    if (ftruncate(log->file.fd, (off_t)end_bytes) != 0)
        return io_error(err, "cannot be cut to its sound part");
    return STATUS_OK;
}

void log_close(struct log *log)
{
    if (log->file.fd >= 0) {
        if (log->file.room_bytes > log->file.end_bytes)
            (void)!ftruncate(log->file.fd, (off_t)log->file.end_bytes);
        close(log->file.fd);
    }
    strbuf_release(&log->batch);
    free(log->path);
    *log = (struct log){.file = {.fd = -1}};
}

/* Gives the last record its mark and checksum. */
static void seal(struct log *log, char mark)
{
    char *line = log->batch.data + log->record_at;
    size_t length = log->batch.length - log->record_at;

    if (!log->has_record)
        return;
    line[TAPE_FRAME_BYTES - 1] = mark;
    log->batch_sum =
        tape_sum(log->batch_sum, line + TAPE_FRAME_BYTES - 1, length - TAPE_FRAME_BYTES);
    tape_write_sum(line, log->batch_sum);
    log->has_record = false;
}

struct json_writer log_begin_record(struct log *log)
{
    struct json_writer json = json_writer(&log->batch);

    seal(log, '+');
    log->record_at = log->batch.length;
    strbuf_append(&log->batch, "-------- ", TAPE_FRAME_BYTES);
    json_begin_object(&json, NULL);
    return json;
}

void log_end_record(struct log *log)
{
    strbuf_append(&log->batch, "}\n", 2);
    log->has_record = true;
}

void log_end_change(struct log *log)
{
    seal(log, ' ');
}

void log_drop(struct log *log)
{
    strbuf_reset(&log->batch);
    if (log->batch.capacity > RELIEF_BYTES)
        strbuf_release(&log->batch);
    log->has_record = false;
    log->batch_sum = log->file.sum;
}

static bool write_all_bytes(int fd, const char *bytes, size_t length, uint64_t at)
{
    while (length > 0) {
        ssize_t done = pwrite(fd, bytes, length, (off_t)at);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0) {
            errno = done == 0 ? ENOSPC : errno;
            return false;
        }
        bytes += done;
        length -= (size_t)done;
        at += (uint64_t)done;
    }
    return true;
}

enum status log_commit(struct log *log, struct error *err)
{
    struct log_file *file = &log->file;
    enum status status = STATUS_OK;

    seal(log, ' ');
    if (write_all_bytes(file->fd, log->batch.data, log->batch.length, file->end_bytes)) {
        log->is_unsynced |= log->batch.length > 0;
        file->end_bytes += log->batch.length;
        file->sum = log->batch_sum;
    } else {
        status = io_error(err, "cannot be written");
        (void)!ftruncate(file->fd, (off_t)file->end_bytes);
        file->room_bytes = file->end_bytes;
    }
    log_drop(log);
    return status;
}

/* The limit of the process on the length of files (ulimit -f). */
static bool is_within_limit(uint64_t bytes)
{
    struct rlimit limit;

    return getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
           bytes <= limit.rlim_cur;
}

/* Where a file system cannot take room ahead, a write must do to find out. */
static bool take_room(int fd, uint64_t at)
{
    int done;

    do {
        done = fallocate(fd, FALLOC_FL_KEEP_SIZE, (off_t)at, (off_t)ROOM_STEP_BYTES);
    } while (done != 0 && errno == EINTR);
    return done == 0 || errno == EOPNOTSUPP || errno == ENOSYS;
}

enum status log_make_room(struct log *log, struct error *err)
{
    struct log_file *file = &log->file;

    if (file->end_bytes + ROOM_MIN_BYTES <= file->room_bytes)
        return STATUS_OK;
    errno = EFBIG;
    if (!is_within_limit(file->end_bytes + ROOM_STEP_BYTES) ||
        !take_room(file->fd, file->end_bytes))
        return io_error(err, "has no room to grow");
    file->room_bytes = file->end_bytes + ROOM_STEP_BYTES;
    return STATUS_OK;
}

bool log_is_long(const struct log *log)
{
    return log->file.end_bytes > LONG_MIN_BYTES &&
           log->file.end_bytes / LONG_FACTOR > log->compact_bytes;
}

/* The file that is to take the place of the log: empty, or left behind by one that was killed. */
static enum status open_beside(const char *path, int *out, struct error *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    char begin[64];
    struct stat facts;
    ssize_t got;

    *out = fd;
    if (fd < 0)
        return io_error(err, "cannot be written anew beside itself");
    got = pread(fd, begin, sizeof begin, 0);
    if (fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode) || got < 0 ||
        !tape_is_ours(begin, (size_t)got))
        return error_set(err, STATUS_IO, NULL,
                         "cannot be written anew: %s is in the way and not ours", path);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0 || ftruncate(fd, 0) != 0 || fchmod(fd, 0600) != 0)
        return io_error(err, "cannot be written anew beside itself");
    return STATUS_OK;
}

/* Makes the new name last. */
static void sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder =
        slash ? memory_copy_text(path, (size_t)(slash - path) + 1) : memory_copy_text(".", 1);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(folder);
}

/* Puts the new file in the place of the old one. */
static enum status replace(struct log *log, const char *beside, struct error *err)
{
    enum status status = log->rewrite_status;

    if (status != STATUS_OK)
        *err = log->rewrite_error;
    else
        status = log_commit(log, err);
    if (status == STATUS_OK && (fdatasync(log->file.fd) != 0 || rename(beside, log->path) != 0))
        status = io_error(err, "cannot be replaced by a shorter one");
    if (status == STATUS_OK)
        sync_folder(log->path);
    return status;
}

enum status log_rewrite(struct log *log, void (*write_all)(void *context), void *context,
                        struct error *err)
{
    struct log_file former = log->file;
    struct strbuf beside = STRBUF_INIT;
    struct log_file next = {.fd = -1};
    enum status status;

    strbuf_appendf(&beside, "%s.compacting", log->path);
    status = open_beside(strbuf_text(&beside), &next.fd, err);
    if (status == STATUS_OK) {
        log->file = next;
        log->rewrite_status = STATUS_OK;
        log_drop(log);
        write_all(context);
        status = replace(log, strbuf_text(&beside), err);
        if (status != STATUS_OK) {
            (void)unlink(strbuf_text(&beside));
            log->file = former;
        }
        log_drop(log);
    }
    if (status == STATUS_OK) {
        log->compact_bytes = log->file.end_bytes;
        log->is_unsynced = false;
        close(former.fd);
    } else if (next.fd >= 0) {
        close(next.fd);
    }
    strbuf_release(&beside);
    return status;
}

void log_relieve(struct log *log)
{
    if (log->batch.length < RELIEF_BYTES)
        return;
    if (log->rewrite_status == STATUS_OK)
        log->rewrite_status = log_commit(log, &log->rewrite_error);
    else
        log_drop(log);
}

void log_sync(struct log *log)
{
    if (log->is_unsynced && fdatasync(log->file.fd) == 0)
        log->is_unsynced = false;
}
