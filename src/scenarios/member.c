#include "scenarios/member.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/choice.h"
#include "base/duration.h"
#include "base/excerpt.h"
#include "base/nearest.h"
#include "base/parse.h"
#include "base/timestamp.h"
#include "core/stage.h"

enum status member_only(const struct json_object *object, struct words keys, struct error *err)
{
    struct strbuf list = STRBUF_INIT;
    const char *name, *meant;
    enum status status;

    if (!json_find_unknown(object, keys.names, keys.count, &name))
        return STATUS_OK;
    meant = nearest_name(name, keys.names, keys.count);
    if (meant)
        return json_error(object, name, STATUS_INVALID, err,
                          "is not known here: did you mean \"%s\"?", meant);
    for (size_t i = 0; i < keys.count; i++)
        strbuf_appendf(&list, "%s%s", i == 0 ? "" : ", ", keys.names[i]);
    status = json_error(object, name, STATUS_INVALID, err, "is not known here: the keys are %s",
                        strbuf_text(&list));
    strbuf_release(&list);
    return status;
}

enum status member_blame(const struct json_object *object, const char *name, struct error *err)
{
    return json_error(object, name, STATUS_INVALID, err, "%s", err->message);
}

enum status member_missing(const struct json_object *object, const char *name, const char *advice,
                           struct error *err)
{
    return json_error(object, name, STATUS_INVALID, err, "is missing: write %s", advice);
}

enum status member_choice(const struct json_object *object, const char *name, struct words words,
                          unsigned *out, bool *found, struct error *err)
{
    const char *text;
    enum status status = json_get_text(object, name, &text, found, err);

    if (status != STATUS_OK || !*found)
        return status;
    if (choice_read(text, strlen(text), words.names, words.count, out, err) != STATUS_OK)
        return member_blame(object, name, err);
    return STATUS_OK;
}

enum status member_whole(const struct json_object *object, const char *name, int64_t least,
                         int64_t most, int64_t *out, bool *found, struct error *err)
{
    int64_t number;
    enum status status = json_get_i64(object, name, &number, found, err);

    if (status != STATUS_OK || !*found)
        return status;
    if (number < least || number > most)
        return json_error(object, name, STATUS_INVALID, err,
                          "is %" PRId64 ", but must be from %" PRId64 " to %" PRId64, number, least,
                          most);
    *out = number;
    return STATUS_OK;
}

enum status member_duration(const struct json_object *object, const char *name, int64_t least_ms,
                            int64_t most_ms, int64_t *out, bool *found, struct error *err)
{
    struct strbuf least = STRBUF_INIT, most = STRBUF_INIT;
    int64_t duration_ms;
    enum status status = json_get_duration_ms(object, name, &duration_ms, found, err);

    if (status != STATUS_OK || !*found)
        return status;
    if (duration_ms >= least_ms && duration_ms <= most_ms) {
        *out = duration_ms;
        return STATUS_OK;
    }
    duration_append(&least, least_ms);
    duration_append(&most, most_ms);
    status = json_error(object, name, STATUS_INVALID, err, "must be from %s to %s",
                        strbuf_text(&least), strbuf_text(&most));
    strbuf_release(&least);
    strbuf_release(&most);
    return status;
}

enum status member_stage(const struct json_object *object, const char *name, struct stage *out,
                         bool *found, struct error *err)
{
    const char *text;
    enum status status = json_get_text(object, name, &text, found, err);

    if (status != STATUS_OK || !*found)
        return status;
    if (strcmp(text, "never") == 0)
        *out = (struct stage){.duration_ms = NEVER_MS};
    else if (stage_read(text, strlen(text), out, err) != STATUS_OK)
        return member_blame(object, name, err);
    return STATUS_OK;
}

/* Reads "2-4" or "5-". */
static bool read_turns(const char *text, struct turn_range *out)
{
    const char *dash = strchr(text, '-');
    uint64_t first, last = UINT32_MAX;

    if (!dash || !parse_u64(text, (size_t)(dash - text), &first))
        return false;
    if (dash[1] && !parse_u64(dash + 1, strlen(dash + 1), &last))
        return false;
    if (first < 1 || first > last || last > UINT32_MAX)
        return false;
    *out = (struct turn_range){(uint32_t)first, (uint32_t)last};
    return true;
}

enum status member_turns(const struct json_object *object, const char *name, struct turn_range *out,
                         bool *found, struct error *err)
{
    const char *text;
    int64_t number;
    enum status status;

    if (json_type_of(object, name) != JSON_TEXT) {
        status = member_whole(object, name, 1, UINT32_MAX, &number, found, err);
        if (status == STATUS_OK && *found)
            out->first = out->last = (uint32_t)number;
        return status;
    }
    status = json_get_text(object, name, &text, found, err);
    if (status == STATUS_OK && !read_turns(text, out))
        status = json_error(object, name, STATUS_INVALID, err,
                            "%s is no range: write a number from 1 on, or for example \"2-4\" or "
                            "\"5-\"",
                            excerpt(text, strlen(text)).text);
    return status;
}

static enum status read_set(const struct json_object *object, struct json_array *array,
                            const char *name, member_reader *read, unsigned *out, struct error *err)
{
    unsigned set = 0;

    if (array->count == 0)
        return json_error(object, name, STATUS_INVALID, err, "is empty: name at least one");
    while (array->index < array->count) {
        size_t index = array->index;
        const char *text;
        unsigned which;
        enum status status = json_array_next_text(array, &text, err);

        if (status != STATUS_OK)
            return status;
        if (read(text, strlen(text), &which, err) != STATUS_OK) {
            char element[JSON_PATH_MAX];

            snprintf(element, sizeof element, "%s[%zu]", name, index);
            return member_blame(object, element, err);
        }
        set |= 1u << which;
    }
    *out = set;
    return STATUS_OK;
}

enum status member_set(const struct json_object *object, const char *name, member_reader *read,
                       unsigned *out, bool *found, struct error *err)
{
    struct json_array array;
    const char *text;
    unsigned which;
    enum status status;

    if (json_type_of(object, name) == JSON_ARRAY) {
        status = json_get_array(object, name, &array, found, err);
        return status == STATUS_OK ? read_set(object, &array, name, read, out, err) : status;
    }
    status = json_get_text(object, name, &text, found, err);
    if (status != STATUS_OK || !*found)
        return status;
    if (read(text, strlen(text), &which, err) != STATUS_OK)
        return member_blame(object, name, err);
    *out = 1u << which;
    return STATUS_OK;
}

static enum status read_entity(const char *text, size_t length, unsigned *out, struct error *err)
{
    enum entity_type type;
    enum status status = entity_read(text, length, &type, err);

    if (status == STATUS_OK)
        *out = (unsigned)type;
    return status;
}

enum status member_entity_types(const struct json_object *object, const char *name, unsigned *out,
                                bool *found, struct error *err)
{
    return member_set(object, name, read_entity, out, found, err);
}

enum status member_list(const struct json_object *object, const char *name, size_t most,
                        struct json_array *out, bool *found, struct error *err)
{
    enum status status = json_get_array(object, name, out, found, err);

    if (status == STATUS_OK && *found && out->count > most)
        status = json_error(object, name, STATUS_LIMIT, err, "has %zu entries, but at most %zu",
                            out->count, most);
    return status;
}
