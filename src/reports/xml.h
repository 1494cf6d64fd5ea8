/* xml: text in XML documents. */
#ifndef REPORTS_XML_H
#define REPORTS_XML_H

#include "base/strbuf.h"

/*
 * Appends text so that it can stand in an element or a quoted attribute; control characters that
 * XML 1.0 has no place for become "?".
 */
void xml_append(struct strbuf *out, const char *text);

#endif
