/*
 * record: makes the journal's entries from requests, answers and notes, and takes the credentials
 * out of all that is kept.
 */
#ifndef APP_RECORD_H
#define APP_RECORD_H

#include "api/api.h"
#include "app/sent.h"
#include "core/journal.h"
#include "json/redact.h"

/* The journal and the work space for its entries. A value; zeroed is empty. */
struct recorder {
    struct journal journal;
    struct secrets secrets;
    struct strbuf texts[JOURNAL_TEXT_COUNT]; /* redacted, where something was to redact */
};

/* Frees the journal and the work space. */
void recorder_release(struct recorder *recorder);

/*
 * Adds an answered request of the emulated API to the journal. call->request is NULL for one that
 * is not sound HTTP: its answer counts as completed, because its end is not told.
 */
void record_call(struct recorder *recorder, const struct api_call *call,
                 const struct sent_fields *sent);

/*
 * The body of an answer with an error that was recorded just now, without credentials; borrowed
 * until the next is recorded.
 */
const struct strbuf *recorder_refusal(const struct recorder *recorder,
                                      const struct http_response *response);

/*
 * What to show of the path of a request: without credentials, as its entry has it. The path itself
 * when it is that of an operation or a file, number is 0, or the entry is gone. Borrowed until the
 * next call.
 */
const char *recorder_shown_path(struct recorder *recorder, uint64_t number, const char *path);

#endif
