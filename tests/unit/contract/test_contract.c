#include <check.h>
#include <string.h>

#include "base/timestamp.h"
#include "contract/demo.h"
#include "contract/messages.h"
#include "contract/revision.h"

static int32_t day(int year, int month, int day_of_month)
{
    return day_from_civil((struct civil_date){year, month, day_of_month});
}

START_TEST(finds_the_newest_revision_of_a_day)
{
    ck_assert_int_eq(REVISION_FIRST_DAY, day(2023, 10, 26));
    ck_assert_ptr_null(revision_at(day(2023, 10, 25)));
    ck_assert_int_eq(revision_at(day(2024, 8, 20))->day, day(2024, 8, 9));
    ck_assert_ptr_null(revision_at(INT32_MIN));
    ck_assert_int_eq(revision_at(day(2024, 8, 21))->day, day(2024, 8, 21));
    ck_assert(!revision_at(day(2025, 8, 21))->has_scope_and_filters);
    ck_assert(revision_at(day(2025, 8, 22))->has_scope_and_filters);
    ck_assert(!revision_at(day(2026, 4, 15))->has_ledger_filters);
    ck_assert_ptr_eq(revision_at(day(2026, 4, 16)), revision_newest());
    ck_assert_ptr_eq(revision_at(INT32_MAX), revision_newest());
}
END_TEST

START_TEST(knows_entity_types_since_their_day)
{
    ck_assert(revision_has_entity(revision_at(REVISION_FIRST_DAY), ENTITY_ORDER_ITEM));
    ck_assert(!revision_has_entity(revision_at(REVISION_FIRST_DAY), ENTITY_PAYMENT));
    ck_assert(!revision_has_entity(revision_at(day(2024, 8, 20)), ENTITY_RESOURCE_BLOCK));
    ck_assert(revision_has_entity(revision_at(day(2024, 8, 21)), ENTITY_RESOURCE_BLOCK));
    ck_assert(!revision_has_entity(revision_at(day(2025, 7, 22)), ENTITY_LEDGER_ENTRY));
    ck_assert(revision_has_entity(revision_at(day(2025, 7, 23)), ENTITY_LEDGER_ENTRY));
}
END_TEST

START_TEST(gives_an_enterprise_its_pricing)
{
    ck_assert_int_eq(demo_enterprise(PRICING_GROSS)->pricing, PRICING_GROSS);
    ck_assert_int_eq(demo_enterprise(PRICING_NET)->pricing, PRICING_NET);
    ck_assert_ptr_eq(demo_pair_at(0)->enterprise, demo_enterprise(PRICING_GROSS));
    ck_assert_ptr_eq(demo_pair_at(demo_pair_count() - 1)->enterprise, demo_enterprise(PRICING_NET));
}
END_TEST

START_TEST(names_an_invalid_parameter)
{
    char text[MESSAGE_INVALID_MAX];
    char longer[300];

    message_write_invalid(text, "Posting");
    ck_assert_str_eq(text, "Invalid Posting.");
    memset(longer, 'x', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    message_write_invalid(text, longer);
    ck_assert_uint_eq(strlen(text), strlen("Invalid .") + 100);
}
END_TEST

START_TEST(has_a_text_for_every_status)
{
    ck_assert_str_eq(message_for_status(429), "Too many requests.");
    ck_assert_str_eq(message_for_status(404), "Not found.");
    ck_assert_str_eq(message_for_status(408), "The request took too long.");
    ck_assert_str_eq(message_for_status(502), message_text(MESSAGE_SERVER_FAULT));
    ck_assert_str_eq(message_for_status(503), message_text(MESSAGE_SERVER_FAULT));
    ck_assert_str_eq(message_for_status(418), "The request was refused.");
    for (int i = 0; i < MESSAGE_COUNT; i++)
        ck_assert(message_http_status((enum message)i) >= 400 && *message_text((enum message)i));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("contract");
    TCase *tests = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, finds_the_newest_revision_of_a_day);
    tcase_add_test(tests, knows_entity_types_since_their_day);
    tcase_add_test(tests, gives_an_enterprise_its_pricing);
    tcase_add_test(tests, names_an_invalid_parameter);
    tcase_add_test(tests, has_a_text_for_every_status);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
