#include "api/api.h"

#include <string.h>

#include "api/api_error.h"
#include "api/file_host.h"
#include "api/operation.h"

/* Source: contract/exports.json, rules.method_path; the short names: interface, section 1. */
static const struct {
    const char *path;
    bool is_short; /* off with --strict */
    void (*answer)(const struct api_call *call);
} operations[] = {
    {"/api/connector/v1/exports/getAll", false, exports_get_all},
    {"/api/connector/v1/exports/add", false, exports_add},
    {"/exports/getAll", true, exports_get_all},
    {"/exports/add", true, exports_add},
};

#define OPERATION_ROUTES (sizeof operations / sizeof *operations)

void api_init(struct api *api, const struct api_config *config, struct store *store,
              struct content *content)
{
    *api = (struct api){.config = *config, .store = store, .content = content};
    link_signer_init(&api->signer, config->storage, config->seed);
}

void api_release(struct api *api)
{
    strbuf_release(&api->base_url);
    strbuf_release(&api->url);
}

/* The address that was probably meant; NULL when nothing is near. */
static const char *meant(const struct api_call *call)
{
    const char *path = call->request->path;
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] == '/')
        length--;
    for (size_t i = 0; i < OPERATION_ROUTES; i++) {
        if (strlen(operations[i].path) == length &&
            strncasecmp(operations[i].path, path, length) == 0 &&
            !(operations[i].is_short && call->api->config.strict))
            return operations[i].path;
    }
    return NULL;
}

/* Source: contract/protocol.json, transport.exact_path: a wrong method is a 404 as well. */
static void refuse_route(const struct api_call *call)
{
    const char *right = meant(call);
    struct error err;

    if (right && strcmp(right, call->request->path) == 0)
        error_set(&err, STATUS_NOT_FOUND, NULL, "%s takes POST only, not %.32s", right,
                  call->request->method_name);
    else if (right)
        error_set(&err, STATUS_NOT_FOUND, NULL,
                  "paths must match exactly, in upper and lower case and without a slash at the "
                  "end: did you mean POST %s?",
                  right);
    else
        error_set(&err, STATUS_NOT_FOUND, NULL,
                  "nothing is at %.128s; this server has POST /api/connector/v1/exports/add, POST "
                  "/api/connector/v1/exports/getAll, the file links that getAll gives, and the "
                  "admin API under /__admin",
                  call->request->path);
    api_refuse(call, MESSAGE_NOT_FOUND, &err);
}

void api_dispatch(struct api_call *call)
{
    const char *path = call->request->path;
    struct uuid export_id;
    uint32_t number;

    for (size_t i = 0; i < OPERATION_ROUTES; i++) {
        if (call->request->method == HTTP_POST && strcmp(operations[i].path, path) == 0 &&
            !(operations[i].is_short && call->api->config.strict)) {
            operations[i].answer(call);
            return;
        }
    }
    if (link_path_read(path, &export_id, &number))
        file_host_answer(call, &export_id, number);
    else
        refuse_route(call);
}
