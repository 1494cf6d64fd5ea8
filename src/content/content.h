/*
 * content: the files behind the exports: a folder's, for the entity types that have files there,
 * and computed ones for all others. Either way a file is something with a length, an identity and
 * bytes that can be read at any offset.
 *
 * An export may have a data set of its own: choice says what differs from the server's, and may be
 * NULL. The same choice gives the same bytes and identity. A folder's files win over any choice.
 */
#ifndef CONTENT_CONTENT_H
#define CONTENT_CONTENT_H

#include <stdint.h>

#include "base/source.h"
#include "base/status.h"
#include "core/data_choice.h"
#include "data/dataset.h"

struct content;

/*
 * Makes the content of a data set; fixtures_dir may be NULL. Caller frees. STATUS_INVALID or
 * STATUS_IO with the file's name when the folder cannot be used (see fixtures.h).
 */
enum status content_new(const struct dataset_config *config, const char *fixtures_dir,
                        struct content **out, struct error *err) MUST_CHECK;
void content_free(struct content *content); /* may be NULL; no file must be open any more */

/* Gives back memory that can do without; see dataset_trim(). */
void content_trim(struct content *content);

/* How many files a query gives. Those of a folder are the same for every query of their type. */
uint32_t content_file_count(struct content *content, const struct dataset_query *query,
                            const struct data_choice *choice);

/* The size of file index (from 0), in bytes; 0 when a folder's file is gone. */
uint64_t content_file_size(struct content *content, const struct dataset_query *query,
                           const struct data_choice *choice, uint32_t index);

/* A number that names the content of file index; see dataset_file_identity(). */
uint64_t content_file_identity(struct content *content, const struct dataset_query *query,
                               const struct data_choice *choice, uint32_t index);

/*
 * Opens file index; release it with source_release(). STATUS_IO when a folder's file cannot be
 * read any more.
 */
enum status content_file_open(struct content *content, const struct dataset_query *query,
                              const struct data_choice *choice, uint32_t index, struct source *out,
                              struct error *err) MUST_CHECK;

/*
 * Finds row (from 0) of file index, which source is. *found is false when there is none such.
 * Takes microseconds for computed files; a folder's are read up to the row: STATUS_IO when that
 * fails.
 */
enum status content_find_row(struct content *content, const struct dataset_query *query,
                             const struct data_choice *choice, uint32_t index,
                             const struct source *source, uint64_t row, struct row_span *out,
                             bool *found) MUST_CHECK;

#endif
