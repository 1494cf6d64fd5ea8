/* Readers of the emulated API. */
#include <string.h>

#include "base/excerpt.h"
#include "base/parse.h"
#include "contract/revision.h"
#include "options/value.h"
#include "options/values.h"

#define MAX_EXPORTS UINT64_C(10000000)

enum status read_api_date(const struct option *option, const char *text, struct settings *settings,
                          struct error *err)
{
    int32_t day;
    enum status status = parse_date_day(text, strlen(text), &day, err);

    if (status != STATUS_OK)
        return status;
    if (day < REVISION_FIRST_DAY)
        return value_refuse(option, text, "before 2023-10-26, when exports were first documented",
                            err);
    settings->api_day = day;
    settings->dataset.api_day = day;
    return STATUS_OK;
}

enum status read_tokens(const struct option *option, const char *text, struct settings *settings,
                        struct error *err)
{
    (void)option;
    (void)err;
    settings->tokens_file = text;
    return STATUS_OK;
}

enum status read_state(const struct option *option, const char *text, struct settings *settings,
                       struct error *err)
{
    (void)option;
    (void)err;
    settings->state_file = text;
    return STATUS_OK;
}

enum status read_storage(const struct option *option, const char *text, struct settings *settings,
                         struct error *err)
{
    unsigned choice;
    enum status status = value_choice(option, text, &choice, err);

    if (status == STATUS_OK)
        settings->storage = (enum storage_kind)choice;
    return status;
}

/* Reads N/DURATION. */
static enum status read_rate(const struct option *option, const char *text, struct rate *out,
                             struct error *err)
{
    const char *slash = strchr(text, '/');
    int64_t window_ms;
    uint64_t requests;
    enum status status;

    if (!slash)
        return value_refuse(option, text, "neither N/DURATION nor off", err);
    if (!parse_u64(text, (size_t)(slash - text), &requests) || requests == 0 ||
        requests > RATE_REQUESTS_MAX)
        return error_set(err, STATUS_INVALID, NULL,
                         "%s does not begin with a number from 1 to 1000000000: write for example "
                         "%s or off",
                         excerpt(text, strlen(text)).text, value_example(option));
    status = parse_duration_ms(slash + 1, strlen(slash + 1), &window_ms, err);
    if (status != STATUS_OK)
        return status;
    if (window_ms == 0)
        return value_refuse(option, text, "a limit without time", err);
    *out = (struct rate){.requests = (uint32_t)requests, .window_ms = window_ms};
    return STATUS_OK;
}

enum status read_rate_limit(const struct option *option, const char *text,
                            struct settings *settings, struct error *err)
{
    struct rate rate = {.requests = 0};
    enum status status = strcmp(text, "off") == 0 ? STATUS_OK : read_rate(option, text, &rate, err);

    if (status != STATUS_OK)
        return status;
    settings->has_rate_limit = true;
    settings->rate_limit = rate;
    return STATUS_OK;
}

enum status read_max_exports(const struct option *option, const char *text,
                             struct settings *settings, struct error *err)
{
    uint64_t count;
    enum status status = value_number(option, text, 1, MAX_EXPORTS, &count, err);

    if (status == STATUS_OK)
        settings->max_exports = (size_t)count;
    return status;
}

/* Whether there is such a scenario is found out when the server starts; certify takes several. */
enum status read_scenario(const struct option *option, const char *text, struct settings *settings,
                          struct error *err)
{
    (void)option;
    settings->scenario = text;
    if (settings->command != COMMAND_CERTIFY)
        return STATUS_OK;
    return value_add_name(&settings->scenarios, text, strlen(text), err);
}

void turn_on_strict(struct settings *settings)
{
    settings->strict = true;
}
