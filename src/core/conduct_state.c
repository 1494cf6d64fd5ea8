#include "core/conduct_state.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/strbuf.h"
#include "core/export.h"

void conduct_free(struct conduct *conduct)
{
    if (!conduct)
        return;
    free(conduct->findings);
    free(conduct->troubles);
    free(conduct);
}

struct conduct *conduct_of(struct conduct **place)
{
    if (!*place)
        *place = memory_new(sizeof **place);
    return *place;
}

static bool is_same(const struct finding *finding, const struct subject *subject)
{
    return finding->rule == subject->rule && finding->file == subject->file &&
           finding->has_export == (subject->export != NULL) &&
           (!subject->export || uuid_equal(&finding->export_id, &subject->export->id));
}

static struct finding *add_finding(struct conduct *conduct, const struct subject *subject)
{
    struct finding *finding;

    if (conduct->finding_count == FINDINGS_MAX) {
        conduct->dropped++;
        return NULL;
    }
    conduct->findings = memory_resize(conduct->findings, (size_t)conduct->finding_count + 1,
                                      sizeof *conduct->findings);
    finding = &conduct->findings[conduct->finding_count++];
    *finding = (struct finding){.rule = subject->rule, .file = subject->file};
    if (subject->export) {
        finding->has_export = true;
        finding->export_id = subject->export->id;
    }
    return finding;
}

void conduct_find(struct conduct **place, const struct subject *subject, const char *fmt, ...)
{
    struct strbuf detail = STRBUF_INIT;
    struct finding *finding = NULL;
    struct conduct *conduct = conduct_of(place);
    va_list args;

    for (uint32_t i = 0; i < conduct->finding_count && !finding; i++) {
        if (is_same(&conduct->findings[i], subject))
            finding = &conduct->findings[i];
    }
    if (!finding && (finding = add_finding(conduct, subject))) {
        size_t length;

        va_start(args, fmt);
        strbuf_vappendf(&detail, fmt, args);
        va_end(args);
        length = detail.length < DETAIL_MAX - 1 ? detail.length : DETAIL_MAX - 1;
        memcpy(finding->detail, strbuf_text(&detail), length);
        strbuf_release(&detail);
    }
    if (!finding)
        return;
    finding->count++;
    finding->is_fresh = conduct->has_fresh = true;
    if (finding->evidence_count < EVIDENCE_MAX)
        finding->evidence[finding->evidence_count++] = subject->evidence;
}
