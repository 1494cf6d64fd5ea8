#include "scenarios/parts.h"

static void write_targets(struct json_writer *json, unsigned targets)
{
    bool several = (targets & (targets - 1)) != 0;

    if (several)
        json_begin_array(json, "on");
    for (int i = 0; i < FAULT_TARGET_COUNT; i++) {
        if (targets >> i & 1u)
            json_write_text(json, several ? NULL : "on", fault_target_name((enum fault_target)i));
    }
    if (several)
        json_end_array(json);
}

static void write_match(struct json_writer *json, const struct fault *fault)
{
    if (!fault->entity_types && !fault->file && !fault->attempt.first)
        return;
    json_begin_object(json, "match");
    write_entity_types(json, fault->entity_types);
    if (fault->file)
        json_write_u64(json, "file", fault->file);
    write_turns(json, "attempt", fault->attempt);
    json_end_object(json);
}

static void write_answer(struct json_writer *json, const struct fault_answer *answer)
{
    if (!answer->status)
        return;
    json_begin_object(json, "respond");
    json_write_i64(json, "status", answer->status);
    if (answer->has_retry_after)
        write_duration(json, "retryAfter", answer->retry_after_ms);
    if (answer->body)
        json_write_text(json, "body", answer->body);
    json_end_object(json);
}

static void write_delivery(struct json_writer *json, const struct delivery *delivery)
{
    if (delivery->delay_real_ms)
        write_duration(json, "delay", delivery->delay_real_ms);
    if (delivery->bytes_per_real_s)
        json_write_u64(json, "throttle", delivery->bytes_per_real_s);
    if (delivery->cut == CUT_NONE)
        return;
    json_begin_object(json, "cut");
    if (!delivery->cut_before_answer)
        json_write_u64(json, "afterBytes", delivery->cut_after_bytes);
    json_write_text(json, "how", cut_name(delivery->cut));
    json_end_object(json);
}

static void write_corruption(struct json_writer *json, const struct corruption *corruption)
{
    if (corruption->how == CORRUPT_NONE)
        return;
    json_begin_object(json, "corrupt");
    if (corruption->row)
        json_write_u64(json, "row", corruption->row);
    if (corruption->has_byte)
        json_write_u64(json, "byte", corruption->byte);
    json_write_text(json, "how", corruption_name(corruption->how));
    if (corruption->how == CORRUPT_WRONG_SIZE)
        json_write_i64(json, "by", corruption->by_bytes);
    json_end_object(json);
}

void write_fault(struct json_writer *json, const struct fault *fault)
{
    json_begin_object(json, NULL);
    write_targets(json, fault->targets);
    write_match(json, fault);
    write_turns(json, "nth", fault->nth);
    if (fault->every)
        json_write_u64(json, "every", fault->every);
    if (fault->probability < 1)
        json_write_double(json, "probability", fault->probability);
    write_answer(json, &fault->answer);
    write_delivery(json, &fault->delivery);
    write_corruption(json, &fault->corruption);
    json_end_object(json);
}
