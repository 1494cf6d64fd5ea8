#include <inttypes.h>

#include "base/duration.h"
#include "scenarios/parts.h"

void write_duration(struct json_writer *json, const char *name, int64_t duration_ms)
{
    struct strbuf text = STRBUF_INIT;

    duration_append(&text, duration_ms);
    json_write_plain(json, name, text.data, text.length);
    strbuf_release(&text);
}

void write_turns(struct json_writer *json, const char *name, struct turn_range range)
{
    struct strbuf text = STRBUF_INIT;

    if (range.first == 0)
        return;
    if (range.first == range.last) {
        json_write_u64(json, name, range.first);
        return;
    }
    strbuf_appendf(&text, "%" PRIu32 "-", range.first);
    if (range.last != UINT32_MAX)
        strbuf_appendf(&text, "%" PRIu32, range.last);
    json_write_plain(json, name, text.data, text.length);
    strbuf_release(&text);
}

void write_entity_types(struct json_writer *json, unsigned types)
{
    bool several = (types & (types - 1)) != 0;

    if (!types)
        return;
    if (several)
        json_begin_array(json, "entityType");
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (types >> i & 1u)
            json_write_text(json, several ? NULL : "entityType", entity_name((enum entity_type)i));
    }
    if (several)
        json_end_array(json);
}
