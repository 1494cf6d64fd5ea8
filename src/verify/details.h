/*
 * details: looks at the bytes of the findings that are shown, to say what is wrong with them.
 */
#ifndef VERIFY_DETAILS_H
#define VERIFY_DETAILS_H

#include "base/status.h"
#include "verify/files.h"
#include "verify/findings.h"

/*
 * Reads the rows of the findings that are shown, and fills differs_at, reason, found, wanted and
 * id_key. STATUS_IO and the like when a file cannot be read any more.
 */
enum status details_fill(struct findings *findings, const struct verify_files *expected,
                         const struct verify_files *collected, struct error *err) MUST_CHECK;

#endif
