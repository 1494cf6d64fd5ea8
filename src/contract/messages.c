#include "contract/messages.h"

#include <stdio.h>

static const struct {
    int http_status;
    const char *text;
} messages[MESSAGE_COUNT] = {
    /* observed; for an unknown EntityType inferred: the same failure to read as a malformed uuid */
    [MESSAGE_INVALID_JSON] = {400, "Invalid JSON."},
    /* inferred from "The interval must not exceed 3M1D." */
    [MESSAGE_INTERVAL_TOO_LONG] = {400, "The interval must not exceed 180D."},
    /* chosen: the status is documented, the text unknown */
    [MESSAGE_EXPORT_IN_PROGRESS] = {400, "An export of this entity type is already in progress."},
    /* observed for a wrong AccessToken, inferred for the rest */
    [MESSAGE_UNAUTHORIZED] = {401, "Cannot perform operation or session has expired."},
    /* chosen: the body of a 404 is unknown */
    [MESSAGE_NOT_FOUND] = {404, "Not found."},
    /* chosen, and not in messages.json: the status is documented */
    [MESSAGE_REQUEST_TIMEOUT] = {408, "The request took too long."},
    /* chosen */
    [MESSAGE_CONTENT_TOO_LARGE] = {413, "Content too large."},
    /* observed */
    [MESSAGE_TOO_MANY_REQUESTS] = {429, "Too many requests."},
    /* observed but for the last characters */
    [MESSAGE_SERVER_FAULT] = {500, "Something went wrong on our end. Our team has been notified "
                                   "and is working to fix the issue."},
    /* chosen, and not in messages.json: the real API has no such limit */
    [MESSAGE_SERVER_FULL] = {503, "The server is full."},
};

const char *message_text(enum message message)
{
    return messages[message].text;
}

int message_http_status(enum message message)
{
    return messages[message].http_status;
}

void message_write_invalid(char out[MESSAGE_INVALID_MAX], const char *parameter)
{
    snprintf(out, MESSAGE_INVALID_MAX, "Invalid %.100s.", parameter);
}

const char *message_for_status(int http_status)
{
    static const enum message of_status[] = {
        MESSAGE_INVALID_JSON,    MESSAGE_UNAUTHORIZED,      MESSAGE_NOT_FOUND,
        MESSAGE_REQUEST_TIMEOUT, MESSAGE_CONTENT_TOO_LARGE, MESSAGE_TOO_MANY_REQUESTS,
    };

    for (size_t i = 0; i < sizeof of_status / sizeof *of_status; i++) {
        if (messages[of_status[i]].http_status == http_status)
            return messages[of_status[i]].text;
    }
    return http_status >= 500 ? messages[MESSAGE_SERVER_FAULT].text : "The request was refused.";
}
