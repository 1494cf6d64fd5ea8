/*
 * fake: requests and sources made of plain values, for tests.
 */
#ifndef TESTS_UNIT_HTTP_FAKE_H
#define TESTS_UNIT_HTTP_FAKE_H

#include <string.h>
#include <strings.h>

#include "base/source.h"
#include "http/request.h"

#define FAKE_FIELDS_MAX 4

/* Header fields as name, value, name, value, …; ends at a NULL name. */
struct fake_fields {
    const char *text[2 * FAKE_FIELDS_MAX + 1];
};

static inline const char *fake_find_header(void *state, const char *name)
{
    const struct fake_fields *fields = state;

    for (int i = 0; i < FAKE_FIELDS_MAX && fields->text[2 * i]; i++) {
        if (strcasecmp(fields->text[2 * i], name) == 0)
            return fields->text[2 * i + 1];
    }
    return NULL;
}

/* A request without a body; fields is borrowed. */
static inline struct http_request fake_request(const char *method, struct fake_fields *fields)
{
    return (struct http_request){.method = http_method_of(method),
                                 .method_name = method,
                                 .path = "/exports/x",
                                 .query = "",
                                 .body = "",
                                 .find_header = fake_find_header,
                                 .header_state = fields};
}

/* A source over memory that counts its releases. */
struct fake_source {
    const char *bytes;
    int released;
    bool broken; /* reading fails */
};

static inline enum status fake_read_at(void *state, uint64_t offset, void *out, size_t length)
{
    const struct fake_source *fake = state;

    if (fake->broken)
        return STATUS_IO;
    memcpy(out, fake->bytes + offset, length);
    return STATUS_OK;
}

static inline void fake_release(void *state)
{
    ((struct fake_source *)state)->released++;
}

/* fake is borrowed and must outlive the source. */
static inline struct source fake_source_of(struct fake_source *fake, uint64_t size_bytes)
{
    return (struct source){size_bytes, -1, fake_read_at, fake_release, fake};
}

#endif
