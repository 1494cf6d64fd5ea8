#include "core/watch.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct watch *watch_of(struct export *export)
{
    if (!export->watch)
        export->watch = memory_new(sizeof *export->watch);
    return export->watch;
}

void watch_free(struct watch *watch)
{
    if (!watch)
        return;
    for (uint32_t i = 0; i < watch->file_count; i++)
        free(watch->files[i].spans);
    free(watch->files);
    free(watch);
}

struct watched_file *watch_file(struct export *export, uint32_t number)
{
    struct watch *watch = watch_of(export);

    if (!watch->files && export->files && export->files->count) {
        watch->file_count = export->files->count;
        watch->files = memory_new(watch->file_count * sizeof *watch->files);
    }
    return number >= 1 && number <= watch->file_count ? &watch->files[number - 1] : NULL;
}

/* Takes the two neighbours with the smallest gap as one. */
static void join_nearest(struct watched_file *file)
{
    uint32_t best = 0;

    for (uint32_t i = 1; i + 1 < file->span_count; i++) {
        if (file->spans[i + 1].start - file->spans[i].end <
            file->spans[best + 1].start - file->spans[best].end)
            best = i;
    }
    file->spans[best].end = file->spans[best + 1].end;
    memmove(&file->spans[best + 1], &file->spans[best + 2],
            (file->span_count - best - 2) * sizeof file->spans[0]);
    file->span_count--;
}

void watched_file_add(struct watched_file *file, struct span span)
{
    uint32_t first = 0, last;

    if (span.start >= span.end)
        return;
    if (!file->spans)
        file->spans = memory_new(SPANS_MAX * sizeof *file->spans);
    if (file->span_count == SPANS_MAX)
        join_nearest(file);
    while (first < file->span_count && file->spans[first].end < span.start)
        first++;
    for (last = first; last < file->span_count && file->spans[last].start <= span.end; last++) {
        span.start = span.start < file->spans[last].start ? span.start : file->spans[last].start;
        span.end = span.end > file->spans[last].end ? span.end : file->spans[last].end;
    }
    memmove(&file->spans[first + 1], &file->spans[last],
            (file->span_count - last) * sizeof file->spans[0]);
    file->spans[first] = span;
    file->span_count = file->span_count - (last - first) + 1;
}

bool watched_file_is_whole(const struct watched_file *file, uint64_t size_bytes)
{
    return size_bytes == 0 || file->whole_count > 0 ||
           (file->span_count == 1 && file->spans[0].start == 0 && file->spans[0].end >= size_bytes);
}

bool watch_is_collected(const struct export *export)
{
    static const struct watched_file untouched;
    const struct watch *watch = export->watch;
    bool is_watched = watch && export->files && watch->file_count == export->files->count;

    if (!export->files)
        return false;
    for (uint32_t i = 0; i < export->files->count; i++) {
        if (!watched_file_is_whole(is_watched ? &watch->files[i] : &untouched,
                                   export->files->items[i].size_bytes))
            return false;
    }
    return true;
}
