/*
 * sent: the header fields of a request that the journal keeps and that conduct is judged by, looked
 * up once for both.
 */
#ifndef APP_SENT_H
#define APP_SENT_H

#include "http/request.h"

/* Borrowed from the request; NULL: not sent. */
struct sent_fields {
    const char *authorization;
    const char *content_type;
    const char *user_agent;
    const char *range;
    const char *if_range;
    const char *accept_encoding;
};

/* The fields of a request. */
static inline struct sent_fields sent_fields_of(const struct http_request *request)
{
    return (struct sent_fields){
        .authorization = http_request_header(request, "Authorization"),
        .content_type = http_request_header(request, "Content-Type"),
        .user_agent = http_request_header(request, "User-Agent"),
        .range = http_request_header(request, "Range"),
        .if_range = http_request_header(request, "If-Range"),
        .accept_encoding = http_request_header(request, "Accept-Encoding"),
    };
}

#endif
