/*
 * uuid: 16 bytes in the order they are written (RFC 9562). Text is lower case with hyphens.
 *
 * libuuid makes name-based ids; reading and writing is our own because a thousand ids are read
 * and written in one getAll, where libuuid's parser (strtoul per group) costs more than all else.
 */
#ifndef BASE_UUID_H
#define BASE_UUID_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define UUID_LENGTH 36

/* An id, by value; all zero is the nil id. */
struct uuid {
    uint8_t bytes[16];
};

/* Reads exactly UUID_LENGTH characters, either case. False when text is anything else. */
bool uuid_read(const char *text, size_t length, struct uuid *out);

/* Writes UUID_LENGTH bytes, lower case, no NUL. */
void uuid_write(char *out, const struct uuid *id);

/* The name-based id (version 5, SHA-1) of name within space. The same input gives the same id. */
struct uuid uuid_from_name(const struct uuid *space, const void *name, size_t length);

/* An id of version 4 with these random bits, lowest bytes first; six of them are not used. */
struct uuid uuid_from_random(uint64_t first, uint64_t second);

/*
 * An id as the platform makes them: 10 bytes of random (with version and variant bits), then the
 * instant of creation as 2 bytes of days since 1900-01-01 and 4 bytes of 1/300 s of that day, big
 * endian. Source: contract/protocol.json, serialization.id_pattern.
 */
struct uuid uuid_platform(uint64_t random_high, uint16_t random_low, int64_t created_ms);

/* Order by bytes: below, equal to or above 0. */
static inline int uuid_compare_bytes(const struct uuid *a, const struct uuid *b)
{
    uint64_t left[2], right[2];
    int differs_at;

    memcpy(left, a->bytes, sizeof left);
    memcpy(right, b->bytes, sizeof right);
    differs_at = left[0] == right[0];
    if (left[differs_at] == right[differs_at])
        return 0;
    return be64toh(left[differs_at]) < be64toh(right[differs_at]) ? -1 : 1;
}

/* True when both are the same id. */
static inline bool uuid_equal(const struct uuid *a, const struct uuid *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

#endif
