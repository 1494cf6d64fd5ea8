#include "app/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/admin.h"
#include "admin/answer.h"
#include "api/api.h"
#include "api/api_error.h"
#include "api/file_host.h"
#include "app/judge.h"
#include "app/kept.h"
#include "app/log.h"
#include "app/record.h"
#include "app/tell.h"
#include "app/tokens.h"
#include "base/memory.h"
#include "base/rng.h"
#include "console/console.h"
#include "contract/demo.h"
#include "core/restore.h"
#include "scenarios/builtin.h"
#include "scenarios/load.h"
#include "state/state.h"

/* Streams of the seed. */
#define STREAM_REQUEST UINT64_C(0x72657175657374)
#define STREAM_ADMIN   UINT64_C(0x61646d696e)

#define ADMIN_PREFIX "/__admin"

struct app {
    const struct settings *settings;
    char *local_url;
    struct store *store;
    struct state *state; /* NULL: nothing is kept */
    struct content *content;
    struct api api;
    struct admin admin;
    struct log log;
    struct recorder recorder;
    struct metrics metrics;
    struct token_pair pair; /* that works; borrowed from the store */
    struct events events;
    struct announcer announcer;
    struct request_note note; /* of the request at hand */
    uint64_t request_count;   /* not counting those of the admin API */
    uint64_t admin_count;
};

/* The limits of the docs date, or the one that was given. */
static void choose_rates(const struct settings *settings, const struct revision *revision,
                         struct store_config *config)
{
    if (settings->has_rate_limit) {
        config->access_rate = settings->rate_limit;
        return;
    }
    config->client_rate = revision->client_rate;
    config->access_rate = revision->access_rate;
    config->operation_rate = revision->operation_rate;
}

/* *out is NULL when no scenario was asked for. */
static enum status load_scenario(const struct settings *settings, struct scenario **out,
                                 struct error *err)
{
    struct error reason;
    enum status status;

    *out = NULL;
    if (settings->scenario_value)
        *out = scenario_ref(settings->scenario_value);
    if (settings->scenario_value || !settings->scenario)
        return STATUS_OK;
    status = scenario_load(settings->scenario, out, &reason);
    if (status != STATUS_OK)
        return error_set(err, status, "--scenario", "%s", reason.message);
    return STATUS_OK;
}

static enum status make_store(struct app *app, const struct revision *revision, struct moment now,
                              struct error *err)
{
    const struct settings *settings = app->settings;
    struct store_config config = {
        .seed = settings->dataset.seed,
        .start_ms = settings->has_now ? settings->now_ms : now.wall_ms,
        .speed = settings->speed,
        .follows_wall = !settings->has_now && settings->speed == 1,
        .lifecycle = settings->lifecycle,
        .max_exports = settings->max_exports,
        .only_known = settings->tokens_file != NULL,
        .pricing = PRICING_GROSS,
        .find_scenario = scenario_builtin_find,
    };
    enum status status = load_scenario(settings, &config.scenario, err);

    if (status != STATUS_OK)
        return status;
    choose_rates(settings, revision, &config);
    app->store = store_new(&config, now.real_ms);
    scenario_unref(config.scenario);
    return STATUS_OK;
}

static enum status add_tokens(struct app *app, struct error *err)
{
    const struct demo_pair *demo = demo_pair_at(0);
    struct integration *first = NULL;
    enum status status;

    app->pair = (struct token_pair){demo->client_token, demo->access_token};
    if (!app->settings->tokens_file)
        return tokens_add_demo(app->store, err);
    status = tokens_add_file(app->store, app->settings->tokens_file, &first, err);
    app->pair = first ? (struct token_pair){first->client->token, first->tenant->access_token}
                      : (struct token_pair){"", ""};
    return status;
}

/* Tells that a process was killed while it wrote: nothing that was answered is lost. */
static void tell_cut(const struct app *app)
{
    uint64_t cut_bytes = state_cut_bytes(app->state);

    if (cut_bytes && app->settings->log_format != LOG_OFF && app->settings->verbosity >= 0)
        fprintf(stderr,
                "exports-mock: --state: cut off the last %llu bytes of %s, a change that was not "
                "finished\n",
                (unsigned long long)cut_bytes, app->settings->state_file);
}

/* Goes on with the state file, if there is to be one. */
static enum status open_state(struct app *app, struct moment now, struct error *err)
{
    const struct settings *settings = app->settings;
    struct kept *kept;
    struct state_config config = {.path = settings->state_file,
                                  .store = app->store,
                                  .wall_ms = now.wall_ms,
                                  .now_real_ms = now.real_ms};
    enum status status;

    if (!settings->state_file)
        return STATUS_OK;
    kept = memory_new(sizeof *kept);
    kept_fill(kept, settings, VERSION, restore_first_scenario(app->store));
    config.header = &kept->header;
    status = state_open(&config, &app->state, err);
    free(kept);
    if (status == STATUS_OK)
        tell_cut(app);
    return status;
}

static void init_api(struct app *app, const struct revision *revision)
{
    const struct settings *settings = app->settings;
    struct api_config config = {
        .revision = revision,
        .strict = settings->strict,
        .public_url = settings->public_url,
        .local_url = app->local_url,
        .link_validity_ms = settings->link_validity_ms,
        .storage = settings->storage,
        .seed = settings->dataset.seed,
    };

    api_init(&app->api, &config, app->store, app->content);
}

static void init_admin(struct app *app, struct moment now)
{
    const struct settings *settings = app->settings;
    struct admin_config config = {
        .version = VERSION,
        .token = settings->admin_token,
        .network_is_trusted = settings->network_is_trusted,
        .bind_address = settings->bind_address,
        .has_start = settings->has_now,
        .start_ms = settings->now_ms,
        .journal = &app->recorder.journal,
        .metrics = &app->metrics,
        .events = &app->events,
        .announcer = &app->announcer,
    };

    admin_init(&app->admin, &config, &app->api, now.real_ms);
}

/* Where nothing is logged unless asked for, --verbose asks. */
static enum log_format log_format_of(const struct settings *settings)
{
    bool is_wanted = settings->command != COMMAND_SERVE && settings->verbosity > 0;

    return settings->log_format == LOG_OFF && is_wanted ? LOG_TEXT : settings->log_format;
}

enum status app_new(const struct settings *settings, const char *local_url, struct moment now,
                    struct app **out, struct error *err)
{
    const struct revision *revision = revision_at(settings->api_day);
    struct app *app = memory_new(sizeof *app);
    enum status status;

    app->settings = settings;
    app->local_url = memory_copy_text(local_url, strlen(local_url));
    status = make_store(app, revision, now, err);
    if (status == STATUS_OK)
        status = add_tokens(app, err);
    if (status == STATUS_OK)
        status = content_new(&settings->dataset, settings->fixtures_dir, &app->content, err);
    if (status == STATUS_OK)
        status = open_state(app, now, err);
    if (status != STATUS_OK) {
        app_free(app);
        return status;
    }
    init_api(app, revision);
    init_admin(app, now);
    log_init(&app->log, log_format_of(settings), 2);
    *out = app;
    return STATUS_OK;
}

void app_free(struct app *app)
{
    if (!app)
        return;
    log_release(&app->log);
    request_note_release(&app->note);
    recorder_release(&app->recorder);
    events_release(&app->events);
    api_release(&app->api);
    store_free(app->store);
    content_free(app->content);
    free(app->local_url);
    free(app);
}

void app_close(struct app *app, struct moment now)
{
    state_close(app->state, now.real_ms);
    app->state = NULL;
}

struct token_pair app_working_pair(const struct app *app)
{
    return app->pair;
}

struct store *app_store(const struct app *app)
{
    return app->store;
}

struct content *app_content(const struct app *app)
{
    return app->content;
}

const struct journal *app_journal(const struct app *app)
{
    return &app->recorder.journal;
}

uint64_t app_request_count(const struct app *app)
{
    return app->request_count;
}

/*
 * Gives an answer its Request-Id: version 4, from the seed and the number of the request in its
 * stream. Source: contract/protocol.json, request_id_header.
 */
static struct uuid write_id(const struct app *app, uint64_t stream, uint64_t number,
                            struct http_response *response)
{
    uint64_t seed = app->settings->dataset.seed;
    struct uuid request_id =
        uuid_from_random(rng_at(seed, stream, 2 * number), rng_at(seed, stream, 2 * number + 1));
    char id[UUID_LENGTH + 1] = {0};

    uuid_write(id, &request_id);
    http_response_field(response, "Request-Id", id);
    return request_id;
}

/*
 * Begins a request of the emulated API: its number, its id, and a note that is empty. Those of the
 * admin API are counted apart, so that looking on does not change the story.
 */
static struct uuid begin_answer(struct app *app, struct http_response *response)
{
    request_note_reset(&app->note);
    response->number = app->request_count + 1;
    return write_id(app, STREAM_REQUEST, app->request_count++, response);
}

static bool is_admin(const char *path)
{
    size_t length = sizeof ADMIN_PREFIX - 1;

    return strncmp(path, ADMIN_PREFIX, length) == 0 &&
           (path[length] == '\0' || path[length] == '/');
}

/* With --verbose, says in the log why a request was refused. */
static void log_why(struct app *app, const struct http_response *response, struct moment now)
{
    struct log_entry entry = {
        .at_real_ms = now.wall_ms,
        .now_ms = store_now_ms(app->store, NULL, now.real_ms),
        .status = response->status,
    };

    log_refusal(&app->log, &entry,
                response->number > 0 ? recorder_refusal(&app->recorder, response)
                                     : &response->text);
}

/* Writes what the request changed; false when that could not be done. */
static bool keep(struct app *app, struct moment now, struct error *err)
{
    return !app->state || state_commit(app->state, now.real_ms, err) == STATUS_OK;
}

/* Takes an answer back that does not hold. */
static void withdraw(struct http_response *response, const struct uuid *request_id)
{
    uint64_t number = response->number;
    char id[UUID_LENGTH + 1] = {0};

    http_response_reset(response);
    response->number = number;
    uuid_write(id, request_id);
    http_response_field(response, "Request-Id", id);
}

static void dispatch_admin(struct app *app, const struct http_request *request,
                           struct http_response *response, struct moment now)
{
    struct admin_call call = {
        .admin = &app->admin,
        .request = request,
        .response = response,
        .now_real_ms = now.real_ms,
        .wall_ms = now.wall_ms,
        .request_id = write_id(app, STREAM_ADMIN, app->admin_count++, response),
    };
    struct error err;

    admin_dispatch(&call);
    if (!keep(app, now, &err)) {
        withdraw(response, &call.request_id);
        admin_refuse(&call, &err);
    }
}

/* Somebody opened the server's address in a browser: no request of the emulated API. */
static void visit(struct app *app, struct http_response *response)
{
    (void)write_id(app, STREAM_ADMIN, app->admin_count++, response);
    console_redirect(response);
}

/* A call of the emulated API; request is NULL when it is not sound HTTP. */
static struct api_call begin_call(struct app *app, const struct http_request *request,
                                  struct http_response *response, struct moment now)
{
    return (struct api_call){
        .api = &app->api,
        .request = request,
        .response = response,
        .now_real_ms = now.real_ms,
        .request_id = begin_answer(app, response),
        .note = &app->note,
    };
}

/* Tells those who watch what became of a request. */
static void end_call(struct app *app, const struct api_call *call, const struct sent_fields *sent)
{
    record_call(&app->recorder, call, sent);
    metrics_count_request(&app->metrics, app->note.kind, call->response->status, app->note.faults);
}

static void dispatch_api(struct app *app, const struct http_request *request,
                         struct http_response *response, struct moment now)
{
    struct api_call call = begin_call(app, request, response, now);
    struct sent_fields sent = sent_fields_of(request);
    struct error err;

    api_dispatch(&call);
    if (!keep(app, now, &err)) {
        withdraw(response, &call.request_id);
        api_refuse(&call, MESSAGE_SERVER_FULL, &err);
    }
    end_call(app, &call, &sent);
    judge_call(&call, &sent);
    tell_request(&app->events, app->store, &app->note, response->number);
}

void app_dispatch(struct app *app, const struct http_request *request,
                  struct http_response *response, struct moment now)
{
    if (is_admin(request->path))
        dispatch_admin(app, request, response, now);
    else if (console_is_visit(request))
        visit(app, response);
    else
        dispatch_api(app, request, response, now);
    announce_touch(&app->announcer);
    if (app->settings->verbosity > 0 && response->status >= 400)
        log_why(app, response, now);
}

void app_refuse(struct app *app, int status, const char *reason, struct http_response *response,
                struct moment now)
{
    struct api_call call = begin_call(app, NULL, response, now);
    struct sent_fields none = {0};
    struct error err;

    error_set(&err, STATUS_INVALID, NULL, "%s", reason);
    api_refuse_http(&call, status, &err);
    end_call(app, &call, &none);
    tell_request(&app->events, app->store, &app->note, response->number);
}

void app_refuse_plain(struct app *app, int status, const char *reason,
                      struct http_response *response, struct moment now)
{
    app_refuse(app, status, reason, response, now);
    if (app->settings->verbosity >= 0)
        log_why(app, response, now);
}

/* Of a request of the emulated API. */
static void complete_call(struct app *app, const struct http_completion *completion)
{
    enum journal_end end = completion->cut       ? JOURNAL_CUT
                           : completion->aborted ? JOURNAL_ABORTED
                                                 : JOURNAL_COMPLETED;
    struct uuid export_id;
    uint32_t file;

    journal_complete(&app->recorder.journal, completion->number, end, completion->sent_bytes);
    metrics_count_end(&app->metrics, completion->sent_bytes,
                      end != JOURNAL_COMPLETED &&
                          link_path_read(completion->path, &export_id, &file));
    tell_over(&app->events, app->store, &app->recorder.journal, completion->number);
}

void app_completed(struct app *app, const struct http_completion *completion, struct moment now)
{
    struct log_entry entry = {
        .at_real_ms = now.wall_ms,
        .now_ms = store_now_ms(app->store, NULL, now.real_ms),
        .method = completion->method,
        .status = completion->status,
        .sent_bytes = completion->sent_bytes,
        .sent_is_unknown = completion->aborted && !completion->cut && completion->sent_bytes == 0,
        .aborted = completion->aborted,
    };

    file_host_completed(&app->api, completion);
    if (app->state)
        (void)!state_commit(app->state, now.real_ms, NULL); /* counts alone are no answer */
    if (completion->number > 0)
        complete_call(app, completion);
    if (app->settings->verbosity < 0 || app->log.format == LOG_OFF)
        return;
    entry.path = recorder_shown_path(&app->recorder, completion->number, completion->path);
    log_request(&app->log, &entry);
}

void app_took(struct app *app, const struct http_response *response, int64_t took_real_us)
{
    if (response->number > 0)
        metrics_count_time(&app->metrics, took_real_us);
}

void app_count_connections(struct app *app, uint64_t (*count)(void *connections), void *connections)
{
    app->admin.config.count_connections = count;
    app->admin.config.connections = connections;
}

void app_show_certificate(struct app *app, const char *certificate)
{
    app->admin.config.certificate = certificate;
}

int64_t app_tick(struct app *app, struct moment now)
{
    if (app->admin.reader_count == 0)
        return INT64_MAX;
    announce_look(&app->announcer, app->store, &app->events, now.real_ms);
    return announce_due_real_ms(&app->announcer);
}

void app_idle(struct app *app)
{
    log_flush(&app->log);
}

void app_quiet(struct app *app, struct moment now)
{
    if (app->state)
        state_rest(app->state, now.real_ms);
    content_trim(app->content);
}
