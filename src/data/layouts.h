/*
 * layouts: keeps the layouts of the segments that are being read. Many files of one export are
 * read side by side, and most of them stand in the same segment: they share one.
 */
#ifndef DATA_LAYOUTS_H
#define DATA_LAYOUTS_H

#include "data/plan.h"

#define LAYOUTS_KEPT 16

struct layout_slot {
    const struct plan *plan; /* borrowed; NULL: unused */
    uint32_t segment;
    uint64_t used_at; /* turn of the last use */
    struct plan_layout layout;
};

/* Zeroed: empty. */
struct layouts {
    struct layout_slot slots[LAYOUTS_KEPT];
    uint64_t turn;
};

/* The layout of a segment; borrowed until the next call of any function here. */
const struct plan_layout *layouts_get(struct layouts *layouts, const struct plan *plan,
                                      uint32_t segment);

/* To be called before a plan is released. */
void layouts_forget(struct layouts *layouts, const struct plan *plan);

/* The memory of all layouts, in bytes. */
size_t layouts_memory(const struct layouts *layouts);

/* Frees all layouts; the cache is empty and usable afterwards. */
void layouts_release(struct layouts *layouts);

#endif
