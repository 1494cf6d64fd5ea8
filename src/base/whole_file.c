#include "base/whole_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define BLOCK_BYTES ((size_t)1 << 14)

static enum status read_open(const char *path, FILE *file, size_t most_mib, struct strbuf *out,
                             struct error *err)
{
    size_t most_bytes = most_mib << 20, begin = out->length, got;

    do {
        strbuf_reserve(out, BLOCK_BYTES);
        got = fread(out->data + out->length, 1, BLOCK_BYTES, file);
        out->length += got;
        out->data[out->length] = '\0';
    } while (got > 0 && out->length - begin <= most_bytes);
    if (ferror(file))
        return error_set(err, STATUS_IO, NULL, "cannot read %s: %s", path, strerror(errno));
    if (out->length - begin > most_bytes)
        return error_set(err, STATUS_LIMIT, NULL, "%s is longer than %zu MiB", path, most_mib);
    return STATUS_OK;
}

enum status whole_file_read(const char *path, size_t most_mib, struct strbuf *out,
                            struct error *err)
{
    FILE *file = fopen(path, "re");
    enum status status;

    if (!file)
        return error_set(err, STATUS_IO, NULL, "cannot read %s: %s", path, strerror(errno));
    status = read_open(path, file, most_mib, out, err);
    fclose(file);
    return status;
}
