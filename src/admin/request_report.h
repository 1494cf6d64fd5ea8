/*
 * request_report: an entry of the journal as callers see it.
 */
#ifndef ADMIN_REQUEST_REPORT_H
#define ADMIN_REQUEST_REPORT_H

#include "core/journal.h"
#include "json/writer.h"

/*
 * Writes an entry as an object. Bodies are written when they are asked for, answers without the
 * signatures of links.
 */
void request_report_write(struct json_writer *writer, const struct journal_entry *entry,
                          bool bodies);

/* The same as the value of a name. */
void request_report_write_named(struct json_writer *writer, const char *name,
                                const struct journal_entry *entry, bool bodies);

#endif
