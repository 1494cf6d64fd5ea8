/*
 * fixtures: JSON Lines files of a folder, served byte for byte in place of computed ones.
 *
 * EntityType.jsonl is the only file of exports of its type; EntityType-1.jsonl, -2, ... are
 * several. What is not named *.jsonl is left alone, and so are hidden files. Source: interface,
 * section 3.
 */
#ifndef CONTENT_FIXTURES_H
#define CONTENT_FIXTURES_H

#include <stdint.h>

#include "base/source.h"
#include "base/status.h"
#include "contract/entity.h"

/* Most files of one entity type. */
#define FIXTURES_MAX_FILES 10000

/* A value; zeroed: no files. */
struct fixtures {
    char *dir; /* owned */
    struct {
        bool is_single;      /* EntityType.jsonl */
        uint32_t file_count; /* 0: not in the folder */
    } types[ENTITY_TYPE_COUNT];
};

/*
 * Looks through the folder. STATUS_IO when it or a file cannot be read; STATUS_INVALID, with the
 * file's name and what to do, for a *.jsonl that names no type, a gap in the numbers, both ways of
 * naming at once, or no file at all.
 */
enum status fixtures_init(struct fixtures *fixtures, const char *dir, struct error *err) MUST_CHECK;
void fixtures_release(struct fixtures *fixtures);

/* Size and identity (of name, size and time of change) of a file; STATUS_IO when it is gone. */
enum status fixtures_stat(const struct fixtures *fixtures, enum entity_type type, uint32_t index,
                          uint64_t *size_bytes, uint64_t *identity) MUST_CHECK;

/* Opens a file as a source with a descriptor. */
enum status fixtures_open(const struct fixtures *fixtures, enum entity_type type, uint32_t index,
                          struct source *out, struct error *err) MUST_CHECK;

#endif
