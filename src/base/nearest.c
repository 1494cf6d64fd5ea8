#include "base/nearest.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#define NAME_MAX_BYTES 64 /* longer names are no slip of the finger */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/*
 * Letters to insert, delete, replace or swap (optimal string alignment), by rows of the usual
 * table: row[i][j] is the distance of the first i letters of a and the first j of b.
 */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][NAME_MAX_BYTES + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b_length; j++)
        last[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *spare = before;

        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = least(last[j - 1] + (a[i - 1] != b[j - 1]), least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        before = last;
        last = row;
        row = spare;
    }
    return last[b_length];
}

const char *nearest_name(const char *name, const char *const *known, size_t count)
{
    const char *nearest = NULL;
    size_t length = strnlen(name, NAME_MAX_BYTES + 1);
    size_t best = SIZE_MAX;

    if (length > NAME_MAX_BYTES)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t known_length = strnlen(known[i], NAME_MAX_BYTES + 1);
        size_t longer = known_length > length ? known_length : length;
        size_t found;

        if (known_length > NAME_MAX_BYTES)
            continue;
        if (strcasecmp(name, known[i]) == 0)
            return known[i];
        found = distance(name, length, known[i], known_length);
        if (found < best && found * 3 <= longer) {
            best = found;
            nearest = known[i];
        }
    }
    return nearest;
}
