/*
 * fault: what goes wrong on purpose. A scenario has a list of faults; each says which requests it
 * is for and what it does to their answers. Deciding is a pure function of the list, of what was
 * counted for the tenant so far, and of the seed: the same requests in the same order meet the same
 * faults. Source: interface, section 5.
 */
#ifndef CORE_FAULT_H
#define CORE_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rng.h"
#include "contract/entity.h"
#include "core/delivery.h"

/* Most faults of a scenario, and most that change the rows of one download. */
#define FAULTS_MAX      64
#define CORRUPTIONS_MAX 8

/* What a fault is for. */
enum fault_target { FAULT_ADD, FAULT_GET_ALL, FAULT_DOWNLOAD, FAULT_TARGET_COUNT };

/* What is done to a row, a byte or a file. None but the last two changes a file's size. */
enum corruption_how {
    CORRUPT_NONE,
    CORRUPT_CUT_IN_UTF8,     /* a line end in the middle of a character of several bytes */
    CORRUPT_CUT_ROW,         /* the second half of the row is blanks: JSON that ends too early */
    CORRUPT_NO_LINE_END,     /* a blank in place of the line end: two rows on one line */
    CORRUPT_NOT_JSON,        /* the row begins with words that are not JSON */
    CORRUPT_FLIP_BIT,        /* the byte's highest bit is flipped */
    CORRUPT_NUL,             /* the byte is 0 */
    CORRUPT_NO_LAST_NEWLINE, /* the last row has no line end: the file is a byte shorter */
    CORRUPT_WRONG_SIZE, /* getAll tells a SizeInBytes that is off by so much; bytes are right */
    CORRUPT_HOW_COUNT
};

struct corruption {
    enum corruption_how how;
    bool has_byte;    /* else has a row, or is for the file */
    uint64_t row;     /* from 1; 0: none was given */
    uint64_t byte;    /* offset from 0 in the file */
    int64_t by_bytes; /* CORRUPT_WRONG_SIZE */
};

/* Numbers from 1 on; first 0: any. */
struct turn_range {
    uint32_t first, last;
};

/* An answer in place of the right one. status 0: none. */
struct fault_answer {
    int status;
    bool has_retry_after;
    int64_t retry_after_ms; /* virtual, as the rate limit's wait is */
    char *body;             /* owned; NULL: the API's own for the status */
};

struct fault {
    unsigned targets;          /* bits 1 << enum fault_target */
    unsigned entity_types;     /* bits 1 << enum entity_type; 0: any */
    uint32_t file;             /* of a download, from 1; 0: any */
    struct turn_range attempt; /* of a download: the so manyth GET of that file */
    struct turn_range nth;     /* of the tenant's requests that match all the above */
    uint32_t every;            /* of these: every so manyth; 0 and 1: all */
    double probability;        /* of these: by chance; 1: all */

    struct fault_answer answer;
    struct delivery delivery;
    struct corruption corruption;
};

/* A request, as far as faults look at it. */
struct fault_event {
    enum fault_target target;
    unsigned entity_types; /* that it is about: bits; 0: not known */
    uint32_t file;
    uint32_t attempt;
};

/* What becomes of a request. */
struct fault_decision {
    uint64_t fired; /* bits 1 << index of the faults that apply */
    const struct fault_answer
        *answer; /* of the first that has one; borrowed; NULL: the right one */
    /* Delays add up, the slowest throttle holds, the first cut holds. */
    struct delivery delivery;
    struct corruption corruptions[CORRUPTIONS_MAX];
    uint32_t corruption_count;
};

/*
 * Decides what happens to a request, and counts it. counts[i] is how many requests of the tenant
 * fault i was for so far; rng_name says which stream of chance is the tenant's.
 */
void fault_decide(const struct fault *faults, size_t count, uint32_t *counts, uint64_t rng_name,
                  const struct fault_event *event, struct fault_decision *out);

/* Writes "getAll", "add", "download"; and a corruption's name ("cut-in-utf8"). */
const char *fault_target_name(enum fault_target target);
const char *corruption_name(enum corruption_how how);

/* The cut's name: "close", "reset", "stall". */
const char *cut_name(enum cut_how how);

/* True when number lies in the range. */
bool turn_in(struct turn_range range, uint32_t number);

#endif
