/*
 * request_query: which entries of the journal a call asks for, from its query or its body.
 */
#ifndef ADMIN_REQUEST_QUERY_H
#define ADMIN_REQUEST_QUERY_H

#include "admin/admin.h"
#include "admin/body.h"
#include "base/strbuf.h"

/* A value; release with request_query_release(). */
struct request_query {
    struct journal_filter filter;
    struct strbuf text; /* what filter.text points to */
    bool bodies;        /* entries are shown with their bodies */
    uint64_t after;     /* number of the last entry that is not asked for any more */
    uint64_t limit;
};

/* The parameters of a query that are filters, and all of them; each ends with NULL. */
extern const char *const request_query_filters[];
extern const char *const request_query_all[];

/* Frees what the query owns. */
void request_query_release(struct request_query *query);

/* Reads the query string; false when the request was answered: 400. Release it on true only. */
bool request_query_read(const struct admin_call *call, struct request_query *query);

/* The same from a body that has the names of request_query_all and accessToken. */
bool request_query_read_body(const struct admin_call *call, struct request_query *query);

#endif
