/* Plans against a naive walk over every block, house and row. */
#include <check.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/timestamp.h"
#include "data/design.h"
#include "data/plan.h"
#include "sample.h"

/* A row as the walk finds it. */
struct seen {
    int64_t block; /* in which it was created */
    uint64_t house;
    uint32_t row;
    uint32_t template;
};

struct walk {
    struct seen *rows; /* owned */
    size_t count;
    size_t capacity;
};

struct fixture {
    struct scale scale;
    struct hotel *hotel;
    struct block *block;
};

static struct fixture fixture_new(enum entity_type type, int32_t period_days, uint64_t houses)
{
    struct dataset_config config = sample_config(SIZE_TINY);
    struct fixture fixture = {.scale = scale_choose(&config)};

    fixture.scale.period_days = period_days;
    fixture.scale.houses = houses;
    fixture.hotel = design_hotel(1, PRICING_GROSS, config.api_day, period_days);
    fixture.block = block_new(fixture.hotel, &fixture.scale, type, 0);
    return fixture;
}

static void fixture_free(struct fixture *fixture)
{
    block_free(fixture->block);
    hotel_free(fixture->hotel);
}

static int64_t second_of(struct block_instant instant, int64_t home, int64_t period_s)
{
    return (home + instant.blocks) * period_s + instant.second_s;
}

/* The template a row of a home block shows at the query's instant, or NULL. */
static const struct template *shown(const struct fixture *fixture, const struct plan_query *query,
                                    const struct block_row *row, int64_t home)
{
    int64_t period_s = fixture->scale.period_days * SECONDS_PER_DAY;
    const struct template *template = NULL;

    for (uint32_t phase = 0; phase < row->phase_count; phase++) {
        const struct template *next = &fixture->block->templates[row->first_template + phase];

        if (second_of(next->begin, home, period_s) < query->as_of_s)
            template = next;
    }
    if (template && query->has_window) {
        int64_t begin_s = second_of(template->begin, home, period_s);

        if (begin_s < query->window_start_s || begin_s >= query->window_end_s)
            template = NULL;
    }
    return template;
}

static void walk_add(struct walk *walk, struct seen seen)
{
    if (walk->count == walk->capacity) {
        walk->capacity = walk->capacity ? 2 * walk->capacity : 1024;
        walk->rows = memory_resize(walk->rows, walk->capacity, sizeof *walk->rows);
    }
    walk->rows[walk->count++] = seen;
}

static struct walk walk_all(const struct fixture *fixture, const struct plan_query *query)
{
    int64_t blocks = query->as_of_s / (fixture->scale.period_days * SECONDS_PER_DAY) + 1;
    struct walk walk = {0};

    for (int64_t block = 0; block <= blocks; block++) {
        for (uint64_t house = 0; house < fixture->scale.houses; house++) {
            for (uint32_t i = 0; i < fixture->block->row_count; i++) {
                const struct block_row *row = &fixture->block->rows[i];
                int64_t home = block - row->created.blocks;
                const struct template *template =
                    home < 0 ? NULL : shown(fixture, query, row, home);

                if (template)
                    walk_add(&walk,
                             (struct seen){block, house, i,
                                           (uint32_t)(template - fixture->block->templates)});
            }
        }
    }
    return walk;
}

static void check_byte(const struct plan *plan, struct plan_layout *layout, uint64_t byte,
                       const struct seen *seen, uint64_t start)
{
    uint32_t segment = plan_find_segment(plan, byte);
    struct plan_place place;

    plan_fill_layout(plan, segment, layout);
    place = plan_find_byte(plan, segment, byte, layout);
    ck_assert_int_eq(place.block, seen->block);
    ck_assert_uint_eq(place.house, seen->house);
    ck_assert_uint_eq(place.start, start);
    ck_assert_uint_eq(layout->rows[place.index].row, seen->row);
    ck_assert_uint_eq(layout->rows[place.index].template, seen->template);
}

/* The plan holds the last rows of the walk from first on; each is found by its bytes. */
static void compare(const struct plan *plan, const struct walk *walk, size_t first)
{
    struct plan_layout layout = {0};
    uint64_t at = plan->skip_bytes;

    ck_assert_uint_eq(plan->row_count, walk->count - first);
    for (size_t i = first; i < walk->count; i++) {
        uint64_t length = plan->block->templates[walk->rows[i].template].length;

        if ((i - first) % 173 == 0 || i + 2 > walk->count) {
            check_byte(plan, &layout, at, &walk->rows[i], at);
            check_byte(plan, &layout, at + length / 2, &walk->rows[i], at);
            check_byte(plan, &layout, at + length - 1, &walk->rows[i], at);
        }
        at += length;
    }
    ck_assert_uint_eq(plan->byte_count, at - plan->skip_bytes);
    plan_layout_release(&layout);
}

/* The same query with and without a window. */
static void check_queries(const struct fixture *fixture, int64_t as_of_s)
{
    const struct plan_query queries[] = {
        {.as_of_s = as_of_s},
        {as_of_s, true, as_of_s - 40 * SECONDS_PER_DAY, as_of_s},
        {as_of_s, true, as_of_s / 3, as_of_s / 2},
        {as_of_s, true, INT64_MIN / 2, INT64_MAX / 2},
        {as_of_s, true, as_of_s / 2, as_of_s / 3},
    };

    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct walk walk = walk_all(fixture, &queries[i]);
        struct plan plan;

        plan_init(&plan, fixture->block, &fixture->scale, &queries[i], -1);
        compare(&plan, &walk, 0);
        plan_release(&plan);
        free(walk.rows);
    }
}

START_TEST(a_plan_is_the_walk)
{
    static const struct {
        int32_t period_days;
        uint64_t houses;
    } scales[] = {{1, 1}, {1, 3}, {7, 2}, {40, 1}, {400, 1}};

    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        struct fixture fixture =
            fixture_new((enum entity_type)_i, scales[i].period_days, scales[i].houses);

        check_queries(&fixture, 0);
        check_queries(&fixture, 1);
        check_queries(&fixture, 10 * SECONDS_PER_HOUR);
        check_queries(&fixture, (scales[i].period_days < 40 ? 18 : 90) * SECONDS_PER_DAY + 12345);
        fixture_free(&fixture);
    }
}
END_TEST

/* The last rows of all; a window then leaves some of these out. */
static void check_last(const struct fixture *fixture, const struct walk *walk, int64_t last)
{
    struct plan_query query = {.as_of_s = 70 * SECONDS_PER_DAY + 40000};
    size_t kept = walk->count < (size_t)last ? walk->count : (size_t)last;
    const struct seen *cut = walk->rows + (walk->count - kept);
    struct walk since;
    size_t first = 0;
    struct plan plan;

    plan_init(&plan, fixture->block, &fixture->scale, &query, last);
    if (last > 0)
        compare(&plan, walk, walk->count - kept);
    ck_assert_uint_eq(plan.row_count, kept);
    plan_release(&plan);
    if (last == 0)
        return;
    query.has_window = true;
    query.window_start_s = query.as_of_s - 20 * SECONDS_PER_DAY;
    query.window_end_s = query.as_of_s - 3 * SECONDS_PER_DAY;
    since = walk_all(fixture, &query);
    while (first < since.count &&
           (since.rows[first].block < cut->block ||
            (since.rows[first].block == cut->block &&
             (since.rows[first].house < cut->house ||
              (since.rows[first].house == cut->house && since.rows[first].row < cut->row)))))
        first++;
    plan_init(&plan, fixture->block, &fixture->scale, &query, last);
    compare(&plan, &since, first);
    plan_release(&plan);
    free(since.rows);
}

START_TEST(last_rows_are_the_end_of_the_walk)
{
    struct fixture fixture = fixture_new((enum entity_type)_i, 7, 3);
    struct plan_query query = {.as_of_s = 70 * SECONDS_PER_DAY + 40000};
    struct walk walk = walk_all(&fixture, &query);

    check_last(&fixture, &walk, 0);
    check_last(&fixture, &walk, 1);
    check_last(&fixture, &walk, 17);
    check_last(&fixture, &walk, (int64_t)walk.count / 2);
    check_last(&fixture, &walk, (int64_t)walk.count - 1);
    check_last(&fixture, &walk, (int64_t)walk.count);
    check_last(&fixture, &walk, INT64_MAX);
    free(walk.rows);
    fixture_free(&fixture);
}
END_TEST

START_TEST(a_plan_is_small_however_much_it_holds)
{
    struct fixture fixture = fixture_new(ENTITY_ORDER_ITEM, 1, 3555);
    struct plan_query query = {.as_of_s = 7000 * INT64_C(366) * SECONDS_PER_DAY};
    struct plan plan;

    plan_init(&plan, fixture.block, &fixture.scale, &query, -1);
    ck_assert_uint_gt(plan.row_count, UINT64_C(1000000000000));
    ck_assert_uint_le(plan.segment_count, fixture.block->template_count);
    plan_release(&plan);
    plan_init(&plan, fixture.block, &fixture.scale, &query, 1000000000);
    ck_assert_uint_eq(plan.row_count, 1000000000);
    plan_release(&plan);
    fixture_free(&fixture);
}
END_TEST

/* What other places count on: ids hold 13 bits for the row, files hold at least one row. */
START_TEST(blocks_keep_within_their_limits)
{
    static const struct civil_date dates[] = {{2023, 10, 26}, {2024, 8, 21}, {2026, 8, 7}};

    for (size_t i = 0; i < 2 * sizeof dates / sizeof *dates; i++) {
        struct dataset_config config = sample_config(SIZE_HUGE);
        struct hotel *hotel;
        struct scale scale;
        struct block *block;

        config.api_day = day_from_civil(dates[i / 2]);
        config.rows[ENTITY_AVAILABILITY_BLOCK] = DATASET_MAX_ROWS;
        scale = scale_choose(&config);
        hotel = design_hotel(1, (enum pricing)(i % 2), config.api_day, scale.period_days);
        block = block_new(hotel, &scale, (enum entity_type)_i, 0);
        ck_assert_uint_le(block->longest_row_bytes, SAMPLE_ROW_MAX_BYTES);
        ck_assert_uint_lt(block->row_count, 1 << 13);
        block_free(block);
        hotel_free(hotel);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan");
    TCase *tcase = tcase_create("plan");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, a_plan_is_the_walk, 0, ENTITY_TYPE_COUNT);
    tcase_add_loop_test(tcase, last_rows_are_the_end_of_the_walk, 0, ENTITY_TYPE_COUNT);
    tcase_add_loop_test(tcase, blocks_keep_within_their_limits, 0, ENTITY_TYPE_COUNT);
    tcase_add_test(tcase, a_plan_is_small_however_much_it_holds);
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
