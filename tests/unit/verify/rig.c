#include "rig.h"

#include <check.h>
#include <string.h>

static enum status read_text(void *state, uint64_t offset, void *out, size_t length)
{
    const struct rig_text *text = state;

    ck_assert_uint_le(offset + length, text->length);
    memcpy(out, text->bytes + offset, length);
    return STATUS_OK;
}

void rig_clear(struct rig_side *side)
{
    memset(side, 0, sizeof *side);
}

void rig_add(struct rig_side *side, size_t export, const char *name, const char *bytes,
             size_t length)
{
    size_t at = side->list.count++;

    ck_assert_uint_lt(at, RIG_FILES_MAX);
    side->texts[at] = (struct rig_text){bytes, length};
    side->items[at] = (struct verify_source){
        name,
        export,
        {.size_bytes = length, .fd = -1, .read_at = read_text, .state = &side->texts[at]}};
    side->list.items = side->items;
    side->files = verify_files_of_sources(&side->list);
}

void rig_compare(struct rig_side *expected, struct rig_side *collected, struct findings *out)
{
    struct error err;

    ck_assert_int_eq(verify_run(&expected->files, &collected->files, out, &err), STATUS_OK);
}
