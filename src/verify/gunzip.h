/*
 * gunzip: reads a file that is compressed with gzip, of one member or several.
 */
#ifndef VERIFY_GUNZIP_H
#define VERIFY_GUNZIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "verify/files.h"

/* True when the file begins as gzip does (RFC 1952, section 2.3.1). */
bool gunzip_is_needed(int fd);

/*
 * Hands the uncompressed bytes from offset on to sink, as verify_files.read does. A file that ends
 * early or is broken gives what can be had of it, like the rows that a client would have read: its
 * last row is then damaged, and others are missing. STATUS_IO when the file cannot be read.
 */
enum status gunzip_read(int fd, const char *name, uint64_t offset_bytes, verify_sink *sink,
                        void *sink_state, struct error *err) MUST_CHECK;

#endif
