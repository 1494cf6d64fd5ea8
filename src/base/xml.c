#include "base/xml.h"

void xml_append_byte(struct strbuf *out, char byte, enum xml_place place)
{
    unsigned char c = (unsigned char)byte;

    if (c == '<')
        strbuf_append_text(out, "&lt;");
    else if (c == '>')
        strbuf_append_text(out, "&gt;");
    else if (c == '&')
        strbuf_append_text(out, "&amp;");
    else if (c == '"' && place == XML_ATTRIBUTE)
        strbuf_append_text(out, "&quot;");
    else
        strbuf_append_char(out, c >= 0x20 || c == '\n' || c == '\t' ? byte : '?');
}

void xml_append(struct strbuf *out, const char *text)
{
    for (; *text; text++)
        xml_append_byte(out, *text, XML_ATTRIBUTE);
}
