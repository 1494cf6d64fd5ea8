/*
 * values: the readers of option values, named after their option. Each takes a text that is not
 * empty, writes its part of the settings on success only, and says in err->message what is wrong
 * with the text and what to write instead. Texts are kept by reference.
 */
#ifndef OPTIONS_VALUES_H
#define OPTIONS_VALUES_H

#include "options/option.h"

/* where to listen and what to tell */
option_reader read_port, read_bind, read_ready_file, read_public_url, read_admin_token, read_log;
option_reader read_tls_cert, read_tls_key;

/* the emulated API */
option_reader read_api_date, read_tokens, read_storage, read_rate_limit, read_max_exports;
option_reader read_scenario, read_state;

/* time */
option_reader read_pending, read_processing, read_expires, read_link_validity, read_now, read_speed;

/* data */
option_reader read_seed, read_size, read_rows, read_max_file_size, read_hazards, read_fixtures;

/* run and certify */
option_reader read_jobs, read_timeout, read_fail_on, read_report, read_only, read_skip;
option_reader read_bundle, read_from;

/* generate */
option_reader read_entity_type, read_out, read_pricing;
option_reader read_updated_start, read_updated_end, read_posting_start, read_posting_end;

/* verify */
option_reader read_url, read_ca_file, read_export, read_format;

/* Flags. */
void turn_on_strict(struct settings *settings);          /* --strict */
void turn_on_tls_self_signed(struct settings *settings); /* --tls-self-signed */
void turn_on_verbose(struct settings *settings);         /* -v */
void turn_on_quiet(struct settings *settings);           /* -q */

#endif
