#include "verify/findings.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

const char *finding_kind_name(enum finding_kind kind)
{
    static const char *const names[FINDING_KIND_COUNT] = {
        [FINDING_MISSING] = "missing",     [FINDING_DOUBLED] = "doubled",
        [FINDING_DAMAGED] = "damaged",     [FINDING_FOREIGN] = "foreign",
        [FINDING_REWRITTEN] = "rewritten",
    };

    return names[kind];
}

int row_place_compare(const struct row_place *a, const struct row_place *b)
{
    if (a->file != b->file)
        return a->file < b->file ? -1 : 1;
    if (a->offset_bytes != b->offset_bytes)
        return a->offset_bytes < b->offset_bytes ? -1 : 1;
    return 0;
}

void findings_init(struct findings *findings, size_t expected_file_count)
{
    memset(findings, 0, sizeof *findings);
    findings->files = memory_new((expected_file_count + 1) * sizeof *findings->files);
}

void findings_release(struct findings *findings)
{
    for (int kind = 0; kind < FINDING_KIND_COUNT; kind++) {
        for (size_t i = 0; i < findings->shown_count[kind]; i++) {
            strbuf_release(&findings->shown[kind][i].reason);
            strbuf_release(&findings->shown[kind][i].found);
            strbuf_release(&findings->shown[kind][i].wanted);
        }
    }
    free(findings->files);
    findings->files = NULL;
}

static void note_missing(struct missing_file *file, const struct row_place *at)
{
    if (file->missing_count == 0 || row_place_compare(at, &file->first) < 0)
        file->first = *at;
    if (file->missing_count == 0 || row_place_compare(at, &file->last) > 0)
        file->last = *at;
    file->missing_count++;
}

void findings_add(struct findings *findings, enum finding_kind kind, const struct row_place *at,
                  const struct row_place *other)
{
    struct finding *shown = findings->shown[kind];
    size_t count = findings->shown_count[kind], i;

    findings->counts[kind]++;
    if (kind == FINDING_MISSING)
        note_missing(&findings->files[at->file], at);
    if (count == FINDINGS_SHOWN && row_place_compare(at, &shown[count - 1].at) > 0)
        return;
    if (count < FINDINGS_SHOWN)
        findings->shown_count[kind] = ++count;
    for (i = count - 1; i > 0 && row_place_compare(at, &shown[i - 1].at) < 0; i--)
        shown[i] = shown[i - 1];
    shown[i] = (struct finding){.at = *at, .has_other = other != NULL};
    if (other)
        shown[i].other = *other;
}

bool findings_are_none(const struct findings *findings)
{
    return findings->counts[FINDING_MISSING] == 0 && findings->counts[FINDING_DOUBLED] == 0 &&
           findings->counts[FINDING_DAMAGED] == 0 && findings->counts[FINDING_FOREIGN] == 0;
}
