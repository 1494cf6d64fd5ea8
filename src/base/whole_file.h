/*
 * whole_file: small files that the operator wrote, read at once.
 */
#ifndef BASE_WHOLE_FILE_H
#define BASE_WHOLE_FILE_H

#include <stddef.h>

#include "base/status.h"
#include "base/strbuf.h"

/*
 * Appends the bytes of the file at path to out. STATUS_IO when it cannot be read, STATUS_LIMIT when
 * it is longer than most_mib MiB; the message names the path, field is "". What out holds after an
 * error is of no use.
 */
enum status whole_file_read(const char *path, size_t most_mib, struct strbuf *out,
                            struct error *err) MUST_CHECK;

#endif
