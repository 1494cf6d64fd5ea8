/* Readers of what verify compares. */
#include <string.h>

#include "base/excerpt.h"
#include "base/memory.h"
#include "options/value.h"
#include "options/values.h"

#define EXPORTS_MAX 1000

static enum status add_export(const struct option *option, const char *text, size_t length,
                              struct settings *settings, struct error *err)
{
    struct uuid id;

    if (!uuid_read(text, length, &id))
        return error_set(err, STATUS_INVALID, NULL, "%s is not an id: write for example %s",
                         excerpt(text, length).text, value_example(option));
    for (size_t i = 0; i < settings->export_count; i++) {
        if (uuid_equal(&settings->export_ids[i], &id))
            return STATUS_OK;
    }
    if (settings->export_count == EXPORTS_MAX)
        return error_set(err, STATUS_LIMIT, NULL, "%d exports are the most", EXPORTS_MAX);
    settings->export_ids = memory_resize(settings->export_ids, settings->export_count + 1,
                                         sizeof *settings->export_ids);
    settings->export_ids[settings->export_count++] = id;
    return STATUS_OK;
}

/* Ids in commas, or several options: all of them, each once. */
enum status read_export(const struct option *option, const char *text, struct settings *settings,
                        struct error *err)
{
    enum status status = STATUS_OK;

    for (const char *at = text; status == STATUS_OK; at++) {
        size_t length = strcspn(at, ",");

        status = add_export(option, at, length, settings, err);
        at += length;
        if (*at == '\0')
            break;
    }
    return status;
}

enum status read_format(const struct option *option, const char *text, struct settings *settings,
                        struct error *err)
{
    unsigned choice;
    enum status status = value_choice(option, text, &choice, err);

    if (status == STATUS_OK)
        settings->format = (enum report_format)choice;
    return status;
}
