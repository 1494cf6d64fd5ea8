/*
 * same: whether two scenarios say the same.
 */
#ifndef TESTS_UNIT_SCENARIOS_SAME_H
#define TESTS_UNIT_SCENARIOS_SAME_H

#include <check.h>
#include <string.h>

#include "core/scenario.h"
#include "scenarios/read.h"
#include "scenarios/write.h"

static void check_same_lifecycle(const struct lifecycle_choice *a, const struct lifecycle_choice *b)
{
    ck_assert_int_eq(a->has_pending, b->has_pending);
    ck_assert_int_eq(a->has_processing, b->has_processing);
    ck_assert_int_eq(a->has_outcome, b->has_outcome);
    ck_assert_int_eq(a->has_kept, b->has_kept);
    ck_assert_int_eq(a->has_link_validity, b->has_link_validity);
    ck_assert_int_eq(a->pending.duration_ms, b->pending.duration_ms);
    ck_assert_uint_eq(a->pending.polls, b->pending.polls);
    ck_assert_int_eq(a->processing.duration_ms, b->processing.duration_ms);
    ck_assert_uint_eq(a->processing.polls, b->processing.polls);
    ck_assert_int_eq(a->outcome, b->outcome);
    ck_assert_int_eq(a->kept_ms, b->kept_ms);
    ck_assert_int_eq(a->link_validity_ms, b->link_validity_ms);
}

static void check_same_data(const struct data_choice *a, const struct data_choice *b)
{
    ck_assert_int_eq(a->has_size, b->has_size);
    ck_assert_int_eq(a->has_max_file_bytes, b->has_max_file_bytes);
    ck_assert_int_eq(a->has_hazards, b->has_hazards);
    ck_assert_int_eq(a->size, b->size);
    ck_assert_uint_eq(a->max_file_bytes, b->max_file_bytes);
    ck_assert_uint_eq(a->hazards, b->hazards);
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++) {
        ck_assert_int_eq(a->has_rows[i], b->has_rows[i]);
        ck_assert_int_eq(a->rows[i], b->rows[i]);
    }
}

static void check_same_turns(struct turn_range a, struct turn_range b)
{
    ck_assert_uint_eq(a.first, b.first);
    ck_assert_uint_eq(a.last, b.last);
}

static void check_same_answer(const struct fault_answer *a, const struct fault_answer *b)
{
    ck_assert_int_eq(a->status, b->status);
    ck_assert_int_eq(a->has_retry_after, b->has_retry_after);
    ck_assert_int_eq(a->retry_after_ms, b->retry_after_ms);
    ck_assert_pstr_eq(a->body, b->body);
}

static void check_same_effect(const struct fault *a, const struct fault *b)
{
    check_same_answer(&a->answer, &b->answer);
    ck_assert_int_eq(a->delivery.delay_real_ms, b->delivery.delay_real_ms);
    ck_assert_uint_eq(a->delivery.bytes_per_real_s, b->delivery.bytes_per_real_s);
    ck_assert_int_eq(a->delivery.cut, b->delivery.cut);
    ck_assert_int_eq(a->delivery.cut_before_answer, b->delivery.cut_before_answer);
    ck_assert_uint_eq(a->delivery.cut_after_bytes, b->delivery.cut_after_bytes);
    ck_assert_int_eq(a->corruption.how, b->corruption.how);
    ck_assert_int_eq(a->corruption.has_byte, b->corruption.has_byte);
    ck_assert_uint_eq(a->corruption.row, b->corruption.row);
    ck_assert_uint_eq(a->corruption.byte, b->corruption.byte);
    ck_assert_int_eq(a->corruption.by_bytes, b->corruption.by_bytes);
}

static void check_same_fault(const struct fault *a, const struct fault *b)
{
    ck_assert_uint_eq(a->targets, b->targets);
    ck_assert_uint_eq(a->entity_types, b->entity_types);
    ck_assert_uint_eq(a->file, b->file);
    check_same_turns(a->attempt, b->attempt);
    check_same_turns(a->nth, b->nth);
    ck_assert_uint_eq(a->every, b->every);
    ck_assert(a->probability == b->probability);
    check_same_effect(a, b);
}

static void check_same_lists(const struct scenario *a, const struct scenario *b)
{
    ck_assert_uint_eq(a->export_count, b->export_count);
    for (size_t i = 0; i < a->export_count; i++) {
        ck_assert_uint_eq(a->exports[i].entity_types, b->exports[i].entity_types);
        check_same_turns(a->exports[i].nth, b->exports[i].nth);
        check_same_lifecycle(&a->exports[i].lifecycle, &b->exports[i].lifecycle);
        check_same_data(&a->exports[i].data, &b->exports[i].data);
    }
    ck_assert_uint_eq(a->planted_count, b->planted_count);
    for (size_t i = 0; i < a->planted_count; i++) {
        ck_assert_uint_eq(a->planted[i].entity_types, b->planted[i].entity_types);
        ck_assert_int_eq(a->planted[i].state, b->planted[i].state);
        ck_assert_int_eq(a->planted[i].lasts_ms, b->planted[i].lasts_ms);
    }
    ck_assert_uint_eq(a->fault_count, b->fault_count);
    for (size_t i = 0; i < a->fault_count; i++)
        check_same_fault(&a->faults[i], &b->faults[i]);
}

static inline void check_same(const struct scenario *a, const struct scenario *b)
{
    ck_assert_str_eq(a->name, b->name);
    ck_assert_str_eq(a->description, b->description);
    ck_assert_int_eq(a->expect, b->expect);
    check_same_lifecycle(&a->lifecycle, &b->lifecycle);
    check_same_data(&a->data, &b->data);
    ck_assert_int_eq(a->has_rate, b->has_rate);
    ck_assert_uint_eq(a->rate.requests, b->rate.requests);
    ck_assert_int_eq(a->rate.window_ms, b->rate.window_ms);
    check_same_lists(a, b);
}

/* Writes a scenario, reads it back, and holds it to be the same. */
static inline void check_round_trip(const struct scenario *scenario)
{
    struct strbuf text = STRBUF_INIT, again = STRBUF_INIT;
    struct json_writer writer = json_writer(&text), second = json_writer(&again);
    struct scenario *back = NULL;
    struct error err;
    enum status status;

    scenario_write(&writer, NULL, scenario);
    status = scenario_read(text.data, text.length, &back, &err);
    ck_assert_msg(status == STATUS_OK, "%s: %s in %s", err.field, err.message, text.data);
    check_same(scenario, back);
    scenario_write(&second, NULL, back);
    ck_assert_str_eq(text.data, again.data);
    scenario_unref(back);
    strbuf_release(&text);
    strbuf_release(&again);
}

#endif
