#include "content/content.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "content/fixtures.h"
#include "content/scan.h"
#include "content/variants.h"

struct content {
    struct variants variants;
    struct fixtures fixtures;
};

enum status content_new(const struct dataset_config *config, const char *fixtures_dir,
                        struct content **out, struct error *err)
{
    struct fixtures fixtures = {0};
    struct content *content;

    if (fixtures_dir) {
        enum status status = fixtures_init(&fixtures, fixtures_dir, err);

        if (status != STATUS_OK)
            return status;
    }
    content = memory_new(sizeof *content);
    content->fixtures = fixtures;
    variants_init(&content->variants, config);
    *out = content;
    return STATUS_OK;
}

void content_free(struct content *content)
{
    if (!content)
        return;
    variants_release(&content->variants);
    fixtures_release(&content->fixtures);
    free(content);
}

void content_trim(struct content *content)
{
    variants_trim(&content->variants);
}

/* How many files the folder has for the query's type; 0: they are computed. */
static uint32_t fixture_count(const struct content *content, const struct dataset_query *query)
{
    return content->fixtures.types[query->entity_type].file_count;
}

uint32_t content_file_count(struct content *content, const struct dataset_query *query,
                            const struct data_choice *choice)
{
    uint32_t count = fixture_count(content, query);

    return count ? count : dataset_file_count(variants_get(&content->variants, choice), query);
}

uint64_t content_file_size(struct content *content, const struct dataset_query *query,
                           const struct data_choice *choice, uint32_t index)
{
    uint64_t size_bytes, identity;

    if (!fixture_count(content, query))
        return dataset_file_size(variants_get(&content->variants, choice), query, index);
    if (fixtures_stat(&content->fixtures, query->entity_type, index, &size_bytes, &identity) !=
        STATUS_OK)
        return 0;
    return size_bytes;
}

uint64_t content_file_identity(struct content *content, const struct dataset_query *query,
                               const struct data_choice *choice, uint32_t index)
{
    uint64_t size_bytes, identity = 0;
    uint8_t bytes[16];

    if (!fixture_count(content, query)) {
        dataset_file_identity(variants_get(&content->variants, choice), query, index, bytes);
        for (unsigned i = 0; i < 8; i++)
            identity = identity << 8 | bytes[i];
    } else if (fixtures_stat(&content->fixtures, query->entity_type, index, &size_bytes,
                             &identity) != STATUS_OK) {
        identity = 0;
    }
    return identity;
}

enum status content_file_open(struct content *content, const struct dataset_query *query,
                              const struct data_choice *choice, uint32_t index, struct source *out,
                              struct error *err)
{
    if (fixture_count(content, query))
        return fixtures_open(&content->fixtures, query->entity_type, index, out, err);
    *out = variants_open(&content->variants, choice, query, index);
    return STATUS_OK;
}

enum status content_find_row(struct content *content, const struct dataset_query *query,
                             const struct data_choice *choice, uint32_t index,
                             const struct source *source, uint64_t row, struct row_span *out,
                             bool *found)
{
    if (fixture_count(content, query))
        return scan_find_row(source, row, out, found);
    *found = dataset_find_row(variants_get(&content->variants, choice), query, index, row, out);
    return STATUS_OK;
}
