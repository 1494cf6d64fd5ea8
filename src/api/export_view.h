/*
 * export_view: an export as the API shows it, and the files it has.
 */
#ifndef API_EXPORT_VIEW_H
#define API_EXPORT_VIEW_H

#include "api/api.h"
#include "json/writer.h"

/*
 * The files of an export, worked out when it is first looked at after it became Success; NULL
 * while and when it has none. Owned by the export. Content is as of its creation.
 * Source: contract/README.md, "rows changed while the export runs".
 */
struct export_files *export_view_files(const struct api *api, struct export *export,
                                       int64_t now_real_ms);

/* What the data set is asked for to make the export's rows; borrows from the export. */
struct dataset_query export_view_query(const struct export *export);

/*
 * Makes the base of the request's file links, scheme and host without a slash at the end, in
 * api->base_url. To be called before export_view_write().
 */
void export_view_begin(const struct api_call *call);

/*
 * Writes the properties of the API's Export object in a state, in the order of the docs, into an
 * object that is open. Source: contract/exports.json, objects.Export.
 */
void export_view_write(const struct api_call *call, struct json_writer *writer,
                       struct export *export, enum export_state state);

/*
 * Writes Url and SizeInBytes of file index (from 0) of the export's files, into an object that is
 * open. Source: contract/exports.json, objects.ExportFileEntry.
 */
void export_view_write_file(const struct api_call *call, struct json_writer *writer,
                            const struct export *export, uint32_t index);

/* Writes Scope and Filters as the answer echoes them; null where they are. */
void export_view_write_scope(struct json_writer *writer, const struct export *export);
void export_view_write_filters(struct json_writer *writer, const struct export *export,
                               const struct revision *revision);

#endif
