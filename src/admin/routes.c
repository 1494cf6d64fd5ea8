#include "admin/routes.h"

#include <string.h>

#include "admin/answer.h"
#include "admin/guard.h"
#include "admin/query.h"
#include "admin/request_query.h"
#include "admin/subject.h"
#include "base/excerpt.h"
#include "base/nearest.h"
#include "console/console.h"

/* Most query parameters of one endpoint. */
#define QUERY_PARAMETERS_MAX 8

static const struct admin_route routes[] = {
    {HTTP_GET, "/__admin/health", admin_health, .is_open = true},
    {HTTP_POST, "/__admin/reset", admin_reset},
    {HTTP_GET, "/__admin/clock", admin_clock_get},
    {HTTP_PUT, "/__admin/clock", admin_clock_put},
    {HTTP_POST, "/__admin/clock/advance", admin_clock_advance},
    {HTTP_GET, "/__admin/conduct", admin_conduct},
    {HTTP_GET, "/__admin/events", admin_events},
    {HTTP_GET, "/__admin/about", admin_about},
    {HTTP_GET, "/__admin/tenants", admin_tenants},
    {HTTP_GET, "/__admin/certificate", admin_certificate, .is_open = true},
    {HTTP_GET, "/__admin/openapi.json", admin_openapi},
    {HTTP_GET, "/__admin/exports", admin_exports_list, .query_parameters = admin_exports_query},
    {HTTP_POST, "/__admin/exports", admin_exports_plant},
    {HTTP_GET, "/__admin/exports/{id}", admin_exports_get},
    {HTTP_GET, "/__admin/exports/{id}/rows", admin_exports_rows,
     .query_parameters = admin_rows_query},
    {HTTP_PUT, "/__admin/exports/{id}/state", admin_exports_put_state},
    {HTTP_GET, "/__admin/scenario", admin_scenario_get},
    {HTTP_PUT, "/__admin/scenario", admin_scenario_put},
    {HTTP_DELETE, "/__admin/scenario", admin_scenario_delete},
    {HTTP_GET, "/__admin/scenarios", admin_scenarios_list},
    {HTTP_GET, "/__admin/limits", admin_limits, .query_parameters = admin_limits_query},
    {HTTP_GET, "/__admin/metrics", admin_metrics},
    {HTTP_GET, "/__admin/requests", admin_requests_list, .query_parameters = request_query_all},
    {HTTP_DELETE, "/__admin/requests", admin_requests_delete},
    {HTTP_GET, "/__admin/requests/count", admin_requests_count,
     .query_parameters = request_query_filters},
    {HTTP_POST, "/__admin/requests/find", admin_requests_find},
};

#define ROUTE_COUNT (sizeof routes / sizeof *routes)

static const char *const method_names[] = {
    [HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD",     [HTTP_POST] = "POST",
    [HTTP_PUT] = "PUT", [HTTP_DELETE] = "DELETE",
};

void admin_init(struct admin *admin, const struct admin_config *config, struct api *api,
                int64_t now_real_ms)
{
    *admin = (struct admin){.config = *config, .api = api, .started_real_ms = now_real_ms};
}

/* True when the path is the pattern's; notes the segment at {id}. */
static bool matches(struct admin_call *call, const char *pattern)
{
    const char *path = call->request->path;
    size_t before = strcspn(pattern, "{"), length;

    if (pattern[before] == '\0')
        return strcmp(path, pattern) == 0;
    if (strncmp(path, pattern, before) != 0)
        return false;
    length = strcspn(path + before, "/");
    if (length == 0 || strcmp(path + before + length, pattern + before + strlen("{id}")) != 0)
        return false;
    call->id = path + before;
    call->id_length = length;
    return true;
}

/* Appends the paths of all routes, each once; a path's methods stand together in the table. */
static void list_paths(struct strbuf *out)
{
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        if (i == 0 || strcmp(routes[i].path, routes[i - 1].path) != 0)
            strbuf_appendf(out, "%s%s", i ? ", " : "", routes[i].path);
    }
}

static void refuse_path(const struct admin_call *call)
{
    const char *paths[ROUTE_COUNT], *path = call->request->path, *nearest;
    struct strbuf details = STRBUF_INIT;

    for (size_t i = 0; i < ROUTE_COUNT; i++)
        paths[i] = routes[i].path;
    nearest = nearest_name(path, paths, ROUTE_COUNT);
    strbuf_appendf(&details, "nothing is at %s; ", excerpt(path, strlen(path)).text);
    if (nearest) {
        strbuf_appendf(&details, "did you mean %s?", nearest);
    } else {
        strbuf_append_text(&details, "there are ");
        list_paths(&details);
    }
    admin_refuse_with(call, 404, "", strbuf_text(&details));
    strbuf_release(&details);
}

/* The path is there, but not for this method. */
static void refuse_method(struct admin_call *call)
{
    struct strbuf allowed = STRBUF_INIT;
    struct error err;

    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        if (matches(call, routes[i].path))
            strbuf_appendf(&allowed, "%s%s%s", allowed.length ? ", " : "",
                           method_names[routes[i].method],
                           routes[i].method == HTTP_GET ? ", HEAD" : "");
    }
    error_set(&err, STATUS_INVALID, NULL, "this path takes %s, not %s", strbuf_text(&allowed),
              excerpt(call->request->method_name, strlen(call->request->method_name)).text);
    http_response_header(call->response, "Allow", "%s", strbuf_text(&allowed));
    admin_refuse_as(call, 405, &err);
    strbuf_release(&allowed);
}

/* The route of the request, or NULL; *path_is_known: it would have one by another method. */
static const struct admin_route *find_route(struct admin_call *call, bool *path_is_known)
{
    enum http_method method = call->request->method == HTTP_HEAD ? HTTP_GET : call->request->method;

    *path_is_known = false;
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        if (!matches(call, routes[i].path))
            continue;
        *path_is_known = true;
        if (routes[i].method == method)
            return &routes[i];
    }
    return NULL;
}

static enum status check_query(const struct admin_call *call, const struct admin_route *route,
                               struct error *err)
{
    const char *known[QUERY_PARAMETERS_MAX] = {"accessToken"};
    size_t count = 1;

    for (const char *const *name = route->query_parameters; name && *name; name++)
        known[count++] = *name;
    return query_check_names(call->request->query, known, count, err);
}

static void answer_route(struct admin_call *call, const struct admin_route *route)
{
    struct strbuf access_token = STRBUF_INIT;
    struct error err;

    if (call->request->body_too_large) {
        error_set(&err, STATUS_LIMIT, NULL, "no endpoint of the admin API takes a body this large");
        admin_refuse_as(call, 413, &err);
    } else if (check_query(call, route, &err) != STATUS_OK ||
               subject_read(call, &access_token, &err) != STATUS_OK) {
        admin_refuse(call, &err);
    } else {
        route->answer(call);
    }
    strbuf_release(&access_token);
}

/* The console's files are for everybody: they hold no data. False when none of them is asked for.
 */
static bool answer_page(const struct admin_call *call)
{
    const struct console_file *file = console_find(call->request->path);

    if (!file || (call->request->method != HTTP_GET && call->request->method != HTTP_HEAD))
        return false;
    if (guard_admits(call, true))
        console_answer(call->request, call->response, file);
    return true;
}

void admin_dispatch(struct admin_call *call)
{
    const struct admin_route *route;
    bool path_is_known;

    call->id = call->access_token = NULL;
    call->id_length = 0;
    call->tenant = NULL;
    if (answer_page(call))
        return;
    http_response_header(call->response, "Cache-Control", "no-store");
    route = find_route(call, &path_is_known);
    if (!guard_admits(call, route && route->is_open))
        return;
    if (route)
        answer_route(call, route);
    else if (path_is_known)
        refuse_method(call);
    else
        refuse_path(call);
}
