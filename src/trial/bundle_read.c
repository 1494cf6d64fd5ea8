#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/whole_file.h"
#include "json/reader.h"
#include "options/options.h"
#include "scenarios/read.h"
#include "trial/bundle.h"

#define BUNDLE_VERSION    1
#define COMMAND_WORDS_MAX 4096
#define FILE_MAX_MIB      64
#define VALUES_MAX        2000000

static enum status read_version(const struct json_object *object, struct error *err)
{
    int64_t version;
    bool found;
    enum status status = json_get_i64(object, "exportsMockBundle", &version, &found, err);

    if (status != STATUS_OK)
        return status;
    if (!found)
        return json_error(object, "exportsMockBundle", STATUS_INVALID, err,
                          "is missing: this is no bundle of exports-mock");
    if (version != BUNDLE_VERSION)
        return json_error(object, "exportsMockBundle", STATUS_INVALID, err,
                          "must be %d: another version of exports-mock wrote it", BUNDLE_VERSION);
    return STATUS_OK;
}

static enum status read_command(const struct json_object *object, struct bundle *bundle,
                                struct error *err)
{
    struct json_array words;
    bool found;
    enum status status = json_get_array(object, "command", &words, &found, err);

    if (status != STATUS_OK)
        return status;
    if (!found || words.count == 0 || words.count > COMMAND_WORDS_MAX)
        return json_error(object, "command", STATUS_INVALID, err, "must have 1 to %d words",
                          COMMAND_WORDS_MAX);
    bundle->command = memory_new((words.count + 1) * sizeof *bundle->command);
    for (size_t i = 0; i < words.count && status == STATUS_OK; i++)
        status = json_array_next_text(&words, &bundle->command[i], err);
    return status;
}

static enum status read_option(const struct json_object *options, const char *name,
                               struct bundle_option *out, struct error *err)
{
    const struct option *option = option_find(name, strlen(name));
    struct error reason;
    const char *value;
    bool found;
    enum status status;

    if (!option || !option_shapes_story(option) || strcmp(name, "scenario") == 0)
        return json_error(options, name, STATUS_INVALID, err,
                          "is no option that a bundle may have");
    status = json_get_text(options, name, &value, &found, err);
    if (status != STATUS_OK)
        return status;
    if (!found || *value == '\0')
        return json_error(options, name, STATUS_INVALID, err, "has no value");
    status = options_check_value(option, value, &reason);
    if (status != STATUS_OK)
        return json_error(options, name, status, err, "%s", reason.message);
    *out = (struct bundle_option){option, value};
    return STATUS_OK;
}

/* No name comes twice: the document would have been refused. */
static enum status read_options(const struct json_object *object, struct bundle *bundle,
                                struct error *err)
{
    struct json_object options;
    struct json_names names;
    bool found;
    enum status status = json_get_object(object, "options", &options, &found, err);

    if (status != STATUS_OK || !found)
        return status;
    bundle->options = memory_new(option_count * sizeof *bundle->options);
    names = json_names(&options);
    for (const char *name = json_names_next(&names); name && status == STATUS_OK;
         name = json_names_next(&names)) {
        status = read_option(&options, name, &bundle->options[bundle->option_count], err);
        bundle->option_count += status == STATUS_OK;
    }
    return status;
}

static enum status read_scenario_of(const struct json_object *object, struct bundle *bundle,
                                    struct error *err)
{
    struct json_object scenario;
    bool found;
    enum status status = json_get_object(object, "scenario", &scenario, &found, err);

    if (status != STATUS_OK || !found)
        return status;
    return scenario_read_object(&scenario, &bundle->scenario, err);
}

/* What is told only for people: of the right type, and no more is asked. */
static enum status check_story(const struct json_object *object, struct error *err)
{
    struct json_array requests;
    struct json_object ending;
    const char *version;
    int64_t dropped;
    bool found;
    enum status status = json_get_array(object, "requests", &requests, &found, err);

    if (status == STATUS_OK)
        status = json_get_object(object, "exit", &ending, &found, err);
    if (status == STATUS_OK)
        status = json_get_text(object, "version", &version, &found, err);
    if (status == STATUS_OK)
        status = json_get_i64(object, "dropped", &dropped, &found, err);
    return status;
}

static enum status read_object(const struct json_object *object, struct bundle *bundle,
                               struct error *err)
{
    static const char *const names[] = {"exportsMockBundle", "version", "command",  "options",
                                        "scenario",          "exit",    "requests", "dropped"};
    enum status status = read_version(object, err);

    if (status == STATUS_OK)
        status = json_refuse_unknown(object, names, sizeof names / sizeof *names, err);
    if (status == STATUS_OK)
        status = read_command(object, bundle, err);
    if (status == STATUS_OK)
        status = read_options(object, bundle, err);
    if (status == STATUS_OK)
        status = read_scenario_of(object, bundle, err);
    return status == STATUS_OK ? check_story(object, err) : status;
}

enum status bundle_read(const char *text, size_t length, struct bundle *out, struct error *err)
{
    const struct json_options options = {.comments = false, .values_max = VALUES_MAX};
    struct bundle bundle = {.command = NULL};
    struct json_object object;
    enum status status = json_read_with(text, length, &options, &bundle.document, err);

    if (status != STATUS_OK)
        return status;
    status = json_root_object(&bundle.document, &object, err);
    if (status == STATUS_OK)
        status = read_object(&object, &bundle, err);
    if (status == STATUS_OK)
        *out = bundle;
    else
        bundle_release(&bundle);
    return status;
}

enum status bundle_load(const char *path, struct bundle *out, struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    struct error inner;
    enum status status = whole_file_read(path, FILE_MAX_MIB, &text, &inner);

    if (status != STATUS_OK) {
        (void)error_set(err, status, "--from", "%s", inner.message);
    } else {
        status = bundle_read(strbuf_text(&text), text.length, out, &inner);
        if (status != STATUS_OK)
            (void)error_set(err, status, "--from", "%s: %s%s%s", path, inner.field,
                            inner.field[0] ? ": " : "", inner.message);
    }
    strbuf_release(&text);
    return status;
}

void bundle_release(struct bundle *bundle)
{
    json_document_release(&bundle->document);
    free(bundle->command);
    free(bundle->options);
    scenario_unref(bundle->scenario);
    *bundle = (struct bundle){.command = NULL};
}
