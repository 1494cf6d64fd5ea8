/* Readers of how a client under test is run and judged. */
#include <string.h>

#include "options/value.h"
#include "options/values.h"

/* Each has a server, a client and some descriptors. */
#define MAX_JOBS 64

enum status read_timeout(const struct option *option, const char *text, struct settings *settings,
                         struct error *err)
{
    enum status status = value_duration(option, text, 1, &settings->timeout_real_ms, err);

    settings->has_timeout = settings->has_timeout || status == STATUS_OK;
    return status;
}

enum status read_jobs(const struct option *option, const char *text, struct settings *settings,
                      struct error *err)
{
    uint64_t count;
    enum status status = value_number(option, text, 1, MAX_JOBS, &count, err);

    if (status == STATUS_OK)
        settings->jobs = (size_t)count;
    return status;
}

enum status read_fail_on(const struct option *option, const char *text, struct settings *settings,
                         struct error *err)
{
    unsigned choice;
    enum status status = value_choice(option, text, &choice, err);

    if (status == STATUS_OK)
        settings->fail_on = (enum fail_on)choice;
    return status;
}

/* The format that a file's name ends in. */
static bool find_format(const char *path, enum report_format *out)
{
    static const struct {
        const char *ending;
        enum report_format format;
    } known[] = {{".json", REPORT_JSON}, {".xml", REPORT_JUNIT}, {".txt", REPORT_TEXT}};
    size_t length = strlen(path);

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t ending = strlen(known[i].ending);

        if (length > ending && strcmp(path + length - ending, known[i].ending) == 0) {
            *out = known[i].format;
            return true;
        }
    }
    return false;
}

enum status read_report(const struct option *option, const char *text, struct settings *settings,
                        struct error *err)
{
    enum report_format format;

    if (!find_format(text, &format))
        return value_refuse(option, text, "a name that does not end in .json, .xml or .txt", err);
    settings->report_file = text;
    settings->report_file_format = format;
    return STATUS_OK;
}

enum status read_only(const struct option *option, const char *text, struct settings *settings,
                      struct error *err)
{
    return value_names(option, text, &settings->only, err);
}

enum status read_skip(const struct option *option, const char *text, struct settings *settings,
                      struct error *err)
{
    return value_names(option, text, &settings->skip, err);
}

enum status read_bundle(const struct option *option, const char *text, struct settings *settings,
                        struct error *err)
{
    (void)option;
    (void)err;
    settings->bundle_file = text;
    return STATUS_OK;
}

enum status read_from(const struct option *option, const char *text, struct settings *settings,
                      struct error *err)
{
    (void)option;
    (void)err;
    settings->from_file = text;
    return STATUS_OK;
}
