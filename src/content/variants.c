#include "content/variants.h"

#include <stdlib.h>

#include "base/memory.h"

struct variant {
    struct dataset_config config;
    struct dataset *dataset; /* owned */
    uint32_t holders;        /* who still need it: the list, and open files */
    uint64_t used_at;        /* turn of the last use */
};

static struct variant *variant_new(const struct dataset_config *config)
{
    struct variant *variant = memory_new(sizeof *variant);

    variant->config = *config;
    variant->dataset = dataset_new(config);
    variant->holders = 1;
    return variant;
}

static void variant_drop(struct variant *variant)
{
    if (!variant || --variant->holders > 0)
        return;
    dataset_free(variant->dataset);
    free(variant);
}

void variants_init(struct variants *variants, const struct dataset_config *config)
{
    *variants = (struct variants){.config = *config};
    variants->kept[0] = variant_new(config);
}

void variants_release(struct variants *variants)
{
    for (size_t i = 0; i < VARIANTS_KEPT; i++)
        variant_drop(variants->kept[i]);
    *variants = (struct variants){0};
}

void variants_trim(struct variants *variants)
{
    for (size_t i = 0; i < VARIANTS_KEPT; i++)
        if (variants->kept[i])
            dataset_trim(variants->kept[i]->dataset);
}

/* True when variant is the better one to give up: no file of it is open, or it is older. */
static bool is_easier_to_lose(const struct variant *variant, const struct variant *than)
{
    if ((variant->holders == 1) != (than->holders == 1))
        return variant->holders == 1;
    return variant->used_at < than->used_at;
}

/* Where a new data set goes: never in place of the server's. */
static struct variant **find_room(struct variants *variants)
{
    struct variant **room = &variants->kept[1];

    for (size_t i = 1; i < VARIANTS_KEPT; i++) {
        struct variant **place = &variants->kept[i];

        if (!*place)
            return place;
        if (is_easier_to_lose(*place, *room))
            room = place;
    }
    return room;
}

static struct variant *find_variant(struct variants *variants, const struct dataset_config *config)
{
    for (size_t i = 0; i < VARIANTS_KEPT; i++)
        if (variants->kept[i] && dataset_config_equal(&variants->kept[i]->config, config))
            return variants->kept[i];
    return NULL;
}

/* Puts a new data set in the list. What is given up lives on while files of it are open. */
static struct variant *add_variant(struct variants *variants, const struct dataset_config *config)
{
    struct variant **room = find_room(variants);

    if (*room)
        dataset_trim((*room)->dataset);
    variant_drop(*room);
    variants->current = NULL;
    *room = variant_new(config);
    return *room;
}

/* Trims the data sets used longest ago until all but the current one are small enough. */
static void trim_others(struct variants *variants)
{
    uint64_t trimmed = 0;

    for (;;) {
        struct variant *oldest = NULL;
        size_t bytes = 0;

        for (size_t i = 0; i < VARIANTS_KEPT; i++) {
            struct variant *variant = variants->kept[i];

            if (!variant || variant == variants->current)
                continue;
            bytes += dataset_memory(variant->dataset);
            if (variant->used_at > trimmed && (!oldest || variant->used_at < oldest->used_at))
                oldest = variant;
        }
        if (bytes <= VARIANTS_SPARE_BYTES || !oldest)
            return;
        dataset_trim(oldest->dataset);
        trimmed = oldest->used_at;
    }
}

/* Borrowed until the next call. */
static struct variant *variant_of(struct variants *variants, const struct data_choice *choice)
{
    struct dataset_config config = dataset_config_choose(&variants->config, choice);
    struct variant *variant = find_variant(variants, &config);

    if (!variant)
        variant = add_variant(variants, &config);
    variant->used_at = ++variants->turn;
    if (variant != variants->current) {
        variants->current = variant;
        trim_others(variants);
    }
    return variant;
}

struct dataset *variants_get(struct variants *variants, const struct data_choice *choice)
{
    return variant_of(variants, choice)->dataset;
}

/* A file that is open, and the data set it needs. */
struct open_file {
    struct variant *variant; /* held */
    struct source source;
};

static enum status read_open(void *state, uint64_t offset, void *out, size_t length)
{
    const struct open_file *file = state;

    return file->source.read_at(file->source.state, offset, out, length);
}

static void release_open(void *state)
{
    struct open_file *file = state;

    source_release(&file->source);
    variant_drop(file->variant);
    free(file);
}

struct source variants_open(struct variants *variants, const struct data_choice *choice,
                            const struct dataset_query *query, uint32_t index)
{
    struct open_file *file = memory_new(sizeof *file);

    file->variant = variant_of(variants, choice);
    file->variant->holders++;
    file->source = dataset_file_open(file->variant->dataset, query, index);
    return (struct source){.size_bytes = file->source.size_bytes,
                           .fd = -1,
                           .read_at = read_open,
                           .release = release_open,
                           .state = file};
}
