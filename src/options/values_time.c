/* Readers of time. */
#include <string.h>

#include "base/excerpt.h"
#include "base/parse.h"
#include "core/clock.h"
#include "core/stage.h"
#include "options/value.h"
#include "options/values.h"

enum status read_pending(const struct option *option, const char *text, struct settings *settings,
                         struct error *err)
{
    (void)option;
    return stage_read(text, strlen(text), &settings->lifecycle.pending, err);
}

enum status read_processing(const struct option *option, const char *text,
                            struct settings *settings, struct error *err)
{
    (void)option;
    return stage_read(text, strlen(text), &settings->lifecycle.processing, err);
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
