/*
 * corrupt: a file whose bytes are wrong on purpose. Each corruption comes to a few bytes to write
 * in place of the right ones, so any range of the file, read in any order, shows the same bytes,
 * and nothing but the rows aimed at differs.
 *
 * What each does (source: assumed; the kinds are named by core/fault.h):
 *
 *   cut-in-utf8      the second byte of the row's first character of several bytes becomes LF. In
 *                    a row of ASCII two letters of its first string value that has two (else of a
 *                    name) become the bytes C3 0A; a row without any stays as it is
 *   cut-row          from the character in the middle of the row to its line end: blanks
 *   no-line-end      the line end, LF or CR LF, becomes blanks
 *   not-json         the row's first bytes are those of an HTML page
 *   flip-bit, nul    the byte given; with a row, the first byte of the character in its middle
 *   no-last-newline  the file ends before its last LF, a byte earlier
 *   wrong-size       nothing: the bytes are right, getAll tells the wrong size
 *
 * A row or byte beyond the end, an empty row and a line end that is not there have no effect.
 * Places are found in the right bytes; of two corruptions that meet, the later one has its way.
 */
#ifndef CONTENT_CORRUPT_H
#define CONTENT_CORRUPT_H

#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "base/status.h"
#include "content/content.h"
#include "core/fault.h"

/*
 * Puts count corruptions on an opened file: source must be what content_file_open() gave for the
 * same query, choice and index. It is replaced by one that owns it, has no descriptor and may be
 * shorter; or left as it is when nothing has an effect. Takes microseconds for computed files,
 * however large; a file of a folder is read up to the rows aimed at. STATUS_IO when that fails;
 * then source is left as it is.
 */
enum status content_corrupt(struct content *content, const struct dataset_query *query,
                            const struct data_choice *choice, uint32_t index,
                            const struct corruption *list, size_t count, struct source *source,
                            struct error *err) MUST_CHECK;

#endif
