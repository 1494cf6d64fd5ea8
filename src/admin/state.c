#include "admin/state.h"

#include <string.h>

#include "base/excerpt.h"
#include "base/nearest.h"

enum status admin_read_state(const struct json_object *body, enum export_state *state,
                             struct error *err)
{
    const char *names[EXPORT_STATE_COUNT], *text, *nearest;
    bool found;
    enum status status = json_get_text(body, "Status", &text, &found, err);

    if (status != STATUS_OK || (found && export_state_read(text, state)))
        return status;
    for (int i = 0; i < EXPORT_STATE_COUNT; i++)
        names[i] = export_state_name((enum export_state)i);
    nearest = found ? nearest_name(text, names, EXPORT_STATE_COUNT) : NULL;
    return json_error(
        body, "Status", STATUS_INVALID, err, "%s; give one of %s, %s, %s, %s and %s%s%s",
        found ? excerpt(text, strlen(text)).text : "is missing", names[0], names[1], names[2],
        names[3], names[4], nearest ? ": did you mean " : "", nearest ? nearest : "");
}
