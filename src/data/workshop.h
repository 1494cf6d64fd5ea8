/*
 * workshop: what all files of a data set share while they are read: templates, layouts, days, and
 * the enterprises written last. A file by itself is a few numbers, so many can be open at once.
 */
#ifndef DATA_WORKSHOP_H
#define DATA_WORKSHOP_H

#include "data/layouts.h"
#include "data/render.h"
#include "data/shelf.h"

#define WORKSHOP_RENDERS 32

/* An enterprise as seen from an opening day, ready to be written. */
struct render_slot {
    bool used;
    struct enterprise enterprise;
    int32_t opening_day;
    uint64_t used_at; /* turn of the last use */
    struct render render;
};

struct workshop {
    struct shelf shelf;
    struct layouts layouts;
    struct render_days days[PRICING_COUNT];
    struct render_slot *renders; /* owned; WORKSHOP_RENDERS of them, made when first needed */
    uint64_t turn;
    char *row; /* owned; a row of which only a part is wanted */
    size_t row_bytes;
};

/* config stays borrowed. */
void workshop_init(struct workshop *workshop, const struct dataset_config *config);
void workshop_release(struct workshop *workshop);

/* The memory of what workshop_trim() may free, in bytes. */
size_t workshop_memory(const struct workshop *workshop);

/* Frees what can be made anew. */
void workshop_trim(struct workshop *workshop);

/* What writes the rows of an enterprise; borrowed until the next call. */
struct render *workshop_render(struct workshop *workshop, const struct enterprise *enterprise,
                               int32_t opening_day);

/* Memory for a row of this length; borrowed until the next call. */
char *workshop_row(struct workshop *workshop, size_t row_bytes);

#endif
