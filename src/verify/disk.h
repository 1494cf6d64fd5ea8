/*
 * disk: what a client collected, on the disk or on stdin: files, folders, gzip.
 */
#ifndef VERIFY_DISK_H
#define VERIFY_DISK_H

#include "base/status.h"
#include "verify/files.h"

struct disk_files;

/*
 * Finds the files of the paths. A folder stands for its *.jsonl, *.ndjson, *.json and *.gz, those
 * of its folders too, sorted so that numbers count as numbers. "-" is stdin, which is put into a
 * temporary file when it is no file that can be read twice. What begins like gzip is read as that.
 * STATUS_NOT_FOUND, STATUS_IO or STATUS_INVALID (a folder without such files, stdin twice) with the
 * path. Caller frees.
 */
enum status disk_files_new(const char *const *paths, size_t count, struct disk_files **out,
                           struct error *err) MUST_CHECK;
void disk_files_free(struct disk_files *files); /* may be NULL */

/* A view of them for verify_run(); it must not outlive them. */
struct verify_files disk_files_view(struct disk_files *files);

#endif
