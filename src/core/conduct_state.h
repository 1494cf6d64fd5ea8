/*
 * conduct_state: what the judgement of one tenant keeps; for core/conduct*.c only.
 */
#ifndef CORE_CONDUCT_STATE_H
#define CORE_CONDUCT_STATE_H

#include "core/conduct.h"
#include "core/note.h"

/* Requests that were refused for good and are remembered, to see whether they are repeated. */
#define HOPELESS_MAX 16

/* Most findings that are kept of a tenant; further ones are counted. */
#define FINDINGS_MAX 200

/* The two hosts that a client talks to; each has a Retry-After and failures of its own. */
enum conduct_host { HOST_API, HOST_FILES, CONDUCT_HOST_COUNT };

/* Failures in a row that a wait might cure. */
struct failures {
    uint32_t count;
    int64_t last_ms; /* instant of the last one */
    int64_t last_real_ms;
    int64_t gap_ms; /* from the one before to the last one; -1: there was none */
    int64_t gap_real_s;
    uint32_t flat_count; /* waits in a row that were not longer than the one before */
    uint64_t fingerprint;
};

/* What Retry-After told the client: to wait until then. */
struct promise {
    bool is_open;
    int64_t until_ms;
    int64_t until_real_ms;
    int64_t told_real_s;
};

/* What is remembered of refusals; most clients meet none. */
struct troubles {
    struct promise promises[CONDUCT_HOST_COUNT];
    struct failures failures[CONDUCT_HOST_COUNT];
    uint64_t hopeless[HOPELESS_MAX]; /* fingerprints; a ring */
    uint32_t hopeless_count;
};

/* Small, because every tenant may have one. */
struct conduct {
    struct finding *findings;  /* owned */
    struct troubles *troubles; /* owned; NULL: nothing was refused yet */
    uint64_t dropped;
    struct uuid single_export; /* the last one that was polled alone while unfinished */
    int64_t single_ms;
    uint32_t finding_count;
    bool has_single;
    bool has_fresh; /* some finding is */
};

/* The conduct in its place, made if it is not there. */
struct conduct *conduct_of(struct conduct **place);

/* What a finding is about. */
struct subject {
    enum conduct_rule rule;
    const struct export *export; /* NULL: none */
    uint32_t file;
    struct evidence evidence;
};

/*
 * Adds to the finding of the rule, export and file, or begins one; the detail is that of the first
 * time. *conduct is made if it is not there.
 */
void conduct_find(struct conduct **conduct, const struct subject *subject, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

#endif
