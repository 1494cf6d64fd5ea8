/* xml: text in XML documents: the only place that knows what has to be escaped there. */
#ifndef BASE_XML_H
#define BASE_XML_H

#include "base/strbuf.h"

/* Where a text stands; quotes are escaped in attributes alone. */
enum xml_place { XML_ELEMENT, XML_ATTRIBUTE };

/* Appends a byte; control characters that XML 1.0 has no place for become "?". */
void xml_append_byte(struct strbuf *out, char byte, enum xml_place place);

/* Appends text, UTF-8, so that it can stand in an element as well as in a quoted attribute. */
void xml_append(struct strbuf *out, const char *text);

#endif
