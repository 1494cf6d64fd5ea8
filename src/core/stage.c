#include "core/stage.h"

#include <string.h>

#include "base/duration.h"
#include "base/excerpt.h"
#include "base/parse.h"
#include "base/timestamp.h"

#define POLLS_MAX UINT64_C(1000000)

/* The bytes before " polls" or " poll"; 0 when text does not end so. */
static size_t length_before_polls(const char *text, size_t length)
{
    static const char *const endings[] = {"polls", "poll"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t ending = strlen(endings[i]);

        if (length <= ending || memcmp(text + length - ending, endings[i], ending) != 0)
            continue;
        length -= ending;
        while (length > 0 && text[length - 1] == ' ')
            length--;
        return length;
    }
    return 0;
}

enum status stage_read(const char *text, size_t length, struct stage *out, struct error *err)
{
    size_t digits = length_before_polls(text, length);
    struct stage stage = {.polls = 0};
    uint64_t polls;
    enum status status;

    if (digits > 0) {
        if (!parse_u64(text, digits, &polls) || polls == 0 || polls > POLLS_MAX)
            return error_set(err, STATUS_INVALID, NULL,
                             "%s is not a number of polls from 1 to 1000000: write for example "
                             "\"2 polls\"",
                             excerpt(text, length).text);
        stage.polls = (uint32_t)polls;
    } else {
        status = parse_duration_ms(text, length, &stage.duration_ms, err);
        if (status != STATUS_OK)
            return error_set(err, STATUS_INVALID, NULL,
                             "%s is neither a duration nor a number of polls: write for example "
                             "250ms, 2s, 10m, PT10M or \"2 polls\"",
                             excerpt(text, length).text);
    }
    *out = stage;
    return STATUS_OK;
}

void stage_append(struct strbuf *out, const struct stage *stage)
{
    if (stage->polls)
        strbuf_appendf(out, "%u %s", (unsigned)stage->polls, stage->polls == 1 ? "poll" : "polls");
    else if (stage->duration_ms == NEVER_MS)
        strbuf_append_text(out, "never");
    else
        duration_append(out, stage->duration_ms);
}
