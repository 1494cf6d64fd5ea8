/* Which requests a fault is for. */
#include <inttypes.h>
#include <string.h>

#include "base/choice.h"
#include "scenarios/member.h"
#include "scenarios/parts.h"

#define EVERY_MAX INT64_C(1000000000)
#define FILE_MAX  INT64_C(1000000) /* more than any export has */

static enum status read_target(const char *text, size_t length, unsigned *out, struct error *err)
{
    const char *names[FAULT_TARGET_COUNT];

    for (int i = 0; i < FAULT_TARGET_COUNT; i++)
        names[i] = fault_target_name((enum fault_target)i);
    return choice_read(text, length, names, FAULT_TARGET_COUNT, out, err);
}

static enum status read_targets(const struct json_object *object, struct fault *fault,
                                struct error *err)
{
    bool found;
    enum status status = member_set(object, "on", read_target, &fault->targets, &found, err);

    if (status == STATUS_OK && !found)
        status = member_missing(object, "on", "\"add\", \"getAll\", \"download\" or a list of them",
                                err);
    return status;
}

/* Only downloads have files and attempts. */
static enum status check_download(const struct json_object *match, const char *name,
                                  const struct fault *fault, struct error *err)
{
    if (fault->targets == 1u << FAULT_DOWNLOAD)
        return STATUS_OK;
    return json_error(match, name, STATUS_INVALID, err,
                      "is only for faults that are on \"download\" and nothing else");
}

static enum status read_file_match(const struct json_object *match, struct fault *fault,
                                   struct error *err)
{
    int64_t file = 0;
    bool found;
    enum status status = member_whole(match, "file", 1, FILE_MAX, &file, &found, err);

    if (status == STATUS_OK && found)
        status = check_download(match, "file", fault, err);
    fault->file = (uint32_t)file;
    if (status == STATUS_OK)
        status = member_turns(match, "attempt", &fault->attempt, &found, err);
    if (status == STATUS_OK && found)
        status = check_download(match, "attempt", fault, err);
    return status;
}

static enum status read_match(const struct json_object *object, struct fault *fault,
                              struct error *err)
{
    static const char *const keys[] = {"entityType", "file", "attempt"};
    struct json_object match;
    bool found;
    enum status status = json_get_object(object, "match", &match, &found, err);

    if (status != STATUS_OK || !found)
        return status;
    status = member_only(&match, WORDS(keys), err);
    if (status == STATUS_OK)
        status = member_entity_types(&match, "entityType", &fault->entity_types, &found, err);
    return status == STATUS_OK ? read_file_match(&match, fault, err) : status;
}

/* A fault that waits for a turn that never comes is a mistake. */
static enum status check_every(const struct json_object *object, const struct fault *fault,
                               struct error *err)
{
    if (fault->every <= 1 || fault->nth.first == 0)
        return STATUS_OK;
    if (fault->nth.last / fault->every * fault->every >= fault->nth.first)
        return STATUS_OK;
    return json_error(object, "every", STATUS_INVALID, err,
                      "never fires: no multiple of %" PRIu32 " is within nth, from %" PRIu32
                      " to %" PRIu32,
                      fault->every, fault->nth.first, fault->nth.last);
}

static enum status read_turn(const struct json_object *object, struct fault *fault,
                             struct error *err)
{
    int64_t every = 0;
    bool found;
    enum status status = member_turns(object, "nth", &fault->nth, &found, err);

    if (status == STATUS_OK)
        status = member_whole(object, "every", 1, EVERY_MAX, &every, &found, err);
    fault->every = (uint32_t)every;
    return status == STATUS_OK ? check_every(object, fault, err) : status;
}

static enum status read_probability(const struct json_object *object, struct fault *fault,
                                    struct error *err)
{
    double probability = 1;
    bool found;
    enum status status = json_get_number(object, "probability", &probability, &found, err);

    if (status != STATUS_OK)
        return status;
    if (probability == 0)
        return json_error(object, "probability", STATUS_INVALID, err,
                          "never fires: it must be above 0, and at most 1");
    if (probability < 0 || probability > 1)
        return json_error(object, "probability", STATUS_INVALID, err,
                          "is %g, but must be above 0, and at most 1", probability);
    fault->probability = probability;
    return STATUS_OK;
}

enum status read_fault(const struct json_object *object, struct fault *out, struct error *err)
{
    static const char *const keys[] = {"on",      "match", "nth",      "every", "probability",
                                       "respond", "delay", "throttle", "cut",   "corrupt"};
    enum status status = member_only(object, WORDS(keys), err);

    if (status == STATUS_OK)
        status = read_targets(object, out, err);
    if (status == STATUS_OK)
        status = read_match(object, out, err);
    if (status == STATUS_OK)
        status = read_turn(object, out, err);
    if (status == STATUS_OK)
        status = read_probability(object, out, err);
    return status == STATUS_OK ? read_fault_effect(object, out, err) : status;
}
