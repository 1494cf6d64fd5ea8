#include "app/generate.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/generate_folder.h"
#include "app/generate_progress.h"
#include "base/memory.h"
#include "base/timestamp.h"
#include "contract/demo.h"

/* Rows are made here and handed to the kernel while they are still in the processor's cache. */
#define BUFFER_BYTES ((size_t)512 << 10)

struct generation {
    const struct settings *settings;
    int64_t as_of_ms;
    struct dataset *dataset;
    bool wanted[ENTITY_TYPE_COUNT];
    uint64_t row_count;
    uint32_t file_count;
    uint64_t total_bytes; /* of all files */
    uint64_t done_bytes;
    struct folder folder;
    struct progress progress;
    char *buffer;
    sigset_t stop;  /* the signals that end the work */
    sigset_t outer; /* the mask before they were blocked */
};

/*
 * Blocks the signals that would end the process, so that they wait until it is tidied up. Those
 * that are ignored, as nohup does, stay so.
 */
static void hold_signals(struct generation *generation)
{
    static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action, ignore = {.sa_handler = SIG_IGN};

    sigemptyset(&generation->stop);
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
        if (sigaction(ending[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(&generation->stop, ending[i]);
    }
    sigprocmask(SIG_BLOCK, &generation->stop, &generation->outer);
    /* Too large a file is to be an error of write(), not the end. */
    sigaction(SIGXFSZ, &ignore, NULL);
}

static bool is_stopped(const struct generation *generation)
{
    sigset_t pending;

    sigpending(&pending);
    sigandset(&pending, &pending, &generation->stop);
    return !sigisemptyset(&pending);
}

/* A signal that waited ends the process here. */
static void release_signals(const struct generation *generation)
{
    sigprocmask(SIG_SETMASK, &generation->outer, NULL);
}

static int64_t choose_instant(const struct settings *settings)
{
    struct timespec now;

    if (settings->has_now)
        return settings->now_ms;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

/* Refuses what exports/add would refuse. Source: contract/exports.json, rules. */
static enum status check_type(const struct settings *settings, struct error *err)
{
    bool is_ledger = settings->entity_type == ENTITY_LEDGER_ENTRY;
    const char *name = entity_name(settings->entity_type);

    if (entity_since_day(settings->entity_type) > settings->api_day) {
        char since[DATE_LENGTH];

        date_write(since, entity_since_day(settings->entity_type));
        return error_set(err, STATUS_INVALID, "--entity-type",
                         "%s came into the API on %.*s; give that as --api-date or a later day",
                         name, DATE_LENGTH, since);
    }
    if (is_ledger && settings->has_updated_start)
        return error_set(err, STATUS_INVALID, "--updated-start",
                         "%s has no UpdatedUtc; use --posting-start and --posting-end", name);
    if (!is_ledger && settings->has_posting_start)
        return error_set(err, STATUS_INVALID, "--posting-start",
                         "%s has no posting date; use --updated-start and --updated-end", name);
    return STATUS_OK;
}

static enum status choose_types(struct generation *generation, struct error *err)
{
    const struct settings *settings = generation->settings;

    if (settings->has_entity_type) {
        generation->wanted[settings->entity_type] = true;
        return check_type(settings, err);
    }
    for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
        generation->wanted[type] = entity_since_day((enum entity_type)type) <= settings->api_day;
    return STATUS_OK;
}

static struct dataset_query query_of(const struct generation *generation, enum entity_type type)
{
    const struct settings *settings = generation->settings;
    bool is_ledger = type == ENTITY_LEDGER_ENTRY;

    return (struct dataset_query){
        .entity_type = type,
        .enterprises = demo_enterprise(settings->pricing),
        .enterprise_count = 1,
        .as_of_ms = generation->as_of_ms,
        .has_updated = settings->has_updated_start && !is_ledger,
        .updated_start_ms = settings->updated_start_ms,
        .updated_end_ms = settings->updated_end_ms,
        .has_posting = settings->has_posting_start && is_ledger,
        .posting_start_day = settings->posting_start_day,
        .posting_end_day = settings->posting_end_day,
    };
}

/* How much there is to write; nothing of it has to be made for that. */
static void count_type(struct generation *generation, enum entity_type type)
{
    struct dataset_query query = query_of(generation, type);
    uint32_t count = dataset_file_count(generation->dataset, &query);

    generation->file_count += count;
    generation->row_count += dataset_row_count(generation->dataset, &query);
    for (uint32_t i = 0; i < count; i++)
        generation->total_bytes += dataset_file_size(generation->dataset, &query, i);
}

/* Writes the bytes of a file; stops early when a signal waits. */
static enum status write_source(struct generation *generation, enum entity_type type, int fd,
                                const struct source *source, struct error *err)
{
    enum status status = STATUS_OK;
    uint64_t at = 0;

    while (at < source->size_bytes && status == STATUS_OK && !is_stopped(generation)) {
        uint64_t left = source->size_bytes - at;
        size_t length = left < BUFFER_BYTES ? (size_t)left : BUFFER_BYTES;

        status = source->read_at(source->state, at, generation->buffer, length);
        if (status == STATUS_OK)
            status = folder_write(&generation->folder, type, fd, generation->buffer, length, err);
        at += length;
        generation->done_bytes += length;
        progress_show(&generation->progress, generation->done_bytes);
    }
    return status;
}

static enum status write_file(struct generation *generation, const struct dataset_query *query,
                              uint32_t index, struct error *err)
{
    struct folder *folder = &generation->folder;
    struct source source = dataset_file_open(generation->dataset, query, index);
    enum status status, closed;
    struct error late;
    int fd;

    status = folder_add_file(folder, query->entity_type, source.size_bytes, &fd, err);
    if (status != STATUS_OK)
        goto out;
    status = write_source(generation, query->entity_type, fd, &source, err);
    closed = folder_close_file(folder, query->entity_type, fd, &late);
    if (status == STATUS_OK && closed != STATUS_OK) {
        *err = late;
        status = closed;
    }
out:
    source_release(&source);
    return status;
}

static enum status write_type(struct generation *generation, enum entity_type type,
                              struct error *err)
{
    struct dataset_query query = query_of(generation, type);
    uint32_t count = dataset_file_count(generation->dataset, &query);
    enum status status = STATUS_OK;

    for (uint32_t i = 0; i < count && status == STATUS_OK && !is_stopped(generation); i++)
        status = write_file(generation, &query, i, err);
    return status;
}

static enum status write_all(struct generation *generation, struct error *err)
{
    bool is_wanted = generation->settings->verbosity >= 0;
    enum status status = STATUS_OK;

    generation->buffer = memory_new(BUFFER_BYTES);
    progress_begin(&generation->progress, generation->total_bytes, is_wanted);
    for (int type = 0; type < ENTITY_TYPE_COUNT && status == STATUS_OK; type++) {
        if (generation->wanted[type])
            status = write_type(generation, (enum entity_type)type, err);
    }
    progress_end(&generation->progress);
    free(generation->buffer);
    if (status == STATUS_OK && is_stopped(generation))
        status = error_set(err, STATUS_IO, NULL, "stopped by a signal; no file was kept");
    return status;
}

static enum status fill_folder(struct generation *generation, struct error *err)
{
    const char *path = generation->settings->out_dir;
    struct folder *folder = &generation->folder;
    enum status status = folder_open(folder, path, err);

    if (status != STATUS_OK)
        return status;
    status = folder_refuse_old(folder, generation->wanted, err);
    if (status == STATUS_OK)
        status = folder_check_room(folder, generation->total_bytes, err);
    if (status == STATUS_OK)
        status = write_all(generation, err);
    if (status == STATUS_OK)
        status = folder_publish(folder, err);
    folder_release(folder);
    return status;
}

static enum status print_summary(const struct generation *generation, struct error *err)
{
    struct strbuf line = STRBUF_INIT;
    bool failed;

    strbuf_appendf(&line, "%" PRIu32 " %s, %" PRIu64 " rows, ", generation->file_count,
                   generation->file_count == 1 ? "file" : "files", generation->row_count);
    progress_append_bytes(&line, (double)generation->total_bytes);
    strbuf_appendf(&line, " (%" PRIu64 ") in %s\n", generation->total_bytes,
                   generation->settings->out_dir);
    failed = fputs(strbuf_text(&line), stdout) < 0 || fflush(stdout) != 0;
    strbuf_release(&line);
    return failed ? error_set(err, STATUS_IO, NULL, "cannot write to stdout") : STATUS_OK;
}

enum status generate(const struct settings *settings, struct error *err)
{
    struct generation generation = {
        .settings = settings,
        .as_of_ms = choose_instant(settings),
    };
    enum status status = choose_types(&generation, err);

    if (status != STATUS_OK)
        return status;
    generation.dataset = dataset_new(&settings->dataset);
    for (int type = 0; type < ENTITY_TYPE_COUNT; type++) {
        if (generation.wanted[type])
            count_type(&generation, (enum entity_type)type);
    }
    hold_signals(&generation);
    status = fill_folder(&generation, err);
    release_signals(&generation);
    dataset_free(generation.dataset);
    if (status == STATUS_OK && settings->verbosity >= 0)
        status = print_summary(&generation, err);
    return status;
}
