#include "core/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/rng.h"

/* Keys the hash that stands for a tenant; any constant, so that runs agree. */
#define TENANT_KEY UINT64_C(0x74656e616e74)

static const size_t text_limits[JOURNAL_TEXT_COUNT] = {
    [JOURNAL_METHOD] = 32,
    [JOURNAL_PATH] = JOURNAL_PATH_MAX,
    [JOURNAL_WHY] = JOURNAL_WHY_MAX,
    [JOURNAL_REQUEST] = JOURNAL_BODY_MAX,
    [JOURNAL_ANSWER] = JOURNAL_BODY_MAX,
    [JOURNAL_CONTENT_TYPE] = JOURNAL_HEADER_MAX,
    [JOURNAL_USER_AGENT] = JOURNAL_HEADER_MAX,
    [JOURNAL_RANGE] = JOURNAL_HEADER_MAX,
    [JOURNAL_IF_RANGE] = JOURNAL_HEADER_MAX,
    [JOURNAL_ACCEPT_ENCODING] = JOURNAL_HEADER_MAX,
};

/* The texts that a filter's text is looked for in. */
static const enum journal_text searched[] = {JOURNAL_PATH, JOURNAL_WHY, JOURNAL_REQUEST,
                                             JOURNAL_ANSWER};

const char *note_kind_name(enum note_kind kind)
{
    static const char *const names[NOTE_KIND_COUNT] = {
        [NOTE_OTHER] = "other",
        [NOTE_ADD] = "add",
        [NOTE_GET_ALL] = "getAll",
        [NOTE_DOWNLOAD] = "download",
    };

    return names[kind];
}

const char *journal_end_name(enum journal_end end)
{
    static const char *const names[JOURNAL_END_COUNT] = {
        [JOURNAL_RUNNING] = "running",
        [JOURNAL_COMPLETED] = "completed",
        [JOURNAL_ABORTED] = "aborted",
        [JOURNAL_CUT] = "cut",
    };

    return names[end];
}

uint64_t journal_tenant_key(const char *access_token)
{
    uint64_t key = rng_hash(TENANT_KEY, access_token, strlen(access_token));

    return key ? key : 1;
}

static size_t capacity_of(const struct journal *journal)
{
    return journal->entries_max ? journal->entries_max : JOURNAL_ENTRIES_MAX;
}

static size_t bytes_of(const struct journal *journal)
{
    return journal->bytes_max ? journal->bytes_max : JOURNAL_BYTES_MAX;
}

/* The slot of the entry at index, counted from the oldest. */
static struct journal_entry **slot_at(const struct journal *journal, size_t index)
{
    return &journal->ring[(journal->first + index) % capacity_of(journal)];
}

void journal_release(struct journal *journal)
{
    free(journal->block);
    free(journal->ring);
    journal->block = NULL;
    journal->ring = NULL;
    journal->first = journal->count = journal->next_offset = 0;
}

/* How much of a text is kept: to its limit, at the end of a character. */
static size_t kept_length(const struct journal_span *span, size_t limit)
{
    size_t length = limit;

    if (span->length <= limit)
        return span->length;
    while (length > 0 && ((unsigned char)span->data[length] & 0xc0) == 0x80)
        length--;
    return length;
}

struct journal_span journal_entry_text(const struct journal_entry *entry, enum journal_text which)
{
    const char *at = (const char *)(entry->exports + entry->export_count);

    for (int i = 0; i < (int)which; i++)
        at += entry->text_lengths[i];
    return (struct journal_span){at, entry->text_lengths[which],
                                 (entry->cut_texts & 1u << which) != 0};
}

static size_t entry_bytes(size_t export_count, size_t text_bytes)
{
    size_t alignment = _Alignof(struct journal_entry);
    size_t bytes = sizeof(struct journal_entry) + export_count * sizeof(struct uuid) + text_bytes;

    return (bytes + alignment - 1) / alignment * alignment;
}

static void drop_oldest(struct journal *journal)
{
    journal->first = (journal->first + 1) % capacity_of(journal);
    journal->count--;
    journal->dropped_count++;
}

/*
 * Room for an entry behind the newest one, or at the beginning of the block; what is in the way is
 * dropped. Where the newest entry ends and the oldest begins at the same place, there is none.
 */
static size_t make_room(struct journal *journal, size_t bytes)
{
    size_t at = journal->next_offset, oldest;

    while (journal->count > 0) {
        oldest = (size_t)((const char *)*slot_at(journal, 0) - journal->block);
        if ((at > oldest ? bytes_of(journal) : oldest) - at >= bytes)
            return at;
        if (at > oldest)
            at = 0;
        else
            drop_oldest(journal);
    }
    return 0;
}

static void copy_texts(struct journal_entry *entry, const struct journal_span *texts,
                       const uint16_t lengths[JOURNAL_TEXT_COUNT])
{
    char *at = (char *)(entry->exports + entry->export_count);

    for (int i = 0; i < JOURNAL_TEXT_COUNT; i++) {
        if (lengths[i])
            memcpy(at, texts[i].data, lengths[i]);
        at += lengths[i];
        entry->text_lengths[i] = lengths[i];
        if (texts[i].is_cut || lengths[i] < texts[i].length)
            entry->cut_texts |= (uint16_t)(1u << i);
    }
}

/* A place for an entry, or NULL when it is larger than all that is kept. */
static struct journal_entry *new_entry(struct journal *journal, size_t bytes)
{
    struct journal_entry *entry;
    size_t at;

    if (bytes > bytes_of(journal)) {
        journal->dropped_count++;
        return NULL;
    }
    if (!journal->block) {
        journal->block = memory_resize(NULL, bytes_of(journal), 1);
        journal->ring = memory_resize(NULL, capacity_of(journal), sizeof(struct journal_entry *));
    }
    if (journal->count == capacity_of(journal))
        drop_oldest(journal);
    at = make_room(journal, bytes);
    journal->next_offset = at + bytes;
    entry = (void *)(journal->block + at);
    *slot_at(journal, journal->count++) = entry;
    return entry;
}

void journal_add(struct journal *journal, const struct journal_facts *facts,
                 const struct journal_span texts[JOURNAL_TEXT_COUNT], const struct uuid *exports,
                 size_t export_count)
{
    uint16_t lengths[JOURNAL_TEXT_COUNT];
    struct journal_entry *entry;
    size_t text_bytes = 0;

    for (int i = 0; i < JOURNAL_TEXT_COUNT; i++) {
        lengths[i] = (uint16_t)kept_length(&texts[i], text_limits[i]);
        text_bytes += lengths[i];
    }
    entry = new_entry(journal, entry_bytes(export_count, text_bytes));
    if (!entry)
        return;
    *entry = (struct journal_entry){.facts = *facts, .export_count = (uint32_t)export_count};
    if (export_count)
        memcpy(entry->exports, exports, export_count * sizeof *exports);
    copy_texts(entry, texts, lengths);
}

/* The index of the first entry with a number above after; count when there is none. */
static size_t index_after(const struct journal *journal, uint64_t after)
{
    size_t low = 0, high = journal->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if ((*slot_at(journal, middle))->facts.number > after)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The entry with a number, or NULL. Mostly it is as far from the newest as its number is. */
static struct journal_entry *find_entry(const struct journal *journal, uint64_t number)
{
    struct journal_entry *entry;
    uint64_t back;
    size_t index;

    if (journal->count == 0 || number == 0)
        return NULL;
    back = (*slot_at(journal, journal->count - 1))->facts.number - number;
    if (back < journal->count) {
        entry = *slot_at(journal, journal->count - 1 - (size_t)back);
        if (entry->facts.number == number)
            return entry;
    }
    index = index_after(journal, number - 1);
    entry = index < journal->count ? *slot_at(journal, index) : NULL;
    return entry && entry->facts.number == number ? entry : NULL;
}

void journal_complete(struct journal *journal, uint64_t number, enum journal_end end,
                      uint64_t sent_bytes)
{
    struct journal_entry *entry = find_entry(journal, number);

    if (!entry)
        return;
    entry->end = end;
    entry->sent_bytes = end == JOURNAL_ABORTED ? 0 : sent_bytes;
}

/* The entries of others stay where they are; the holes between them are passed over. */
static void clear_tenant(struct journal *journal, uint64_t tenant_key)
{
    size_t kept = 0;

    for (size_t i = 0; i < journal->count; i++) {
        struct journal_entry *entry = *slot_at(journal, i);

        if (entry->facts.tenant_key != tenant_key)
            *slot_at(journal, kept++) = entry;
    }
    journal->count = kept;
}

void journal_clear(struct journal *journal, const uint64_t *tenant_key)
{
    if (tenant_key) {
        clear_tenant(journal, *tenant_key);
        return;
    }
    journal_release(journal);
    journal->dropped_count = 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool begins_with(const char *data, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (lower(data[i]) != lower(text[i]))
            return false;
    }
    return true;
}

static bool holds_text(struct journal_span span, const struct journal_filter *filter)
{
    for (size_t i = 0; i + filter->text_length <= span.length; i++) {
        if (begins_with(span.data + i, filter->text, filter->text_length))
            return true;
    }
    return false;
}

static bool has_text(const struct journal_entry *entry, const struct journal_filter *filter)
{
    for (size_t i = 0; i < sizeof searched / sizeof *searched; i++) {
        if (holds_text(journal_entry_text(entry, searched[i]), filter))
            return true;
    }
    return false;
}

static bool has_export(const struct journal_entry *entry, const struct uuid *id)
{
    for (size_t i = 0; i < entry->export_count; i++) {
        if (uuid_equal(&entry->exports[i], id))
            return true;
    }
    return false;
}

static bool matches(const struct journal_entry *entry, const struct journal_filter *filter)
{
    const struct journal_facts *facts = &entry->facts;

    if (filter->has_tenant && facts->tenant_key != filter->tenant_key)
        return false;
    if (filter->has_kind && facts->kind != filter->kind)
        return false;
    if (filter->status_first &&
        (facts->status < filter->status_first || facts->status > filter->status_last))
        return false;
    if (filter->has_export && !has_export(entry, &filter->export_id))
        return false;
    return !filter->text || has_text(entry, filter);
}

const struct journal_entry *journal_next(const struct journal *journal,
                                         const struct journal_filter *filter, uint64_t after)
{
    for (size_t i = index_after(journal, after); i < journal->count; i++) {
        const struct journal_entry *entry = *slot_at(journal, i);

        if (matches(entry, filter))
            return entry;
    }
    return NULL;
}

uint64_t journal_count(const struct journal *journal, const struct journal_filter *filter)
{
    uint64_t count = 0;

    for (size_t i = 0; i < journal->count; i++)
        count += matches(*slot_at(journal, i), filter);
    return count;
}
