#include "scenarios/load.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/whole_file.h"
#include "scenarios/builtin.h"
#include "scenarios/read.h"

#define FILE_MAX_MIB 1

/* Puts the file's name and the place within before the message. */
static void name_file(const char *path, struct error *err)
{
    struct error inner = *err;

    (void)error_set(err, inner.status, NULL, "%s: %s%s%s", path, inner.field,
                    inner.field[0] ? ": " : "", inner.message);
}

enum status scenario_load_file(const char *path, struct scenario **out, struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    enum status status;

    status = whole_file_read(path, FILE_MAX_MIB, &text, err);
    if (status != STATUS_OK)
        goto out;
    status = scenario_read(strbuf_text(&text), text.length, out, err);
    if (status != STATUS_OK)
        name_file(path, err);
out:
    strbuf_release(&text);
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
