#include "trial/output.h"

#include <errno.h>
#include <string.h>

static enum status refuse(const struct output *output, struct error *err)
{
    return error_set(err, STATUS_IO, output->option, "cannot write %s: %s", output->path,
                     strerror(errno));
}

enum status output_open(struct output *out, const char *option, const char *path, struct error *err)
{
    struct output output = {NULL, option, path};

    if (path) {
        output.file = fopen(path, "we");
        if (!output.file)
            return refuse(&output, err);
    }
    *out = output;
    return STATUS_OK;
}

enum status output_finish(struct output *output, const struct strbuf *text, struct error *err)
{
    enum status status = STATUS_OK;

    if (!output->file)
        return STATUS_OK;
    if (fwrite(text->data, 1, text->length, output->file) < text->length)
        status = refuse(output, err);
    if (fclose(output->file) != 0 && status == STATUS_OK)
        status = refuse(output, err);
    output->file = NULL;
    return status;
}

void output_drop(struct output *output)
{
    if (output->file)
        fclose(output->file);
    output->file = NULL;
}
