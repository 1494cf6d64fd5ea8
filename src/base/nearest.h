/*
 * nearest: the name that was probably meant, for messages that say 'did you mean "..."?'.
 */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

/*
 * The known name (of count) nearest to name: equal but for case, or the fewest inserted, deleted,
 * replaced or swapped letters, at most a third of the longer name. NULL when none is near.
 */
const char *nearest_name(const char *name, const char *const *known, size_t count);

#endif
