#include "base/duration.h"

#include "base/timestamp.h"

void duration_append(struct strbuf *out, int64_t duration_ms)
{
    static const struct {
        int64_t ms;
        const char *name;
    } units[] = {
        {MS_PER_DAY, "d"},    {MS_PER_HOUR, "h"}, {MS_PER_MINUTE, "m"},
        {MS_PER_SECOND, "s"}, {1, "ms"},
    };

    if (duration_ms == 0)
        strbuf_append_text(out, "0s");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (duration_ms >= units[i].ms) {
            strbuf_append_i64(out, duration_ms / units[i].ms);
            strbuf_append_text(out, units[i].name);
            duration_ms %= units[i].ms;
        }
    }
}
