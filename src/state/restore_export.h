/*
 * restore_export: records of exports, and of what was fetched of their files.
 */
#ifndef STATE_RESTORE_EXPORT_H
#define STATE_RESTORE_EXPORT_H

#include "core/store.h"
#include "json/reader.h"
#include "state/numbered.h"

/* Puts an export back, in the place of the one with its id if there is one. */
enum status restore_export_read(struct store *store, const struct numbered *numbered,
                                const struct json_object *object, struct error *err) MUST_CHECK;

/* Puts the counts of a file back; an export that is not there has none. */
enum status restore_file_read(struct store *store, const struct json_object *object,
                              struct error *err) MUST_CHECK;

#endif
