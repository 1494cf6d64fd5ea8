/* Readers of time. */
#include <string.h>

#include "base/excerpt.h"
#include "base/parse.h"
#include "core/clock.h"
#include "options/value.h"
#include "options/values.h"

#define POLLS_MAX UINT64_C(1000000)

/* The bytes before " polls" or " poll"; 0 when text does not end so. */
static size_t length_before_polls(const char *text)
{
    static const char *const endings[] = {"polls", "poll"};
    size_t length = strlen(text);

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t ending = strlen(endings[i]);

        if (length <= ending || strcmp(text + length - ending, endings[i]) != 0)
            continue;
        length -= ending;
        while (length > 0 && text[length - 1] == ' ')
            length--;
        return length;
    }
    return 0;
}

/* Reads a duration or a number of polls. Source: interface, section 2. */
static enum status read_stage(const char *text, struct stage *out, struct error *err)
{
    size_t length = length_before_polls(text);
    struct stage stage = {.polls = 0};
    uint64_t polls;
    enum status status;

    if (length > 0) {
        if (!parse_u64(text, length, &polls) || polls == 0 || polls > POLLS_MAX)
            return error_set(err, STATUS_INVALID, NULL,
                             "%s is not a number of polls from 1 to 1000000: write for example "
                             "\"2 polls\"",
                             excerpt(text, strlen(text)).text);
        stage.polls = (uint32_t)polls;
    } else {
        status = parse_duration_ms(text, strlen(text), &stage.duration_ms, err);
        if (status != STATUS_OK)
            return error_set(err, STATUS_INVALID, NULL,
                             "%s is neither a duration nor a number of polls: write for example "
                             "250ms, 2s, 10m, PT10M or \"2 polls\"",
                             excerpt(text, strlen(text)).text);
    }
    *out = stage;
    return STATUS_OK;
}

enum status read_pending(const struct option *option, const char *text, struct settings *settings,
                         struct error *err)
{
    (void)option;
    return read_stage(text, &settings->lifecycle.pending, err);
}

enum status read_processing(const struct option *option, const char *text,
                            struct settings *settings, struct error *err)
{
    (void)option;
    return read_stage(text, &settings->lifecycle.processing, err);
}

enum status read_expires(const struct option *option, const char *text, struct settings *settings,
                         struct error *err)
{
    return value_duration(option, text, 0, &settings->lifecycle.kept_ms, err);
}

enum status read_link_validity(const struct option *option, const char *text,
                               struct settings *settings, struct error *err)
{
    return value_duration(option, text, 1, &settings->link_validity_ms, err);
}

enum status read_now(const struct option *option, const char *text, struct settings *settings,
                     struct error *err)
{
    enum status status = value_instant(text, &settings->now_ms, err);

    (void)option;
    settings->has_now = settings->has_now || status == STATUS_OK;
    return status;
}

enum status read_speed(const struct option *option, const char *text, struct settings *settings,
                       struct error *err)
{
    double speed;

    (void)option;
    if (!parse_decimal(text, strlen(text), &speed) || speed > CLOCK_MAX_SPEED)
        return error_set(err, STATUS_INVALID, NULL,
                         "%s is not a number from 0 to 1000000000: write for example 1, 0.5 or 60",
                         excerpt(text, strlen(text)).text);
    settings->speed = speed;
    return STATUS_OK;
}
