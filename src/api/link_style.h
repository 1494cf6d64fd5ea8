/*
 * link_style: the query parameters of a signed link in each storage kind's style, as values:
 * written from a link, and read back. Only api/link.c uses this.
 */
#ifndef API_LINK_STYLE_H
#define API_LINK_STYLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/storage.h"

#define LINK_PARAMETERS_MAX 8
#define LINK_VALUE_MAX      96
#define LINK_SIGNATURE_SIZE 32

/* A decoded value, not NUL-terminated; absent when it has no length. */
struct link_value {
    size_t length;
    char text[LINK_VALUE_MAX];
};

/*
 * Names in the order they are written, the serial's, which link.c fills, at the end. All of a query
 * but the signature's value must fit LINK_QUERY_SIZE.
 */
struct link_style {
    const char *names[LINK_PARAMETERS_MAX];
    unsigned count;
    unsigned signature;     /* index of the signature */
    unsigned optional_from; /* parameters from this index on may be absent */
    bool carries_from;      /* from_ms can be read back */
    /* Fills all values but the signature's and the serial's; leaves those empty that are not
     * needed. */
    void (*write)(struct link_value *values, int64_t from_ms, int64_t until_ms);
    /* The instants of the values; false when they cannot be read. */
    bool (*read)(const struct link_value *values, int64_t *from_ms, int64_t *until_ms);
    /* Writes the signature's text. */
    void (*write_signature)(struct link_value *value, const uint8_t mac[LINK_SIGNATURE_SIZE]);
};

/* The style of a kind. */
const struct link_style *link_style_of(enum storage_kind kind);

#endif
