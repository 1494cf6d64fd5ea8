#include "trial/cell.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/duration.h"
#include "trial/verdict.h"

const char *cell_expectation_name(enum expectation expect)
{
    static const char *const names[] = {
        [EXPECT_SUCCESS] = "success", [EXPECT_FAILURE] = "failure", [EXPECT_EITHER] = "either"};

    return names[expect];
}

/* What is wrong with the way it ended; NULL: nothing. */
static const char *fault_of_ending(const struct cell *cell)
{
    bool is_fine = cell->ending.code == 0;

    if (cell->ending.kind != ENDED_BY_ITSELF)
        return "a sound client ends by itself";
    if (cell->expect == EXPECT_SUCCESS && !is_fine)
        return "a sound client collects every row here and ends with 0";
    if (cell->expect == EXPECT_FAILURE && is_fine)
        return "a sound client notices here that it cannot have all rows, and ends with another "
               "code than 0";
    return NULL;
}

static void judge_ending(struct cell *cell, int64_t timeout_real_ms)
{
    const char *fault = fault_of_ending(cell);

    if (!fault)
        return;
    strbuf_append_text(&cell->reasons, "exit: ");
    ending_write(&cell->reasons, cell->ending);
    if (cell->ending.kind == ENDED_BY_TIMEOUT) {
        strbuf_append_text(&cell->reasons, " after ");
        duration_append(&cell->reasons, timeout_real_ms);
    }
    strbuf_appendf(&cell->reasons, "; %s\n", fault);
}

/* True when the client said by itself that it gave up: then it need not be told. */
static bool is_admitted(const struct cell *cell, const struct conduct_rule_entry *rule)
{
    return rule->is_omission && cell->ending.kind == ENDED_BY_ITSELF && cell->ending.code != 0;
}

static void judge_conduct(struct cell *cell, enum fail_on fail_on)
{
    const char *lead = "conduct: ";

    for (int i = 0; i < CONDUCT_RULE_COUNT && fail_on != FAIL_ON_NEVER; i++) {
        const struct conduct_rule_entry *rule = &conduct_rules[i];

        if (!(cell->rules >> i & 1u) || (int)rule->level > (int)fail_on || is_admitted(cell, rule))
            continue;
        strbuf_appendf(&cell->reasons, "%s%s (%s)", lead, rule->id,
                       conduct_level_name(rule->level));
        lead = ", ";
    }
    if (lead[0] == ',')
        strbuf_append_char(&cell->reasons, '\n');
}

static void append_count(struct strbuf *out, const char **lead, uint64_t count, const char *what)
{
    if (count == 0)
        return;
    strbuf_appendf(out, "%s%" PRIu64 " %s", *lead, count, what);
    *lead = ", ";
}

/* Where nothing was written, what was fetched tells whether the rows can be somewhere else. */
static void judge_fetching(struct cell *cell)
{
    const struct export_counts *exports = &cell->collected.exports;

    if (cell->expect != EXPECT_SUCCESS)
        return;
    if (exports->added_count == 0)
        strbuf_append_text(&cell->reasons,
                           "rows: nothing was collected, for CMD added no export; yet it ends "
                           "with 0\n");
    else if (exports->success_count == 0)
        strbuf_append_text(&cell->reasons,
                           "rows: no export that CMD added became Success; yet it ends with 0\n");
    else if (exports->left_count > 0)
        strbuf_appendf(&cell->reasons,
                       "rows: %" PRIu64 " of %" PRIu64
                       " exports failed or had not ended, and CMD did not add one of that type "
                       "again; yet it ends with 0\n",
                       exports->left_count, exports->added_count);
    if (!cell->collected.is_there && exports->not_fetched_count > 0)
        strbuf_appendf(&cell->reasons,
                       "rows: of %" PRIu64 " of %" PRIu64
                       " exports not every file was fetched to its end; yet it ends with 0\n",
                       exports->not_fetched_count, exports->success_count);
}

static void judge_rows(struct cell *cell)
{
    const struct collected *collected = &cell->collected;
    const char *lead = "rows: ";

    if (ending_exit_code(cell->ending) != 0)
        return;
    judge_fetching(cell);
    if (!collected->is_there || collected->is_complete)
        return;
    if (collected->is_unreadable) {
        strbuf_appendf(&cell->reasons, "rows: %s", strbuf_text(&collected->text));
        return;
    }
    append_count(&cell->reasons, &lead, collected->missing_count, "missing");
    append_count(&cell->reasons, &lead, collected->doubled_count, "doubled");
    append_count(&cell->reasons, &lead, collected->damaged_count, "damaged");
    append_count(&cell->reasons, &lead, collected->foreign_count, "of no export");
    strbuf_appendf(&cell->reasons, ", of %" PRIu64 "; yet it ends with 0\n",
                   collected->expected_count);
}

void cell_judge(struct cell *cell, enum fail_on fail_on, int64_t timeout_real_ms)
{
    strbuf_reset(&cell->reasons);
    judge_ending(cell, timeout_real_ms);
    judge_conduct(cell, fail_on);
    if (fail_on != FAIL_ON_NEVER)
        judge_rows(cell);
    cell->passed = cell->reasons.length == 0;
}

void cell_release(struct cell *cell)
{
    free(cell->scenario);
    free(cell->bundle);
    collected_release(&cell->collected);
    strbuf_release(&cell->reasons);
    strbuf_release(&cell->command);
}
