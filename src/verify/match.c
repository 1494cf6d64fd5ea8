#include "verify/match.h"

#include <stdlib.h>

#include "base/memory.h"

/* A row of the export; one that it has several times is one entry. */
struct entry {
    uint64_t key;
    uint64_t raw;
    uint64_t meaning;
    struct row_place at;
    struct row_place first; /* where it was collected first */
    uint32_t expected_count;
    uint32_t whole_count;
    uint32_t damaged_count;
};

/* Entries by key, with open addressing: the entries of a key follow one another. */
struct table {
    struct entry *entries;
    size_t mask;
    const struct verify_files *expected;
    struct findings *findings;
};

static struct row_place place_of(const struct spill_record *record)
{
    return (struct row_place){record->file, record->length, record->line, record->offset_bytes};
}

static size_t next_slot(const struct table *table, size_t slot)
{
    return (slot + 1) & table->mask;
}

static void take_expected(struct table *table, const struct spill_record *record)
{
    size_t slot = (size_t)record->key & table->mask;
    struct entry *entry;

    for (;; slot = next_slot(table, slot)) {
        entry = &table->entries[slot];
        if (entry->expected_count == 0)
            break;
        if (entry->key == record->key && entry->raw == record->raw) {
            entry->expected_count++;
            return;
        }
    }
    *entry = (struct entry){.key = record->key,
                            .raw = record->raw,
                            .meaning = record->meaning,
                            .at = place_of(record),
                            .expected_count = 1};
}

/* The best entry for a collected row: of the same bytes, the same meaning, or just its key. */
static struct entry *find_entry(struct table *table, const struct spill_record *record)
{
    size_t slot = (size_t)record->key & table->mask;
    struct entry *same_key = NULL, *same_meaning = NULL;

    for (; table->entries[slot].expected_count > 0; slot = next_slot(table, slot)) {
        struct entry *entry = &table->entries[slot];

        if (entry->key != record->key)
            continue;
        if (entry->raw == record->raw)
            return entry;
        if (record->meaning && entry->meaning == record->meaning)
            same_meaning = entry;
        if (!same_key || (same_key->whole_count > 0 && entry->whole_count == 0))
            same_key = entry;
    }
    return same_meaning ? same_meaning : same_key;
}

static void take_whole(struct table *table, struct entry *entry, const struct row_place *at,
                       bool is_rewritten)
{
    if (entry->whole_count == 0)
        entry->first = *at;
    if (entry->whole_count >= entry->expected_count)
        findings_add(table->findings, FINDING_DOUBLED, at, &entry->first);
    else
        entry->whole_count++;
    if (is_rewritten)
        findings_add(table->findings, FINDING_REWRITTEN, at, &entry->at);
}

static void take_collected(struct table *table, const struct spill_record *record)
{
    struct entry *entry = find_entry(table, record);
    struct row_place at = place_of(record);

    if (!entry) {
        findings_add(table->findings, record->meaning ? FINDING_FOREIGN : FINDING_DAMAGED, &at,
                     NULL);
    } else if (entry->raw == record->raw) {
        take_whole(table, entry, &at, false);
    } else if (record->meaning && entry->meaning == record->meaning) {
        take_whole(table, entry, &at, true);
    } else {
        entry->damaged_count++;
        findings_add(table->findings, FINDING_DAMAGED, &at, &entry->at);
    }
}

static void take(void *state, enum verify_side side, const struct spill_record *record)
{
    if (side == VERIFY_EXPECTED)
        take_expected(state, record);
    else
        take_collected(state, record);
}

static size_t export_of(const struct table *table, const struct entry *entry)
{
    const struct verify_files *expected = table->expected;

    return expected->export_of ? expected->export_of(expected->state, entry->at.file) : 0;
}

/* True when another export has the row in another state, and that was collected. */
static bool is_superseded(const struct table *table, const struct entry *entry)
{
    size_t slot = (size_t)entry->key & table->mask;

    for (; table->entries[slot].expected_count > 0; slot = next_slot(table, slot)) {
        const struct entry *other = &table->entries[slot];

        if (other->key == entry->key && other->whole_count > 0 &&
            export_of(table, other) != export_of(table, entry))
            return true;
    }
    return false;
}

static void look_for_missing(struct table *table)
{
    for (size_t i = 0; i <= table->mask; i++) {
        const struct entry *entry = &table->entries[i];

        if (entry->expected_count == 0 || entry->whole_count > 0 || entry->damaged_count > 0)
            continue;
        if (is_superseded(table, entry))
            table->findings->superseded_count++;
        else
            findings_add(table->findings, FINDING_MISSING, &entry->at, NULL);
    }
}

/* A power of two that leaves at least half of the slots free. */
static size_t slots_for(uint64_t count)
{
    size_t slots = 16;

    while (slots < count * 2)
        slots *= 2;
    return slots;
}

enum status match_group(struct spill *spill, size_t group, const struct verify_files *expected,
                        struct findings *findings, struct error *err)
{
    size_t slots = slots_for(spill_count(spill, group, VERIFY_EXPECTED));
    struct table table = {memory_new(slots * sizeof *table.entries), slots - 1, expected, findings};
    enum status status = spill_read(spill, group, take, &table, err);

    if (status == STATUS_OK)
        look_for_missing(&table);
    free(table.entries);
    return status;
}
