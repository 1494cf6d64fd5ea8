/*
 * match: the rows of one group of a spill, both sides brought together by their Ids.
 */
#ifndef VERIFY_MATCH_H
#define VERIFY_MATCH_H

#include "base/status.h"
#include "verify/files.h"
#include "verify/findings.h"
#include "verify/spill.h"

/*
 * Compares the rows of a group and adds what it finds. A row is whole when it was collected with
 * the same bytes or the same meaning, up to as often as the exports have it: a client that writes a
 * repeated row once is right, too. A row that another export has in another state, which was
 * collected, is superseded and not missing. export_of tells the export of an expected file.
 * STATUS_IO when the spill cannot be read.
 */
enum status match_group(struct spill *spill, size_t group, const struct verify_files *expected,
                        struct findings *findings, struct error *err) MUST_CHECK;

#endif
