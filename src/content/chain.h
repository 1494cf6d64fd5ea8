/*
 * chain: several sources as one, with every row on a line of its own.
 */
#ifndef CONTENT_CHAIN_H
#define CONTENT_CHAIN_H

#include <stddef.h>

#include "base/source.h"
#include "base/status.h"

/*
 * The parts one after the other. A part that is not the last and whose last line has no end gets
 * one, so that two rows never share a line. On STATUS_OK the parts belong to *out; the array stays
 * the caller's. STATUS_IO when the last byte of a part cannot be read.
 */
enum status chain_open(const struct source *parts, size_t count, struct source *out,
                       struct error *err) MUST_CHECK;

#endif
