#include "base/parse.h"
#include "scenarios/member.h"
#include "scenarios/parts.h"

static enum status read_outcome(const struct json_object *object, struct lifecycle_choice *out,
                                struct error *err)
{
    const char *names[OUTCOME_COUNT];
    unsigned which = 0;
    enum status status;

    for (int i = 0; i < OUTCOME_COUNT; i++)
        names[i] = export_outcome_name((enum export_outcome)i);
    status = member_choice(object, "outcome", WORDS(names), &which, &out->has_outcome, err);
    out->outcome = (enum export_outcome)which;
    return status;
}

static enum status read_members(const struct json_object *object, struct lifecycle_choice *out,
                                struct error *err)
{
    static const char *const keys[] = {"pending", "processing", "outcome", "expires",
                                       "linkValidity"};
    enum status status = member_only(object, WORDS(keys), err);

    if (status == STATUS_OK)
        status = member_stage(object, "pending", &out->pending, &out->has_pending, err);
    if (status == STATUS_OK)
        status = member_stage(object, "processing", &out->processing, &out->has_processing, err);
    if (status == STATUS_OK)
        status = read_outcome(object, out, err);
    if (status == STATUS_OK)
        status = member_duration(object, "expires", 0, PARSE_DURATION_MAX_MS, &out->kept_ms,
                                 &out->has_kept, err);
    if (status == STATUS_OK)
        status = member_duration(object, "linkValidity", 1, PARSE_DURATION_MAX_MS,
                                 &out->link_validity_ms, &out->has_link_validity, err);
    return status;
}

bool lifecycle_says_something(const struct lifecycle_choice *choice)
{
    return choice->has_pending || choice->has_processing || choice->has_outcome ||
           choice->has_kept || choice->has_link_validity;
}

enum status read_lifecycle(const struct json_object *object, struct lifecycle_choice *out,
                           struct error *err)
{
    struct json_object lifecycle;
    bool found;
    enum status status = json_get_object(object, "lifecycle", &lifecycle, &found, err);

    return status == STATUS_OK && found ? read_members(&lifecycle, out, err) : status;
}
