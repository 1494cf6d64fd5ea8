#include "core/conduct.h"

#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "contract/limits.h"
#include "core/conduct_state.h"
#include "core/store_state.h"
#include "core/watch.h"

/* A wait counts as longer than the one before from five quarters of it on. */
#define GROWTH_NUMERATOR   5
#define GROWTH_DENOMINATOR 4

/* Waits in a row that do not grow before no-backoff is found. */
#define FLAT_WAITS_MAX 2

/* Polls of each of two exports by themselves before polled-one-by-one is found. */
#define SINGLE_POLLS_MIN 2

/* A download that broke below so many bytes may well start anew. */
#define RESUME_MIN_BYTES 65536

/* A request while it is judged. */
struct judged {
    struct store *store;
    struct conduct **conduct;
    const struct request_note *note;
    const struct conduct_request *request;
    enum conduct_host host;
};

static struct subject subject_of(const struct judged *judged, enum conduct_rule rule,
                                 const struct export *export, uint32_t file)
{
    return (struct subject){rule, export, file, {judged->request->number, judged->request->now_ms}};
}

static bool is_hopeless(const struct judged *judged)
{
    int status = judged->request->status;

    return (status == 400 || status == 401 || status == 403 || status == 404) &&
           !judged->note->is_refused_in_flight && !judged->request->was_cut;
}

static void judge_repetition(const struct judged *judged)
{
    struct subject subject = subject_of(judged, RULE_RETRIED_HOPELESS, NULL, 0);
    struct troubles *troubles = (*judged->conduct)->troubles;

    for (uint32_t i = 0; i < HOPELESS_MAX; i++) {
        if (troubles->hopeless[i] == judged->request->fingerprint) {
            conduct_find(judged->conduct, &subject,
                         "answered %d again: the same request had been refused for good before",
                         judged->request->status);
            return;
        }
    }
    troubles->hopeless[troubles->hopeless_count++ % HOPELESS_MAX] = judged->request->fingerprint;
}

/* Retry-After of the host that the client talks to. */
static void judge_promise(const struct judged *judged)
{
    const struct conduct_request *request = judged->request;
    const struct request_note *note = judged->note;
    struct promise *promise = &(*judged->conduct)->troubles->promises[judged->host];
    struct subject subject = subject_of(judged, RULE_IGNORED_RETRY_AFTER, NULL, 0);

    if (promise->is_open && request->now_ms < promise->until_ms &&
        request->now_real_ms < promise->until_real_ms)
        conduct_find(judged->conduct, &subject,
                     "Retry-After told to wait %lld s; the next request came %lld ms too early",
                     (long long)promise->told_real_s,
                     (long long)(promise->until_ms - request->now_ms));
    promise->is_open = false;
    if (!note->has_retry_after || request->was_cut)
        return;
    *promise = (struct promise){
        .is_open = true,
        .until_ms = instant_after(request->now_ms, note->retry_after_ms),
        .until_real_ms = request->now_real_ms + note->retry_after_real_s * MS_PER_SECOND,
        .told_real_s = note->retry_after_real_s,
    };
}

/* True when the wait before this failure grew, in virtual time or in whole real seconds. */
static bool has_grown(const struct failures *failures, int64_t gap_ms, int64_t gap_real_s)
{
    return gap_ms * GROWTH_DENOMINATOR >= failures->gap_ms * GROWTH_NUMERATOR + (gap_ms == 0) ||
           gap_real_s > failures->gap_real_s;
}

static void judge_failures(const struct judged *judged)
{
    const struct conduct_request *request = judged->request;
    struct failures *failures = &(*judged->conduct)->troubles->failures[judged->host];
    struct subject subject = subject_of(judged, RULE_NO_BACKOFF, NULL, 0);
    bool is_failure = request->status == 408 || request->status == 429 || request->status >= 500;
    int64_t gap_ms = request->now_ms - failures->last_ms;
    int64_t gap_real_s = (request->now_real_ms - failures->last_real_ms) / MS_PER_SECOND;

    if (!is_failure || judged->note->has_retry_after) {
        *failures = (struct failures){0};
        return;
    }
    if (failures->count > 0 && failures->fingerprint != request->fingerprint)
        *failures = (struct failures){0};
    if (failures->count >= 2)
        failures->flat_count =
            has_grown(failures, gap_ms, gap_real_s) ? 0 : failures->flat_count + 1;
    if (failures->count >= 1) {
        failures->gap_ms = gap_ms;
        failures->gap_real_s = gap_real_s;
    }
    failures->count++;
    failures->fingerprint = request->fingerprint;
    failures->last_ms = request->now_ms;
    failures->last_real_ms = request->now_real_ms;
    if (failures->flat_count >= FLAT_WAITS_MAX)
        conduct_find(judged->conduct, &subject,
                     "%u failures in a row with status %d, the last after a wait of %lld ms that "
                     "was not longer than the one before",
                     failures->count, request->status, (long long)gap_ms);
}

/* A client that was never refused anything has no promise to keep and no failures behind it. */
static void judge_troubles(const struct judged *judged)
{
    if (judged->request->status >= 400 || judged->note->has_retry_after) {
        struct conduct *conduct = conduct_of(judged->conduct);

        if (!conduct->troubles)
            conduct->troubles = memory_new(sizeof *conduct->troubles);
    }
    if (!*judged->conduct || !(*judged->conduct)->troubles)
        return;
    judge_promise(judged);
    judge_failures(judged);
    if (is_hopeless(judged))
        judge_repetition(judged);
}

static bool is_json(const char *content_type)
{
    static const char name[] = "application/json";
    size_t length = sizeof name - 1;

    return content_type && strncasecmp(content_type, name, length) == 0 &&
           (content_type[length] == '\0' || content_type[length] == ';' ||
            content_type[length] == ' ');
}

static void judge_header(const struct judged *judged)
{
    struct subject subject = subject_of(judged, RULE_WRONG_CONTENT_TYPE, NULL, 0);
    const char *type = judged->request->content_type;

    if (!is_json(type))
        conduct_find(judged->conduct, &subject, "Content-Type was %.60s%s",
                     type ? type : "not there", type && strlen(type) > 60 ? "…" : "");
    subject.rule = RULE_NO_CLIENT_NAME;
    if (judged->note->has_no_client_name)
        conduct_find(judged->conduct, &subject, "Client was missing or empty");
}

static void judge_add(const struct judged *judged)
{
    const struct request_note *note = judged->note;
    const struct uuid *id = (const void *)note->exports.data;
    struct export *export =
        note->exports.length >= sizeof *id ? store_find_export(judged->store, id) : NULL;
    struct subject subject = subject_of(judged, RULE_ADDED_WHILE_RUNNING, export, 0);

    if (note->is_own_in_flight)
        conduct_find(judged->conduct, &subject,
                     "wait until getAll shows this one as Success or Failed");
    if (export && judged->request->status == 200 && !judged->request->was_cut)
        watch_of(export)->added = subject.evidence;
}

/* Several unfinished exports, each asked for by itself, in turns. */
static void judge_single(const struct judged *judged, struct export *export)
{
    struct conduct *conduct = conduct_of(judged->conduct);
    int64_t now_ms = judged->request->now_ms;
    struct export *other =
        conduct->has_single ? store_find_export(judged->store, &conduct->single_export) : NULL;
    struct subject subject = subject_of(judged, RULE_POLLED_ONE_BY_ONE, NULL, 0);

    watch_of(export)->single_polls++;
    if (other && other != export && other->watch &&
        other->watch->single_polls >= SINGLE_POLLS_MIN &&
        export->watch->single_polls >= SINGLE_POLLS_MIN &&
        now_ms - conduct->single_ms < POLL_INTERVAL_MS)
        conduct_find(judged->conduct, &subject,
                     "one getAll could have asked for the %s and the %s export",
                     entity_name((enum entity_type)other->entity_type),
                     entity_name((enum entity_type) export->entity_type));
    conduct->has_single = true;
    conduct->single_export = export->id;
    conduct->single_ms = now_ms;
}

/* True when the client knows that the export is over, and has what there is to have. */
static bool is_over(const struct export *export)
{
    const struct watch *watch = export->watch;

    if (!watch->asked.number)
        return false;
    if (watch->shown == EXPORT_SUCCESS)
        return watch_is_collected(export);
    return watch->shown == EXPORT_FAILED || watch->shown == EXPORT_EXPIRED;
}

void conduct_show(struct request_note *note, struct export *export, enum export_state state,
                  struct evidence evidence)
{
    struct watch *watch = watch_of(export);
    struct subject subject = {RULE_POLLED_TOO_FAST, export, 0, evidence};
    int64_t wait_ms = evidence.at_ms - watch->asked.at_ms;
    bool was_in_flight = !watch->asked.number || export_state_in_flight(watch->shown);

    note->polled.count++;
    note->polled.over_count += is_over(export);
    note->polled.last = export;
    note->polled.was_in_flight = was_in_flight;
    if (watch->asked.number && was_in_flight && wait_ms >= 0 && wait_ms < POLL_INTERVAL_MS)
        conduct_find(&note->tenant->conduct, &subject,
                     "asked for again after %lld s; the documentation suggests 5 minutes",
                     (long long)(wait_ms / MS_PER_SECOND));
    watch->asked = evidence;
    watch->shown = state;
    if (state == EXPORT_SUCCESS && !watch->finished.number)
        watch->finished = evidence;
}

static void judge_get_all(const struct judged *judged)
{
    const struct request_note *note = judged->note;
    const struct polled *polled = &note->polled;
    size_t count = note->exports.length / sizeof(struct uuid);
    struct subject subject = subject_of(judged, RULE_ASKED_UNKNOWN, NULL, 0);

    if (note->left_out_count)
        conduct_find(judged->conduct, &subject, "%u of %zu ids were left out of the answer",
                     note->left_out_count, count);
    subject = subject_of(judged, RULE_POLLED_AFTER_FINAL, polled->last, 0);
    if (polled->count && polled->over_count == polled->count)
        conduct_find(judged->conduct, &subject, "its end had been shown before");
    if (polled->count == 1 && count == 1 && polled->was_in_flight)
        judge_single(judged, polled->last);
}

static bool has_token(const char *query, const struct tenant *tenant)
{
    return query &&
           (strstr(query, "AccessToken=") || strstr(query, "ClientToken=") ||
            (tenant && strlen(tenant->access_token) > 8 && strstr(query, tenant->access_token)));
}

/* A download that begins. */
static void judge_begin(const struct judged *judged, struct export *export)
{
    const struct conduct_request *request = judged->request;
    uint32_t number = judged->note->file;
    struct watched_file *file = watch_file(export, number);
    struct subject subject = subject_of(judged, RULE_RESTARTED_NOT_RESUMED, export, number);

    if (!file || !judged->note->attempt)
        return;
    if (file->broken_bytes >= RESUME_MIN_BYTES && !request->has_range)
        conduct_find(judged->conduct, &subject,
                     "%llu bytes had been fetched; \"Range: bytes=%llu-\" would have spared them",
                     (unsigned long long)file->broken_bytes,
                     (unsigned long long)file->broken_bytes);
    subject.rule = RULE_DOWNLOADED_TWICE;
    if (file->whole_count > 0 && !request->has_range && request->status == 200)
        conduct_find(judged->conduct, &subject, "it had been fetched whole before");
    file->broken_bytes = 0;
    file->request_count++;
    file->last = subject.evidence;
    if (!file->first.number)
        file->first = subject.evidence;
}

static void judge_download(const struct judged *judged)
{
    const struct request_note *note = judged->note;
    const struct conduct_request *request = judged->request;
    const struct uuid *id = (const void *)note->exports.data;
    struct export *export =
        note->exports.length >= sizeof *id ? store_find_export(judged->store, id) : NULL;
    struct subject subject = subject_of(judged, RULE_LEAKED_TOKEN, export, note->file);

    if (request->has_authorization || has_token(request->query, note->tenant))
        conduct_find(judged->conduct, &subject, "%s was sent with a signed link",
                     request->has_authorization ? "an Authorization header field"
                                                : "a token in the query");
    subject.rule = RULE_STALE_LINK;
    if (note->is_late_link)
        conduct_find(judged->conduct, &subject, "ask getAll for a new link right before");
    if (export && (request->status == 200 || request->status == 206))
        judge_begin(judged, export);
}

void conduct_observe(struct store *store, const struct request_note *note,
                     const struct conduct_request *request)
{
    struct judged judged = {
        .store = store,
        .conduct = note->tenant ? &note->tenant->conduct : &store->nobody,
        .note = note,
        .request = request,
        .host = note->kind == NOTE_DOWNLOAD ? HOST_FILES : HOST_API,
    };

    judge_troubles(&judged);
    if (note->kind == NOTE_ADD || note->kind == NOTE_GET_ALL)
        judge_header(&judged);
    if (note->kind == NOTE_ADD)
        judge_add(&judged);
    else if (note->kind == NOTE_GET_ALL && request->status == 200)
        judge_get_all(&judged);
    else if (note->kind == NOTE_DOWNLOAD)
        judge_download(&judged);
}

void conduct_download_over(struct export *export, uint32_t number, struct span span, bool is_whole)
{
    struct watched_file *file = watch_file(export, number);

    if (!file)
        return;
    if (!is_whole)
        watched_file_add(file, span);
    file->whole_count += is_whole;
}

void conduct_download_broken(struct export *export, uint32_t number, struct span span)
{
    struct watched_file *file = watch_file(export, number);

    if (!file)
        return;
    watched_file_add(file, span);
    file->broken_bytes = span.end;
}

bool conduct_is_collected(const struct export *export)
{
    return watch_is_collected(export);
}
