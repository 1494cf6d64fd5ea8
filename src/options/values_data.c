/* Readers of the data set. */
#include <string.h>

#include "base/excerpt.h"
#include "base/parse.h"
#include "options/value.h"
#include "options/values.h"

enum status read_seed(const struct option *option, const char *text, struct settings *settings,
                      struct error *err)
{
    return value_number(option, text, 0, UINT64_MAX, &settings->dataset.seed, err);
}

enum status read_size(const struct option *option, const char *text, struct settings *settings,
                      struct error *err)
{
    unsigned choice;
    enum status status = value_choice(option, text, &choice, err);

    if (status == STATUS_OK)
        settings->dataset.size = (enum dataset_size)choice;
    return status;
}

/* Reads one TYPE=N of length bytes. */
static enum status read_row_count(const struct option *option, const char *text, size_t length,
                                  int64_t rows[ENTITY_TYPE_COUNT], struct error *err)
{
    const char *equals = memchr(text, '=', length);
    size_t name_length = equals ? (size_t)(equals - text) : 0;
    enum entity_type type;
    enum status status;
    uint64_t count;

    if (!equals)
        return error_set(err, STATUS_INVALID, NULL, "%s is not TYPE=N: write for example %s",
                         excerpt(text, length).text, value_example(option));
    status = entity_read(text, name_length, &type, err);
    if (status != STATUS_OK)
        return status;
    if (!parse_u64(equals + 1, length - name_length - 1, &count) || count > DATASET_MAX_ROWS)
        return error_set(err, STATUS_INVALID, NULL,
                         "%s does not end in a whole number from 0 to 10000000000: write for "
                         "example %s",
                         excerpt(text, length).text, value_example(option));
    rows[type] = (int64_t)count;
    return STATUS_OK;
}

/* TYPE=N, or several with commas, as an environment variable has room for all of them only so. */
enum status read_rows(const struct option *option, const char *text, struct settings *settings,
                      struct error *err)
{
    int64_t rows[ENTITY_TYPE_COUNT];

    memcpy(rows, settings->dataset.rows, sizeof rows);
    for (const char *at = text;;) {
        size_t length = strcspn(at, ",");
        enum status status = read_row_count(option, at, length, rows, err);

        if (status != STATUS_OK)
            return status;
        if (at[length] == '\0')
            break;
        at += length + 1;
    }
    memcpy(settings->dataset.rows, rows, sizeof rows);
    return STATUS_OK;
}

enum status read_max_file_size(const struct option *option, const char *text,
                               struct settings *settings, struct error *err)
{
    (void)option;
    return dataset_read_file_bytes(text, strlen(text), &settings->dataset.max_file_bytes, err);
}

/* Names in commas, or several options: all of them. */
enum status read_hazards(const struct option *option, const char *text, struct settings *settings,
                         struct error *err)
{
    uint32_t hazards = settings->dataset.hazards;

    (void)option;
    for (const char *at = text;;) {
        size_t length = strcspn(at, ",");
        enum dataset_hazard hazard;
        enum status status = hazard_read(at, length, &hazard, err);

        if (status != STATUS_OK)
            return status;
        hazards |= UINT32_C(1) << hazard;
        if (at[length] == '\0')
            break;
        at += length + 1;
    }
    settings->dataset.hazards = hazards;
    return STATUS_OK;
}

enum status read_fixtures(const struct option *option, const char *text, struct settings *settings,
                          struct error *err)
{
    (void)option;
    (void)err;
    settings->fixtures_dir = text;
    return STATUS_OK;
}
