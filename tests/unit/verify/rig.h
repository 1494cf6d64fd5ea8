/*
 * rig: exports and collected files made of texts, and their comparison.
 */
#ifndef TESTS_UNIT_VERIFY_RIG_H
#define TESTS_UNIT_VERIFY_RIG_H

#include <stddef.h>

#include "verify/verify.h"

#define RIG_FILES_MAX 8

/* One side: files as texts with lengths. */
struct rig_side {
    struct verify_source items[RIG_FILES_MAX];
    struct rig_text {
        const char *bytes;
        size_t length;
    } texts[RIG_FILES_MAX];
    struct verify_source_list list;
    struct verify_files files;
};

/* Empties a side. */
void rig_clear(struct rig_side *side);

/* Adds a file of an export; texts are borrowed. */
void rig_add(struct rig_side *side, size_t export, const char *name, const char *bytes,
             size_t length);

/* Compares; findings are to be released. Fails the test when that cannot be done. */
void rig_compare(struct rig_side *expected, struct rig_side *collected, struct findings *out);

#endif
