#include <string.h>

#include "admin/request_report.h"
#include "json/writer.h"
#include "options/options.h"
#include "scenarios/write.h"
#include "trial/bundle.h"
#include "trial/reproduce.h"

static void write_command(struct json_writer *json, const char *const *command)
{
    json_begin_array(json, "command");
    for (; *command; command++)
        json_write_text(json, NULL, *command);
    json_end_array(json);
}

static void write_option(const char *name, const char *value, void *state)
{
    json_write_text(state, name, value ? value : "1");
}

static void write_requests(struct json_writer *json, const struct journal *journal)
{
    static const struct journal_filter all = {.has_kind = false};
    const struct journal_entry *entry = journal_next(journal, &all, 0);

    json_begin_array(json, "requests");
    for (; entry; entry = journal_next(journal, &all, entry->facts.number))
        request_report_write(json, entry, true);
    json_end_array(json);
    json_write_u64(json, "dropped", journal->dropped_count);
}

void bundle_write(struct strbuf *out, const struct bundle_story *story)
{
    const struct settings *settings = story->settings;
    struct json_writer json = json_writer(out);

    json_begin_object(&json, NULL);
    json_write_i64(&json, "exportsMockBundle", 1);
    json_write_text(&json, "version", options_version());
    write_command(&json, settings->operands);
    json_begin_object(&json, "options");
    story_visit(settings, write_option, &json);
    json_end_object(&json);
    if (settings->scenario_value)
        scenario_write(&json, "scenario", settings->scenario_value);
    else
        json_write_null(&json, "scenario");
    ending_write_json(&json, "exit", story->ending);
    write_requests(&json, story->journal);
    json_end_object(&json);
    strbuf_append_char(out, '\n');
}

/* Letters, digits, '_' and '-' as they are; everything else becomes '-'. */
static void append_tame(struct strbuf *out, const char *name)
{
    for (; *name; name++) {
        char c = *name;
        bool is_tame =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';

        strbuf_append_char(out, is_tame ? c : '-');
    }
}

char *bundle_path_of(const char *path, const char *scenario)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    size_t stem = dot && dot != name ? (size_t)(dot - path) : strlen(path);
    struct strbuf out = STRBUF_INIT;

    strbuf_append(&out, path, stem);
    strbuf_append_char(&out, '-');
    append_tame(&out, scenario);
    strbuf_append_text(&out, path + stem);
    return out.data;
}
