/*
 * escape: text made fit to stand between the quotes of a JSON string.
 */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include <stddef.h>

#include "base/strbuf.h"

/*
 * How many leading bytes of text stand in a JSON string as they are and are plain ASCII: no
 * control character, double quote, backslash or byte above 0x7f. Looks at many bytes at a time.
 */
size_t escape_clean_length(const char *text, size_t length);

/*
 * Appends length bytes of text, escaped (RFC 8259, section 7: double quote, backslash and control
 * characters only), without the quotes around. Bytes that are not UTF-8 become U+FFFD, so the
 * result is always a valid JSON string.
 */
void escape_append(struct strbuf *buf, const char *text, size_t length);

#endif
