#include "admin/openapi.h"

#include <string.h>

#include "admin/answer.h"
#include "admin/routes.h"
#include "base/parse.h"
#include "base/timestamp.h"

/* The number that a line begins with, up to a blank or the line's end; 0 when there is none. */
static uint64_t read_number(const char *line)
{
    uint64_t number = 0;

    (void)parse_u64(line, strcspn(line, " \n"), &number);
    return number;
}

/* The bit of the revision that begins on day: its place among the days of the first line. */
static uint64_t bit_of(const char *line, int32_t day)
{
    uint64_t bit = 1;

    while (read_number(line) != (uint64_t)day && line[strcspn(line, " \n")] == ' ') {
        line += strcspn(line, " ") + 1;
        bit <<= 1;
    }
    return bit;
}

/* Appends a line up to end, with what is known only now in place of @VERSION@ and @API_DATE@. */
static void append_line(struct strbuf *out, const char *line, const char *end, int32_t day,
                        const char *version)
{
    const char *mark;

    while ((mark = memchr(line, '@', (size_t)(end - line)))) {
        char date[DATE_LENGTH];

        strbuf_append(out, line, (size_t)(mark - line));
        line = mark + 1;
        if (strncmp(mark, "@VERSION@", 9) == 0) {
            strbuf_append_text(out, version);
            line = mark + 9;
        } else if (strncmp(mark, "@API_DATE@", 10) == 0) {
            date_write(date, day);
            strbuf_append(out, date, DATE_LENGTH);
            line = mark + 10;
        } else {
            strbuf_append_char(out, '@');
        }
    }
    strbuf_append(out, line, (size_t)(end - line) + 1);
}

void openapi_write(struct strbuf *out, int32_t day, const char *version)
{
    const char *line = openapi_texts[0].text;
    uint64_t bit = bit_of(line, day);

    for (line = strchr(line, '\n') + 1; *line; line = strchr(line, '\n') + 1) {
        const char *text = strchr(line, ' ') + 1;

        if (*line == '*' || read_number(line) & bit)
            append_line(out, text, strchr(text, '\n'), day, version);
    }
}

void admin_openapi(struct admin_call *call)
{
    const struct admin *admin = call->admin;

    http_response_header(call->response, "Content-Type", "application/json");
    openapi_write(&call->response->text, admin->api->config.revision->day, admin->config.version);
}
