/*
 * Amazon S3. Sources: an Authorization field beside a signed link, shape and header fields:
 * github.com/edgurgel/httpoison/issues/262 and github.com/electron-userland/electron-builder/
 * issues/6192 (400 InvalidArgument); the other codes and texts as the store's documentation lists
 * them. Assumed: the order of elements. A real store signs the method too and answers 403 to a
 * link used with another one; 405 says more.
 */
#include "api/storage_kinds.h"

#include <inttypes.h>
#include <stdio.h>

#include <nettle/base64.h>

#include "base/rng.h"
#include "base/timestamp.h"

#define HOST_ID_BYTES   56
#define HOST_ID_SIZE    (BASE64_ENCODE_RAW_LENGTH(HOST_ID_BYTES) + 1)
#define REQUEST_ID_SIZE 17

static const struct storage_answer answers[STORAGE_REFUSAL_COUNT] = {
    [STORAGE_NO_SIGNATURE] = {403, "AccessDenied", "Access Denied"},
    [STORAGE_MALFORMED_LINK] = {400, "AuthorizationQueryParametersError",
                                "Query-string authentication version 4 requires the "
                                "X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, "
                                "X-Amz-SignedHeaders, and X-Amz-Expires parameters."},
    [STORAGE_WRONG_SIGNATURE] = {403, "SignatureDoesNotMatch",
                                 "The request signature we calculated does not match the "
                                 "signature you provided. Check your key and signing method."},
    [STORAGE_OUTDATED_LINK] = {403, "AccessDenied", "Request has expired"},
    [STORAGE_EXPIRED_EXPORT] = {403, "AccessDenied", "Request has expired"},
    [STORAGE_NO_FILE] = {404, "NoSuchKey", "The specified key does not exist."},
    [STORAGE_AUTHORIZATION_SENT] = {400, "InvalidArgument",
                                    "Only one auth mechanism allowed; only the X-Amz-Algorithm "
                                    "query parameter, Signature query string parameter or the "
                                    "Authorization header should be specified"},
    [STORAGE_METHOD] = {405, "MethodNotAllowed",
                        "The specified method is not allowed against this resource."},
    [STORAGE_RANGE] = {416, "InvalidRange", "The requested range is not satisfiable"},
    [STORAGE_PRECONDITION] = {412, "PreconditionFailed",
                              "At least one of the pre-conditions you specified did not hold"},
    [STORAGE_BUSY] = {503, "SlowDown", "Please reduce your request rate."},
    [STORAGE_BROKEN] = {500, "InternalError",
                        "We encountered an internal error. Please try again."},
};

/* The two ids of an answer: sixteen hex digits, and a long one of the host. */
static void write_ids(const struct uuid *id, char request_id[REQUEST_ID_SIZE],
                      char host_id[HOST_ID_SIZE])
{
    uint64_t hash = rng_hash(0, id->bytes, sizeof id->bytes);
    uint8_t bytes[HOST_ID_BYTES];

    snprintf(request_id, REQUEST_ID_SIZE, "%016" PRIX64, hash);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)rng_at(hash, 1, i);
    base64_encode_raw(host_id, sizeof bytes, bytes);
    host_id[HOST_ID_SIZE - 1] = '\0';
}

static void write_common(const struct storage_facts *facts, struct http_response *response)
{
    char request_id[REQUEST_ID_SIZE], host_id[HOST_ID_SIZE];

    write_ids(&facts->request_id, request_id, host_id);
    http_response_header(response, "x-amz-request-id", "%s", request_id);
    http_response_header(response, "x-amz-id-2", "%s", host_id);
    http_response_header(response, "Server", "AmazonS3");
}

void storage_s3_headers(const struct storage_facts *facts, struct http_response *response)
{
    write_common(facts, response);
    if (response->status != 304)
        http_response_header(response, "x-amz-server-side-encryption", "AES256");
}

static void append_number(struct strbuf *out, const char *name, uint64_t value)
{
    strbuf_appendf(out, "<%s>%" PRIu64 "</%s>", name, value, name);
}

static void append_time_frame(struct strbuf *out, const struct storage_facts *facts)
{
    char until[STORAGE_INSTANT_SIZE], now[STORAGE_INSTANT_SIZE];
    int64_t lasted_ms = facts->until_ms - facts->from_ms;

    storage_instant_write(until, facts->until_ms);
    storage_instant_write(now, facts->now_ms);
    append_number(out, "X-Amz-Expires", lasted_ms > 0 ? (uint64_t)(lasted_ms + 999) / 1000 : 0);
    storage_xml_element(out, "Expires", until);
    storage_xml_element(out, "ServerTime", now);
}

/* What the store adds to code and message. */
static void append_details(struct strbuf *out, enum storage_refusal refusal,
                           const struct storage_facts *facts)
{
    if (refusal == STORAGE_OUTDATED_LINK || refusal == STORAGE_EXPIRED_EXPORT) {
        append_time_frame(out, facts);
    } else if (refusal == STORAGE_NO_FILE) {
        storage_xml_element(out, "Key", storage_object_name(facts));
    } else if (refusal == STORAGE_AUTHORIZATION_SENT) {
        storage_xml_element(out, "ArgumentName", "Authorization");
        storage_xml_element(out, "ArgumentValue", facts->authorization ? facts->authorization : "");
    } else if (refusal == STORAGE_METHOD) {
        storage_xml_element(out, "Method", facts->method ? facts->method : "");
        storage_xml_element(out, "ResourceType", "OBJECT");
    } else if (refusal == STORAGE_RANGE) {
        storage_xml_element(out, "RangeRequested", facts->range ? facts->range : "");
        append_number(out, "ActualObjectSize", facts->size_bytes);
    }
}

void storage_s3_refuse(enum storage_refusal refusal, const struct storage_facts *facts,
                       struct http_response *response)
{
    const struct storage_answer *answer = &answers[refusal];
    char request_id[REQUEST_ID_SIZE], host_id[HOST_ID_SIZE];
    struct strbuf *out = &response->text;

    response->status = answer->status;
    write_common(facts, response);
    http_response_header(response, "Content-Type", "application/xml");
    write_ids(&facts->request_id, request_id, host_id);
    strbuf_append_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>");
    storage_xml_element(out, "Code", answer->code);
    storage_xml_element(out, "Message", answer->message);
    append_details(out, refusal, facts);
    storage_xml_element(out, "RequestId", request_id);
    storage_xml_element(out, "HostId", host_id);
    strbuf_append_text(out, "</Error>");
}
