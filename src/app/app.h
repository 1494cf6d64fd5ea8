/*
 * app: the program put together: settings, store, content, the emulated API and the admin API
 * behind one dispatch function that needs no socket.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "content/content.h"
#include "core/journal.h"
#include "core/store.h"
#include "http/request.h"
#include "http/response.h"
#include "options/settings.h"

struct app;

/* The two real clocks of a moment. */
struct moment {
    int64_t real_ms; /* of a clock that only goes on */
    int64_t wall_ms; /* since 1970 */
};

/*
 * Makes the program from settings, which stay borrowed; local_url is where it will be reached from
 * this machine ("http://127.0.0.1:8080"; copied). STATUS_INVALID, _MALFORMED or _IO when a file
 * that the settings name cannot be used, STATUS_CONFLICT when the state file is in use, or was made
 * with other settings.
 */
enum status app_new(const struct settings *settings, const char *local_url, struct moment now,
                    struct app **out, struct error *err) MUST_CHECK;
void app_free(struct app *app); /* may be NULL */

/* To be called before app_free() when answers were given: writes what is kept over the end. */
void app_close(struct app *app, struct moment now);

/* A pair of tokens; borrowed. */
struct token_pair {
    const char *client_token;
    const char *access_token;
};

/*
 * A pair that can sign in: the first of the demo environment, or of the settings' tokens file (""
 * if that has none).
 */
struct token_pair app_working_pair(const struct app *app);

/* What the app knows, for reports; owned by it. */
struct store *app_store(const struct app *app);
struct content *app_content(const struct app *app);
const struct journal *app_journal(const struct app *app);

/* How many requests for the emulated API have come, those for /__admin and the console apart. */
uint64_t app_request_count(const struct app *app);

/* Answers one request; response is empty when it is called. Never blocks. */
void app_dispatch(struct app *app, const struct http_request *request,
                  struct http_response *response, struct moment now);

/* Answers a request that is not sound HTTP; reason says what is wrong with it. */
void app_refuse(struct app *app, int status, const char *reason, struct http_response *response,
                struct moment now);

/* To be told how long the answer to a request took to make; for the metrics. */
void app_took(struct app *app, const struct http_response *response, int64_t took_real_us);

/*
 * Answers a client that speaks http where https is spoken, as app_refuse() does, and says so in the
 * log, where who wonders will look.
 */
void app_refuse_plain(struct app *app, int status, const char *reason,
                      struct http_response *response, struct moment now);

/* Says who knows how many connections are open; for the metrics. */
void app_count_connections(struct app *app, uint64_t (*count)(void *connections),
                           void *connections);

/* Says what a client has to trust over https; PEM, borrowed. For the admin API. */
void app_show_certificate(struct app *app, const char *certificate);

/* To be told of every answer that is over. */
void app_completed(struct app *app, const struct http_completion *completion, struct moment now);

/*
 * To be called in every turn of the loop; gives the instant (real) at which it is to be called
 * again if nothing happens, INT64_MAX when there is none.
 */
int64_t app_tick(struct app *app, struct moment now);

/* To be called when there is nothing else to do: writes what waits to be written. */
void app_idle(struct app *app);

/* To be called when nothing has happened for a while: gives memory back, writes what can wait. */
void app_quiet(struct app *app, struct moment now);

#endif
