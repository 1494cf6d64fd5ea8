/*
 * generate: writes the data set as JSON Lines files, byte for byte what the server serves to the
 * pair of the demo enterprise at the same instant.
 *
 * An entity type's files are EntityType-1.jsonl, -2 and so on, one too: a folder of them can be
 * given to --fixtures as it is. All of them appear together once the last one is complete, or none
 * does; nothing is ever overwritten. Source: interface, sections 3 and 7.
 */
#ifndef APP_GENERATE_H
#define APP_GENERATE_H

#include "base/status.h"
#include "options/settings.h"

/*
 * Writes the files of settings->entity_type, or of every type that the API has at its docs date,
 * to settings->out_dir, which is made if it is not there. A type without rows has no file. Filters
 * count for the types they are for: ledger entries have no UpdatedUtc, others no posting date.
 * Shows the progress on stderr when that is a terminal, and a summary on stdout; neither with -q.
 *
 * STATUS_INVALID, before anything is touched, when the settings ask for what no export can hold;
 * STATUS_CONFLICT when the folder has files of the types already; STATUS_IO when the system
 * refuses. The message is one line that says what to do. A signal that ends the process (SIGINT,
 * SIGTERM, SIGHUP) does so after the incomplete files are removed.
 */
enum status generate(const struct settings *settings, struct error *err) MUST_CHECK;

#endif
