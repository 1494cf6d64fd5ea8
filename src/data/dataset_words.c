/* What people write about a data set. */
#include "base/excerpt.h"
#include "base/parse.h"
#include "data/dataset.h"

/* What may be asked for as max_file_bytes. */
#define FILE_BYTES_LEAST UINT64_C(1000)
#define FILE_BYTES_MOST  UINT64_C(1000000000000000)

const char *dataset_size_name(enum dataset_size size)
{
    static const char *const names[SIZE_COUNT] = {"tiny", "small", "medium", "large", "huge"};

    return names[size];
}

enum status dataset_read_file_bytes(const char *text, size_t length, uint64_t *out,
                                    struct error *err)
{
    uint64_t size_bytes;

    if (!parse_bytes(text, length, &size_bytes))
        return error_set(err, STATUS_INVALID, NULL,
                         "%s is not a size: write for example 1200000, 64KB, 1.2MB or 1GiB",
                         excerpt(text, length).text);
    if (size_bytes < FILE_BYTES_LEAST || size_bytes > FILE_BYTES_MOST)
        return error_set(err, STATUS_INVALID, NULL, "%s is not from 1000 bytes to 1000 TB",
                         excerpt(text, length).text);
    *out = size_bytes;
    return STATUS_OK;
}
