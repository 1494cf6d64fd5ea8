#include "trial/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status refuse(const struct output *output, struct error *err)
{
    return error_set(err, STATUS_IO, output->option, "cannot write %s: %s", output->path,
                     strerror(errno));
}

/* Opens a file without emptying it; below 0 when it cannot be written. */
static int open_as_it_is(const char *path, bool *is_new)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    *is_new = fd >= 0;
    return *is_new || errno != EEXIST ? fd : open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
}

/* Takes away what was in it, where it is a file that holds something. */
static bool empty(FILE *file)
{
    struct stat facts;

    return fstat(fileno(file), &facts) == 0 &&
           (!S_ISREG(facts.st_mode) || ftruncate(fileno(file), 0) == 0);
}

enum status output_open(struct output *out, const char *option, const char *path, struct error *err)
{
    struct output output = {.option = option, .path = path};
    int fd;

    if (path) {
        fd = open_as_it_is(path, &output.is_new);
        output.file = fd < 0 ? NULL : fdopen(fd, "w");
        if (!output.file) {
            enum status status = refuse(&output, err);

            if (fd >= 0)
                close(fd);
            return status;
        }
    }
    *out = output;
    return STATUS_OK;
}

enum status output_finish(struct output *output, const struct strbuf *text, struct error *err)
{
    enum status status = STATUS_OK;

    if (!output->file)
        return STATUS_OK;
    if (!empty(output->file) || fwrite(text->data, 1, text->length, output->file) < text->length)
        status = refuse(output, err);
    if (fclose(output->file) != 0 && status == STATUS_OK)
        status = refuse(output, err);
    output->file = NULL;
    return status;
}

void output_drop(struct output *output)
{
    if (output->file) {
        fclose(output->file);
        if (output->is_new)
            unlink(output->path);
    }
    output->file = NULL;
}
