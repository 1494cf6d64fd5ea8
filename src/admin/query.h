/*
 * query: the query string of admin requests. A parameter that an endpoint does not have is refused:
 * a misspelt accessToken would act on the whole server.
 */
#ifndef ADMIN_QUERY_H
#define ADMIN_QUERY_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/strbuf.h"
#include "http/request.h"

/* STATUS_INVALID when the query has a parameter that is none of known (count of them). */
enum status query_check_names(const char *query, const char *const *known, size_t count,
                              struct error *err) MUST_CHECK;

/*
 * Reads a parameter's decoded value into out, or leaves out empty when it is not there.
 * STATUS_INVALID when it is doubled, cannot be decoded or has no value.
 */
enum status query_read_text(const char *query, const char *name, struct strbuf *out,
                            struct error *err) MUST_CHECK;

/* Reads a whole number from 0 to most; *out stays as it is when the parameter is not there. */
enum status query_read_number(const char *query, const char *name, uint64_t most, uint64_t *out,
                              struct error *err) MUST_CHECK;

#endif
