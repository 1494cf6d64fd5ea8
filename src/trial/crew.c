#include "trial/crew.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "trial/parcel.h"

/* A process at work. */
struct worker {
    pid_t pid;
    size_t index; /* of its cell */
    int fd;       /* what it has to say comes from here */
    FILE *output; /* what its client wrote; NULL: it went to stderr as it came */
    struct strbuf parcel;
};

struct crew {
    const struct crew_config *config;
    struct cell *cells;
    bool *is_done;
    struct worker *workers; /* owned; at work */
    size_t worker_count;
    size_t begun_count, done_count;
    int interruption;
    enum status status;
    struct error *err;
};

/* The worker's part: fills its cell and says so. Never returns. */
static void work(const struct crew *crew, size_t index, int out_fd)
{
    struct parcel parcel = {.status = STATUS_OK};
    struct strbuf text = STRBUF_INIT;
    size_t at = 0;

    parcel.status = crew->config->work(crew->config->context, index, &parcel.cell,
                                       &parcel.interruption, &parcel.err);
    fflush(stderr);
    parcel_write(&text, &parcel);
    while (at < text.length) {
        ssize_t written = write(out_fd, text.data + at, text.length - at);

        if (written < 0 && errno != EINTR)
            _exit(EXIT_FAILURE);
        at += written > 0 ? (size_t)written : 0;
    }
    _exit(EXIT_SUCCESS);
}

static enum status fail(const char *what, struct error *err)
{
    return error_set(err, STATUS_IO, NULL, "cannot %s: %s", what, strerror(errno));
}

static void close_output(struct worker *worker)
{
    if (worker->output)
        fclose(worker->output);
}

/* Starts a process for the next cell. */
static enum status begin(struct crew *crew)
{
    struct worker worker = {.index = crew->begun_count};
    bool is_live = crew->config->jobs == 1;
    int ends[2];

    if (!is_live && !(worker.output = tmpfile()))
        return fail("make a temporary file", crew->err);
    if (pipe2(ends, O_CLOEXEC) != 0) {
        close_output(&worker);
        return fail("make a pipe", crew->err);
    }
    if (is_live)
        crew->config->tell(crew->config->context, worker.index, worker.index + 1);
    fflush(NULL);
    worker.pid = fork();
    if (worker.pid == 0) {
        if (worker.output && dup2(fileno(worker.output), STDERR_FILENO) < 0)
            _exit(EXIT_FAILURE);
        work(crew, worker.index, ends[1]);
    }
    close(ends[1]);
    worker.fd = ends[0];
    if (worker.pid < 0) {
        close(ends[0]);
        close_output(&worker);
        return fail("start a process", crew->err);
    }
    crew->workers[crew->worker_count++] = worker;
    crew->begun_count++;
    return STATUS_OK;
}

/* Shows what a client wrote. */
static void show(FILE *output)
{
    char piece[16384];
    size_t length;

    rewind(output);
    while ((length = fread(piece, 1, sizeof piece, output)) > 0)
        fwrite(piece, 1, length, stderr);
    fflush(stderr);
}

/* Takes what a worker said; STATUS_IO when it died before it was ready. */
static enum status take(struct crew *crew, const struct worker *worker)
{
    struct parcel parcel;

    if (!parcel_read(&worker->parcel, &parcel))
        return error_set(crew->err, STATUS_IO, NULL,
                         "a process of the certification ended before its time");
    if (parcel.interruption && !crew->interruption)
        crew->interruption = parcel.interruption;
    if (parcel.status != STATUS_OK || parcel.interruption) {
        cell_release(&parcel.cell);
        if (parcel.status != STATUS_OK)
            *crew->err = parcel.err;
        return parcel.status;
    }
    crew->cells[worker->index] = parcel.cell;
    crew->is_done[worker->index] = true;
    crew->done_count++;
    return STATUS_OK;
}

/* A worker is over. */
static void end(struct crew *crew, size_t place)
{
    struct worker worker = crew->workers[place];
    enum status status;

    close(worker.fd);
    while (waitpid(worker.pid, NULL, 0) < 0 && errno == EINTR)
        ;
    status = take(crew, &worker);
    if (status != STATUS_OK && crew->status == STATUS_OK)
        crew->status = status;
    if (worker.output && status == STATUS_OK) {
        crew->config->tell(crew->config->context, worker.index, crew->done_count);
        show(worker.output);
    }
    close_output(&worker);
    strbuf_release(&worker.parcel);
    crew->workers[place] = crew->workers[--crew->worker_count];
}

/* Reads what a worker has to say; true when that was all. */
static bool listen_to(struct worker *worker)
{
    ssize_t length;

    strbuf_reserve(&worker->parcel, 1 << 16);
    length = read(worker->fd, worker->parcel.data + worker->parcel.length, 1 << 16);
    if (length > 0)
        worker->parcel.length += (size_t)length;
    return length == 0 || (length < 0 && errno != EINTR);
}

/* Keys of the terminal reach the workers by themselves. */
static void pass_on(struct crew *crew)
{
    struct signal_event event;

    while (signals_next(crew->config->signals, &event)) {
        if (event.number == SIGCHLD || event.number == SIGALRM)
            continue;
        if (event.number != SIGUSR1 && event.number != SIGUSR2)
            crew->interruption = event.number;
        for (size_t i = 0; i < crew->worker_count && !event.is_of_terminal; i++)
            kill(crew->workers[i].pid, event.number);
    }
}

/* Waits until something is to be read, and reads it. */
static void turn(struct crew *crew, struct pollfd *polled)
{
    size_t count = crew->worker_count;

    for (size_t i = 0; i < count; i++)
        polled[i] = (struct pollfd){.fd = crew->workers[i].fd, .events = POLLIN};
    polled[count] = (struct pollfd){.fd = crew->config->signals->fd, .events = POLLIN};
    if (poll(polled, count + 1, -1) < 0)
        return;
    if (polled[count].revents)
        pass_on(crew);
    for (size_t i = count; i-- > 0;) {
        if (polled[i].revents && listen_to(&crew->workers[i]))
            end(crew, i);
    }
}

enum status crew_run(const struct crew_config *config, struct cell *cells, bool *is_done,
                     int *interruption, struct error *err)
{
    struct crew crew = {.config = config,
                        .cells = cells,
                        .is_done = is_done,
                        .workers = memory_new(config->jobs * sizeof(struct worker)),
                        .status = STATUS_OK,
                        .err = err};
    struct pollfd *polled = memory_new((config->jobs + 1) * sizeof *polled);

    do {
        while (crew.status == STATUS_OK && !crew.interruption && crew.worker_count < config->jobs &&
               crew.begun_count < config->count)
            crew.status = begin(&crew);
        if (crew.worker_count)
            turn(&crew, polled);
    } while (crew.worker_count ||
             (crew.status == STATUS_OK && !crew.interruption && crew.begun_count < config->count));
    free(crew.workers);
    free(polled);
    *interruption = crew.interruption;
    return crew.status;
}
