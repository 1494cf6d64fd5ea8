#include "verify/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

/* A group is compared in a table of twice so many entries of 64 bytes. */
#define GROUP_RECORDS      UINT64_C(100000)
#define GROUPS_MAX         4096
#define BUFFER_RECORDS     1024
#define BUFFER_RECORDS_MIN 64
#define BUFFERS_BYTES      ((size_t)16 << 20)

struct group {
    uint64_t place; /* in the file, in records */
    uint64_t counts[VERIFY_SIDE_COUNT];
    uint64_t written; /* records in the file; the newer ones are in the buffer */
    struct spill_record *buffer;
};

struct spill {
    struct group *groups;
    size_t group_count;
    size_t buffer_records;
    uint16_t *group_of; /* by bucket */
    int fd;             /* -1 until something is written */
};

static uint64_t bucket_records(const struct sums *sums, size_t bucket)
{
    if (sums_agree(sums, bucket))
        return 0;
    return sums->buckets[VERIFY_EXPECTED][bucket].count +
           sums->buckets[VERIFY_COLLECTED][bucket].count;
}

/* Gives every bucket a group, and every group its place. */
static void lay_out(struct spill *spill, const struct sums *sums)
{
    uint64_t total = 0, most, in_group = 0, place = 0;

    for (size_t i = 0; i < SUMS_BUCKET_COUNT; i++)
        total += bucket_records(sums, i);
    most = total / (GROUPS_MAX - 1) + 1;
    most = most > GROUP_RECORDS ? most : GROUP_RECORDS;
    spill->groups = memory_resize(NULL, GROUPS_MAX * 2, sizeof *spill->groups);
    for (size_t i = 0; i < SUMS_BUCKET_COUNT; i++) {
        uint64_t records = bucket_records(sums, i);

        if (spill->group_count == 0 || (in_group > 0 && in_group + records > most)) {
            spill->groups[spill->group_count++] = (struct group){.place = place};
            in_group = 0;
        }
        spill->group_of[i] = (uint16_t)(spill->group_count - 1);
        in_group += records;
        place += records;
    }
}

struct spill *spill_new(const struct sums *sums)
{
    struct spill *spill = memory_new(sizeof *spill);

    spill->fd = -1;
    spill->group_of = memory_resize(NULL, SUMS_BUCKET_COUNT, sizeof *spill->group_of);
    lay_out(spill, sums);
    spill->buffer_records = BUFFERS_BYTES / sizeof(struct spill_record) / spill->group_count;
    if (spill->buffer_records > BUFFER_RECORDS)
        spill->buffer_records = BUFFER_RECORDS;
    if (spill->buffer_records < BUFFER_RECORDS_MIN)
        spill->buffer_records = BUFFER_RECORDS_MIN;
    return spill;
}

void spill_free(struct spill *spill)
{
    if (!spill)
        return;
    if (spill->fd >= 0)
        close(spill->fd);
    for (size_t i = 0; i < spill->group_count; i++)
        free(spill->groups[i].buffer);
    free(spill->groups);
    free(spill->group_of);
    free(spill);
}

static enum status fail(const char *what, struct error *err)
{
    return error_set(err, STATUS_IO, NULL, "cannot %s a temporary file in /var/tmp or /tmp: %s",
                     what, strerror(errno));
}

/* A file without a name, in the folder that is meant for large ones. */
static enum status open_file(struct spill *spill, struct error *err)
{
    static const char *const folders[] = {"/var/tmp", "/tmp"};

    for (size_t i = 0; i < sizeof folders / sizeof *folders && spill->fd < 0; i++)
        spill->fd = open(folders[i], O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    return spill->fd >= 0 ? STATUS_OK : fail("make", err);
}

/* Writes the buffer of a group to its place in the file. */
static enum status flush(struct spill *spill, struct group *group, size_t count, struct error *err)
{
    const char *at = (const char *)group->buffer;
    size_t left = count * sizeof *group->buffer;
    uint64_t place = (group->place + group->written) * sizeof *group->buffer;

    if (spill->fd < 0 && open_file(spill, err) != STATUS_OK)
        return STATUS_IO;
    while (left > 0) {
        ssize_t written = pwrite(spill->fd, at, left, (off_t)place);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return fail("write", err);
        at += written;
        left -= (size_t)written;
        place += (uint64_t)written;
    }
    group->written += count;
    return STATUS_OK;
}

static size_t buffered(const struct group *group)
{
    return (size_t)(group->counts[VERIFY_EXPECTED] + group->counts[VERIFY_COLLECTED] -
                    group->written);
}

enum status spill_add(struct spill *spill, enum verify_side side, const struct spill_record *record,
                      struct error *err)
{
    struct group *group = &spill->groups[spill->group_of[sums_bucket_of(record->key)]];
    size_t count = buffered(group);
    enum status status;

    if (!group->buffer)
        group->buffer = memory_resize(NULL, spill->buffer_records, sizeof *group->buffer);
    if (count == spill->buffer_records) {
        status = flush(spill, group, count, err);
        if (status != STATUS_OK)
            return status;
        count = 0;
    }
    group->buffer[count] = *record;
    group->counts[side]++;
    return STATUS_OK;
}

size_t spill_group_count(const struct spill *spill)
{
    return spill->group_count;
}

uint64_t spill_count(const struct spill *spill, size_t group, enum verify_side side)
{
    return spill->groups[group].counts[side];
}

/* Reads records of the file. */
static enum status load(struct spill *spill, uint64_t place, struct spill_record *out, size_t count,
                        struct error *err)
{
    char *at = (char *)out;
    size_t left = count * sizeof *out;
    off_t offset = (off_t)(place * sizeof *out);

    while (left > 0) {
        ssize_t got = pread(spill->fd, at, left, offset);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return fail("read", err);
        at += got;
        left -= (size_t)got;
        offset += got;
    }
    return STATUS_OK;
}

enum status spill_read(struct spill *spill, size_t group_index,
                       void (*take)(void *state, enum verify_side side,
                                    const struct spill_record *record),
                       void *state, struct error *err)
{
    struct group *group = &spill->groups[group_index];
    struct spill_record *piece = memory_resize(NULL, BUFFER_RECORDS, sizeof *piece);
    uint64_t expected = group->counts[VERIFY_EXPECTED], done = 0;
    enum status status = STATUS_OK;

    while (done < group->written && status == STATUS_OK) {
        uint64_t left = group->written - done;
        size_t count = left < BUFFER_RECORDS ? (size_t)left : BUFFER_RECORDS;

        status = load(spill, group->place + done, piece, count, err);
        for (size_t i = 0; i < count && status == STATUS_OK; i++, done++)
            take(state, done < expected ? VERIFY_EXPECTED : VERIFY_COLLECTED, &piece[i]);
    }
    free(piece);
    for (size_t i = 0, count = buffered(group); i < count && status == STATUS_OK; i++, done++)
        take(state, done < expected ? VERIFY_EXPECTED : VERIFY_COLLECTED, &group->buffer[i]);
    return status;
}
