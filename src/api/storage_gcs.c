/*
 * Google Cloud Storage (XML API). Sources: shape: github.com/googleapis/nodejs-storage/issues/64;
 * without a signature: github.com/googleapis/google-cloud-go/issues/1062; malformed:
 * github.com/floci-io/floci-gcp/pull/33 and the same thread of google-cloud-go; outdated:
 * github.com/fog/fog-google/issues/264, where the store says 400, and contract/README.md asks for
 * 403. Assumed: the answers to an Authorization field beside a signed link, method, range and
 * precondition (codes of the store's documentation), and most of the details.
 */
#include "api/storage_kinds.h"

#include <inttypes.h>
#include <stdio.h>

#include <nettle/base64.h>

#include "base/rng.h"

#define UPLOAD_ID_BYTES 63
#define UPLOAD_ID_SIZE  (BASE64_ENCODE_RAW_LENGTH(UPLOAD_ID_BYTES) + 1)

static const struct storage_answer answers[STORAGE_REFUSAL_COUNT] = {
    [STORAGE_NO_SIGNATURE] = {403, "AccessDenied", "Access denied."},
    [STORAGE_MALFORMED_LINK] = {400, "MalformedSecurityHeader",
                                "Your request has a malformed header."},
    [STORAGE_WRONG_SIGNATURE] = {403, "SignatureDoesNotMatch",
                                 "The request signature we calculated does not match the "
                                 "signature you provided. Check your Google secret key and "
                                 "signing method."},
    [STORAGE_OUTDATED_LINK] = {403, "ExpiredToken", "The provided token has expired."},
    [STORAGE_EXPIRED_EXPORT] = {403, "ExpiredToken", "The provided token has expired."},
    [STORAGE_NO_FILE] = {404, "NoSuchKey", "The specified key does not exist."},
    [STORAGE_AUTHORIZATION_SENT] = {401, "AuthenticationRequired", "Authentication required."},
    [STORAGE_METHOD] = {405, "MethodNotAllowed",
                        "The specified method is not allowed against this resource."},
    [STORAGE_RANGE] = {416, "InvalidRange", "The requested range cannot be satisfied."},
    [STORAGE_PRECONDITION] = {412, "PreconditionFailed",
                              "At least one of the pre-conditions you specified did not hold."},
    [STORAGE_BUSY] = {503, "ServiceUnavailable", "Service unavailable. Please retry."},
    [STORAGE_BROKEN] = {500, "InternalError",
                        "We encountered an internal error. Please try again."},
};

static void write_common(const struct storage_facts *facts, struct http_response *response)
{
    uint64_t hash = rng_hash(0, facts->request_id.bytes, sizeof facts->request_id.bytes);
    uint8_t bytes[UPLOAD_ID_BYTES];
    char id[UPLOAD_ID_SIZE];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)rng_at(hash, 2, i);
    base64_encode_raw(id, sizeof bytes, bytes);
    id[UPLOAD_ID_SIZE - 1] = '\0';
    for (char *at = id; *at; at++)
        *at = (char)(*at == '+' ? '-' : *at == '/' ? '_' : *at);
    http_response_header(response, "X-GUploader-UploadID", "%s", id);
    http_response_header(response, "Server", "UploadServer");
}

void storage_gcs_headers(const struct storage_facts *facts, struct http_response *response)
{
    write_common(facts, response);
    http_response_header(response, "x-goog-generation", "%" PRId64, facts->modified_ms * 1000);
    http_response_header(response, "x-goog-metageneration", "1");
    http_response_header(response, "x-goog-stored-content-encoding", "identity");
    http_response_header(response, "x-goog-stored-content-length", "%" PRIu64, facts->size_bytes);
    http_response_header(response, "x-goog-storage-class", "STANDARD");
}

static void append_details(struct strbuf *out, enum storage_refusal refusal,
                           const struct storage_facts *facts)
{
    char until[STORAGE_INSTANT_SIZE], now[STORAGE_INSTANT_SIZE], text[640];

    if (refusal == STORAGE_OUTDATED_LINK || refusal == STORAGE_EXPIRED_EXPORT) {
        storage_instant_write(until, facts->until_ms);
        storage_instant_write(now, facts->now_ms);
        snprintf(text, sizeof text, "Request signature expired at: %s; it is now %s", until, now);
    } else if (refusal == STORAGE_NO_SIGNATURE) {
        snprintf(text, sizeof text,
                 "Anonymous caller does not have storage.objects.get access to the Google Cloud "
                 "Storage object.");
    } else if (refusal == STORAGE_NO_FILE) {
        snprintf(text, sizeof text, "No such object: %s", storage_object_name(facts));
    } else if (refusal == STORAGE_MALFORMED_LINK) {
        snprintf(text, sizeof text, "A parameter of the signed link is missing or not readable.");
    } else if (refusal == STORAGE_AUTHORIZATION_SENT) {
        snprintf(text, sizeof text,
                 "The Authorization header came with a signed link and is not accepted.");
    } else {
        return;
    }
    storage_xml_element(out, "Details", text);
}

void storage_gcs_refuse(enum storage_refusal refusal, const struct storage_facts *facts,
                        struct http_response *response)
{
    const struct storage_answer *answer = &answers[refusal];
    struct strbuf *out = &response->text;

    response->status = answer->status;
    write_common(facts, response);
    if (answer->status == 401)
        http_response_header(response, "WWW-Authenticate",
                             "Bearer realm=\"https://accounts.google.com/\"");
    http_response_header(response, "Content-Type", "application/xml; charset=UTF-8");
    strbuf_append_text(out, "<?xml version='1.0' encoding='UTF-8'?><Error>");
    storage_xml_element(out, "Code", answer->code);
    storage_xml_element(out, "Message", answer->message);
    append_details(out, refusal, facts);
    strbuf_append_text(out, "</Error>");
}
