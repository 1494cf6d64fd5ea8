/*
 * settings: what the command line and the environment say, as values. Everything that is not said
 * has its default.
 */
#ifndef OPTIONS_SETTINGS_H
#define OPTIONS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/storage.h"
#include "base/uuid.h"
#include "core/lifecycle.h"
#include "core/limiter.h"
#include "core/scenario.h"
#include "data/dataset.h"

/* How requests are logged, in the order of --log. */
enum log_format { LOG_TEXT, LOG_JSON, LOG_OFF };

/* From which level on findings of the conduct report make a command fail, in the order of
 * --fail-on. */
enum fail_on { FAIL_ON_ERROR, FAIL_ON_WARNING, FAIL_ON_INFO, FAIL_ON_NEVER };

/* How a report is written. */
enum report_format { REPORT_TEXT, REPORT_JSON, REPORT_JUNIT };

/* The command words, in the order of command_table. */
enum command {
    COMMAND_SERVE,
    COMMAND_RUN,
    COMMAND_CERTIFY,
    COMMAND_GENERATE,
    COMMAND_VERIFY,
    COMMAND_SCENARIOS,
    COMMAND_COUNT
};

struct option;

/* An option as it was given. */
struct given_option {
    const struct option *option;
    const char *value; /* borrowed; NULL: a flag, and it is on */
};

/* Names that were listed; both owned. */
struct name_list {
    char **names;
    size_t count;
};

/*
 * A settings value is made by options_read() and given back by settings_release(). Texts are NULL
 * when not given; they are borrowed from the command line and the environment; public_url, url
 * and the arrays are owned.
 */
struct settings {
    enum command command;
    const char **operands; /* what the command takes besides options, and NULL; owned */
    size_t operand_count;

    /* what the environment and then the command line gave, in their order; owned */
    struct given_option *given;
    size_t given_count;

    /* where to listen and what to tell */
    const char *bind_address;
    uint16_t port;
    const char *ready_file;
    const char *tls_certificate_file; /* both or none */
    const char *tls_key_file;
    bool tls_is_self_signed; /* and no files */
    char *public_url;        /* without a slash at its end */
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
    const char *scenario;            /* a name or a path */
    const char *state_file;          /* where the state is kept; NULL: nowhere */
    struct scenario *scenario_value; /* in its place, set by the program itself; borrowed */

    /* time */
    struct lifecycle lifecycle;
    int64_t link_validity_ms;
    bool has_now; /* else the clock begins at the real time */
    int64_t now_ms;
    double speed;

    /* data */
    const char *fixtures_dir;
    struct dataset_config dataset;

    /* run and certify */
    bool has_timeout; /* else CMD may take as long as it wants */
    int64_t timeout_real_ms;
    size_t jobs; /* certify: scenarios that are run at once */
    enum fail_on fail_on;
    const char *report_file;
    enum report_format report_file_format;
    const char *bundle_file;
    const char *from_file;      /* a bundle to take options and command from */
    bool is_command_of_bundle;  /* operands come from there */
    struct name_list only;      /* names of scenarios and files */
    struct name_list skip;      /* names of scenarios */
    struct name_list scenarios; /* those of --scenario, of which certify takes several */

    /* generate */
    bool has_entity_type; /* else all */
    enum entity_type entity_type;
    const char *out_dir;
    enum pricing pricing;
    bool has_updated_start, has_updated_end; /* both or none */
    int64_t updated_start_ms;
    int64_t updated_end_ms;
    bool has_posting_start, has_posting_end; /* both or none */
    int32_t posting_start_day;
    int32_t posting_end_day;

    /* verify */
    char *url;           /* of the server, without a slash at its end */
    const char *ca_file; /* whom to trust over https; NULL: whom this machine trusts */
    struct uuid *export_ids;
    size_t export_count;
    enum report_format format;
};

/* Frees what the settings own. Nothing to do for settings that are all zero. */
void settings_release(struct settings *settings);

#endif
