#include "api/storage.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "api/storage_kinds.h"
#include "base/rng.h"
#include "base/timestamp.h"
#include "base/xml.h"

/* What is echoed of a client's text is cut here. */
#define ECHO_MAX 512

static const struct {
    const char *name;
    const char *content_type;
    void (*headers)(const struct storage_facts *facts, struct http_response *response);
    void (*refuse)(enum storage_refusal refusal, const struct storage_facts *facts,
                   struct http_response *response);
} kinds[STORAGE_KIND_COUNT] = {
    [STORAGE_AZURE] = {"azure", "application/octet-stream", storage_azure_headers,
                       storage_azure_refuse},
    [STORAGE_S3] = {"s3", "binary/octet-stream", storage_s3_headers, storage_s3_refuse},
    [STORAGE_GCS] = {"gcs", "application/octet-stream", storage_gcs_headers, storage_gcs_refuse},
    [STORAGE_PLAIN] = {"plain", "application/x-ndjson", storage_plain_headers,
                       storage_plain_refuse},
};

const char *storage_kind_name(enum storage_kind kind)
{
    return kinds[kind].name;
}

bool storage_kind_read(const char *name, enum storage_kind *out)
{
    for (int i = 0; i < STORAGE_KIND_COUNT; i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            *out = (enum storage_kind)i;
            return true;
        }
    }
    return false;
}

const char *storage_content_type(enum storage_kind kind)
{
    return kinds[kind].content_type;
}

void storage_tag_write(enum storage_kind kind, uint64_t identity, char out[STORAGE_TAG_SIZE])
{
    if (kind == STORAGE_AZURE)
        snprintf(out, STORAGE_TAG_SIZE, "0x8D%012" PRIX64, identity & UINT64_C(0xffffffffffff));
    else
        snprintf(out, STORAGE_TAG_SIZE, "%016" PRIx64 "%016" PRIx64, identity, rng_mix(identity));
}

void storage_instant_write(char out[STORAGE_INSTANT_SIZE], int64_t at_ms)
{
    if (at_ms % MS_PER_SECOND == 0) {
        timestamp_write_seconds(out, at_ms);
        out[TIMESTAMP_SECONDS_LENGTH] = '\0';
    } else {
        timestamp_write_millis(out, at_ms);
        out[TIMESTAMP_MILLIS_LENGTH] = '\0';
    }
}

/* What is echoed may be any bytes: those that are not printed as ASCII become "?". */
static void append_xml_text(struct strbuf *out, const char *text)
{
    for (size_t i = 0; i < ECHO_MAX && text[i]; i++) {
        char c = text[i];

        xml_append_byte(out, c == '\n' || (c >= 0x20 && c < 0x7f) ? c : '?', XML_ELEMENT);
    }
}

void storage_xml_element(struct strbuf *out, const char *name, const char *text)
{
    strbuf_appendf(out, "<%s>", name);
    append_xml_text(out, text);
    strbuf_appendf(out, "</%s>", name);
}

const char *storage_object_name(const struct storage_facts *facts)
{
    const char *path = facts->path ? facts->path : "";

    return *path == '/' ? path + 1 : path;
}

bool storage_scheme_is(const struct storage_facts *facts, const char *scheme)
{
    const char *value = facts->authorization ? facts->authorization : "";
    size_t length = strlen(scheme);

    return strncasecmp(value, scheme, length) == 0 && (value[length] == ' ' || !value[length]);
}

void storage_success_headers(enum storage_kind kind, const struct storage_facts *facts,
                             struct http_response *response)
{
    kinds[kind].headers(facts, response);
}

void storage_refuse(enum storage_kind kind, enum storage_refusal refusal,
                    const struct storage_facts *facts, struct http_response *response)
{
    if (refusal == STORAGE_METHOD)
        http_response_header(response, "Allow", "GET, HEAD");
    kinds[kind].refuse(refusal, facts, response);
    if (refusal == STORAGE_BUSY || refusal == STORAGE_BROKEN)
        response->status = facts->fault_status;
}
