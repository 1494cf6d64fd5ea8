/*
 * range: the Range header field (RFC 9110, section 14) for one range of bytes.
 */
#ifndef HTTP_RANGE_H
#define HTTP_RANGE_H

#include <stdint.h>

enum range_kind {
    RANGE_FULL,         /* no range that counts: the whole file, status 200 */
    RANGE_PARTIAL,      /* offset_bytes and length_bytes: status 206 */
    RANGE_UNSATISFIABLE /* nothing of the file lies in the range: status 416 */
};

struct range {
    enum range_kind kind;
    uint64_t offset_bytes;
    uint64_t length_bytes; /* of a partial range: at least 1, offset + length <= size */
};

/*
 * Reads a field value (NULL: no field) against a file of size_bytes. Wrong syntax, another unit
 * and several ranges give the whole file, as RFC 9110 allows. A suffix of an empty file gives the
 * whole (empty) file: the RFC calls it satisfiable, but Content-Range cannot say "no bytes".
 * Source: interface, "one range; several give the whole file"; the rest RFC 9110.
 */
struct range range_read(const char *value, uint64_t size_bytes);

#endif
