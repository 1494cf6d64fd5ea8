/*
 * header: the first record of a state file: whose it is, and the options that what it holds depends
 * on. The same options must be in force whenever the file is used: an export under other ones would
 * hold other data under the same id.
 */
#ifndef STATE_HEADER_H
#define STATE_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/strbuf.h"
#include "core/scenario.h"
#include "json/document.h"
#include "json/writer.h"

#define HEADER_VERSION     1
#define HEADER_OPTIONS_MAX 16

/* An option by its name, as the command line would have it; value NULL: not given. */
struct header_option {
    const char *name;
    const char *value;
};

/* All zero: no file. Release it with header_release(). */
struct header {
    struct json_document document; /* owns the texts */
    const char *program;           /* its version */
    struct header_option options[HEADER_OPTIONS_MAX];
    size_t option_count;
    struct scenario *scenario; /* owned part: the one of --scenario; NULL: none */
};

/* Writes the members of the record into the object at hand; borrows all of header. */
void header_write(struct json_writer *json, const struct header *header);

/* Reads the JSON text of the record. Errors have the place in err->field. */
enum status header_read(const char *json, size_t length, struct header *out,
                        struct error *err) MUST_CHECK;

/* Frees what was read. Nothing to do for a header that is all zero. */
void header_release(struct header *header);

/*
 * Reads the header of a file without locking it; all zero when there is no file or it is empty.
 * STATUS_IO or STATUS_MALFORMED with the reason; the message has no name of a file.
 */
enum status header_peek(const char *path, struct header *out, struct error *err) MUST_CHECK;

/*
 * STATUS_CONFLICT when present, what is in force, is not what the file was made with; the message
 * says which option, and what to do.
 */
enum status header_compare(const struct header *file, const struct header *present,
                           struct error *err) MUST_CHECK;

#endif
