#include "scenarios/load.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"
#include "scenarios/builtin.h"
#include "scenarios/read.h"

#define FILE_MAX_BYTES ((size_t)1 << 20)

static enum status read_whole(const char *path, FILE *file, struct strbuf *out, struct error *err)
{
    size_t got;

    do {
        strbuf_reserve(out, 1 << 14);
        got = fread(out->data + out->length, 1, 1 << 14, file);
        out->length += got;
    } while (got > 0 && out->length <= FILE_MAX_BYTES);
    if (ferror(file))
        return error_set(err, STATUS_IO, NULL, "cannot read %s: %s", path, strerror(errno));
    if (out->length > FILE_MAX_BYTES)
        return error_set(err, STATUS_LIMIT, NULL, "%s is longer than 1 MiB", path);
    return STATUS_OK;
}

/* Puts the file's name and the place within before the message. */
static void name_file(const char *path, struct error *err)
{
    struct error inner = *err;

    (void)error_set(err, inner.status, NULL, "%s: %s%s%s", path, inner.field,
                    inner.field[0] ? ": " : "", inner.message);
}

static enum status load_open(const char *path, FILE *file, struct scenario **out, struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    enum status status = read_whole(path, file, &text, err);

    if (status == STATUS_OK) {
        status = scenario_read(strbuf_text(&text), text.length, out, err);
        if (status != STATUS_OK)
            name_file(path, err);
    }
    strbuf_release(&text);
    return status;
}

enum status scenario_load_file(const char *path, struct scenario **out, struct error *err)
{
    FILE *file = fopen(path, "re");
    struct error local;
    enum status status;

    if (!file)
        return error_set(err, STATUS_IO, NULL, "cannot read %s: %s", path, strerror(errno));
    status = load_open(path, file, out, err ? err : &local);
    fclose(file);
    return status;
}

/* Without a stat(): what can be opened is a file, too. */
static bool is_file(const char *text)
{
    FILE *file;

    if (strpbrk(text, "/."))
        return true;
    file = fopen(text, "re");
    if (file)
        fclose(file);
    return file != NULL;
}

enum status scenario_load(const char *name_or_path, struct scenario **out, struct error *err)
{
    struct error unknown;
    enum status status = scenario_builtin_find(name_or_path, strlen(name_or_path), out, &unknown);

    if (status == STATUS_OK)
        return status;
    if (status == STATUS_NOT_FOUND && is_file(name_or_path))
        return scenario_load_file(name_or_path, out, err);
    if (err)
        *err = unknown;
    return status;
}
