#include "content/fixtures.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/rng.h"
#include "base/strbuf.h"

#define SUFFIX ".jsonl"

/* What a file's name says. */
struct fixture_name {
    enum entity_type type;
    uint32_t number; /* from 1; 0: EntityType.jsonl */
};

static bool has_suffix(const char *name)
{
    size_t length = strlen(name), suffix = sizeof SUFFIX - 1;

    return name[0] != '.' && length > suffix && strcmp(name + length - suffix, SUFFIX) == 0;
}

/* Reads digits without leading zeros, up to FIXTURES_MAX_FILES; 0 when it is anything else. */
static uint32_t read_number(const char *text, size_t length)
{
    uint32_t number = 0;

    if (length < 1 || length > 5 || text[0] == '0')
        return 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
        number = number * 10 + (uint32_t)(text[i] - '0');
    }
    return number <= FIXTURES_MAX_FILES ? number : 0;
}

static bool read_name(const char *name, struct fixture_name *out)
{
    size_t length = strlen(name) - (sizeof SUFFIX - 1), stem = strcspn(name, "-.");

    if (stem < length) {
        out->number = read_number(name + stem + 1, length - stem - 1);
        if (name[stem] != '-' || out->number == 0)
            return false;
    } else {
        out->number = 0;
    }
    return entity_find(name, stem < length ? stem : length, &out->type);
}

static enum status refuse_name(const char *dir, const char *name, struct error *err)
{
    return error_set(err, STATUS_INVALID, "--fixtures",
                     "%s/%s names no entity type; call it EntityType.jsonl, or EntityType-1.jsonl, "
                     "-2 and so on, with EntityType one of OrderItem, Payment, Reservation, "
                     "Customer, Company, Bill, AvailabilityAdjustment, AvailabilityBlock, "
                     "ResourceBlock, LedgerEntry",
                     dir, name);
}

/* Takes a file of the folder into account; highest[] are the highest numbers seen. */
static enum status take_name(struct fixtures *fixtures, const char *name,
                             uint32_t highest[ENTITY_TYPE_COUNT], struct error *err)
{
    struct fixture_name read;

    if (!read_name(name, &read))
        return refuse_name(fixtures->dir, name, err);
    if (read.number == 0)
        fixtures->types[read.type].is_single = true;
    else
        fixtures->types[read.type].file_count++;
    if (read.number > highest[read.type])
        highest[read.type] = read.number;
    return STATUS_OK;
}

static enum status read_folder(struct fixtures *fixtures, uint32_t highest[ENTITY_TYPE_COUNT],
                               struct error *err)
{
    DIR *folder = opendir(fixtures->dir);
    const struct dirent *entry;
    enum status status = STATUS_OK;

    if (!folder)
        return error_set(err, STATUS_IO, "--fixtures", "cannot read the folder %s: %s",
                         fixtures->dir, strerror(errno));
    while (status == STATUS_OK && (entry = readdir(folder))) {
        if (has_suffix(entry->d_name))
            status = take_name(fixtures, entry->d_name, highest, err);
    }
    closedir(folder);
    return status;
}

static void append_path(struct strbuf *path, const struct fixtures *fixtures, enum entity_type type,
                        uint32_t index)
{
    strbuf_appendf(path, "%s/%s", fixtures->dir, entity_name(type));
    if (!fixtures->types[type].is_single)
        strbuf_appendf(path, "-%u", (unsigned)index + 1);
    strbuf_append_text(path, SUFFIX);
}

/* Opens a regular file; gives its descriptor and what fstat() says. */
static enum status open_file(const struct fixtures *fixtures, enum entity_type type, uint32_t index,
                             int *out_fd, struct stat *facts, struct error *err)
{
    struct strbuf path = STRBUF_INIT;
    enum status status = STATUS_OK;
    int fd;

    append_path(&path, fixtures, type, index);
    fd = open(strbuf_text(&path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, facts) != 0)
        status = error_set(err, STATUS_IO, "--fixtures", "cannot read %s: %s", strbuf_text(&path),
                           strerror(errno));
    else if (!S_ISREG(facts->st_mode))
        status =
            error_set(err, STATUS_IO, "--fixtures", "%s is no regular file", strbuf_text(&path));
    if (status == STATUS_OK)
        *out_fd = fd;
    else if (fd >= 0)
        close(fd);
    strbuf_release(&path);
    return status;
}

/* Refuses gaps and double naming of a type, and files that cannot be opened. */
static enum status check_type(struct fixtures *fixtures, enum entity_type type, uint32_t highest,
                              struct error *err)
{
    uint32_t count = fixtures->types[type].file_count;
    enum status status = STATUS_OK;

    if (fixtures->types[type].is_single && count)
        return error_set(err, STATUS_INVALID, "--fixtures",
                         "%s has both %s" SUFFIX " and %s-N" SUFFIX "; keep one of the two",
                         fixtures->dir, entity_name(type), entity_name(type));
    if (highest != count)
        return error_set(err, STATUS_INVALID, "--fixtures",
                         "%s has %s-%u" SUFFIX ", but only %u files of this type; number them from "
                         "1 without a gap",
                         fixtures->dir, entity_name(type), (unsigned)highest, (unsigned)count);
    if (fixtures->types[type].is_single)
        count = fixtures->types[type].file_count = 1;
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
        struct stat facts;
        int fd;

        status = open_file(fixtures, type, i, &fd, &facts, err);
        if (status == STATUS_OK)
            close(fd);
    }
    return status;
}

/* A folder without any file to serve is a slip: everything would be generated, without a word. */
static enum status check_any(const struct fixtures *fixtures, struct error *err)
{
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (fixtures->types[i].file_count)
            return STATUS_OK;
    }
    return error_set(
        err, STATUS_INVALID, "--fixtures",
        "%s holds no file to serve; call them EntityType.jsonl, for example Bill.jsonl",
        fixtures->dir);
}

enum status fixtures_init(struct fixtures *fixtures, const char *dir, struct error *err)
{
    uint32_t highest[ENTITY_TYPE_COUNT] = {0};
    struct fixtures found = {.dir = memory_copy_text(dir, strlen(dir))};
    enum status status = read_folder(&found, highest, err);

    for (int i = 0; i < ENTITY_TYPE_COUNT && status == STATUS_OK; i++)
        status = check_type(&found, (enum entity_type)i, highest[i], err);
    if (status == STATUS_OK)
        status = check_any(&found, err);
    if (status == STATUS_OK)
        *fixtures = found;
    else
        fixtures_release(&found);
    return status;
}

void fixtures_release(struct fixtures *fixtures)
{
    free(fixtures->dir);
    *fixtures = (struct fixtures){0};
}

enum status fixtures_stat(const struct fixtures *fixtures, enum entity_type type, uint32_t index,
                          uint64_t *size_bytes, uint64_t *identity)
{
    struct strbuf path = STRBUF_INIT;
    struct stat facts = {0};
    uint64_t name;
    int failed;

    append_path(&path, fixtures, type, index);
    failed = stat(strbuf_text(&path), &facts);
    name = rng_hash((uint64_t)facts.st_size, strbuf_text(&path), path.length);
    strbuf_release(&path);
    if (failed)
        return STATUS_IO;
    *size_bytes = (uint64_t)facts.st_size;
    *identity = rng_at(name, (uint64_t)facts.st_mtim.tv_sec, (uint64_t)facts.st_mtim.tv_nsec);
    return STATUS_OK;
}

static enum status read_file(void *state, uint64_t offset, void *out, size_t length)
{
    char *at = out;

    while (length > 0) {
        ssize_t got = pread(*(int *)state, at, length, (off_t)offset);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return STATUS_IO;
        at += got;
        offset += (uint64_t)got;
        length -= (size_t)got;
    }
    return STATUS_OK;
}

static void release_file(void *state)
{
    close(*(int *)state);
    free(state);
}

enum status fixtures_open(const struct fixtures *fixtures, enum entity_type type, uint32_t index,
                          struct source *out, struct error *err)
{
    struct stat facts = {0};
    int fd, *state;
    enum status status = open_file(fixtures, type, index, &fd, &facts, err);

    if (status != STATUS_OK)
        return status;
    state = memory_new(sizeof *state);
    *state = fd;
    *out = (struct source){(uint64_t)facts.st_size, fd, read_file, release_file, state};
    return STATUS_OK;
}
