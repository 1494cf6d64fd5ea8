/*
 * Azure Blob Storage. Sources, all answers of the real store quoted in public threads:
 * shape, AuthenticationFailed and header fields: github.com/microsoft/AzureTRE-Deployment/issues/35
 * and github.com/Azure/azure-sdk-for-net/issues/35009; an Authorization field beside a signed link,
 * Bearer: github.com/cloudflare/workers-sdk/pull/4816 (403), another scheme:
 * github.com/rapid7/metakitty/pull/30 (400). Assumed: 403 without a signature (a real account says
 * 403, 404 or 409 as it is set up), the detail texts, and the answers to method, range and
 * precondition, which follow the list of error codes in the store's documentation.
 */
#include "api/storage_kinds.h"

#include "base/timestamp.h"

#define NOT_AUTHENTICATED \
    "Server failed to authenticate the request. Make sure the value of Authorization header is " \
    "formed correctly including the signature."

static const struct storage_answer answers[STORAGE_REFUSAL_COUNT] = {
    [STORAGE_NO_SIGNATURE] = {403, "AuthenticationFailed", NOT_AUTHENTICATED},
    [STORAGE_MALFORMED_LINK] = {403, "AuthenticationFailed", NOT_AUTHENTICATED},
    [STORAGE_WRONG_SIGNATURE] = {403, "AuthenticationFailed", NOT_AUTHENTICATED},
    [STORAGE_OUTDATED_LINK] = {403, "AuthenticationFailed", NOT_AUTHENTICATED},
    [STORAGE_EXPIRED_EXPORT] = {403, "AuthenticationFailed", NOT_AUTHENTICATED},
    [STORAGE_NO_FILE] = {404, "BlobNotFound", "The specified blob does not exist."},
    [STORAGE_AUTHORIZATION_SENT] = {400, "InvalidAuthenticationInfo",
                                    "Authentication information is not given in the correct "
                                    "format. Check the value of Authorization header."},
    [STORAGE_METHOD] = {405, "UnsupportedHttpVerb",
                        "The resource doesn't support specified Http Verb."},
    [STORAGE_RANGE] = {416, "InvalidRange",
                       "The range specified is invalid for the current size of the resource."},
    [STORAGE_PRECONDITION] = {412, "ConditionNotMet",
                              "The condition specified using HTTP conditional header(s) is not "
                              "met."},
    [STORAGE_BUSY] = {503, "ServerBusy", "The server is busy."},
    [STORAGE_BROKEN] = {500, "InternalError",
                        "The server encountered an internal error. Please retry the request."},
};

static void write_common(const struct storage_facts *facts, struct http_response *response,
                         const char *server)
{
    char id[UUID_LENGTH];

    uuid_write(id, &facts->request_id);
    http_response_header(response, "Server", "%s", server);
    http_response_header(response, "x-ms-request-id", "%.36s", id);
    http_response_header(response, "x-ms-version", "2021-12-02");
}

void storage_azure_headers(const struct storage_facts *facts, struct http_response *response)
{
    char created[30];

    write_common(facts, response, "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0");
    if (response->status == 304)
        return;
    timestamp_write_http(created, facts->modified_ms);
    http_response_header(response, "x-ms-creation-time", "%s", created);
    http_response_header(response, "x-ms-blob-type", "BlockBlob");
    http_response_header(response, "x-ms-lease-status", "unlocked");
    http_response_header(response, "x-ms-lease-state", "available");
    http_response_header(response, "x-ms-server-encrypted", "true");
}

/* A scheme the store knows reaches its authentication; another one does not. */
static struct storage_answer answer_of(enum storage_refusal refusal,
                                       const struct storage_facts *facts)
{
    if (refusal == STORAGE_AUTHORIZATION_SENT &&
        (storage_scheme_is(facts, "Bearer") || storage_scheme_is(facts, "SharedKey")))
        return answers[STORAGE_WRONG_SIGNATURE];
    return answers[refusal];
}

static void append_detail(struct strbuf *out, enum storage_refusal refusal,
                          const struct storage_facts *facts)
{
    struct strbuf detail = STRBUF_INIT;
    char until[30], now[30];

    if (refusal == STORAGE_OUTDATED_LINK || refusal == STORAGE_EXPIRED_EXPORT) {
        timestamp_write_http(until, facts->until_ms);
        timestamp_write_http(now, facts->now_ms);
        strbuf_appendf(&detail,
                       "Signature not valid in the specified time frame: Expiry [%s] - Current "
                       "[%s]",
                       until, now);
    } else if (refusal == STORAGE_WRONG_SIGNATURE) {
        strbuf_append_text(&detail, "Signature did not match.");
    } else if (refusal == STORAGE_MALFORMED_LINK) {
        strbuf_append_text(&detail, "Signature fields not well formed.");
    }
    if (detail.length)
        storage_xml_element(out, "AuthenticationErrorDetail", detail.data);
    strbuf_release(&detail);
}

void storage_azure_refuse(enum storage_refusal refusal, const struct storage_facts *facts,
                          struct http_response *response)
{
    struct storage_answer answer = answer_of(refusal, facts);
    bool at_front = answer.status == 400 || answer.status == 403;
    struct strbuf message = STRBUF_INIT;
    char id[UUID_LENGTH], now[TIMESTAMP_MILLIS_LENGTH];

    uuid_write(id, &facts->request_id);
    timestamp_write_millis(now, facts->now_ms);
    response->status = answer.status;
    write_common(facts, response,
                 at_front ? "Microsoft-HTTPAPI/2.0"
                          : "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0");
    http_response_header(response, "x-ms-error-code", "%s", answer.code);
    http_response_header(response, "Content-Type", "application/xml");
    strbuf_appendf(&message, "%s\nRequestId:%.36s\nTime:%.23s0000Z", answer.message, id, now);
    strbuf_append_text(&response->text, "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error>");
    storage_xml_element(&response->text, "Code", answer.code);
    storage_xml_element(&response->text, "Message", message.data);
    append_detail(&response->text, refusal, facts);
    strbuf_append_text(&response->text, "</Error>");
    strbuf_release(&message);
}
