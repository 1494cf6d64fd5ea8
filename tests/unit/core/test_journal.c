#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/journal.h"

static struct journal journal;

static void start(void)
{
    journal = (struct journal){.entries_max = 4, .bytes_max = (size_t)1 << 20};
}

static void stop(void)
{
    journal_release(&journal);
}

static struct journal_span span(const char *text)
{
    return (struct journal_span){text, strlen(text), false};
}

static struct uuid id_of(uint8_t last)
{
    struct uuid id = {{0}};

    id.bytes[15] = last;
    return id;
}

/* Adds an entry of a tenant with one export and a body. */
static void add(uint64_t number, const char *token, enum note_kind kind, int status,
                const char *body)
{
    struct journal_facts facts = {.number = number,
                                  .tenant_key = journal_tenant_key(token),
                                  .kind = kind,
                                  .status = status,
                                  .retry_after_s = -1};
    struct journal_span texts[JOURNAL_TEXT_COUNT] = {0};
    struct uuid id = id_of((uint8_t)number);

    texts[JOURNAL_METHOD] = span("POST");
    texts[JOURNAL_PATH] = span("/exports/add");
    texts[JOURNAL_REQUEST] = span(body);
    journal_add(&journal, &facts, texts, &id, 1);
}

/* The numbers of all entries that a filter means, as text: "1 2 3". */
static const char *numbers(struct journal_filter filter)
{
    static char text[1024];
    const struct journal_entry *entry = NULL;
    uint64_t after = 0;
    size_t length = 0;

    text[0] = '\0';
    while ((entry = journal_next(&journal, &filter, after))) {
        after = entry->facts.number;
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%d", length ? " " : "",
                                   (int)after);
    }
    return text;
}

static const char *all(void)
{
    return numbers((struct journal_filter){0});
}

static const char *text_of(uint64_t number, enum journal_text which)
{
    static char text[JOURNAL_BODY_MAX + 1];
    struct journal_filter filter = {0};
    const struct journal_entry *entry = journal_next(&journal, &filter, number - 1);
    struct journal_span found = journal_entry_text(entry, which);

    memcpy(text, found.data, found.length);
    text[found.length] = '\0';
    return text;
}

START_TEST(oldest_are_dropped_and_counted)
{
    for (uint64_t number = 1; number <= 4; number++)
        add(number, "a", NOTE_ADD, 200, "{}");
    ck_assert_str_eq(all(), "1 2 3 4");
    ck_assert_uint_eq(journal.dropped_count, 0);
    for (uint64_t number = 5; number <= 10; number++)
        add(number, "a", NOTE_ADD, 200, "{}");
    ck_assert_str_eq(all(), "7 8 9 10");
    ck_assert_uint_eq(journal.dropped_count, 6);
}
END_TEST

/* Entries of all sizes, with the block written round many times: what is there is whole. */
START_TEST(bytes_are_bounded)
{
    char body[JOURNAL_BODY_MAX + 1];

    journal = (struct journal){.entries_max = 1000, .bytes_max = 20000};
    for (uint64_t number = 1; number <= 2000; number++) {
        size_t length = (size_t)(number * 7919 % JOURNAL_BODY_MAX), bytes = 0;
        struct journal_filter filter = {0};
        const struct journal_entry *entry;
        uint64_t expected;

        memset(body, 'a' + (char)(number % 26), length);
        body[length] = '\0';
        add(number, "a", NOTE_ADD, 200, body);
        expected = journal.dropped_count + 1;
        for (uint64_t after = 0; (entry = journal_next(&journal, &filter, after)); expected++) {
            struct journal_span text = journal_entry_text(entry, JOURNAL_REQUEST);

            after = entry->facts.number;
            ck_assert_uint_eq(after, expected);
            ck_assert_uint_eq(text.length, after * 7919 % JOURNAL_BODY_MAX);
            ck_assert(text.length == 0 || text.data[0] == 'a' + (char)(after % 26));
            ck_assert(text.length < 2 || memcmp(text.data, text.data + 1, text.length - 1) == 0);
            bytes += sizeof *entry + sizeof(struct uuid) + text.length;
        }
        ck_assert_uint_eq(expected, number + 1);
        ck_assert_uint_le(bytes, 20000);
    }
    ck_assert_uint_gt(journal.dropped_count, 1900);
}
END_TEST

START_TEST(entry_larger_than_all_is_dropped_itself)
{
    char body[1001];

    memset(body, 'x', 1000);
    body[1000] = '\0';
    journal = (struct journal){.entries_max = 4, .bytes_max = 800};
    add(1, "a", NOTE_ADD, 200, "{}");
    add(2, "a", NOTE_ADD, 200, body);
    ck_assert_str_eq(all(), "1");
    ck_assert_uint_eq(journal.dropped_count, 1);
    journal_complete(&journal, 2, JOURNAL_COMPLETED, 5);
}
END_TEST

START_TEST(texts_are_cut_at_a_character)
{
    char body[JOURNAL_BODY_MAX + 3];
    struct journal_filter filter = {0};
    struct journal_span text;

    memset(body, 'x', sizeof body);
    memcpy(body + JOURNAL_BODY_MAX - 1, "ö", sizeof "ö");
    add(1, "a", NOTE_ADD, 200, body);
    text = journal_entry_text(journal_next(&journal, &filter, 0), JOURNAL_REQUEST);
    ck_assert_uint_eq(text.length, JOURNAL_BODY_MAX - 1);
    ck_assert(text.is_cut);
    ck_assert_str_eq(text_of(1, JOURNAL_PATH), "/exports/add");
    ck_assert(!journal_entry_text(journal_next(&journal, &filter, 0), JOURNAL_PATH).is_cut);
}
END_TEST

START_TEST(filters_choose)
{
    struct journal_filter export = {.has_export = true, .export_id = id_of(3)};
    struct journal_filter text = {.text = "BILL", .text_length = 4};
    struct journal_filter both = {.has_kind = true, .kind = NOTE_GET_ALL, .status_first = 400};

    both.status_last = 499;
    add(1, "a", NOTE_ADD, 200, "Bill");
    add(2, "b", NOTE_GET_ALL, 400, "");
    add(3, "a", NOTE_GET_ALL, 200, "a bill");
    add(4, "a", NOTE_DOWNLOAD, 403, "bil");
    ck_assert_str_eq(
        numbers((struct journal_filter){.has_tenant = true, .tenant_key = journal_tenant_key("a")}),
        "1 3 4");
    ck_assert_str_eq(numbers((struct journal_filter){.has_kind = true, .kind = NOTE_GET_ALL}),
                     "2 3");
    ck_assert_str_eq(numbers((struct journal_filter){.status_first = 400, .status_last = 499}),
                     "2 4");
    ck_assert_str_eq(numbers((struct journal_filter){.status_first = 200, .status_last = 200}),
                     "1 3");
    ck_assert_str_eq(numbers(export), "3");
    ck_assert_str_eq(numbers(text), "1 3");
    ck_assert_str_eq(numbers(both), "2");
    ck_assert_uint_eq(journal_count(&journal, &text), 2);
}
END_TEST

START_TEST(answers_end)
{
    struct journal_filter filter = {0};
    struct journal_facts cut = {.number = 9};
    struct journal_span texts[JOURNAL_TEXT_COUNT] = {0};
    const struct journal_entry *entry;

    add(3, "a", NOTE_ADD, 200, "");
    add(5, "a", NOTE_ADD, 200, "");
    journal_add(&journal, &cut, texts, NULL, 0);
    journal_complete(&journal, 3, JOURNAL_COMPLETED, 12);
    journal_complete(&journal, 4, JOURNAL_COMPLETED, 13);
    journal_complete(&journal, 5, JOURNAL_ABORTED, 14);
    journal_complete(&journal, 9, JOURNAL_CUT, 15);
    journal_complete(&journal, 10, JOURNAL_COMPLETED, 16);
    journal_complete(&journal, 0, JOURNAL_COMPLETED, 17);
    entry = journal_next(&journal, &filter, 0);
    ck_assert_int_eq(entry->end, JOURNAL_COMPLETED);
    ck_assert_uint_eq(entry->sent_bytes, 12);
    entry = journal_next(&journal, &filter, 3);
    ck_assert_int_eq(entry->end, JOURNAL_ABORTED);
    ck_assert_uint_eq(entry->sent_bytes, 0);
    entry = journal_next(&journal, &filter, 5);
    ck_assert_int_eq(entry->end, JOURNAL_CUT);
    ck_assert_uint_eq(entry->sent_bytes, 15);
}
END_TEST

START_TEST(clear_forgets_all_or_a_tenant)
{
    uint64_t key = journal_tenant_key("a"), other = journal_tenant_key("never seen");

    for (uint64_t number = 1; number <= 6; number++)
        add(number, number % 2 ? "a" : "b", NOTE_ADD, 200, "");
    journal_clear(&journal, &other);
    ck_assert_str_eq(all(), "3 4 5 6");
    journal_clear(&journal, &key);
    ck_assert_str_eq(all(), "4 6");
    ck_assert_uint_eq(journal.dropped_count, 2);
    journal_complete(&journal, 6, JOURNAL_COMPLETED, 1);
    add(7, "a", NOTE_ADD, 200, "");
    ck_assert_str_eq(all(), "4 6 7");
    journal_clear(&journal, NULL);
    ck_assert_str_eq(all(), "");
    ck_assert_uint_eq(journal.dropped_count, 0);
    add(8, "a", NOTE_ADD, 200, "");
    ck_assert_str_eq(all(), "8");
}
END_TEST

/* Tenants are forgotten at random while the block is written round: the order stays. */
START_TEST(holes_do_no_harm)
{
    char body[600];

    journal = (struct journal){.entries_max = 50, .bytes_max = 9000};
    for (uint64_t number = 1; number <= 3000; number++) {
        const char *token = number * 31 % 7 < 3 ? "a" : number * 17 % 5 < 2 ? "b" : "c";
        struct journal_filter filter = {0};
        const struct journal_entry *entry;

        snprintf(body, sizeof body, "%0*d", (int)(number * 271 % 590) + 1, (int)number);
        add(number, token, NOTE_ADD, 200, body);
        if (number % 5 == 0) {
            uint64_t key = journal_tenant_key(number % 3 ? "a" : number % 2 ? "b" : "c");

            journal_clear(&journal, &key);
        }
        for (uint64_t after = 0; (entry = journal_next(&journal, &filter, after));) {
            ck_assert_uint_gt(entry->facts.number, after);
            after = entry->facts.number;
            ck_assert_int_eq(atoi(text_of(after, JOURNAL_REQUEST)), (int)after);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("journal");
    TCase *tests = tcase_create("journal");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, oldest_are_dropped_and_counted);
    tcase_add_test(tests, bytes_are_bounded);
    tcase_add_test(tests, entry_larger_than_all_is_dropped_itself);
    tcase_add_test(tests, texts_are_cut_at_a_character);
    tcase_add_test(tests, filters_choose);
    tcase_add_test(tests, answers_end);
    tcase_add_test(tests, clear_forgets_all_or_a_tenant);
    tcase_add_test(tests, holes_do_no_harm);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
