#include "server/due.h"

#include <stdlib.h>

#include "base/memory.h"

#define CAPACITY_MIN 64

void due_list_release(struct due_list *list)
{
    free(list->entries);
    *list = (struct due_list){0};
}

static void put(struct due_list *list, size_t place, struct due *due)
{
    list->entries[place - 1] = due;
    due->place = place;
}

static int64_t at(const struct due_list *list, size_t place)
{
    return list->entries[place - 1]->at_real_ms;
}

/* Finds the place of due from a free place upwards: later ones move down. */
static void sift_up(struct due_list *list, size_t place, struct due *due)
{
    while (place > 1 && at(list, place / 2) > due->at_real_ms) {
        put(list, place, list->entries[place / 2 - 1]);
        place /= 2;
    }
    put(list, place, due);
}

/* The same downwards: earlier ones move up. */
static void sift_down(struct due_list *list, size_t place, struct due *due)
{
    size_t child;

    while ((child = 2 * place) <= list->count) {
        if (child < list->count && at(list, child + 1) < at(list, child))
            child++;
        if (at(list, child) >= due->at_real_ms)
            break;
        put(list, place, list->entries[child - 1]);
        place = child;
    }
    put(list, place, due);
}

void due_add(struct due_list *list, struct due *due, int64_t at_real_ms)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? list->capacity * 2 : CAPACITY_MIN;
        list->entries = memory_resize(list->entries, list->capacity, sizeof *list->entries);
    }
    due->at_real_ms = at_real_ms;
    sift_up(list, ++list->count, due);
}

void due_remove(struct due_list *list, struct due *due)
{
    size_t place = due->place;
    struct due *last;

    if (place == 0)
        return;
    due->place = 0;
    last = list->entries[--list->count];
    if (last == due)
        return;
    if (place > 1 && at(list, place / 2) > last->at_real_ms)
        sift_up(list, place, last);
    else
        sift_down(list, place, last);
}

struct due *due_find_first(const struct due_list *list)
{
    return list->count ? list->entries[0] : NULL;
}

int due_wait_real_ms(const struct due_list *list, int longest, int64_t now_real_ms)
{
    const struct due *first = due_find_first(list);
    int64_t wait_real_ms;

    if (!first)
        return longest;
    wait_real_ms = first->at_real_ms - now_real_ms;
    if (wait_real_ms <= 0)
        return 0;
    if (longest >= 0 && wait_real_ms > longest)
        return longest;
    return wait_real_ms > INT32_MAX ? INT32_MAX : (int)wait_real_ms;
}

struct due *due_take(struct due_list *list, int64_t now_real_ms)
{
    struct due *first = due_find_first(list);

    if (!first || first->at_real_ms > now_real_ms)
        return NULL;
    due_remove(list, first);
    return first;
}
