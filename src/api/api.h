/*
 * api: the emulated API and its file host. One file for each operation; routes.c has the table.
 */
#ifndef API_API_H
#define API_API_H

#include <stdbool.h>
#include <stdint.h>

#include "api/link.h"
#include "base/uuid.h"
#include "content/content.h"
#include "contract/revision.h"
#include "core/note.h"
#include "core/store.h"
#include "http/request.h"
#include "http/response.h"

struct api_config {
    const struct revision *revision; /* of the docs: what is accepted and answered */
    bool strict;                     /* no Details, unknown properties refused, no short routes */
    const char *public_url; /* scheme and host of file links; NULL: from the request's Host */
    const char *local_url;  /* what to take when there is no usable Host */
    int64_t link_validity_ms;
    enum storage_kind storage;
    uint64_t seed; /* of the links' signatures */
};

/* The API and what it works on; store and content are borrowed. */
struct api {
    struct api_config config;
    struct store *store;
    struct content *content;
    struct link_signer signer;
    struct strbuf base_url; /* of the links of the request at hand */
    struct strbuf url;      /* the link at hand */
    int64_t size_off_by;    /* of the SizeInBytes of the request at hand, by a fault */
    uint64_t get_all_count; /* numbers the getAll requests, see struct export's mark */
};

/* One request on its way; everything is borrowed for the time of the call. */
struct api_call {
    struct api *api;
    const struct http_request *request;
    struct http_response *response;
    int64_t now_real_ms;
    struct uuid request_id;    /* also in Request-Id */
    struct request_note *note; /* NULL: nobody wants to know */
};

/* Makes an API; texts of config stay borrowed. */
void api_init(struct api *api, const struct api_config *config, struct store *store,
              struct content *content);
void api_release(struct api *api);

/* Answers a request that is not for the admin API: an operation, a file, or 404. */
void api_dispatch(struct api_call *call);

#endif
