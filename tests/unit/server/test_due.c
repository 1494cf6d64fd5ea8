#include <check.h>

#include "base/rng.h"
#include "server/due.h"

#define MANY 1000

START_TEST(an_empty_list_has_nothing)
{
    struct due_list list = {0};
    struct due loose = {0};

    ck_assert_ptr_null(due_find_first(&list));
    ck_assert_ptr_null(due_take(&list, INT64_MAX));
    due_remove(&list, &loose);
    ck_assert_uint_eq(list.count, 0);
    due_list_release(&list);
}
END_TEST

START_TEST(nothing_is_taken_before_its_instant)
{
    struct due_list list = {0};
    struct due late = {0}, soon = {0};

    due_add(&list, &late, 20);
    due_add(&list, &soon, 10);
    ck_assert_ptr_eq(due_find_first(&list), &soon);
    ck_assert_ptr_null(due_take(&list, 9));
    ck_assert_ptr_eq(due_take(&list, 10), &soon);
    ck_assert_uint_eq(soon.place, 0);
    ck_assert_ptr_null(due_take(&list, 19));
    ck_assert_ptr_eq(due_take(&list, INT64_MAX), &late);
    ck_assert_ptr_null(due_find_first(&list));
    due_list_release(&list);
}
END_TEST

/* Takes all that is left; it must come in order. Gives how much that was. */
static size_t take_all(struct due_list *list)
{
    int64_t before = INT64_MIN;
    size_t count = 0;
    struct due *due;

    while ((due = due_take(list, INT64_MAX))) {
        ck_assert_int_ge(due->at_real_ms, before);
        before = due->at_real_ms;
        count++;
    }
    return count;
}

START_TEST(many_come_in_order)
{
    static struct due entries[MANY];
    struct due_list list = {0};

    for (int i = 0; i < MANY; i++)
        due_add(&list, &entries[i], (int64_t)(rng_at(1, 2, (uint64_t)i) % 300) - 100);
    ck_assert_uint_eq(take_all(&list), MANY);
    for (int i = 0; i < MANY; i++)
        ck_assert_uint_eq(entries[i].place, 0);
    due_list_release(&list);
}
END_TEST

START_TEST(any_can_be_removed_and_added_again)
{
    static struct due entries[MANY];
    struct due_list list = {0};

    for (int i = 0; i < MANY; i++)
        due_add(&list, &entries[i], (int64_t)(rng_at(3, 4, (uint64_t)i) % 5000));
    for (int i = 0; i < MANY; i += 3) {
        due_remove(&list, &entries[i]);
        due_remove(&list, &entries[i]);
    }
    for (int i = 0; i < MANY; i += 6)
        due_add(&list, &entries[i], (int64_t)(rng_at(5, 6, (uint64_t)i) % 5000));
    for (size_t i = 0; i < list.count; i++)
        ck_assert_uint_eq(list.entries[i]->place, i + 1);
    ck_assert_uint_eq(take_all(&list), MANY - MANY / 3 - 1 + MANY / 6 + 1);
    due_list_release(&list);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("due");
    TCase *tcase = tcase_create("due");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, an_empty_list_has_nothing);
    tcase_add_test(tcase, nothing_is_taken_before_its_instant);
    tcase_add_test(tcase, many_come_in_order);
    tcase_add_test(tcase, any_can_be_removed_and_added_again);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
