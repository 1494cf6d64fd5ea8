/*
 * syntax: is a text strict JSON (RFC 8259)? cJSON takes more than that (text after the end, control
 * characters as white space, "01", bytes that are not UTF-8, a byte order mark), and the emulated
 * API refuses deviations (contract/protocol.json, transport.strict_json), so this check runs first
 * and explains what is wrong and where.
 */
#ifndef JSON_SYNTAX_H
#define JSON_SYNTAX_H

#include <stddef.h>

#include "base/status.h"

/* Objects and arrays in one another, at most; as deep as a request is wide, with room. */
#define JSON_DEPTH_MAX 32

/* Longest number in characters; what cJSON reads, and more digits than any double needs. */
#define JSON_NUMBER_LENGTH_MAX 63

/*
 * STATUS_OK when all of text is one JSON value of at most JSON_DEPTH_MAX levels and values_max
 * values (members and elements counted, names not), without \u0000. Else STATUS_MALFORMED, or
 * STATUS_LIMIT for what is only too deep or too much; the message begins with the place ("line 1,
 * column 17: ..."; columns count characters). No recursion, no allocation, time linear in length.
 */
enum status json_check_syntax(const char *text, size_t length, size_t values_max,
                              struct error *err) MUST_CHECK;

#endif
