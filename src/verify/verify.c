#include "verify/verify.h"

#include <stdlib.h>

#include "base/memory.h"
#include "verify/details.h"
#include "verify/digest.h"
#include "verify/match.h"
#include "verify/spill.h"
#include "verify/sums.h"

#define TOO_LONG UINT64_C(0x6c6f6e67)

/* One reading of one side. */
struct pass {
    enum verify_side side;
    const struct verify_files *files;
    size_t file;
    struct findings *findings;
    struct sums *sums;
    struct spill *spill; /* NULL: rows are added to the sums */
    struct splitter splitter;
    enum status status; /* of the spill */
    struct error *err;
};

/* The digests of a row's bytes and of its Id; one without an Id stands for itself. */
static void digest_row(const struct verify_row *row, uint64_t *key, uint64_t *raw)
{
    *raw = digest_bytes(row->bytes, row->length) ^ (row->is_too_long ? TOO_LONG : 0);
    if (digest_id(row->bytes, row->length, key))
        return;
    if (row->is_too_long || !digest_meaning(row->bytes, row->length, key))
        *key = *raw;
}

static void count_row(void *state, const struct verify_row *row)
{
    struct pass *pass = state;
    uint64_t key, raw;

    digest_row(row, &key, &raw);
    sums_add(pass->sums, pass->side, key, raw);
    pass->findings->totals[pass->side].row_count++;
    if (pass->side == VERIFY_EXPECTED)
        pass->findings->files[pass->file].row_count++;
}

static void spill_row(void *state, const struct verify_row *row)
{
    struct pass *pass = state;
    struct spill_record record = {.offset_bytes = row->offset_bytes,
                                  .line = row->line,
                                  .length = (uint32_t)row->length,
                                  .file = (uint32_t)pass->file};

    digest_row(row, &record.key, &record.raw);
    if (pass->status != STATUS_OK || sums_agree(pass->sums, sums_bucket_of(record.key)))
        return;
    if (row->is_too_long || !digest_meaning(row->bytes, row->length, &record.meaning))
        record.meaning = 0;
    pass->status = spill_add(pass->spill, pass->side, &record, pass->err);
}

static bool feed(void *state, const char *bytes, size_t length)
{
    struct pass *pass = state;

    splitter_feed(&pass->splitter, bytes, length);
    return pass->status == STATUS_OK;
}

/* Reads all files of one side. */
static enum status run_pass(struct pass *pass, struct verify_oddities *oddities)
{
    enum status status = STATUS_OK;

    splitter_init(&pass->splitter, oddities, pass->spill ? spill_row : count_row, pass);
    for (pass->file = 0; pass->file < pass->files->count && status == STATUS_OK; pass->file++) {
        splitter_begin(&pass->splitter);
        status = pass->files->read(pass->files->state, pass->file, 0, feed, pass, pass->err);
        if (status == STATUS_OK)
            splitter_end(&pass->splitter);
        if (status == STATUS_OK)
            status = pass->status;
        if (!pass->spill)
            pass->findings->totals[pass->side].total_bytes += pass->splitter.offset_bytes;
    }
    splitter_release(&pass->splitter);
    return status;
}

static enum status run_both(const struct verify_files *const files[VERIFY_SIDE_COUNT],
                            struct sums *sums, struct spill *spill, struct findings *findings,
                            struct error *err)
{
    enum status status = STATUS_OK;

    for (int side = 0; side < VERIFY_SIDE_COUNT && status == STATUS_OK; side++) {
        struct verify_oddities ignored = {0};
        struct pass pass = {.side = (enum verify_side)side,
                            .files = files[side],
                            .findings = findings,
                            .sums = sums,
                            .spill = spill,
                            .err = err};
        bool counts = side == VERIFY_COLLECTED && !spill;

        findings->totals[side].file_count = files[side]->count;
        status = run_pass(&pass, counts ? &findings->oddities : &ignored);
    }
    return status;
}

static bool all_agree(const struct sums *sums)
{
    for (size_t i = 0; i < SUMS_BUCKET_COUNT; i++) {
        if (!sums_agree(sums, i))
            return false;
    }
    return true;
}

/* Reads both sides again and matches the rows of the buckets that differ. */
static enum status find_differences(const struct verify_files *const files[VERIFY_SIDE_COUNT],
                                    struct sums *sums, struct findings *findings, struct error *err)
{
    struct spill *spill = spill_new(sums);
    enum status status = run_both(files, sums, spill, findings, err);

    for (size_t i = 0; i < spill_group_count(spill) && status == STATUS_OK; i++)
        status = match_group(spill, i, files[VERIFY_EXPECTED], findings, err);
    spill_free(spill);
    if (status == STATUS_OK)
        status = details_fill(findings, files[VERIFY_EXPECTED], files[VERIFY_COLLECTED], err);
    return status;
}

enum status verify_run(const struct verify_files *expected, const struct verify_files *collected,
                       struct findings *findings, struct error *err)
{
    const struct verify_files *const files[VERIFY_SIDE_COUNT] = {expected, collected};
    struct sums *sums = memory_new(sizeof *sums);
    enum status status;

    findings_init(findings, expected->count);
    status = run_both(files, sums, NULL, findings, err);
    if (status == STATUS_OK && !all_agree(sums))
        status = find_differences(files, sums, findings, err);
    free(sums);
    if (status != STATUS_OK)
        findings_release(findings);
    return status;
}
