/* Readers of what generate writes. */
#include <string.h>

#include "base/parse.h"
#include "options/value.h"
#include "options/values.h"

enum status read_entity_type(const struct option *option, const char *text,
                             struct settings *settings, struct error *err)
{
    bool all = strcmp(text, "all") == 0;
    enum status status =
        all ? STATUS_OK : entity_read(text, strlen(text), &settings->entity_type, err);

    (void)option;
    if (status == STATUS_OK)
        settings->has_entity_type = !all;
    return status;
}

enum status read_out(const struct option *option, const char *text, struct settings *settings,
                     struct error *err)
{
    (void)option;
    (void)err;
    settings->out_dir = text;
    return STATUS_OK;
}

enum status read_pricing(const struct option *option, const char *text, struct settings *settings,
                         struct error *err)
{
    unsigned choice;
    enum status status = value_choice(option, text, &choice, err);

    if (status == STATUS_OK)
        settings->pricing = (enum pricing)choice;
    return status;
}

enum status read_updated_start(const struct option *option, const char *text,
                               struct settings *settings, struct error *err)
{
    enum status status = value_instant(text, &settings->updated_start_ms, err);

    (void)option;
    settings->has_updated_start = settings->has_updated_start || status == STATUS_OK;
    return status;
}

enum status read_updated_end(const struct option *option, const char *text,
                             struct settings *settings, struct error *err)
{
    enum status status = value_instant(text, &settings->updated_end_ms, err);

    (void)option;
    settings->has_updated_end = settings->has_updated_end || status == STATUS_OK;
    return status;
}

enum status read_posting_start(const struct option *option, const char *text,
                               struct settings *settings, struct error *err)
{
    enum status status = parse_date_day(text, strlen(text), &settings->posting_start_day, err);

    (void)option;
    settings->has_posting_start = settings->has_posting_start || status == STATUS_OK;
    return status;
}

enum status read_posting_end(const struct option *option, const char *text,
                             struct settings *settings, struct error *err)
{
    enum status status = parse_date_day(text, strlen(text), &settings->posting_end_day, err);

    (void)option;
    settings->has_posting_end = settings->has_posting_end || status == STATUS_OK;
    return status;
}
