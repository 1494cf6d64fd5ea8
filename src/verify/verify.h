/*
 * verify: compares what a client collected with what exports hold, in any order and any division
 * into files, in memory that does not grow with them. It reads both sides once and adds up digests
 * of rows (sums.h). Only what does not agree is read a second time and matched by Id (spill.h,
 * match.h). Source: interface, section 3 (verify).
 *
 * Used by the command `verify` over HTTP, and by whoever has the exports in the same process.
 */
#ifndef VERIFY_VERIFY_H
#define VERIFY_VERIFY_H

#include "base/status.h"
#include "verify/files.h"
#include "verify/findings.h"

/*
 * Compares. On STATUS_OK findings are filled, with the bytes of those that are shown looked up, and
 * are the caller's to release. Else err says which file of which side cannot be read; a difference
 * is no error. Takes some 10 MB, and 40 MB when much differs.
 */
enum status verify_run(const struct verify_files *expected, const struct verify_files *collected,
                       struct findings *findings, struct error *err) MUST_CHECK;

#endif
