/*
 * export_report: all that is known of an export: what the API shows, and what it does not.
 */
#ifndef ADMIN_EXPORT_REPORT_H
#define ADMIN_EXPORT_REPORT_H

#include "admin/admin.h"
#include "json/writer.h"

/* An api_call over the same request, to use api/ with. */
struct api_call export_report_call(const struct admin_call *call);

/*
 * Writes an export as an object: Id, Status, EntityType, Scope, Files (each with its downloads),
 * ExpiresUtc, Filters as the API does, then AccessToken and ClientToken (redacted), CreatedUtc,
 * Plan and Transitions. call->api->base_url is set: export_view_begin() was called.
 */
void export_report_write(const struct api_call *call, struct json_writer *writer,
                         struct export *export);

/*
 * Writes the same in short: without Files, Scope and Filters, but with the number of the tenant,
 * and of the files, as far as they are known (else null), their count, bytes, and what was sent.
 */
void export_report_write_brief(struct json_writer *writer, const char *name,
                               const struct store *store, const struct export *export,
                               int64_t now_real_ms);

/* Writes "Downloads" of a file, from 1; the export has so many files. */
void export_report_write_downloads(struct json_writer *writer, const struct export *export,
                                   uint32_t number);

/* Answers the request with an export as export_report_write() shows it. */
void export_report_answer(const struct admin_call *call, struct export *export);

#endif
