/* Calendar, money, ids and scale: what the rows are counted with. */
#include <check.h>
#include <stdlib.h>

#include "base/rng.h"
#include "base/timestamp.h"
#include "data/calendar.h"
#include "data/ids.h"
#include "data/money.h"
#include "data/scale.h"
#include "sample.h"

static int32_t day(int year, int month, int day_of_month)
{
    return day_from_civil((struct civil_date){year, month, day_of_month});
}

START_TEST(clocks_change_on_the_days_of_the_rules)
{
    ck_assert_int_eq(zone_daytime_offset_s(ZONE_BUDAPEST, day(2026, 3, 28)), 3600);
    ck_assert_int_eq(zone_daytime_offset_s(ZONE_BUDAPEST, day(2026, 3, 29)), 7200);
    ck_assert_int_eq(zone_midnight_offset_s(ZONE_BUDAPEST, day(2026, 3, 29)), 3600);
    ck_assert_int_eq(zone_midnight_offset_s(ZONE_BUDAPEST, day(2026, 3, 30)), 7200);
    ck_assert_int_eq(zone_daytime_offset_s(ZONE_BUDAPEST, day(2026, 10, 24)), 7200);
    ck_assert_int_eq(zone_daytime_offset_s(ZONE_BUDAPEST, day(2026, 10, 25)), 3600);
    ck_assert_int_eq(zone_daytime_offset_s(ZONE_NEW_YORK, day(2024, 3, 9)), -5 * 3600);
    ck_assert_int_eq(zone_daytime_offset_s(ZONE_NEW_YORK, day(2024, 3, 10)), -4 * 3600);
    ck_assert_int_eq(zone_daytime_offset_s(ZONE_NEW_YORK, day(2024, 11, 2)), -4 * 3600);
    ck_assert_int_eq(zone_daytime_offset_s(ZONE_NEW_YORK, day(2024, 11, 3)), -5 * 3600);
}
END_TEST

START_TEST(a_day_begins_at_the_local_midnight)
{
    ck_assert_int_eq(zone_midnight_s(ZONE_BUDAPEST, day(2026, 7, 1)),
                     day(2026, 6, 30) * SECONDS_PER_DAY + 22 * SECONDS_PER_HOUR);
    ck_assert_int_eq(zone_midnight_s(ZONE_BUDAPEST, day(2026, 1, 1)),
                     day(2025, 12, 31) * SECONDS_PER_DAY + 23 * SECONDS_PER_HOUR);
    ck_assert_int_eq(zone_midnight_s(ZONE_NEW_YORK, day(2026, 1, 1)),
                     day(2026, 1, 1) * SECONDS_PER_DAY + 5 * SECONDS_PER_HOUR);
}
END_TEST

static int64_t tax_of(const struct amount *amount)
{
    int64_t tax = 0;

    for (unsigned i = 0; i < amount->tax_count; i++)
        tax += amount->taxes[i].tax;
    return tax;
}

/* The printed examples of the docs: contract/data-facts.md, Amounts. */
START_TEST(amounts_are_those_of_the_docs)
{
    struct amount standard = amount_of_price(PRICING_GROSS, TAX_LODGING, 2326);
    struct amount reduced = amount_of_price(PRICING_GROSS, TAX_FOOD, 10000);

    ck_assert_int_eq(standard.net, 1938);
    ck_assert_int_eq(tax_of(&standard), 388);
    ck_assert_int_eq(reduced.net, 9524);
    ck_assert_int_eq(tax_of(&reduced), 476);
}
END_TEST

START_TEST(gross_is_net_plus_taxes_at_any_price)
{
    for (int pricing = PRICING_GROSS; pricing <= PRICING_NET; pricing++) {
        for (int tax = TAX_LODGING; tax <= TAX_NONE; tax++) {
            for (int64_t price = -12345; price < 12345; price += 97) {
                struct amount amount =
                    amount_of_price((enum pricing)pricing, (enum tax_class)tax, price);
                struct amount three = amount_times(amount, 3);
                struct amount euro = amount_convert(amount, CURRENCY_EUR, 117);

                ck_assert_int_eq(pricing == PRICING_GROSS ? amount.gross : amount.net, price);
                ck_assert_int_eq(amount.gross, amount.net + tax_of(&amount));
                ck_assert_int_eq(three.gross, 3 * amount.gross);
                ck_assert_int_eq(three.gross, three.net + tax_of(&three));
                ck_assert_int_eq(euro.gross, euro.net + tax_of(&euro));
            }
        }
    }
}
END_TEST

START_TEST(ids_turn_back_into_their_index)
{
    const struct enterprise *enterprise = &sample_enterprises()[0];
    struct id_key key = id_key_of(7, &enterprise->id, ID_EXPORTED);
    unsigned mistaken = 0;
    struct id_key other = id_key_of(7, &enterprise->id, ID_ADDRESS);

    for (uint64_t i = 0; i < 5000; i++) {
        uint64_t index = i < 1000 ? i : rng_at(1, 2, i) & (ID_INDEX_LIMIT - 1);
        struct uuid id = id_make(&key, index, 1700000000 + (int64_t)i);
        uint64_t found = 0;

        ck_assert(id_find(&key, &id, &found));
        ck_assert_uint_eq(found, index);
        mistaken += id_find(&other, &id, &found);
        id.bytes[3] ^= 1;
        mistaken += id_find(&key, &id, &found);
    }
    ck_assert_uint_le(mistaken, 5); /* one in 16384 passes the check by chance */
}
END_TEST

START_TEST(ids_of_one_instant_have_the_order_of_their_ranks)
{
    struct id_key key = id_key_of(7, &sample_enterprises()[0].id, ID_EXPORTED);

    for (uint32_t rows = 1; rows <= 8192; rows *= 2) {
        uint32_t step = ID_ANY_RANK / rows;
        uint64_t high, last = 0;
        uint16_t low;

        for (uint32_t row = 0; row < rows; row++) {
            id_scramble(&key, 5000 + row, row * step, step, &high, &low);
            ck_assert_uint_ge(high >> 48, row * step);
            ck_assert_uint_lt(high >> 48, (row + 1) * step);
            ck_assert_uint_gt(high, last);
            last = high;
        }
    }
}
END_TEST

START_TEST(there_is_always_a_year_of_life)
{
    for (int year = 3; year < 9990; year += 13) {
        int64_t at_ms = sample_instant(year, 1, 1, 0);
        int32_t opening = scale_opening_day(at_ms);

        ck_assert_int_ge(day_of_ms(at_ms) - opening, 365);
        ck_assert(year < 2023 || opening == day(2022, 1, 1));
    }
    ck_assert_int_eq(scale_opening_day(TIMESTAMP_MIN_MS), day(2, 1, 1));
}
END_TEST

START_TEST(a_scale_has_room_for_the_rows_wanted)
{
    static const int64_t wanted[] = {0, 1, 160, 12345, 1000000, DATASET_MAX_ROWS};

    for (int type = 0; type < ENTITY_TYPE_COUNT; type++) {
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
            struct dataset_config config = sample_config(SIZE_TINY);
            struct dataset_query query = sample_query((enum entity_type)type, 2);
            struct dataset *dataset;

            config.rows[type] = wanted[i];
            dataset = dataset_new(&config);
            query.as_of_ms = sample_instant(2023, 1, 1, 0);
            ck_assert_uint_eq(dataset_row_count(dataset, &query), 2 * (uint64_t)wanted[i]);
            query.as_of_ms = sample_instant(2031, 5, 17, 13);
            ck_assert_uint_eq(dataset_row_count(dataset, &query), 2 * (uint64_t)wanted[i]);
            dataset_free(dataset);
        }
    }
}
END_TEST

START_TEST(bigger_sizes_are_denser)
{
    uint64_t last = 0;

    for (int size = 0; size < SIZE_COUNT; size++) {
        struct dataset_config config = sample_config((enum dataset_size)size);
        struct dataset_query query = sample_query(ENTITY_BILL, 1);
        struct dataset *dataset = dataset_new(&config);
        uint64_t rows = dataset_row_count(dataset, &query);

        ck_assert_uint_gt(rows, 5 * last);
        last = rows;
        dataset_free(dataset);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("data arithmetic");
    TCase *tcase = tcase_create("arithmetic");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, clocks_change_on_the_days_of_the_rules);
    tcase_add_test(tcase, a_day_begins_at_the_local_midnight);
    tcase_add_test(tcase, amounts_are_those_of_the_docs);
    tcase_add_test(tcase, gross_is_net_plus_taxes_at_any_price);
    tcase_add_test(tcase, ids_turn_back_into_their_index);
    tcase_add_test(tcase, ids_of_one_instant_have_the_order_of_their_ranks);
    tcase_add_test(tcase, there_is_always_a_year_of_life);
    tcase_add_test(tcase, a_scale_has_room_for_the_rows_wanted);
    tcase_add_test(tcase, bigger_sizes_are_denser);
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
