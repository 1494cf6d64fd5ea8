#include "app/tell.h"

void tell_request(struct events *events, struct store *store, const struct request_note *note,
                  uint64_t number)
{
    struct event *event = announce_add(events, EVENT_REQUEST, note->tenant);

    if (!event)
        return;
    event->number = number;
    announce_findings(events, store, note->tenant);
}

/* The export that a download was of, if it is still there. */
static const struct export *find_download(const struct store *store,
                                          const struct journal_entry *entry)
{
    return entry->facts.file && entry->export_count ? store_find_export(store, &entry->exports[0])
                                                    : NULL;
}

void tell_over(struct events *events, struct store *store, const struct journal *journal,
               uint64_t number)
{
    static const struct journal_filter all = {.has_kind = false};
    const struct journal_entry *entry;
    const struct export *export;
    struct event *event;

    if (!events_are_kept(events))
        return;
    entry = journal_next(journal, &all, number - 1);
    if (!entry || entry->facts.number != number)
        return;
    export = find_download(store, entry);
    event = announce_add(events, EVENT_REQUEST_OVER, export ? export->integration->tenant : NULL);
    event->number = number;
    event->tenant_key = entry->facts.tenant_key;
    if (export)
        announce_findings(events, store, export->integration->tenant);
}
