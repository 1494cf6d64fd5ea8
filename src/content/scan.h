/*
 * scan: looks at the bytes of a source one after the other, in pieces of bounded size.
 */
#ifndef CONTENT_SCAN_H
#define CONTENT_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/source.h"
#include "base/status.h"
#include "data/dataset.h"

/* Sees length bytes from offset; false: has seen enough. */
typedef bool scan_fn(void *state, uint64_t offset, const char *bytes, size_t length);

/*
 * Shows the bytes of a span to see, in order. STATUS_IO when they cannot be read; the span must lie
 * within the source.
 */
enum status scan_span(const struct source *source, struct row_span span, scan_fn *see,
                      void *state) MUST_CHECK;

/*
 * Finds row (from 0) by reading all that comes before it; *found is false when there is none such.
 * A row ends with its line end, or with the source.
 */
enum status scan_find_row(const struct source *source, uint64_t row, struct row_span *out,
                          bool *found) MUST_CHECK;

#endif
