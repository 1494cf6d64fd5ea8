#include "content/variants.h"

#include <stdlib.h>

#include "base/memory.h"

struct variant {
    struct dataset_config config;
    struct dataset *dataset; /* owned */
    uint32_t open_files;
    uint64_t used_at;    /* turn of the last use */
    size_t memory_bytes; /* of its templates, as of the end of that use */
};

static void variant_free(struct variant *variant)
{
    dataset_free(variant->dataset);
    free(variant);
}

static void variant_trim(struct variant *variant)
{
    dataset_trim(variant->dataset);
    variant->memory_bytes = 0;
}

static struct variant *add_variant(struct variants *variants, const struct dataset_config *config)
{
    struct variant *variant = memory_new(sizeof *variant);

    if (variants->count == variants->capacity) {
        variants->capacity = 2 * variants->capacity + VARIANTS_KEPT;
        variants->items =
            memory_resize(variants->items, variants->capacity, sizeof *variants->items);
    }
    variant->config = *config;
    variant->dataset = dataset_new(config);
    variants->items[variants->count++] = variant;
    return variant;
}

void variants_init(struct variants *variants, const struct dataset_config *config)
{
    *variants = (struct variants){.config = *config};
    add_variant(variants, config);
}

void variants_release(struct variants *variants)
{
    for (size_t i = 0; i < variants->count; i++)
        variant_free(variants->items[i]);
    free(variants->items);
    *variants = (struct variants){0};
}

void variants_trim(struct variants *variants)
{
    for (size_t i = 0; i < variants->count; i++)
        variant_trim(variants->items[i]);
}

size_t variants_memory(const struct variants *variants)
{
    size_t bytes = 0;

    for (size_t i = 0; i < variants->count; i++)
        bytes += dataset_memory(variants->items[i]->dataset);
    return bytes;
}

static struct variant *find_variant(struct variants *variants, const struct dataset_config *config)
{
    for (size_t i = 0; i < variants->count; i++)
        if (dataset_config_equal(&variants->items[i]->config, config))
            return variants->items[i];
    return NULL;
}

/* The one to give up first, never the server's: used longest ago, no file open; 0: none. */
static size_t find_idle(const struct variants *variants)
{
    size_t idle = 0;

    for (size_t i = 1; i < variants->count; i++) {
        const struct variant *variant = variants->items[i];

        if (!variant->open_files && (!idle || variant->used_at < variants->items[idle]->used_at))
            idle = i;
    }
    return idle;
}

/* Gives up data sets until there is room for another one, or none is idle. */
static void make_room(struct variants *variants)
{
    size_t idle;

    while (variants->count >= VARIANTS_KEPT && (idle = find_idle(variants))) {
        if (variants->items[idle] == variants->current)
            variants->current = NULL;
        variant_free(variants->items[idle]);
        variants->items[idle] = variants->items[--variants->count];
    }
}

/* The one that has templates and was used longest ago, other than the one in use; NULL: none. */
static struct variant *find_to_trim(const struct variants *variants)
{
    struct variant *oldest = NULL;

    for (size_t i = 0; i < variants->count; i++) {
        struct variant *variant = variants->items[i];

        if (variant != variants->current && variant->memory_bytes > 0 &&
            (!oldest || variant->used_at < oldest->used_at))
            oldest = variant;
    }
    return oldest;
}

static void keep_small(struct variants *variants)
{
    struct variant *oldest;
    size_t bytes = 0;

    for (size_t i = 0; i < variants->count; i++)
        bytes += variants->items[i]->memory_bytes;
    while (bytes > VARIANTS_MAX_BYTES && (oldest = find_to_trim(variants))) {
        bytes -= oldest->memory_bytes;
        variant_trim(oldest);
    }
}

/* To be called before a data set is used: the use before may have made templates. */
static void use(struct variants *variants, struct variant *variant)
{
    if (variants->current)
        variants->current->memory_bytes = dataset_memory(variants->current->dataset);
    variants->current = variant;
    variant->used_at = ++variants->turn;
    keep_small(variants);
}

/* Borrowed until the next call. */
static struct variant *variant_of(struct variants *variants, const struct data_choice *choice)
{
    struct dataset_config config = dataset_config_choose(&variants->config, choice);
    struct variant *variant = find_variant(variants, &config);

    if (!variant) {
        make_room(variants);
        variant = add_variant(variants, &config);
    }
    use(variants, variant);
    return variant;
}

struct dataset *variants_get(struct variants *variants, const struct data_choice *choice)
{
    return variant_of(variants, choice)->dataset;
}

/* A file that is open, and the data set it needs. */
struct open_file {
    struct variants *variants;
    struct variant *variant;
    struct source source;
};

static enum status read_open(void *state, uint64_t offset, void *out, size_t length)
{
    const struct open_file *file = state;

    use(file->variants, file->variant);
    return file->source.read_at(file->source.state, offset, out, length);
}

static void release_open(void *state)
{
    struct open_file *file = state;

    source_release(&file->source);
    file->variant->open_files--;
    free(file);
}

struct source variants_open(struct variants *variants, const struct data_choice *choice,
                            const struct dataset_query *query, uint32_t index)
{
    struct open_file *file = memory_new(sizeof *file);

    file->variants = variants;
    file->variant = variant_of(variants, choice);
    file->variant->open_files++;
    file->source = dataset_file_open(file->variant->dataset, query, index);
    return (struct source){.size_bytes = file->source.size_bytes,
                           .fd = -1,
                           .read_at = read_open,
                           .release = release_open,
                           .state = file};
}
