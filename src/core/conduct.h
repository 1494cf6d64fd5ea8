/*
 * conduct: what the client under test does, judged by what the API's documentation advises and by
 * what a careful client would do. Requests are shown to it one by one as they are answered; it
 * keeps what later judgements need and the findings, each with the requests that are its evidence.
 *
 * Waiting is judged in virtual time. What a client was told to wait (Retry-After) counts as waited
 * when either the virtual or the told real time has gone by, so that a frozen clock is no trap.
 * Source: interface, section 6; each rule's own in conduct_rules.c.
 */
#ifndef CORE_CONDUCT_H
#define CORE_CONDUCT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"
#include "core/lifecycle.h"

struct store;
struct tenant;
struct export;
struct request_note;

/* How much a finding weighs. */
enum conduct_level { CONDUCT_ERROR, CONDUCT_WARNING, CONDUCT_INFO, CONDUCT_LEVEL_COUNT };

/* In the order of a report. */
enum conduct_rule {
    RULE_LEAKED_TOKEN,
    RULE_IGNORED_RETRY_AFTER,
    RULE_RETRIED_HOPELESS,
    RULE_MISSED_FILE,
    RULE_INCOMPLETE_DOWNLOAD,
    RULE_POLLED_TOO_FAST,
    RULE_POLLED_ONE_BY_ONE,
    RULE_NO_BACKOFF,
    RULE_ADDED_WHILE_RUNNING,
    RULE_STALE_LINK,
    RULE_WRONG_CONTENT_TYPE,
    RULE_NO_CLIENT_NAME,
    RULE_NEVER_COLLECTED,
    RULE_ASKED_UNKNOWN,
    RULE_POLLED_AFTER_FINAL,
    RULE_RESTARTED_NOT_RESUMED,
    RULE_DOWNLOADED_TWICE,
    RULE_GAVE_UP,
    CONDUCT_RULE_COUNT
};

struct conduct_rule_entry {
    const char *id; /* "polled-too-fast" */
    enum conduct_level level;
    const char *summary; /* what happened, a sentence without a full stop */
    const char *why;     /* why it matters, likewise */
    const char *source;  /* of the advice */
    bool is_omission;    /* something was not done to its end, as a client does that gives up */
};

/* By enum conduct_rule. */
extern const struct conduct_rule_entry conduct_rules[CONDUCT_RULE_COUNT];

/* "error", "warning", "info". */
const char *conduct_level_name(enum conduct_level level);

/* A request that a finding rests on: its number in the journal and its virtual instant. */
struct evidence {
    uint64_t number;
    int64_t at_ms;
};

#define EVIDENCE_MAX 5
#define DETAIL_MAX   160

/* A rule that was broken, for one export or for none. */
struct finding {
    enum conduct_rule rule;
    bool has_export;
    struct uuid export_id;
    uint32_t file;                          /* from 1; 0: not about one file */
    uint32_t count;                         /* how often */
    struct evidence evidence[EVIDENCE_MAX]; /* the first ones */
    uint32_t evidence_count;
    bool is_fresh;           /* came or grew since conduct_take_fresh() */
    char detail[DETAIL_MAX]; /* of the first one: what was seen and what would have been right */
};

/* Facts of a request beside its note. Borrowed for the call. */
struct conduct_request {
    uint64_t number;
    int64_t now_ms; /* of its tenant */
    int64_t now_real_ms;
    int status;
    bool was_cut; /* a fault breaks the answer off: the client may not have seen the status */
    uint64_t fingerprint;     /* of method, path, query and body; 0 unless refused */
    const char *content_type; /* NULL: none */
    bool has_authorization;
    const char *query;
    bool has_range;
};

/*
 * Judges a request that was answered. Whoever is not known is judged together with all others that
 * are not.
 */
void conduct_observe(struct store *store, const struct request_note *note,
                     const struct conduct_request *request);

/*
 * Judges that getAll shows the export in a state, and notes it. To be called for each export of an
 * answer, before conduct_observe(); note->tenant is who asks.
 */
void conduct_show(struct request_note *note, struct export *export, enum export_state state,
                  struct evidence evidence);

/* Bytes from start up to end, without it. */
struct span {
    uint64_t start, end;
};

/* Notes what a download of a file (from 1) has sent to its end; is_whole: all of the file. */
void conduct_download_over(struct export *export, uint32_t file, struct span span, bool is_whole);

/* The same for a download that broke off. */
void conduct_download_broken(struct export *export, uint32_t file, struct span span);

/* True when every file of the export was fetched whole, by any ranges, or it was shown to have
 * none. */
bool conduct_is_collected(const struct export *export);

/* A tenant's conduct; NULL and zeroed memory are one without findings. */
struct conduct;

/* Frees it; may be NULL. */
void conduct_free(struct conduct *conduct);

/* What an export's polls and downloads looked like; owned by the export. Frees it; may be NULL. */
struct watch;
void watch_free(struct watch *watch);

/* Told about each finding of a report. */
typedef void conduct_visitor(const struct tenant *tenant, const struct finding *finding,
                             void *state);

/*
 * Visits the findings of a tenant, or of the whole server (tenant NULL), those of a tenant together
 * and in the order of the rules. What only the end shows (files that were never fetched, exports
 * that were never asked for again) is judged as of now.
 */
void conduct_report(struct store *store, const struct tenant *tenant, int64_t now_real_ms,
                    conduct_visitor *visit, void *state);

/*
 * Visits the findings of a tenant, or of those who did not sign in (NULL), that came or grew since
 * the last call.
 */
void conduct_take_fresh(struct store *store, const struct tenant *tenant, conduct_visitor *visit,
                        void *state);

/*
 * The stretches of a file (from 1) that were fetched, in order; *count of them, 0 when nothing was,
 * or when *is_whole: all of it was fetched at once. Borrowed until the next download.
 */
const struct span *conduct_spans(const struct export *export, uint32_t file, uint32_t *count,
                                 bool *is_whole);

/* How many findings were not kept because there were too many; of a tenant or all. */
uint64_t conduct_dropped(const struct store *store, const struct tenant *tenant);

#endif
