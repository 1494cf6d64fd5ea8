/*
 * variants: the data sets that are in use at once: the server's own, and one for each different
 * choice that was asked for. Two choices that come to the same configuration share one.
 *
 * A data set that was not used for long gives back its templates, then itself; it is made anew when
 * it is asked for again, with the same bytes. Memory, however many choices there are: the templates
 * of one data set, VARIANTS_SPARE_BYTES for all others, and what open files need.
 */
#ifndef CONTENT_VARIANTS_H
#define CONTENT_VARIANTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "data/dataset.h"

/* Data sets kept, the server's included; each takes 60 KB without its templates. */
#define VARIANTS_KEPT 32

/* What templates of the data sets that are not the one in use may take. */
#define VARIANTS_SPARE_BYTES (4u << 20)

struct variant; /* a data set and who needs it */

struct variants {
    struct dataset_config config;        /* of the server */
    struct variant *kept[VARIANTS_KEPT]; /* held; the first is the server's; NULL: unused */
    const struct variant *current;       /* the one in use */
    uint64_t turn;
};

/* Makes the server's own data set. */
void variants_init(struct variants *variants, const struct dataset_config *config);

/* Open files stay readable. */
void variants_release(struct variants *variants);

/* Gives back the memory that no open file needs. */
void variants_trim(struct variants *variants);

/*
 * The data set of a choice; NULL: the server's. Borrowed until the next call. Making one that is
 * not kept takes a few milliseconds.
 */
struct dataset *variants_get(struct variants *variants, const struct data_choice *choice);

/* Opens a file of that data set as dataset_file_open() does; it may outlive variants. */
struct source variants_open(struct variants *variants, const struct data_choice *choice,
                            const struct dataset_query *query, uint32_t index);

#endif
