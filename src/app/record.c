#include "app/record.h"

#include <string.h>

#include "base/escape.h"
#include "base/parse.h"
#include "base/token_hint.h"

/* A body is looked through so far beyond what is kept, for a credential that begins within. */
#define LOOKED_AT_BYTES (JOURNAL_BODY_MAX + SECRET_BYTES_MAX)

void recorder_release(struct recorder *recorder)
{
    journal_release(&recorder->journal);
    secrets_release(&recorder->secrets);
    for (int i = 0; i < JOURNAL_TEXT_COUNT; i++)
        strbuf_release(&recorder->texts[i]);
}

/* An Authorization field, and what stands behind its scheme. */
static void add_authorization(struct secrets *secrets, const char *value)
{
    const char *blank = strchr(value, ' ');

    secrets_add(secrets, value, strlen(value));
    if (blank)
        secrets_add(secrets, blank + 1, strlen(blank + 1));
}

/* What is known of who sent the request is a secret, whatever its body says. */
static void begin_secrets(struct secrets *secrets, const struct request_note *note,
                          const struct sent_fields *sent)
{
    secrets_reset(secrets);
    if (note->tenant)
        secrets_add(secrets, note->tenant->access_token, strlen(note->tenant->access_token));
    if (note->client)
        secrets_add(secrets, note->client->token, strlen(note->client->token));
    if (sent->authorization)
        add_authorization(secrets, sent->authorization);
}

/* A text without the secrets; length bytes of it are looked at, whole_length are there. */
static struct journal_span redacted(struct recorder *recorder, enum journal_text which,
                                    const char *text, size_t length, size_t whole_length)
{
    struct strbuf *out = &recorder->texts[which];

    strbuf_reset(out);
    redact_text(out, text, length, &recorder->secrets);
    return (struct journal_span){strbuf_text(out), out->length, whole_length > length};
}

static struct journal_span redacted_field(struct recorder *recorder, enum journal_text which,
                                          const char *value)
{
    size_t length = value ? strlen(value) : 0;

    if (length == 0)
        return (struct journal_span){NULL, 0, false};
    return redacted(recorder, which, value, length, length);
}

static struct journal_span request_body(struct recorder *recorder,
                                        const struct http_request *request)
{
    struct strbuf *out = &recorder->texts[JOURNAL_REQUEST];

    strbuf_reset(out);
    redact_body(out, request->body, request->body_length, JOURNAL_BODY_MAX, &recorder->secrets);
    return (struct journal_span){strbuf_text(out), out->length,
                                 request->body_too_large ||
                                     request->body_length > JOURNAL_BODY_MAX ||
                                     (request->body_length > 0 && out->length == 0)};
}

/* Only refusals repeat what the client sent. */
static struct journal_span answer_body(struct recorder *recorder,
                                       const struct http_response *response)
{
    const struct strbuf *text = &response->text;

    if (response->body != HTTP_BODY_TEXT)
        return (struct journal_span){NULL, 0, false};
    if (response->status < 400)
        return (struct journal_span){strbuf_text(text), text->length, false};
    return redacted(recorder, JOURNAL_ANSWER, strbuf_text(text),
                    text->length < LOOKED_AT_BYTES ? text->length : LOOKED_AT_BYTES, text->length);
}

/*
 * True when a segment of a path is a known AccessToken, or has a secret in it. Then it is a secret
 * itself, because refusals repeat the path.
 */
static bool is_secret(struct recorder *recorder, const struct store *store, const char *segment,
                      size_t length)
{
    struct strbuf decoded = STRBUF_INIT, written = STRBUF_INIT, shown = STRBUF_INIT;
    bool secret;

    if (!http_decode(&decoded, segment, length)) {
        strbuf_reset(&decoded);
        strbuf_append(&decoded, segment, length);
    }
    escape_append(&written, strbuf_text(&decoded), decoded.length);
    redact_text(&shown, strbuf_text(&written), written.length, &recorder->secrets);
    secret = strcmp(strbuf_text(&shown), strbuf_text(&written)) != 0 ||
             store_find_tenant(store, strbuf_text(&decoded));
    if (secret)
        secrets_add(&recorder->secrets, segment, length);
    strbuf_release(&decoded);
    strbuf_release(&written);
    strbuf_release(&shown);
    return secret;
}

/* The path of a file or an operation is as it must be; any other may have a credential in it. */
static struct journal_span path_of(struct recorder *recorder, const struct api_call *call)
{
    const char *path = call->request->path;
    struct strbuf *out = &recorder->texts[JOURNAL_PATH];

    if (call->note->kind != NOTE_OTHER)
        return (struct journal_span){path, strlen(path), false};
    strbuf_reset(out);
    while (*path && out->length <= JOURNAL_PATH_MAX) {
        size_t length = strcspn(path + 1, "/");

        if (is_secret(recorder, call->api->store, path + 1, length))
            strbuf_append_text(out, "/…");
        else
            strbuf_append(out, path, 1 + length);
        path += 1 + length;
    }
    return (struct journal_span){strbuf_text(out), out->length, *path != '\0'};
}

/* A word that is no method may be anything. */
static struct journal_span method_of(struct recorder *recorder, const struct http_request *request)
{
    const char *method = request->method_name;
    size_t length = strlen(method);

    if (request->method != HTTP_OTHER_METHOD)
        return (struct journal_span){method, length, false};
    if (length > LOOKED_AT_BYTES)
        length = LOOKED_AT_BYTES;
    return redacted(recorder, JOURNAL_METHOD, method, length, length);
}

/* Like the answer, reasons repeat what was sent only where something is refused. */
static struct journal_span why_of(struct recorder *recorder, const struct strbuf *why, int status)
{
    size_t length = why->length < LOOKED_AT_BYTES ? why->length : LOOKED_AT_BYTES;

    if (status < 400)
        return (struct journal_span){strbuf_text(why), why->length, false};
    return redacted(recorder, JOURNAL_WHY, strbuf_text(why), length, why->length);
}

/* The body comes first: what stands in it under the names of credentials is a secret from then. */
static void fill_texts(struct recorder *recorder, const struct api_call *call,
                       const struct sent_fields *sent,
                       struct journal_span texts[JOURNAL_TEXT_COUNT])
{
    const char *const fields[JOURNAL_TEXT_COUNT] = {
        [JOURNAL_CONTENT_TYPE] = sent->content_type,
        [JOURNAL_USER_AGENT] = sent->user_agent,
        [JOURNAL_RANGE] = sent->range,
        [JOURNAL_IF_RANGE] = sent->if_range,
        [JOURNAL_ACCEPT_ENCODING] = sent->accept_encoding,
    };
    const struct http_request *request = call->request;

    if (request) {
        texts[JOURNAL_REQUEST] = request_body(recorder, request);
        texts[JOURNAL_METHOD] = method_of(recorder, request);
        texts[JOURNAL_PATH] = path_of(recorder, call);
        for (int i = JOURNAL_CONTENT_TYPE; i < JOURNAL_TEXT_COUNT; i++)
            texts[i] = redacted_field(recorder, (enum journal_text)i, fields[i]);
    }
    texts[JOURNAL_WHY] = why_of(recorder, &call->note->why, call->response->status);
    texts[JOURNAL_ANSWER] = answer_body(recorder, call->response);
}

/* The value of Retry-After, or -1; answers with success have none. */
static int64_t retry_after_s(const struct http_response *response)
{
    const char *value =
        response->status >= 400 ? http_response_find_header(response, "Retry-After") : NULL;
    uint64_t seconds;

    return value && parse_u64(value, strlen(value), &seconds) && seconds <= INT64_MAX
               ? (int64_t)seconds
               : -1;
}

static void fill_sender(struct journal_facts *facts, const struct request_note *note)
{
    const char *token = note->tenant ? note->tenant->access_token : NULL;

    if (!token)
        return;
    facts->tenant_key = note->tenant->journal_key;
    token_hint(facts->token, token, strlen(token));
}

static struct journal_facts facts_of(const struct api_call *call, const struct sent_fields *sent)
{
    const struct http_request *request = call->request;
    const struct http_response *response = call->response;
    const struct request_note *note = call->note;
    struct journal_facts facts = {
        .number = response->number,
        .request_id = call->request_id,
        .at_ms = store_now_ms(call->api->store, note->tenant, call->now_real_ms),
        .kind = note->kind,
        .status = response->status,
        .entity_types = note->entity_types,
        .file = note->file,
        .attempt = note->attempt,
        .faults = note->faults,
        .retry_after_s = retry_after_s(response),
        .offset_bytes = response->offset_bytes,
        .length_bytes =
            response->body == HTTP_BODY_TEXT ? response->text.length : response->length_bytes,
        .has_authorization = sent->authorization != NULL,
        .has_query = request && request->query[0] != '\0',
    };

    fill_sender(&facts, note);
    return facts;
}

void record_call(struct recorder *recorder, const struct api_call *call,
                 const struct sent_fields *sent)
{
    const struct strbuf *exports = &call->note->exports;
    struct journal_span texts[JOURNAL_TEXT_COUNT] = {0};
    struct journal_facts facts = facts_of(call, sent);

    begin_secrets(&recorder->secrets, call->note, sent);
    fill_texts(recorder, call, sent, texts);
    journal_add(&recorder->journal, &facts, texts, (const struct uuid *)exports->data,
                exports->length / sizeof(struct uuid));
    if (!call->request)
        journal_complete(&recorder->journal, facts.number, JOURNAL_COMPLETED, facts.length_bytes);
}

const struct strbuf *recorder_refusal(const struct recorder *recorder,
                                      const struct http_response *response)
{
    return response->body == HTTP_BODY_TEXT ? &recorder->texts[JOURNAL_ANSWER] : &response->text;
}

const char *recorder_shown_path(struct recorder *recorder, uint64_t number, const char *path)
{
    static const struct journal_filter all = {.has_kind = false};
    const struct journal_entry *entry =
        number > 0 ? journal_next(&recorder->journal, &all, number - 1) : NULL;
    struct strbuf *out = &recorder->texts[JOURNAL_PATH];
    struct journal_span shown;

    if (!entry || entry->facts.number != number || entry->facts.kind != NOTE_OTHER)
        return path;
    shown = journal_entry_text(entry, JOURNAL_PATH);
    strbuf_reset(out);
    strbuf_append(out, shown.data, shown.length);
    return strbuf_text(out);
}
