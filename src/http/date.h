/*
 * date: HTTP dates (RFC 9110, section 5.6.7) to instants. Writing is timestamp_write_http().
 */
#ifndef HTTP_DATE_H
#define HTTP_DATE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Reads the three forms: "Fri, 07 Aug 2026 10:00:00 GMT", "Friday, 07-Aug-26 10:00:00 GMT" and
 * "Fri Aug  7 10:00:00 2026". The weekday must be a weekday, but is not checked against the date.
 * A two-digit year below 70 is of this century. A leap second counts as the second after it.
 * False, and nothing written, for anything else.
 */
bool http_date_read(const char *text, int64_t *out_ms);

#endif
