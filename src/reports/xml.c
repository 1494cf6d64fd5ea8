#include "reports/xml.h"

void xml_append(struct strbuf *out, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == '<')
            strbuf_append_text(out, "&lt;");
        else if (c == '>')
            strbuf_append_text(out, "&gt;");
        else if (c == '&')
            strbuf_append_text(out, "&amp;");
        else if (c == '"')
            strbuf_append_text(out, "&quot;");
        else
            strbuf_append_char(out, c >= 0x20 || c == '\n' || c == '\t' ? (char)c : '?');
    }
}
