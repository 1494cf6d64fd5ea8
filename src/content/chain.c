#include "content/chain.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct link {
    struct source source;
    uint64_t start;     /* where it begins in the whole */
    bool needs_newline; /* one more byte behind the source */
};

struct chain {
    struct link *links;
    size_t count;
    size_t at; /* the link of the last read */
};

static uint64_t end_of(const struct link *link)
{
    return link->start + link->source.size_bytes + link->needs_newline;
}

/* The link that holds the byte; reading on finds it at once. */
static struct link *find_link(struct chain *chain, uint64_t offset)
{
    size_t low = 0, high = chain->count - 1;
    struct link *last = &chain->links[chain->at];

    if (offset >= last->start && offset < end_of(last))
        return last;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (offset < end_of(&chain->links[middle]))
            high = middle;
        else
            low = middle + 1;
    }
    chain->at = low;
    return &chain->links[low];
}

static enum status read_link(const struct link *link, uint64_t offset, char *out, size_t length)
{
    const struct source *source = &link->source;
    uint64_t own = offset < source->size_bytes ? source->size_bytes - offset : 0;

    if (length > own)
        out[--length] = '\n';
    return length > 0 ? source->read_at(source->state, offset, out, length) : STATUS_OK;
}

static enum status read_at(void *state, uint64_t offset, void *out, size_t length)
{
    char *at = out;
    enum status status = STATUS_OK;

    while (length > 0 && status == STATUS_OK) {
        const struct link *link = find_link(state, offset);
        uint64_t left = end_of(link) - offset;
        size_t part = length < left ? length : (size_t)left;

        status = read_link(link, offset - link->start, at, part);
        offset += part;
        at += part;
        length -= part;
    }
    return status;
}

static void release(void *state)
{
    struct chain *chain = state;

    for (size_t i = 0; i < chain->count; i++)
        source_release(&chain->links[i].source);
    free(chain->links);
    free(chain);
}

/* True when the source ends in the middle of a line. */
static enum status find_open_end(const struct source *source, bool *out)
{
    char last = '\n';
    enum status status = STATUS_OK;

    if (source->size_bytes > 0)
        status = source->read_at(source->state, source->size_bytes - 1, &last, 1);
    *out = last != '\n';
    return status;
}

enum status chain_open(const struct source *parts, size_t count, struct source *out,
                       struct error *err)
{
    struct chain *chain = memory_new(sizeof *chain);
    uint64_t total = 0;

    chain->links = memory_new((count + 1) * sizeof *chain->links);
    chain->count = count;
    for (size_t i = 0; i < count; i++) {
        struct link *link = &chain->links[i];

        *link = (struct link){.source = parts[i], .start = total};
        if (i + 1 < count && find_open_end(&parts[i], &link->needs_newline) != STATUS_OK) {
            free(chain->links);
            free(chain);
            return error_set(err, STATUS_IO, NULL, "a file of the export cannot be read any more");
        }
        total = end_of(link);
    }
    *out = (struct source){
        .size_bytes = total, .fd = -1, .read_at = read_at, .release = release, .state = chain};
    return STATUS_OK;
}
