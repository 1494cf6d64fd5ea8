#include "options/value.h"

#include <inttypes.h>
#include <string.h>

#include "base/choice.h"
#include "base/excerpt.h"
#include "base/memory.h"
#include "base/parse.h"
#include "base/timestamp.h"

#define LAST_YEAR 9989 /* what the hotels have booked ahead must have dates, too */

const char *value_example(const struct option *option)
{
    return option->example ? option->example : option->fallback;
}

enum status value_refuse(const struct option *option, const char *text, const char *what,
                         struct error *err)
{
    return error_set(err, STATUS_INVALID, NULL, "%s is %s: write for example %s",
                     excerpt(text, strlen(text)).text, what, value_example(option));
}

enum status value_number(const struct option *option, const char *text, uint64_t least,
                         uint64_t most, uint64_t *out, struct error *err)
{
    uint64_t value;

    if (!parse_u64(text, strlen(text), &value) || value < least || value > most)
        return error_set(err, STATUS_INVALID, NULL,
                         "%s is not a whole number from %" PRIu64 " to %" PRIu64
                         ": write for example %s",
                         excerpt(text, strlen(text)).text, least, most, value_example(option));
    *out = value;
    return STATUS_OK;
}

#define CHOICES_MAX 8

/* The words of a metavar, terminated. */
struct choices {
    char text[128];
    size_t used;
    const char *words[CHOICES_MAX];
    size_t count;
};

static void add_choice(const char *word, size_t length, void *state)
{
    struct choices *choices = state;

    if (choices->count == CHOICES_MAX || length >= sizeof choices->text - choices->used)
        return;
    choices->words[choices->count++] = choices->text + choices->used;
    memcpy(choices->text + choices->used, word, length);
    choices->used += length;
    choices->text[choices->used++] = '\0';
}

enum status value_choice(const struct option *option, const char *text, unsigned *out,
                         struct error *err)
{
    struct choices choices = {.count = 0};

    option_each_word(option, add_choice, &choices);
    return choice_read(text, strlen(text), choices.words, choices.count, out, err);
}

enum status value_duration(const struct option *option, const char *text, int64_t least_ms,
                           int64_t *out, struct error *err)
{
    int64_t value_ms;
    enum status status = parse_duration_ms(text, strlen(text), &value_ms, err);

    if (status != STATUS_OK)
        return status;
    if (value_ms < least_ms)
        return value_refuse(option, text, "too short", err);
    *out = value_ms;
    return STATUS_OK;
}

enum status value_instant(const char *text, int64_t *out, struct error *err)
{
    int64_t value_ms;
    enum status status = parse_timestamp_ms(text, strlen(text), &value_ms, err);

    if (status != STATUS_OK)
        return status;
    if (value_ms < 0 ||
        value_ms >= day_from_civil((struct civil_date){LAST_YEAR + 1, 1, 1}) * MS_PER_DAY)
        return error_set(err, STATUS_INVALID, NULL,
                         "%s lies outside the years 1970 to %d that the virtual clock can show",
                         excerpt(text, strlen(text)).text, LAST_YEAR);
    *out = value_ms;
    return STATUS_OK;
}

#define NAMES_MAX 1000

enum status value_add_name(struct name_list *list, const char *name, size_t length,
                           struct error *err)
{
    if (list->count == NAMES_MAX)
        return error_set(err, STATUS_LIMIT, NULL, "more than %d names", NAMES_MAX);
    list->names = memory_resize(list->names, list->count + 1, sizeof *list->names);
    list->names[list->count++] = memory_copy_text(name, length);
    return STATUS_OK;
}

enum status value_names(const struct option *option, const char *text, struct name_list *list,
                        struct error *err)
{
    for (const char *at = text;;) {
        size_t length = strcspn(at, ",");
        enum status status;

        if (length == 0)
            return value_refuse(option, text, "a list with an empty name", err);
        status = value_add_name(list, at, length, err);
        if (status != STATUS_OK || at[length] == '\0')
            return status;
        at += length + 1;
    }
}
