#include "app/kept.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/timestamp.h"
#include "contract/entity.h"
#include "data/hazard.h"
#include "options/option.h"

/* Writes the option's text; false when it was not given and has no default. */
typedef bool kept_writer(const struct settings *settings, char out[KEPT_TEXT_MAX]);

/* The word of an option's metavar at index: "small" of "tiny|small|...". */
static void write_word(const char *option, unsigned index, char out[KEPT_TEXT_MAX])
{
    const char *word = option_find(option, strlen(option))->metavar;

    for (; index > 0; index--)
        word += strcspn(word, "|") + 1;
    snprintf(out, KEPT_TEXT_MAX, "%.*s", (int)strcspn(word, "|"), word);
}

static bool write_seed(const struct settings *settings, char out[KEPT_TEXT_MAX])
{
    snprintf(out, KEPT_TEXT_MAX, "%" PRIu64, settings->dataset.seed);
    return true;
}

static bool write_size(const struct settings *settings, char out[KEPT_TEXT_MAX])
{
    write_word("size", (unsigned)settings->dataset.size, out);
    return true;
}

static bool write_rows(const struct settings *settings, char out[KEPT_TEXT_MAX])
{
    int length = 0;

    for (int i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (settings->dataset.rows[i] >= 0)
            length += snprintf(out + length, (size_t)(KEPT_TEXT_MAX - length), "%s%s=%" PRId64,
                               length ? "," : "", entity_name((enum entity_type)i),
                               settings->dataset.rows[i]);
    }
    return length > 0;
}

static bool write_max_file_size(const struct settings *settings, char out[KEPT_TEXT_MAX])
{
    snprintf(out, KEPT_TEXT_MAX, "%" PRIu64, settings->dataset.max_file_bytes);
    return true;
}

static bool write_hazards(const struct settings *settings, char out[KEPT_TEXT_MAX])
{
    int length = 0;

    for (int i = 0; i < HAZARD_COUNT; i++) {
        if (settings->dataset.hazards >> i & 1u)
            length += snprintf(out + length, (size_t)(KEPT_TEXT_MAX - length), "%s%s",
                               length ? "," : "", hazard_table[i].name);
    }
    return length > 0;
}

/* Where the folder really is, so that the same one is known from elsewhere. */
static bool write_fixtures(const struct settings *settings, char out[KEPT_TEXT_MAX])
{
    char *real = settings->fixtures_dir ? realpath(settings->fixtures_dir, NULL) : NULL;

    if (settings->fixtures_dir)
        snprintf(out, KEPT_TEXT_MAX, "%s", real ? real : settings->fixtures_dir);
    free(real);
    return settings->fixtures_dir != NULL;
}

static bool write_api_date(const struct settings *settings, char out[KEPT_TEXT_MAX])
{
    date_write(out, settings->api_day);
    out[DATE_LENGTH] = '\0';
    return true;
}

static bool write_storage(const struct settings *settings, char out[KEPT_TEXT_MAX])
{
    write_word("storage", (unsigned)settings->storage, out);
    return true;
}

static bool write_now(const struct settings *settings, char out[KEPT_TEXT_MAX])
{
    if (settings->has_now)
        timestamp_write_millis(out, settings->now_ms);
    out[settings->has_now ? TIMESTAMP_MILLIS_LENGTH : 0] = '\0';
    return settings->has_now;
}

/* A plain decimal number, as --speed reads it. */
static bool write_speed(const struct settings *settings, char out[KEPT_TEXT_MAX])
{
    size_t length = (size_t)snprintf(out, KEPT_TEXT_MAX, "%.9f", settings->speed);

    while (out[length - 1] == '0')
        out[--length] = '\0';
    if (out[length - 1] == '.')
        out[--length] = '\0';
    return true;
}

static const struct {
    const char *name;
    kept_writer *write;
} writers[] = {
    {"seed", write_seed},         {"size", write_size},
    {"rows", write_rows},         {"max-file-size", write_max_file_size},
    {"hazards", write_hazards},   {"fixtures", write_fixtures},
    {"api-date", write_api_date}, {"storage", write_storage},
    {"now", write_now},           {"speed", write_speed},
};

#define WRITER_COUNT (sizeof writers / sizeof *writers)

void kept_fill(struct kept *out, const struct settings *settings, const char *program,
               struct scenario *scenario)
{
    out->header = (struct header){.program = program, .scenario = scenario};
    for (size_t i = 0; i < WRITER_COUNT; i++) {
        bool is_given = writers[i].write(settings, out->texts[i]);

        out->header.options[i] =
            (struct header_option){writers[i].name, is_given ? out->texts[i] : NULL};
    }
    out->header.option_count = WRITER_COUNT;
}

/* The environment, and below it the file. */
struct layers {
    const struct options_input *input;
    const struct header *header;
};

/* What the file says of an option that depends on it; NULL: nothing. */
static const char *find_kept(const struct header *header, const char *option_name)
{
    for (size_t i = 0; i < header->option_count; i++) {
        if (strcmp(header->options[i].name, option_name) == 0)
            return header->options[i].value;
    }
    return NULL;
}

static const char *look_up(const char *name, void *state)
{
    const struct layers *layers = state;
    const char *value = layers->input->environment(name, layers->input->state);

    if (value && *value)
        return value;
    for (size_t i = 0; i < WRITER_COUNT; i++) {
        char own[ENVIRONMENT_NAME_SIZE];

        option_environment_name(option_find(writers[i].name, strlen(writers[i].name)), own);
        if (strcmp(own, name) == 0)
            return find_kept(layers->header, writers[i].name);
    }
    return NULL;
}

static enum status read_again(const struct options_input *input, struct settings *settings,
                              struct header *header, struct error *err)
{
    struct layers layers = {input, header};
    struct options_input layered = {input->argc, input->argv, look_up, &layers};
    struct strbuf print = STRBUF_INIT;
    struct settings read;
    enum status status = options_read(&layered, &read, &print, err);

    strbuf_release(&print);
    if (status != STATUS_OK)
        return status;
    settings_release(settings);
    *settings = read;
    if (!settings->scenario)
        settings->scenario_value = header->scenario;
    return STATUS_OK;
}

enum status kept_apply(const struct options_input *input, struct settings *settings,
                       struct header *header, struct error *err)
{
    struct error inner;
    enum status status = header_peek(settings->state_file, header, &inner);

    if (status == STATUS_OK && header->option_count)
        status = read_again(input, settings, header, &inner);
    if (status != STATUS_OK) {
        (void)error_set(err, status, "--state", "%.120s %s", settings->state_file, inner.message);
        header_release(header);
    }
    return status;
}
