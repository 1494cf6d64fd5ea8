#include "json/reader.h"

#include <cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/nearest.h"
#include "json/value.h"

/* A path by value; what is too long is cut, as in error.field. */
struct path {
    char text[JSON_PATH_MAX];
};

static void append(struct path *path, const char *text)
{
    size_t length = strlen(path->text);
    size_t room = sizeof path->text - 1 - length;
    size_t copied = strnlen(text, room);

    memcpy(path->text + length, text, copied);
    path->text[length + copied] = '\0';
}

/* The path of a member, or of the object when name is NULL. */
static struct path member_path(const struct json_object *object, const char *name)
{
    struct path path = {""};

    append(&path, object->path);
    if (*object->path && name)
        append(&path, ".");
    append(&path, name ? name : "");
    return path;
}

static struct path element_path(const struct json_array *array, size_t index)
{
    struct path path = {""};
    char number[32];

    snprintf(number, sizeof number, "[%zu]", index);
    append(&path, array->path);
    append(&path, number);
    return path;
}

static enum json_type type_of(const cJSON *node)
{
    return node ? json_value_type(node) : JSON_ABSENT;
}

static void view_object(const cJSON *node, struct path path, struct json_object *out)
{
    out->node = node;
    memcpy(out->path, path.text, sizeof out->path);
}

static void view_array(const cJSON *node, struct path path, struct json_array *out)
{
    out->node = node;
    out->next = node->child;
    out->index = 0;
    out->count = 0;
    for (const cJSON *element = node->child; element; element = element->next)
        out->count++;
    memcpy(out->path, path.text, sizeof out->path);
}

/* The member if it is there and not null. */
static const cJSON *find_member(const struct json_object *object, const char *name)
{
    const cJSON *member = object->node->child;

    while (member && strcmp(member->string, name) != 0)
        member = member->next;
    return member && !(member->type & cJSON_NULL) ? member : NULL;
}

/*
 * The frame of every getter: `read` is given the member and writes out. Fills in the path when it
 * failed, so that paths are made only for errors.
 */
static enum status get(const struct json_object *object, const char *name, json_value_read *read,
                       void *out, bool *found, struct error *err)
{
    const cJSON *member = find_member(object, name);
    enum status status;

    *found = false;
    if (!member)
        return STATUS_OK;
    status = read(member, out, err);
    if (status == STATUS_OK)
        *found = true;
    else
        json_value_error_at(err, member_path(object, name).text);
    return status;
}

/* The frame of every element; moves on when it could be read. */
static enum status next(struct json_array *array, json_value_read *read, void *out,
                        struct error *err)
{
    enum status status;

    if (!array->next)
        return error_set(err, STATUS_NOT_FOUND, array->path, "has no more elements");
    status = read(array->next, out, err);
    if (status == STATUS_OK) {
        array->next = array->next->next;
        array->index++;
    } else {
        json_value_error_at(err, element_path(array, array->index).text);
    }
    return status;
}

enum json_type json_root_type(const struct json_document *document)
{
    return json_value_type(document->root);
}

enum status json_root_object(const struct json_document *document, struct json_object *out,
                             struct error *err)
{
    enum status status = json_value_must_be(document->root, JSON_OBJECT, err);

    if (status == STATUS_OK)
        view_object(document->root, (struct path){""}, out);
    return status;
}

enum status json_root_array(const struct json_document *document, struct json_array *out,
                            struct error *err)
{
    enum status status = json_value_must_be(document->root, JSON_ARRAY, err);

    if (status == STATUS_OK)
        view_array(document->root, (struct path){""}, out);
    return status;
}

enum status json_root_text(const struct json_document *document, const char **out,
                           struct error *err)
{
    return json_value_text(document->root, out, err);
}

enum json_type json_type_of(const struct json_object *object, const char *name)
{
    const cJSON *member = object->node->child;

    while (member && strcmp(member->string, name) != 0)
        member = member->next;
    return type_of(member);
}

enum status json_get_object(const struct json_object *object, const char *name,
                            struct json_object *out, bool *found, struct error *err)
{
    const cJSON *node;
    enum status status = get(object, name, json_value_object, &node, found, err);

    if (*found)
        view_object(node, member_path(object, name), out);
    return status;
}

enum status json_get_array(const struct json_object *object, const char *name,
                           struct json_array *out, bool *found, struct error *err)
{
    const cJSON *node;
    enum status status = get(object, name, json_value_array, &node, found, err);

    if (*found)
        view_array(node, member_path(object, name), out);
    return status;
}

enum status json_get_text(const struct json_object *object, const char *name, const char **out,
                          bool *found, struct error *err)
{
    return get(object, name, json_value_text, out, found, err);
}

enum status json_get_uuid(const struct json_object *object, const char *name, struct uuid *out,
                          bool *found, struct error *err)
{
    return get(object, name, json_value_uuid, out, found, err);
}

enum status json_get_bool(const struct json_object *object, const char *name, bool *out,
                          bool *found, struct error *err)
{
    return get(object, name, json_value_bool, out, found, err);
}

enum status json_get_number(const struct json_object *object, const char *name, double *out,
                            bool *found, struct error *err)
{
    return get(object, name, json_value_number, out, found, err);
}

enum status json_get_i64(const struct json_object *object, const char *name, int64_t *out,
                         bool *found, struct error *err)
{
    return get(object, name, json_value_i64, out, found, err);
}

enum status json_get_timestamp_ms(const struct json_object *object, const char *name, int64_t *out,
                                  bool *found, struct error *err)
{
    return get(object, name, json_value_timestamp_ms, out, found, err);
}

enum status json_get_date_day(const struct json_object *object, const char *name, int32_t *out,
                              bool *found, struct error *err)
{
    return get(object, name, json_value_date_day, out, found, err);
}

enum status json_get_duration_ms(const struct json_object *object, const char *name, int64_t *out,
                                 bool *found, struct error *err)
{
    return get(object, name, json_value_duration_ms, out, found, err);
}

enum status json_array_next_object(struct json_array *array, struct json_object *out,
                                   struct error *err)
{
    size_t index = array->index;
    const cJSON *node;
    enum status status = next(array, json_value_object, &node, err);

    if (status == STATUS_OK)
        view_object(node, element_path(array, index), out);
    return status;
}

enum status json_array_next_text(struct json_array *array, const char **out, struct error *err)
{
    return next(array, json_value_text, out, err);
}

enum status json_array_next_uuid(struct json_array *array, struct uuid *out, struct error *err)
{
    return next(array, json_value_uuid, out, err);
}

enum status json_array_next_i64(struct json_array *array, int64_t *out, struct error *err)
{
    return next(array, json_value_i64, out, err);
}

enum json_type json_array_next_type(const struct json_array *array)
{
    return type_of(array->next);
}

struct json_names json_names(const struct json_object *object)
{
    return (struct json_names){object->node->child};
}

const char *json_names_next(struct json_names *names)
{
    const cJSON *member = names->next;

    if (!member)
        return NULL;
    names->next = member->next;
    return member->string;
}

static bool is_known(const char *name, const char *const *known, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, known[i]) == 0)
            return true;
    }
    return false;
}

const char *json_find_other_case(const struct json_object *object, const char *name)
{
    for (const cJSON *member = object->node->child; member; member = member->next) {
        if (strcasecmp(member->string, name) == 0 && strcmp(member->string, name) != 0)
            return member->string;
    }
    return NULL;
}

bool json_find_unknown(const struct json_object *object, const char *const *known, size_t count,
                       const char **name)
{
    for (const cJSON *member = object->node->child; member; member = member->next) {
        if (!is_known(member->string, known, count)) {
            *name = member->string;
            return true;
        }
    }
    return false;
}

enum status json_refuse_unknown(const struct json_object *object, const char *const *known,
                                size_t count, struct error *err)
{
    const char *name, *nearest;

    if (!json_find_unknown(object, known, count, &name))
        return STATUS_OK;
    nearest = nearest_name(name, known, count);
    if (!nearest)
        return json_error(object, name, STATUS_INVALID, err, "is not known here");
    return json_error(object, name, STATUS_INVALID, err, "is not known here: did you mean \"%s\"?",
                      nearest);
}

enum status json_error(const struct json_object *object, const char *name, enum status status,
                       struct error *err, const char *fmt, ...)
{
    char message[sizeof err->message];
    va_list args;

    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    return error_set(err, status, member_path(object, name).text, "%s", message);
}
