#include "core/fault.h"

#include <string.h>

#define STREAM_CHANCE UINT64_C(0x6368616e6365)

static const char *const targets[FAULT_TARGET_COUNT] = {
    [FAULT_ADD] = "add", [FAULT_GET_ALL] = "getAll", [FAULT_DOWNLOAD] = "download"};

static const char *const corruptions[CORRUPT_HOW_COUNT] = {
    [CORRUPT_NONE] = "none",
    [CORRUPT_CUT_IN_UTF8] = "cut-in-utf8",
    [CORRUPT_CUT_ROW] = "cut-row",
    [CORRUPT_NO_LINE_END] = "no-line-end",
    [CORRUPT_NOT_JSON] = "not-json",
    [CORRUPT_FLIP_BIT] = "flip-bit",
    [CORRUPT_NUL] = "nul",
    [CORRUPT_NO_LAST_NEWLINE] = "no-last-newline",
    [CORRUPT_WRONG_SIZE] = "wrong-size",
};

static const char *const cuts[] = {
    [CUT_NONE] = "none", [CUT_CLOSE] = "close", [CUT_RESET] = "reset", [CUT_STALL] = "stall"};

const char *fault_target_name(enum fault_target target)
{
    return targets[target];
}

const char *corruption_name(enum corruption_how how)
{
    return corruptions[how];
}

const char *cut_name(enum cut_how how)
{
    return cuts[how];
}

bool turn_in(struct turn_range range, uint32_t number)
{
    return range.first == 0 || (number >= range.first && number <= range.last);
}

/* True when the request is one that the fault is for, whatever its turn. */
static bool is_for(const struct fault *fault, const struct fault_event *event)
{
    if (!(fault->targets >> event->target & 1u))
        return false;
    if (fault->entity_types && !(fault->entity_types & event->entity_types))
        return false;
    if (event->target != FAULT_DOWNLOAD)
        return true;
    return (fault->file == 0 || fault->file == event->file) &&
           turn_in(fault->attempt, event->attempt);
}

/* True when it is the fault's turn: number is which of its requests this is, from 1. */
static bool has_turn(const struct fault *fault, uint32_t number, uint64_t rng_name, size_t index)
{
    double chance;

    if (!turn_in(fault->nth, number) || (fault->every > 1 && number % fault->every != 0))
        return false;
    if (fault->probability >= 1)
        return true;
    chance = (double)(rng_at(rng_name, STREAM_CHANCE + index, number) >> 11) / 9007199254740992.0;
    return chance < fault->probability;
}

static void apply_delivery(const struct delivery *from, struct delivery *to)
{
    to->delay_real_ms += from->delay_real_ms;
    if (from->bytes_per_real_s &&
        (!to->bytes_per_real_s || from->bytes_per_real_s < to->bytes_per_real_s))
        to->bytes_per_real_s = from->bytes_per_real_s;
    if (from->cut != CUT_NONE && to->cut == CUT_NONE) {
        to->cut = from->cut;
        to->cut_before_answer = from->cut_before_answer;
        to->cut_after_bytes = from->cut_after_bytes;
    }
}

static void apply(const struct fault *fault, struct fault_decision *decision)
{
    if (fault->answer.status && !decision->answer)
        decision->answer = &fault->answer;
    apply_delivery(&fault->delivery, &decision->delivery);
    if (fault->corruption.how != CORRUPT_NONE && decision->corruption_count < CORRUPTIONS_MAX)
        decision->corruptions[decision->corruption_count++] = fault->corruption;
}

void fault_decide(const struct fault *faults, size_t count, uint32_t *counts, uint64_t rng_name,
                  const struct fault_event *event, struct fault_decision *out)
{
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < count; i++) {
        if (!is_for(&faults[i], event))
            continue;
        if (counts[i] < UINT32_MAX)
            counts[i]++;
        if (!has_turn(&faults[i], counts[i], rng_name, i))
            continue;
        out->fired |= UINT64_C(1) << i;
        apply(&faults[i], out);
    }
}
