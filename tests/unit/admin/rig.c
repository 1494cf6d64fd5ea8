#include "rig.h"

#include <check.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "contract/revision.h"

struct rig rig;

void rig_start(void)
{
    static const struct lifecycle lifecycle = {
        .pending = {.duration_ms = 2000},
        .processing = {.duration_ms = 5000},
        .kept_ms = 7 * MS_PER_DAY,
    };

    rig_start_with(&lifecycle);
}

void rig_start_with(const struct lifecycle *lifecycle)
{
    struct store_config store_config = {.seed = 1,
                                        .start_ms = RIG_START_MS,
                                        .lifecycle = *lifecycle,
                                        .max_exports = 100000,
                                        .client_rate = {9, 30000},
                                        .access_rate = {7, 10500},
                                        .operation_rate = {5, 1000}};
    struct dataset_config dataset = {.seed = 1, .size = SIZE_TINY, .max_file_bytes = 100000};
    struct api_config api_config = {.local_url = "http://local",
                                    .link_validity_ms = 10 * MS_PER_MINUTE,
                                    .storage = STORAGE_PLAIN};
    struct admin_config config = {.version = "1.2.3",
                                  .journal = &rig.journal,
                                  .metrics = &rig.metrics,
                                  .events = &rig.events,
                                  .announcer = &rig.announcer};
    struct error err;

    for (int i = 0; i < ENTITY_TYPE_COUNT; i++)
        dataset.rows[i] = -1;
    dataset.api_day = day_of_ms(RIG_START_MS);
    api_config.revision = revision_at(dataset.api_day);
    rig = (struct rig){.now_real_ms = 1000, .host = "localhost:8080"};
    rig.store = store_new(&store_config, rig.now_real_ms);
    ck_assert_int_eq(content_new(&dataset, NULL, &rig.content, &err), STATUS_OK);
    api_init(&rig.api, &api_config, rig.store, rig.content);
    admin_init(&rig.admin, &config, &rig.api, rig.now_real_ms);
    http_response_init(&rig.response);
}

void rig_stop(void)
{
    http_response_release(&rig.response);
    journal_release(&rig.journal);
    events_release(&rig.events);
    api_release(&rig.api);
    store_free(rig.store);
    content_free(rig.content);
}

static const char *find_header(void *state, const char *name)
{
    const struct rig *fields = state;

    if (strcasecmp(name, "Host") == 0)
        return fields->host;
    if (strcasecmp(name, "Origin") == 0)
        return fields->origin;
    return strcasecmp(name, "Authorization") == 0 ? fields->authorization : NULL;
}

void ask(const char *method, const char *target, const char *body)
{
    char path[2048];
    char *query;
    struct http_request request = {.method = http_method_of(method),
                                   .method_name = method,
                                   .path = path,
                                   .query = "",
                                   .body = body ? body : "",
                                   .body_length = body ? strlen(body) : 0,
                                   .body_too_large = rig.body_too_large,
                                   .find_header = find_header,
                                   .header_state = &rig};
    struct admin_call call = {&rig.admin,      &request,    &rig.response,
                              rig.now_real_ms, RIG_WALL_MS, {{0}}};

    ck_assert_uint_lt(strlen(target), sizeof path - sizeof "/__admin");
    memcpy(path, "/__admin", sizeof "/__admin");
    memcpy(path + strlen(path), target, strlen(target) + 1);
    query = strchr(path, '?');
    if (query) {
        *query = '\0';
        request.query = query + 1;
    }
    http_response_reset(&rig.response);
    admin_dispatch(&call);
    ck_assert_str_eq(http_response_find_header(&rig.response, "Cache-Control"), "no-store");
    ck_assert_str_eq(http_response_find_header(&rig.response, "Content-Type"),
                     rig.content_type ? rig.content_type : "application/json");
}

void expect(int status, const char *body)
{
    ck_assert_str_eq(strbuf_text(&rig.response.text), body);
    ck_assert_int_eq(rig.response.status, status);
}

void expect_parts(int status, ...)
{
    const char *text = strbuf_text(&rig.response.text), *part;
    va_list parts;

    ck_assert_msg(rig.response.status == status, "%d instead of %d: %s", rig.response.status,
                  status, text);
    va_start(parts, status);
    while ((part = va_arg(parts, const char *)))
        ck_assert_msg(strstr(text, part) != NULL, "no %s in %s", part, text);
    va_end(parts);
}

void check(const char *method, const char *target, const char *body, int status, const char *answer)
{
    ask(method, target, body);
    expect(status, answer);
}

struct export *rig_add(const char *access_token, enum entity_type type)
{
    struct export_request request = {.entity_type = type};
    struct export *export = NULL;
    struct error err;

    ck_assert_int_eq(
        store_sign_in(rig.store, "ClientToken1", access_token, &request.integration, &err),
        STATUS_OK);
    request.scope = request.integration->scope;
    ck_assert_int_eq(store_add_export(rig.store, &request, rig.now_real_ms, &export, &err),
                     STATUS_OK);
    return export;
}

const char *id_text(const struct export *export)
{
    static char texts[4][UUID_LENGTH + 1];
    static unsigned next;
    char *text = texts[next++ % 4];

    uuid_write(text, &export->id);
    return text;
}
