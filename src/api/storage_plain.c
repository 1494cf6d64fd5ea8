/* A web server with signed links: contract/README.md asks for 403 and a short text; all assumed. */
#include "api/storage_kinds.h"

void storage_plain_headers(const struct storage_facts *facts, struct http_response *response)
{
    (void)facts;
    (void)response;
}

static const struct storage_answer answers[STORAGE_REFUSAL_COUNT] = {
    [STORAGE_NO_SIGNATURE] = {403, NULL, "This link has no signature."},
    [STORAGE_MALFORMED_LINK] = {403, NULL, "This link's expires parameter cannot be read."},
    [STORAGE_WRONG_SIGNATURE] = {403, NULL, "This link's signature is wrong."},
    [STORAGE_OUTDATED_LINK] = {403, NULL, "This link is no longer valid."},
    [STORAGE_EXPIRED_EXPORT] = {403, NULL, "The export of this link has expired."},
    [STORAGE_NO_FILE] = {404, NULL, "There is no such file."},
    [STORAGE_AUTHORIZATION_SENT] = {403, NULL, "A signed link must be used without Authorization."},
    [STORAGE_METHOD] = {405, NULL, "Only GET and HEAD are allowed."},
    [STORAGE_RANGE] = {416, NULL, "The file has no bytes in this range."},
    [STORAGE_PRECONDITION] = {412, NULL, "A precondition of the request does not hold."},
    [STORAGE_BUSY] = {503, NULL, "The server is busy; try again later."},
    [STORAGE_BROKEN] = {500, NULL, "The server has failed to answer this request."},
};

void storage_plain_refuse(enum storage_refusal refusal, const struct storage_facts *facts,
                          struct http_response *response)
{
    char until[STORAGE_INSTANT_SIZE], now[STORAGE_INSTANT_SIZE];

    response->status = answers[refusal].status;
    http_response_header(response, "Content-Type", "text/plain; charset=utf-8");
    strbuf_append_text(&response->text, answers[refusal].message);
    if (refusal == STORAGE_OUTDATED_LINK || refusal == STORAGE_EXPIRED_EXPORT) {
        storage_instant_write(until, facts->until_ms);
        storage_instant_write(now, facts->now_ms);
        strbuf_appendf(&response->text, " It was valid until %s; it is now %s.", until, now);
    }
    strbuf_append_char(&response->text, '\n');
}
