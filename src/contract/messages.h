/*
 * messages: the texts of error bodies. Source: contract/messages.json, for_exports: each is
 * observed on the real API, inferred from what was observed, or chosen; messages.c says which.
 */
#ifndef CONTRACT_MESSAGES_H
#define CONTRACT_MESSAGES_H

enum message {
    MESSAGE_INVALID_JSON,       /* not strict JSON, a value of the wrong type, an unknown type */
    MESSAGE_INTERVAL_TOO_LONG,  /* Filters.UpdatedUtc over UPDATED_INTERVAL_MAX_MS */
    MESSAGE_EXPORT_IN_PROGRESS, /* an export of that type is Pending or Processing */
    MESSAGE_UNAUTHORIZED,       /* tokens unknown or missing, or without the permission */
    MESSAGE_NOT_FOUND,          /* unknown path, wrong case, trailing slash, other method */
    MESSAGE_REQUEST_TIMEOUT,    /* injected */
    MESSAGE_CONTENT_TOO_LARGE,
    MESSAGE_TOO_MANY_REQUESTS, /* over the rate limit */
    MESSAGE_SERVER_FAULT,      /* injected */
    MESSAGE_SERVER_FULL,       /* as many exports or tenants as this server may hold */
    MESSAGE_COUNT
};

/* The text of a message and the HTTP status it goes with. */
const char *message_text(enum message message);
int message_http_status(enum message message);

/* Room for message_write_invalid(), the NUL included. */
#define MESSAGE_INVALID_MAX 128

/*
 * Writes "Invalid {Parameter}.", the 400 for a parameter that is missing, empty, too long or names
 * what does not exist: EntityType, ExportIds, EnterpriseIds, ChainIds, UpdatedUtc,
 * LedgerEntryFilters, Posting, Client. parameter is the last name as in the request ("Posting",
 * not its path); a name over 100 bytes is cut. Source: messages.json, patterns.
 */
void message_write_invalid(char out[MESSAGE_INVALID_MAX], const char *parameter);

/*
 * The text for an answer whose HTTP status a fault injects: the one of the table that the status
 * alone gives, else one for all 4xx or 5xx (chosen). Never NULL.
 */
const char *message_for_status(int http_status);

#endif
