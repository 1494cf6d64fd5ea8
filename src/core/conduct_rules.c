#include "core/conduct.h"

#define DATA_EXPORT "use-cases/data-export.md (2023-10-31, unchanged to 2026-08-07)"
#define EXPORTS     "operations/exports.md (2026-08-07)"
#define REQUESTS    "guidelines/requests.md (2026-08-07)"
#define RESPONSES   "guidelines/responses.md (2026-08-07)"

const struct conduct_rule_entry conduct_rules[CONDUCT_RULE_COUNT] = {
    [RULE_LEAKED_TOKEN] = {"leaked-token", CONDUCT_ERROR, "credentials were sent to the file host",
                           "links are signed by themselves; whoever runs the file host, or reads "
                           "its log, can use the tokens",
                           EXPORTS ", Url; assumed: RFC 9110, section 11.6.2"},
    [RULE_IGNORED_RETRY_AFTER] = {"ignored-retry-after", CONDUCT_ERROR,
                                  "a request came before Retry-After was over",
                                  "requests within the wait are refused again and keep the limit "
                                  "exhausted",
                                  REQUESTS ", rate limits"},
    [RULE_RETRIED_HOPELESS] = {"retried-hopeless", CONDUCT_ERROR,
                               "a refused request was repeated unchanged",
                               "400, 401, 403 and 404 do not go away by themselves: the client "
                               "loops instead of telling somebody",
                               RESPONSES ", status codes"},
    [RULE_MISSED_FILE] = {"missed-file", CONDUCT_ERROR,
                          "some files of an export were fetched, others were not",
                          "an export may have several files; the rows of the others are missing",
                          DATA_EXPORT ", multiple files", .is_omission = true},
    [RULE_INCOMPLETE_DOWNLOAD] = {"incomplete-download", CONDUCT_ERROR,
                                  "a file was fetched in part and never to its end",
                                  "the rows behind the break are missing; compare the length with "
                                  "SizeInBytes",
                                  EXPORTS ", SizeInBytes", .is_omission = true},
    [RULE_POLLED_TOO_FAST] = {"polled-too-fast", CONDUCT_WARNING,
                              "an unfinished export was asked for again within 5 minutes",
                              "exports take their time; each poll counts against the rate limit",
                              DATA_EXPORT ", poll interval"},
    [RULE_POLLED_ONE_BY_ONE] = {"polled-one-by-one", CONDUCT_WARNING,
                                "several exports were polled in requests of their own",
                                "getAll takes up to 1000 ids; one request for all spares the rate "
                                "limit",
                                EXPORTS ", ExportIds"},
    [RULE_NO_BACKOFF] = {"no-backoff", CONDUCT_WARNING,
                         "failing requests were repeated without growing waits",
                         "a server in trouble is kept in trouble by fixed pauses; without "
                         "Retry-After wait exponentially longer",
                         REQUESTS ", exponential backoff"},
    [RULE_ADDED_WHILE_RUNNING] = {"added-while-running", CONDUCT_WARNING,
                                  "an export was added while the client's own one of that type "
                                  "was running",
                                  "one may be in flight for each entity type; the client knows "
                                  "that it has not seen the end of the first",
                                  DATA_EXPORT ", one export at a time"},
    [RULE_STALE_LINK] = {"stale-link", CONDUCT_WARNING,
                         "a link was used after the 10 minutes that it works",
                         "links are made anew by each getAll; ask again right before a download",
                         "changelog/changelog2025.md (2025-08-05)"},
    [RULE_WRONG_CONTENT_TYPE] = {"wrong-content-type", CONDUCT_WARNING,
                                 "a request's Content-Type is not application/json",
                                 "the API takes JSON; what it makes of other types is not "
                                 "documented",
                                 REQUESTS ", headers"},
    [RULE_NO_CLIENT_NAME] = {"no-client-name", CONDUCT_WARNING,
                             "a request has no Client, the name and version of the application",
                             "support cannot tell whose requests these are; the API refuses them",
                             REQUESTS ", Client"},
    [RULE_NEVER_COLLECTED] = {"never-collected", CONDUCT_WARNING,
                              "an export was a Success and no file of it was fetched",
                              "its files go when it expires; an export that nobody needs blocks "
                              "others of its type while it runs",
                              EXPORTS ", Files", .is_omission = true},
    [RULE_ASKED_UNKNOWN] = {"asked-unknown", CONDUCT_WARNING,
                            "getAll was asked for ids that its tokens do not know",
                            "such ids are left out of the answer without a word; a client that "
                            "counts on an entry for each id waits for ever",
                            "assumed: contract/README.md, unknown ids in getAll"},
    [RULE_POLLED_AFTER_FINAL] = {"polled-after-final", CONDUCT_INFO,
                                 "only exports that were over were asked for",
                                 "Failed and Expired never change, and what was collected needs "
                                 "no new links",
                                 EXPORTS ", Status"},
    [RULE_RESTARTED_NOT_RESUMED] = {"restarted-not-resumed", CONDUCT_INFO,
                                    "a broken download was started from its first byte again",
                                    "a Range request with If-Range fetches only what is missing",
                                    "assumed: RFC 9110, section 14"},
    [RULE_DOWNLOADED_TWICE] = {"downloaded-twice", CONDUCT_INFO,
                               "a file was fetched to its end more than once",
                               "files of an export do not change", EXPORTS ", Files"},
    [RULE_GAVE_UP] = {"gave-up", CONDUCT_INFO, "an export was not asked for until its end",
                      "its result was not seen; where a client gives up on purpose, it should "
                      "tell somebody",
                      DATA_EXPORT ", polling", .is_omission = true},
};

const char *conduct_level_name(enum conduct_level level)
{
    static const char *const names[CONDUCT_LEVEL_COUNT] = {
        [CONDUCT_ERROR] = "error", [CONDUCT_WARNING] = "warning", [CONDUCT_INFO] = "info"};

    return names[level];
}
