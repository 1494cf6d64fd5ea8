/*
 * settings: what the command line and the environment say, as values. Everything that is not said
 * has its default. Owned texts live as long as the settings.
 */
#ifndef OPTIONS_SETTINGS_H
#define OPTIONS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/storage.h"
#include "core/lifecycle.h"
#include "core/limiter.h"
#include "data/dataset.h"

enum log_format { LOG_TEXT, LOG_JSON, LOG_OFF };

enum command { COMMAND_SERVE, COMMAND_GENERATE, COMMAND_COUNT };

/* A settings value is made by options_read(); texts are NULL when not given. */
struct settings {
    enum command command;

    /* where to listen and what to tell */
    const char *bind_address;
    uint16_t port;
    const char *ready_file;
    const char *public_url; /* without a slash at its end */
    const char *admin_token; /* NULL: none is needed; "none" was given: network_is_trusted */
    bool network_is_trusted;
    enum log_format log_format;
    int verbosity; /* -1: -q, 0, 1: -v */

    /* the emulated API */
    int32_t api_day;
    bool strict;
    const char *tokens_file;
    enum storage_kind storage;
    bool has_rate_limit; /* else the documented one; rate_limit.requests 0: off */
    struct rate rate_limit;
    size_t max_exports;

    /* time */
    struct lifecycle lifecycle;
    int64_t link_validity_ms;
    bool has_now; /* else the clock begins at the real time */
    int64_t now_ms;
    double speed;

    /* data */
    const char *fixtures_dir;
    struct dataset_config dataset;

    /* generate */
    bool has_entity_type; /* else all */
    enum entity_type entity_type;
    const char *out_dir;
    enum pricing pricing;
};

#endif
