/*
 * storage_kinds: what the kinds of storage share, and their answers. Only api/storage*.c use this.
 */
#ifndef API_STORAGE_KINDS_H
#define API_STORAGE_KINDS_H

#include "api/storage.h"
#include "base/strbuf.h"

/* Status, code and message of a refusal, as the store words them. */
struct storage_answer {
    int status;
    const char *code;
    const char *message;
};

/* Room for an instant in text and its NUL. */
#define STORAGE_INSTANT_SIZE 25

/* Writes an instant in ISO 8601, with milliseconds when it has some, and a NUL. */
void storage_instant_write(char out[STORAGE_INSTANT_SIZE], int64_t at_ms);

/* Appends <name>text</name>; bytes of text that XML cannot carry become '?', long text is cut. */
void storage_xml_element(struct strbuf *out, const char *name, const char *text);

/* The object's name: the path without its first slash; "" when there is no path. */
const char *storage_object_name(const struct storage_facts *facts);

/* True when the Authorization field has the scheme (case-insensitive). */
bool storage_scheme_is(const struct storage_facts *facts, const char *scheme);

/* As storage_success_headers() and storage_refuse() of one kind. */
void storage_azure_headers(const struct storage_facts *facts, struct http_response *response);
void storage_azure_refuse(enum storage_refusal refusal, const struct storage_facts *facts,
                          struct http_response *response);
void storage_s3_headers(const struct storage_facts *facts, struct http_response *response);
void storage_s3_refuse(enum storage_refusal refusal, const struct storage_facts *facts,
                       struct http_response *response);
void storage_gcs_headers(const struct storage_facts *facts, struct http_response *response);
void storage_gcs_refuse(enum storage_refusal refusal, const struct storage_facts *facts,
                        struct http_response *response);
void storage_plain_headers(const struct storage_facts *facts, struct http_response *response);
void storage_plain_refuse(enum storage_refusal refusal, const struct storage_facts *facts,
                          struct http_response *response);

#endif
