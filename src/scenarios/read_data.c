#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "data/dataset.h"
#include "scenarios/member.h"
#include "scenarios/parts.h"

static enum status read_size(const struct json_object *object, struct data_choice *out,
                             struct error *err)
{
    const char *names[SIZE_COUNT];
    unsigned which = 0;
    enum status status;

    for (int i = 0; i < SIZE_COUNT; i++)
        names[i] = dataset_size_name((enum dataset_size)i);
    status = member_choice(object, "size", WORDS(names), &which, &out->has_size, err);
    out->size = (enum dataset_size)which;
    return status;
}

static enum status read_row_count(const struct json_object *rows, const char *name,
                                  struct data_choice *out, struct error *err)
{
    enum entity_type type;
    bool found;
    enum status status;

    if (entity_read(name, strlen(name), &type, err) != STATUS_OK)
        return member_blame(rows, name, err);
    status = member_whole(rows, name, 0, DATASET_MAX_ROWS, &out->rows[type], &found, err);
    out->has_rows[type] = status == STATUS_OK && found;
    return status;
}

static enum status read_rows(const struct json_object *object, struct data_choice *out,
                             struct error *err)
{
    struct json_object rows;
    struct json_names names;
    const char *name;
    bool found;
    enum status status = json_get_object(object, "rows", &rows, &found, err);

    if (status != STATUS_OK || !found)
        return status;
    names = json_names(&rows);
    while (status == STATUS_OK && (name = json_names_next(&names)) != NULL)
        status = read_row_count(&rows, name, out, err);
    return status;
}

/* A number of bytes, or a text such as "1.2MB". */
static enum status read_max_file_size(const struct json_object *object, struct data_choice *out,
                                      struct error *err)
{
    static const char name[] = "maxFileSize";
    char digits[24];
    const char *text = digits;
    bool *found = &out->has_max_file_bytes;
    int64_t number = 0;
    enum status status;

    if (json_type_of(object, name) == JSON_TEXT) {
        status = json_get_text(object, name, &text, found, err);
    } else {
        status = member_whole(object, name, 0, JSON_WHOLE_MAX, &number, found, err);
        snprintf(digits, sizeof digits, "%" PRId64, number);
    }
    if (status != STATUS_OK || !*found)
        return status;
    if (dataset_read_file_bytes(text, strlen(text), &out->max_file_bytes, err) != STATUS_OK)
        return member_blame(object, name, err);
    return STATUS_OK;
}

static enum status read_hazard(const char *text, size_t length, unsigned *out, struct error *err)
{
    enum dataset_hazard hazard;
    enum status status = hazard_read(text, length, &hazard, err);

    if (status == STATUS_OK)
        *out = (unsigned)hazard;
    return status;
}

/* An empty list is a choice, too: none of the server's hazards. */
static enum status read_hazards(const struct json_object *object, struct data_choice *out,
                                struct error *err)
{
    struct json_array array;
    unsigned hazards = 0;
    enum status status;

    if (json_type_of(object, "hazards") == JSON_ARRAY) {
        status = json_get_array(object, "hazards", &array, &out->has_hazards, err);
        if (status != STATUS_OK || array.count == 0)
            return status;
    }
    status = member_set(object, "hazards", read_hazard, &hazards, &out->has_hazards, err);
    out->hazards = hazards;
    return status;
}

bool data_says_something(const struct data_choice *choice)
{
    bool says = choice->has_size || choice->has_max_file_bytes || choice->has_hazards;

    for (int i = 0; i < ENTITY_TYPE_COUNT; i++)
        says = says || choice->has_rows[i];
    return says;
}

enum status read_data(const struct json_object *object, struct data_choice *out, struct error *err)
{
    static const char *const keys[] = {"size", "rows", "maxFileSize", "hazards"};
    struct json_object data;
    bool found;
    enum status status = json_get_object(object, "data", &data, &found, err);

    if (status != STATUS_OK || !found)
        return status;
    status = member_only(&data, WORDS(keys), err);
    if (status == STATUS_OK)
        status = read_size(&data, out, err);
    if (status == STATUS_OK)
        status = read_rows(&data, out, err);
    if (status == STATUS_OK)
        status = read_max_file_size(&data, out, err);
    return status == STATUS_OK ? read_hazards(&data, out, err) : status;
}
