/*
 * Signed links. Input: one byte that chooses the kind of storage, then path and query as in a
 * request. A link that is found good must be what the signer writes for what was read from it.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "api/link.h"
#include "fuzz.h"

#define SEED   7
#define NOW_MS INT64_C(1786096800000)

static void check_query(struct link_signer *signer, const struct uuid *id, uint32_t file,
                        const char *query)
{
    struct strbuf again = STRBUF_INIT;
    struct link read;
    enum link_verdict verdict = link_check(signer, id, file, query, NOW_MS, &read);

    if (verdict != LINK_OK && verdict != LINK_OUTDATED)
        return;
    if (read.file != file || !uuid_equal(&read.export_id, id) ||
        (verdict == LINK_OK) != (NOW_MS < read.until_ms))
        abort();
    link_write(&again, signer, &read);
    if (link_check(signer, id, file, strchr(again.data, '?') + 1, NOW_MS, &read) != verdict)
        abort();
    strbuf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct link_signer signer;
    struct uuid id = {{0}};
    uint32_t file = 1;
    char *path, *query;

    if (size < 1)
        return 0;
    path = calloc(1, size);
    memcpy(path, data + 1, size - 1);
    query = strchr(path, '?');
    if (query)
        *query++ = '\0';
    link_signer_init(&signer, (enum storage_kind)(data[0] % STORAGE_KIND_COUNT), SEED);
    (void)link_path_read(path, &id, &file);
    check_query(&signer, &id, file, query ? query : path);
    free(path);
    return 0;
}
