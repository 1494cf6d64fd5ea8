/*
 * variants: the data sets that are in use at once: the server's own, and one for each different
 * choice that was asked for. Two choices that come to the same configuration share one.
 *
 * However many there are and whatever is read of them side by side, their templates take no more
 * than VARIANTS_MAX_BYTES, unless the one in use needs more by itself: those used longest ago are
 * given back first, and made anew when they are needed again. A data set that was not used for long
 * is given up altogether; another one with the same configuration has the same bytes.
 */
#ifndef CONTENT_VARIANTS_H
#define CONTENT_VARIANTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "data/dataset.h"

/* Data sets kept, the server's included, and more only while they have open files. */
#define VARIANTS_KEPT 32

/*
 * What the templates of all of them may take: ten downloads of the largest type from ten data sets
 * then stay below 32 MB, the server's own memory and its buffers included.
 */
#define VARIANTS_MAX_BYTES (3u << 20)

struct variant; /* a data set, how many files of it are open, and when it was used */

struct variants {
    struct dataset_config config; /* of the server */
    struct variant **items;       /* owned; the first is the server's */
    size_t count;
    size_t capacity;
    struct variant *current; /* the one in use; borrowed; NULL: none was yet */
    uint64_t turn;
};

/* Makes the server's own data set. */
void variants_init(struct variants *variants, const struct dataset_config *config);

/* No file must be open any more. */
void variants_release(struct variants *variants);

/* Gives back the memory of all templates. */
void variants_trim(struct variants *variants);

/*
 * The data set of a choice; NULL: the server's. Borrowed until the next call. Making one that is
 * not kept takes a few milliseconds.
 */
struct dataset *variants_get(struct variants *variants, const struct data_choice *choice);

/*
 * Opens a file of that data set as dataset_file_open() does. It must not outlive variants, which
 * keeps its data set for as long as it is open.
 */
struct source variants_open(struct variants *variants, const struct data_choice *choice,
                            const struct dataset_query *query, uint32_t index);

/* The memory of all templates, in bytes, nearly. */
size_t variants_memory(const struct variants *variants);

#endif
