#include "app/generate_progress.h"

#include <inttypes.h>
#include <time.h>
#include <unistd.h>

#include "base/timestamp.h"

#define BAR_WIDTH     20
#define EVERY_REAL_MS 100

/* To the start of the line, what follows, and away with the rest of the line. */
#define LINE_START "\r"
#define LINE_END   "\033[K"

static int64_t now_real_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

void progress_append_bytes(struct strbuf *out, double bytes)
{
    static const char *const units[] = {"bytes", "KB", "MB", "GB", "TB", "PB"};
    size_t unit = 0;

    while (bytes >= 999.5 && unit + 1 < sizeof units / sizeof *units) {
        bytes /= 1000;
        unit++;
    }
    strbuf_appendf(out, unit > 0 && bytes < 9.95 ? "%.1f %s" : "%.0f %s", bytes, units[unit]);
}

static void append_time(struct strbuf *out, int64_t real_ms)
{
    int64_t seconds = (real_ms + MS_PER_SECOND - 1) / MS_PER_SECOND;

    if (seconds >= 3600)
        strbuf_appendf(out, "%" PRId64 ":%02d:%02d left", seconds / 3600, (int)(seconds / 60 % 60),
                       (int)(seconds % 60));
    else
        strbuf_appendf(out, "%d:%02d left", (int)(seconds / 60), (int)(seconds % 60));
}

static void append_bar(struct strbuf *out, double part)
{
    int full = (int)(part * BAR_WIDTH);

    strbuf_append_char(out, '[');
    for (int i = 0; i < BAR_WIDTH; i++)
        strbuf_append_char(out, i < full ? '#' : '.');
    strbuf_appendf(out, "] %3d %%  ", (int)(part * 100));
}

/* Writes the line anew. What a terminal does not take is not worth an error. */
static void write_line(struct progress *progress, uint64_t done_bytes)
{
    struct strbuf *line = &progress->line;
    double done = (double)done_bytes, total = (double)progress->total_bytes;
    int64_t real_ms = progress->shown_real_ms - progress->start_real_ms;

    strbuf_reset(line);
    strbuf_append_text(line, LINE_START);
    append_bar(line, total > 0 ? done / total : 1);
    progress_append_bytes(line, done);
    strbuf_append_text(line, " of ");
    progress_append_bytes(line, total);
    if (real_ms > 0 && done > 0) {
        strbuf_append_text(line, "  ");
        progress_append_bytes(line, done * 1000 / (double)real_ms);
        strbuf_append_text(line, "/s  ");
        append_time(line, (int64_t)((total - done) / done * (double)real_ms));
    }
    strbuf_append_text(line, LINE_END);
    (void)!write(STDERR_FILENO, line->data, line->length);
}

void progress_begin(struct progress *progress, uint64_t total_bytes, bool is_wanted)
{
    int64_t start_real_ms = now_real_ms();

    *progress = (struct progress){
        .is_shown = is_wanted && isatty(STDERR_FILENO),
        .total_bytes = total_bytes,
        .start_real_ms = start_real_ms,
        .shown_real_ms = start_real_ms,
    };
    if (progress->is_shown)
        write_line(progress, 0);
}

void progress_show(struct progress *progress, uint64_t done_bytes)
{
    int64_t real_ms;

    if (!progress->is_shown)
        return;
    real_ms = now_real_ms();
    if (real_ms - progress->shown_real_ms < EVERY_REAL_MS)
        return;
    progress->shown_real_ms = real_ms;
    write_line(progress, done_bytes);
}

void progress_end(struct progress *progress)
{
    if (progress->is_shown)
        (void)!write(STDERR_FILENO, LINE_START LINE_END, sizeof LINE_START LINE_END - 1);
    progress->is_shown = false;
    strbuf_release(&progress->line);
}
