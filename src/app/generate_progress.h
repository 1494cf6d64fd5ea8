/*
 * generate_progress: a line on a terminal that says how far a long work is:
 *
 *   [########............]  41 %  1.3 of 3.1 GB  940 MB/s  0:02 left
 */
#ifndef APP_GENERATE_PROGRESS_H
#define APP_GENERATE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"

/* A value; release it with progress_end(). Not shown: every call does nothing. */
struct progress {
    bool is_shown;
    uint64_t total_bytes;
    int64_t start_real_ms;
    int64_t shown_real_ms; /* when the line was written last */
    struct strbuf line;
};

/* Begins to show a work of so many bytes on stderr, if that is a terminal and wanted. */
void progress_begin(struct progress *progress, uint64_t total_bytes, bool is_wanted);

/* So many bytes are done. Writes the line when it is a tenth of a second old. */
void progress_show(struct progress *progress, uint64_t done_bytes);

/* Removes the line. */
void progress_end(struct progress *progress);

/* Appends a number of bytes with three digits and a unit: "940 MB", "1.3 GB". */
void progress_append_bytes(struct strbuf *out, double bytes);

#endif
