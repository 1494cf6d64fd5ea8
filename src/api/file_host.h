/*
 * file_host: serves the files of exports to whoever has a link, as an object store does.
 */
#ifndef API_FILE_HOST_H
#define API_FILE_HOST_H

#include "api/api.h"

/*
 * Answers a request for file number (from 1) of an export. Refusals are those of the kind of
 * storage (storage.h). Source: interface, section 1; contract/README.md, "expired or stale file
 * URL".
 */
void file_host_answer(const struct api_call *call, const struct uuid *export_id, uint32_t number);

/* Notes what was sent of a file, for the admin API. */
void file_host_completed(struct api *api, const struct http_completion *completion);

#endif
